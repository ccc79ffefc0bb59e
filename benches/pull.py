#!/usr/bin/env python3
"""Times a cold `reveille preview` of many generated feeds, each on its own loopback address.

    benches/pull.py [--bin target/release/reveille] [--feeds 100] [--entries 30] [--delay 0.2] [--runs 5]

Every feed is served from 127.0.0.2, 127.0.0.3, … after a pause of --delay seconds, so that "one request at a time per
host" stays in force. Each run starts without state. Prints seconds, peak memory and
the stages of every run, and the medians.

`reveille pull` alone, of 8,000 entries of forty short paragraphs, and of feeds that hold one more entry than the last time:

    benches/pull.py --pull --feeds 20 --entries 400 --paragraphs 40 --delay 0
    benches/pull.py --pull --again
Needs Linux (all of 127.0.0.0/8 is loopback) and Python 3.9; talks to loopback only and ends its servers itself.
"""
import argparse
import http.server
import json
import os
import random
import statistics
import tempfile
import threading
import time

PORT = 18080
SYLLABLES = "ka lo mi ren tas vor el dun sha pi gar no tel us ber an quo fi lim or".split()


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3))))


def sentence(rng, words):
    return " ".join(rng.choice(words) for _ in range(rng.randint(10, 22))).capitalize() + "."


def event(number):
    """The words and names of one event; several outlets write about it."""
    rng = random.Random(number)
    return [word(rng) for _ in range(60)] + [word(rng).capitalize() for _ in range(6)] + [str(rng.randint(2, 900))]


def paragraph(rng, words, many):
    if many:
        return " ".join(rng.choice(words) for _ in range(rng.randint(4, 9))).capitalize() + "."
    return " ".join(sentence(rng, words) for _ in range(4))


def feed(outlet, entries, events, at, many=0):
    """A feed's document; with `many`, its entries have so many short paragraphs."""
    rng = random.Random(f"feed {outlet}")
    items = []
    for n in range(entries):
        words = event(rng.randrange(events))
        title = " ".join(rng.sample(words, 8)).capitalize()
        paragraphs = "".join(f"<p>{paragraph(rng, words, many)}</p>" for _ in range(many or 4))
        when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(at - rng.randint(600, 80000)))
        items.append(
            f"<item><title>{title}</title><link>http://outlet{outlet}.example/{n}</link><guid>{outlet}-{n}</guid>"
            f"<pubDate>{when}</pubDate><description>{sentence(rng, words)}</description>"
            f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
        )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{head}<channel><title>Outlet {outlet}</title>{''.join(reversed(items))}</channel></rss>".encode()


def serve(address, bodies, n, delay):
    """Serves what stands in bodies[n] at the time."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(delay)
            body = bodies[n]
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((address, PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def forget(folder):
    for name in os.listdir(folder):
        if name.startswith("state.db"):
            os.remove(os.path.join(folder, name))


def run(binary, folder, at, pull):
    """One preview or pull: (wall seconds, processor seconds, peak memory in MB, seconds by stage)."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    what = ["pull", "--now"] if pull else ["preview", "--output", f"{folder}/p.html"]
    command = [binary, *what, "--quiet", "--json", "--config", f"{folder}/feeds.toml", "--at", moment]
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        pid = os.posix_spawn(binary, command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
        _, status, usage = os.wait4(pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            raise SystemExit(f"reveille ended with {os.waitstatus_to_exitcode(status)}")
        out.seek(0)
        report = json.load(out)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, report["seconds"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default="target/release/reveille")
    options.add_argument("--feeds", type=int, default=100)
    options.add_argument("--entries", type=int, default=30)
    options.add_argument("--delay", type=float, default=0.2)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--paragraphs", type=int, default=0, help="short ones in each entry, in place of four long ones")
    options.add_argument("--pull", action="store_true", help="time a pull")
    options.add_argument("--again", action="store_true", help="time the next one, when every feed holds one entry more")
    a = options.parse_args()
    at = 1795327200  # 2026-11-22T06:00:00Z
    addresses = [f"127.0.{1 + n // 250}.{2 + n % 250}" for n in range(a.feeds)]
    events = a.feeds * a.entries // 4
    before, bodies = ([feed(n, a.entries + more, events, at, a.paragraphs) for n in range(a.feeds)] for more in (0, 1))
    bodies = bodies if a.again else list(before)
    after = list(bodies)
    servers = [serve(address, bodies, n, a.delay) for n, address in enumerate(addresses)]
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/feeds.toml", "w") as f:
            f.write('[fetch]\nallow_private = true\npages = "never"\n[store]\nurl = "sqlite:state.db"\n')
            for n, address in enumerate(addresses):
                f.write(f'[[feeds]]\nurl = "http://{address}:{PORT}/feed.xml"\noutlet = "Outlet {n}"\n')
        runs = []
        for _ in range(a.runs):
            forget(folder)
            if a.again:
                bodies[:] = before
                run(os.path.abspath(a.bin), folder, at, a.pull)
                bodies[:] = after
            runs.append(run(os.path.abspath(a.bin), folder, at + 3600 * a.again, a.pull))
        if not a.pull and os.path.getsize(f"{folder}/p.html") < 10_000:
            raise SystemExit("the digest is too small to be one")
    for server in servers:
        server.shutdown()
    print(f"{a.feeds} feeds of {a.entries} entries, {a.delay} s an answer, {sum(map(len, bodies)) / 1e6:.1f} MB in all")
    for wall, cpu, memory, stages in runs:
        print(f"  {wall:.2f} s wall, {cpu:.2f} s processor, {memory:.0f} MB;", ", ".join(f"{k} {v:.2f}" for k, v in stages.items()))
    middle = [statistics.median(r[n] for r in runs) for n in range(3)]
    print("median {:.2f} s wall, {:.2f} s processor, {:.0f} MB".format(*middle))


if __name__ == "__main__":
    main()
