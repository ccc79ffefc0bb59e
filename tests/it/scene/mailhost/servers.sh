#!/bin/sh
# servers.sh DIR: as root, runs the Postfix and the Dovecot configured in DIR until its standard input ends, which it
# does however a test ends; then ends both, by their own ids, and removes DIR.
set -eu
trap '' INT TERM
PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd "$1"
mkdir queue data mail
chown postfix data
chown nobody mail

dovecot -F -c "$1/dovecot.conf" &
dovecot=$!
postfix -c "$1/postfix" start-fg &
cat >/dev/null
postfix -c "$1/postfix" abort
kill "$dovecot"
wait
cd /
rm -rf "$1"
