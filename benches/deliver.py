#!/usr/bin/env python3
"""Times the delivery of one edition to many readers, beside Postfix's own `smtp-source`, both into one `smtp-sink`.

    benches/deliver.py [--bin target/release/reveille] [--readers 5000] [--connections 1,4,10] [--size 60000]
                       [--runs 3] [--dkim none,rsa,ed25519] [--per-connection N]

A newsletter is made whose message has about --size bytes on the wire. In turn, --runs times for every number of
connections: `smtp-source` sends as many messages of just that size (-d: over connections that stay open), and
`reveille run` delivers the edition to --readers readers, starting without state. What is timed of ours is what
`run --json` calls `seconds.deliver`: for every reader to claim the row in the ledger, to make the message, to send it
and to settle the row, and to connect and take leave. Of `smtp-source` it is the whole process.
Prints messages a second of every run, the medians and how ours stands to the other.
Needs `smtp-sink` and `smtp-source` (Debian: postfix) and Python 3.9; talks to loopback only, ends its sink itself.
"""
import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time

AT = "2026-11-22T06:00:00Z"
SYLLABLES = "ka lo mi ren tas vor el dun sha pi gar no tel us ber an quo fi lim or".split()
LIMIT = 600  # seconds any one program may take
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "NO_COLOR": "1"}


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3))))


def entry(number):
    """One story in words of its own."""
    rng = random.Random(number)
    words = [word(rng) for _ in range(80)]
    sentence = lambda: " ".join(rng.sample(words, rng.randint(12, 20))).capitalize() + "."
    paragraphs = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(4))
    return (
        f"<item><title>{' '.join(rng.sample(words, 9)).capitalize()}</title><link>http://outlet.example/{number}</link>"
        f"<guid>{number}</guid><pubDate>Sun, 22 Nov 2026 0{number % 6}:00:00 GMT</pubDate>"
        f"<description><![CDATA[{paragraphs}]]></description></item>"
    )


def newsletter(folder, port, stories, options, connections, dkim):
    """Writes configuration, feed and readers into `folder`."""
    items = "".join(entry(n) for n in range(stories))
    with open(f"{folder}/feed.xml", "w") as f:
        f.write(f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>')
    with open(f"{folder}/readers.csv", "w") as f:
        f.write("email,name\n" + "".join(f"reader{n}@example.net,Reader {n}\n" for n in range(options.readers)))
    per_connection = f"per_connection = {options.per_connection}\n" if options.per_connection else ""
    signed = f'[mail.dkim]\nkey_file = "{dkim}.pem"\n' if dkim != "none" else ""
    with open(f"{folder}/feeds.toml", "w") as f:
        f.write(
            'recipients_file = "readers.csv"\n'
            '[newsletter]\ntitle = "Morning Post"\noutlet = "Outlet"\n'
            f"max_stories = {stories}\nmax_words = 100000\nmax_per_section = 1000\nmax_per_outlet = 1000\n"
            '[fetch]\npages = "never"\n[store]\nurl = "sqlite:state.db"\n'
            f'[mail]\nfrom = "Morning Post <post@news.example.com>"\nsmtp = "smtp://127.0.0.1:{port}"\n'
            f'connections = {connections}\n{per_connection}postal_address = "1 Example Street"\n{signed}'
            '[[feeds]]\nurl = "feed.xml"\noutlet = "Outlet"\n'
        )
    if signed and not os.path.exists(f"{folder}/{dkim}.pem"):
        key = ["dkim", "new", "--kind", dkim, "--domain", "news.example.com", "--output", f"{folder}/{dkim}.pem"]
        reveille(options.bin, folder, key)


def forget(folder):
    for name in os.listdir(folder):
        if name.startswith("state.db"):
            os.remove(f"{folder}/{name}")


def reveille(binary, folder, arguments):
    done = subprocess.run(
        [binary, "--quiet", *arguments], cwd=folder, env=ENVIRONMENT, timeout=LIMIT, stdin=subprocess.DEVNULL, capture_output=True
    )
    if done.returncode != 0:
        raise SystemExit(f"reveille {arguments[0]} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def message(binary, folder):
    """The size in bytes of the message that the newsletter in `folder` makes."""
    forget(folder)
    reveille(binary, folder, ["preview", "--config", "feeds.toml", "--at", AT, "--output", "message.eml"])
    return os.path.getsize(f"{folder}/message.eml")


def fit(folder, port, options):
    """As many stories as bring the message to the size asked for."""
    low, high = 1, 80
    while low < high:
        middle = (low + high) // 2
        newsletter(folder, port, middle, options, 1, "none")
        low, high = (middle + 1, high) if message(options.bin, folder) < options.size else (low, middle)
    return low


def ours(folder, options):
    """Messages a second and peak memory in MB of one run that begins without state."""
    forget(folder)
    command = [options.bin, "run", "--quiet", "--json", "--config", "feeds.toml", "--at", AT]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out)
        patience = threading.Timer(LIMIT, process.kill)
        patience.start()
        _, status, usage = os.wait4(process.pid, 0)
        patience.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"reveille run ended with {process.returncode}")
        out.seek(0)
        report = json.load(out)
    sent = sum(tally["sent"] for tally in report["deliveries"].values())
    if sent != options.readers:
        raise SystemExit(f"reveille sent {sent} messages of {options.readers}")
    return sent / report["seconds"]["deliver"], usage.ru_maxrss / 1024


