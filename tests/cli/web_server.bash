# A folder on the web, for tests. `serve FOLDER` sets `server`, a process to end, and `address`.

# The server tells its address itself, so that no port has to be free beforehand.
# shellcheck disable=SC2034 # what it sets is for who calls it
serve() { # directory
  python3 -u - "$1" >"$BATS_TEST_TMPDIR/address" 2>/dev/null 3>&- <<'PY' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
PY
  server=$!
  until [[ -s $BATS_TEST_TMPDIR/address ]]; do sleep 0.05; done
  address=$(<"$BATS_TEST_TMPDIR/address")
}
