"""Addresses that there are not, requests from elsewhere and bytes that are no HTTP: each is refused clearly."""

import contextlib
import json
import random
import re
import socket

import pytest
from test_http_abuse import JSON_TYPE, PLAN, problem
from test_http_abuse import goes_on, server  # noqa: F401


# -- addresses

UNKNOWN = [
    ("GET", "/api/tasks/999999", 404), ("GET", "/api/tasks/%23999999", 404), ("GET", "/api/tasks/-1", 404),
    ("GET", "/api/tasks/99999999999999999999999", 404), ("GET", "/api/tasks/01jd0000000000000000000000", 404),
    ("GET", "/api/tasks/%00", 400), ("GET", "/api/tasks/%F0%9F%9A%82", 404), ("GET", "/api/tasks/" + "9" * 4_000, 404),
    ("GET", "/api/tasks/1%27%20OR%201=1", 404), ("GET", "/api/tasks/999999/events", 404),
    ("POST", "/api/tasks/999999/cancel", 404), ("GET", "/api/files/xyz", 404), ("GET", "/api/files/" + "0" * 64, 404),
    ("GET", "/api/files/..%2f..%2fsignalbox.db", 404), ("GET", "/api/plans/none", 404), ("GET", "/api/none", 404),
    ("GET", "/api/events?after=x", 400), ("GET", "/api/events?after=-1", 400), ("GET", "/api/events?limit=0", 422),
    ("GET", "/api/events?limit=1001", 422), ("GET", "/api/events?limt=1", 422),
    ("GET", "/api/events?limit=1&limit=2", 422), ("GET", "/api/tasks?page=0", 422), ("GET", "/api/tasks?size=101", 422),
    ("GET", "/api/tasks?page=99999999999999999999", 422), ("GET", "/api/tasks/%zz", 400), ("GET", "/api/tasks/%ff", 400),
    ("POST", "/api/files", 422), ("POST", "/api/files?name=..", 422), ("DELETE", "/api/tasks", 405), ("PUT", "/api/tasks/1", 405),
    ("BREW", "/api/tasks", 405),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), UNKNOWN, ids=[f"{row[0]} {row[1][:40]}" for row in UNKNOWN])
def test_unknown_address(server, method, path, status):
    answer = server.request(method, path)
    problem(answer, status)
    if status == 405:
        assert answer[1]["Allow"]


def test_cursor_that_is_none(server):
    headers = {"Accept": "text/event-stream", "Last-Event-ID": "yesterday"}
    problem(server.request("GET", "/api/events", headers=headers), 400)


# -- where a request comes from

FORGED = {
    "foreign host": ("GET", {"Host": "evil.example"}, 421),
    "foreign host with our port": ("GET", {"Host": "evil.example:{port}"}, 421),
    "our name, another port": ("GET", {"Host": "127.0.0.1:1"}, 421),
    "foreign origin": ("POST", {"Origin": "https://evil.example", **JSON_TYPE}, 403),
    "null origin": ("POST", {"Origin": "null", **JSON_TYPE}, 403),
    "another port of this machine": ("POST", {"Origin": "http://127.0.0.1:1", **JSON_TYPE}, 403),
    "a page of another site": ("POST", {"Sec-Fetch-Site": "cross-site", **JSON_TYPE}, 403),
    "a form": ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "plain text": ("POST", {"Content-Type": "text/plain"}, 415),
    "a form with files": ("POST", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "no type": ("POST", {"Content-Type": ""}, 415),
}


@pytest.mark.parametrize(("method", "headers", "status"), FORGED.values(), ids=FORGED)
def test_forged_request(server, method, headers, status):
    before = server.counts()
    headers = {name: value.format(port=server.port) for name, value in headers.items()}
    body = json.dumps({"plan": {"text": PLAN}}).encode() if method == "POST" else None
    problem(server.request(method, "/api/tasks", body, headers), status)
    assert server.counts() == before


# -- things that are not quite HTTP

NOISE = random.Random(7).randbytes(20_000)
HOST = b"Host: 127.0.0.1:%d\r\n"
GARBAGE = {
    "noise": NOISE, "line ends": b"\r\n" * 5_000, "no version": b"GET /\r\n\r\n", "only a method": b"GET\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + NOISE[:512], "version 9": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "no host": b"GET /api/tasks HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /api/tasks HTTP/1.1\r\n" + HOST + b"Host: evil\r\n\r\n",
    "header of 64 KB": b"GET /api/tasks HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 65_536 + b"\r\n\r\n",
    "5,000 headers": b"GET /api/tasks HTTP/1.1\r\n" + HOST + b"A: b\r\n" * 5_000 + b"\r\n",
    "address of 64 KB": b"GET /" + b"a" * 65_536 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "length twice": b"POST /api/tasks HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "length below zero": b"POST /api/tasks HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\nhello",
    "length of words": b"POST /api/tasks HTTP/1.1\r\n" + HOST + b"Content-Length: five\r\n\r\nhello",
    "length over all bounds": b"POST /api/tasks HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n",
    "length and chunks": b"POST /api/tasks HTTP/1.1\r\n" + HOST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "chunks that are none": b"POST /api/tasks HTTP/1.1\r\n" + HOST
    + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "unknown coding": b"POST /api/tasks HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\nhello",
    "nul in the address": b"GET /api/\0tasks HTTP/1.1\r\n" + HOST + b"\r\n",
    "folded header": b"GET /api/tasks HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\n\r\n",
}  # fmt: skip


def said(server, sent, seconds=5):
    """What comes back for these bytes until the server closes, or has said nothing for a while after an answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        received = b""
        with contextlib.suppress(ConnectionResetError, BrokenPipeError, TimeoutError):
            # Our end is never closed first: a client that has given up would make it too easy.
            connection.sendall(sent % server.port if b"%d" in sent and sent is not NOISE else sent)
            while portion := connection.recv(65_536):
                received += portion
                # A second answer would follow at once.
                connection.settimeout(0.2)
        return received


@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE)
def test_garbage(server, sent):
    """The server answers with a refusal or hangs up; never with a success, and never with two different answers. What is
    no HTTP at all is refused by libmicrohttpd itself, whose version 0.9.75 writes the header of such a refusal twice
    before it closes the connection."""
    answer = said(server, sent)
    status_lines = re.findall(rb"^HTTP/1\.[01] (\d+)", answer, re.MULTILINE)
    assert len(status_lines) <= (1 if b"application/problem+json" in answer else 2), answer
    assert len(set(status_lines)) <= 1, answer
    if answer:
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        if status == 200:
            assert sent in (GARBAGE["folded header"], GARBAGE["version 9"]), answer[:300]
        else:
            assert 400 <= status < 506, answer[:300]
            if b"application/problem+json" in head:
                assert json.loads(body)["status"] == status
