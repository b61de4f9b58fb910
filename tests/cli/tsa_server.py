#!/usr/bin/env python3
"""A time-stamping authority over HTTP for tests, on a port of the loopback that it writes to a file.

usage: tsa_server.py FOLDER PORT_FILE

FOLDER is one that make_tsa made. What it does is said by the path: /stamp answers as an authority does,
the others answer as no authority should.
"""

import http.server
import pathlib
import subprocess
import sys
import tempfile
import time

folder = pathlib.Path(sys.argv[1])


def stamped(query):
    with tempfile.TemporaryDirectory() as work:
        request, response = pathlib.Path(work, "q"), pathlib.Path(work, "r")
        request.write_bytes(query)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", folder / "openssl.cnf", "-section", "only", "-queryfile", request,
             "-signer", folder / "tsa.pem", "-inkey", folder / "tsa.key", "-chain", folder / "root.pem",
             "-out", response], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return response.read_bytes()


class Authority(http.server.BaseHTTPRequestHandler):
    last = None  # an answer to give again

    def answer(self, body, status=200, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/stamp":
            if self.headers["Content-Type"] != "application/timestamp-query":
                return self.answer(b"", 415)
            body = stamped(query)
            Authority.last = body
            return self.answer(body)
        if self.path == "/again":
            return self.answer(Authority.last or b"")
        if self.path == "/garbage":
            return self.answer(b"<html>not here</html>")
        if self.path == "/broken":
            return self.answer(b"", 500)
        if self.path == "/elsewhere":
            return self.answer(b"", 302, [("Location", "/stamp")])
        if self.path == "/large":
            return self.answer(b"0" * 3_000_000)
        if self.path == "/slow":  # a byte now and then, for ever
            self.send_response(200)
            self.end_headers()
            for _ in range(600):
                self.wfile.write(b"0")
                self.wfile.flush()
                time.sleep(0.3)
            return None
        return self.answer(b"", 404)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # clients hang up, which is what some tests are about
        pass


server = Server(("127.0.0.1", 0), Authority)
pathlib.Path(sys.argv[2]).write_text(str(server.server_port))
server.serve_forever()
