#!/bin/sh
# Runs PyPI coupa-async-client 0.1.0 (MIT, installed at test time only) against the coupa dialect.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${SEATRIAL_COUPA_VENV:-/tmp/seatrial-conformance-coupa}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import coupa_async_client' 2>/dev/null ||
  "$venv/bin/pip" install -q coupa-async-client==0.1.0
work=$(mktemp -d)
mkfifo "$work/stop"
"$here/../../node_modules/.bin/node" "$here/serve.ts" <"$work/stop" >"$work/address" &
exec 3>"$work/stop"
trap 'exec 3>&-; wait; rm -rf "$work"' EXIT
tries=0
until [ -s "$work/address" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo 'The landscape did not start.' >&2; exit 1; }
  sleep 0.2
done
"$venv/bin/python" "$here/client.py" "$(cat "$work/address")"
