#!/usr/bin/env python3
"""A server that behaves as a witness should not. Prints its port, and answers until it is killed.

usage: bad_witness.py silent|drip|garbage|huge|FILE

silent   takes the request and never answers
drip     answers a byte now and then, for ever
garbage  answers what is no HTTP
huge     answers 200 with a body that does not end
FILE     answers every request with these bytes, verbatim
"""

import itertools
import pathlib
import socket
import sys
import threading
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"


def answers(mode):
    """The pieces of an answer, and how long to wait before each."""
    if mode == "silent":
        yield 3600, b""
    elif mode == "drip":
        for byte in itertools.cycle(b"HTTP/1.1 200 OK\r\nX-Slow: "):
            yield 0.2, bytes([byte])
    elif mode == "garbage":
        yield 0, b"\x00\xff not HTTP at all\n" * 20
    elif mode == "huge":
        yield 0, HEAD
        while True:
            yield 0, b"x" * 65536
    else:
        yield 0, pathlib.Path(mode).read_bytes()


def read_request(connection):
    """Until the body is there, so that closing does not reset the connection."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536) or b"\r\n\r\n"
    head, _, body = request.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            left = int(line.split(b":")[1]) - len(body)
            while left > 0:
                left -= len(connection.recv(65536)) or left


def serve(connection, mode):
    try:
        read_request(connection)
        for pause, piece in answers(mode):
            time.sleep(pause)
            connection.sendall(piece)
    except OSError:
        pass
    connection.close()


def main():
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=serve, args=(connection, sys.argv[1]), daemon=True).start()


main()