def theirs(port, size, connections, options):
    """Messages a second of `smtp-source`."""
    command = ["smtp-source", "-d", "-s", str(connections), "-m", str(options.readers), "-l", str(size)]
    command += ["-f", "post@news.example.com", "-t", "reader@example.net", "-M", "news.example.com", f"127.0.0.1:{port}"]
    start = time.monotonic()
    subprocess.run(command, env=ENVIRONMENT, timeout=LIMIT, stdin=subprocess.DEVNULL, check=True)
    return options.readers / (time.monotonic() - start)


def sink():
    """A mail server that takes everything, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    server = subprocess.Popen(
        ["smtp-sink", *user, f"127.0.0.1:{port}", "1000"], env=ENVIRONMENT, stdin=subprocess.DEVNULL
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, port
        except OSError:
            time.sleep(0.05)
    server.kill()
    raise SystemExit("smtp-sink does not answer")


def measure(folder, port, options):
    stories = fit(folder, port, options)
    for dkim in options.dkim.split(","):
        for connections in map(int, options.connections.split(",")):
            newsletter(folder, port, stories, options, connections, dkim)
            size = message(options.bin, folder)
            rates, others, memory = [], [], 0
            for _ in range(options.runs):
                others.append(theirs(port, size, connections, options))
                rate, used = ours(folder, options)
                rates.append(rate)
                memory = max(memory, used)
            rate, other = statistics.median(rates), statistics.median(others)
            print(
                f"{size} bytes, {stories} stories, {connections} connections, DKIM {dkim}: reveille {rate:.0f}/s, "
                f"smtp-source {other:.0f}/s, ratio {rate / other:.2f}; {memory:.0f} MB; runs "
                + " ".join(f"{one:.0f}:{two:.0f}" for one, two in zip(rates, others)),
                flush=True,
            )


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default="target/release/reveille")
    options.add_argument("--readers", type=int, default=5000)
    options.add_argument("--connections", default="1,4,10")
    options.add_argument("--size", type=int, default=60_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--dkim", default="none")
    options.add_argument("--per-connection", type=int)
    a = options.parse_args()
    a.bin = os.path.abspath(a.bin)
    for program in ("smtp-sink", "smtp-source"):
        if not shutil.which(program, path=ENVIRONMENT["PATH"]):
            raise SystemExit(f"{program} is missing: install postfix")
    server, port = sink()
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(folder, port, a)
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
