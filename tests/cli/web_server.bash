# A folder on the web, for tests. `serve FOLDER` sets `server`, a process to end, and `address`. With
# `serve FOLDER gzip` entries come compressed, whether or not anybody asked for it.

# The server tells its address itself, so that no port has to be free beforehand.
# shellcheck disable=SC2034 # what it sets is for who calls it
serve() { # directory [gzip]
  python3 -u - "$@" >"$BATS_TEST_TMPDIR/address" 2>/dev/null 3>&- <<'PY' &
import functools, gzip, http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if "/tile/entries/" not in self.path or "gzip" not in sys.argv[2:]:
            return super().do_GET()
        body = gzip.compress(open(self.translate_path(self.path), "rb").read())
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=sys.argv[1]))
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
PY
  server=$!
  until [[ -s $BATS_TEST_TMPDIR/address ]]; do sleep 0.05; done
  address=$(<"$BATS_TEST_TMPDIR/address")
}
