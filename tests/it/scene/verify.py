"""verify.py RECORD FILE…: for each message a line, "good" or "bad": whether dkimpy takes its DKIM signature, with a
DNS that holds RECORD under every name."""
import sys

import dkim

record = sys.argv[1].encode()
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        message = file.read()
    try:
        good = dkim.DKIM(message, minkey=1024).verify(dnsfunc=lambda name, **_: record)
    except dkim.DKIMException:
        good = False
    print("good" if good else "bad")
