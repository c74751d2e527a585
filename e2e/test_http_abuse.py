"""What a hostile or broken client can send to the real server: clear answers, bounded memory, and it goes on."""

import contextlib
import http.client
import json
import resource
import socket
import struct
import threading
import time

import pytest
from engine import Engine, eventually

CONNECTIONS = 2_000
MEMORY_MAXIMUM_MB = 200
JSON_TYPE = {"Content-Type": "application/json"}
PLAN = "name: small\nsteps:\n  one:\n    set: { value: 1 }\noutputs:\n  value: ${{ steps.one.output.value }}\n"


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    """One server that takes all of it, one after the other."""
    engine = Engine(binary, tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("logs"))
    engine.start()
    yield engine
    assert engine.is_running, f"it ended with {engine.process.returncode}:\n{engine.output}"
    assert engine.stop() == 0, engine.output


@pytest.fixture(autouse=True)
def goes_on(server):
    """After every test, the same server answers and runs a task."""
    yield
    assert server.get("/healthz") == {"status": "ok"}
    assert server.wait(server.submit(PLAN))["outputs"] == {"value": 1}


def problem(answer, *statuses):
    """The document of an error, which must be problem details (RFC 9457) made of sentences for people."""
    status, headers, body = answer
    assert status in statuses, f"{status} {body[:500]!r}"
    assert headers["Content-Type"] == "application/problem+json"
    document = json.loads(body)
    assert document["status"] == status
    assert document["type"].startswith("urn:signalbox:problem:")
    assert document["title"]
    assert document["detail"]
    for text in (document["detail"], document.get("hint", "")):
        assert not any(word in text for word in ("Swift", "Optional(", "Error(", "nil", "fatal")), text
    return document


# -- bodies

DEEP = b"[" * 100_000
NOT_JSON = {
    "empty": b"", "half": b'{"plan": ', "word": b"plan", "two": b"{} {}", "comma": b'{"plan": "a",}',
    "deep": DEEP, "deep objects": b'{"a":' * 100_000, "single quotes": b"{'plan': 'a'}", "nul": b"\0" * 100,
    "control in a string": b'{"plan": "a\nb"}', "half an escape": b'{"plan": "\\u12"}',
    "not utf-8": b'{"plan": "\xff\xfe"}', "cut utf-8": b'{"plan": "\xe2\x82"}', "overlong": b'{"plan": "\xc0\xaf"}',
    "surrogate": b'{"plan": "\xed\xa0\x80"}', "lone surrogate": b'{"plan": "\\ud800"}', "utf-16": '{"plan": 1}'.encode("utf-16"),
    "not a number": b'{"plan": NaN}', "leading zero": b'{"plan": 01}', "hexadecimal": b'{"plan": 0x1}',
}  # fmt: skip


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
@pytest.mark.parametrize("path", ["/api/tasks", "/api/plans/validate"])
def test_body_that_is_not_json(server, path, body):
    before = server.counts()
    problem(server.request("POST", path, body, JSON_TYPE), 400)
    assert server.counts() == before


WRONG = {
    "null": (None, []), "array": ([], []), "number": (1, []), "string": ("plan", []), "nothing": ({}, ["/plan"]),
    "unknown members": ({"plan": {"text": PLAN}, "colour": 1, "size": 2}, ["/colour", "/size"]),
    "plan is a number": ({"plan": 7}, ["/plan"]),
    "plan without text": ({"plan": {}}, ["/plan/text"]),
    "text is a list": ({"plan": {"text": []}}, ["/plan/text"]),
    "plan with unknown members": ({"plan": {"text": PLAN, "a/b": 1}}, ["/plan/a~1b"]),
    "all of a wrong type": (
        {"plan": True, "inputs": [], "files": {}, "name": 1, "tags": "x", "model": {}, "trigger": []},
        ["/plan", "/inputs", "/files", "/name", "/tags", "/model", "/trigger"],
    ),
    "tags of a wrong type": ({"plan": {"text": PLAN}, "tags": ["a", 1]}, ["/tags"]),
    "files of a wrong type": ({"plan": {"text": PLAN}, "files": [1, {"name": "a"}]}, ["/files/0", "/files/1"]),
    "unknown trigger": ({"plan": {"text": PLAN}, "trigger": "wish"}, ["/trigger"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "pointers"), WRONG.values(), ids=WRONG)
def test_body_that_is_wrong(server, body, pointers):
    """All mistakes at once, each with its place, and nothing stored."""
    before = server.counts()
    document = problem(server.request("POST", "/api/tasks", json.dumps(body).encode(), JSON_TYPE), 422)
    found = [error["pointer"] for error in document.get("errors", []) if error.get("pointer")]
    assert sorted(found) == sorted(pointers)
    assert server.counts() == before


def test_plan_with_mistakes_in_a_request(server):
    before = server.counts()
    text = "name: x\nsteps:\n  one:\n    set: { value: '${{ nothing.here }}' }\n    nedes: [two]\n"
    document = problem(server.request("POST", "/api/tasks", {"plan": {"text": text}}), 422)
    assert {error["line"] for error in document["errors"]} == {4, 5}
    assert all(error["file"] == "plan.yaml" and error["column"] > 1 for error in document["errors"])
    assert server.counts() == before


def test_extreme_values_stay_values(server):
    """Odd but legal JSON is taken, or refused with a sentence; it never takes the server down."""
    long = "x" * 100_000
    for members in (
        {"name": long}, {"tags": [long]}, {"tags": ["a"] * 10_000}, {"inputs": {long: long}}, {"model": long},
        {"inputs": {"a": 10**400}}, {"inputs": {"a": 1e308}}, {"files": [{"name": "../x", "sha256": "0" * 64}]},
        {"files": [{"name": "x", "sha256": "0" * 63}]}, {"files": [{"name": "x", "sha256": "0" * 64}] * 2_000},
        {"name": "\u202e\u0000\u001b[31m"},
    ):  # fmt: skip
        status, _, body = answer = server.request("POST", "/api/tasks", {"plan": {"text": PLAN}, **members})
        if status != 201:
            problem(answer, 400, 404, 413, 422)
        assert len(body) < 300_000, "an error does not send back what it was sent"


@pytest.mark.parametrize("path", ["/api/tasks", "/api/plans/validate"])
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_body_of_100_megabytes(server, path, chunked):
    before = server.memory()
    portion, count = b"x" * (1 << 20), 100
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "application/json")
    if chunked:
        connection.putheader("Transfer-Encoding", "chunked")
    else:
        connection.putheader("Content-Length", str(len(portion) * count))
    connection.endheaders()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(count):
            connection.send(b"%x\r\n%s\r\n" % (len(portion), portion) if chunked else portion)
        if chunked:
            connection.send(b"0\r\n\r\n")
    response = connection.getresponse()
    document = problem((response.status, response.headers, response.read()), 413)
    connection.close()
    assert any(character.isdigit() for character in document["detail"]), "the limit is named"
    assert server.memory() < before + 100


# -- many and slow clients


@contextlib.contextmanager
def connections(server, count):
    opened = []
    try:
        for _ in range(count):
            opened.append(socket.create_connection(("127.0.0.1", server.port), timeout=20))
        yield opened
    finally:
        for connection in opened:
            connection.close()


@pytest.fixture
def many_descriptors():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CONNECTIONS + 500:
        pytest.skip(f"this machine lets a process open only {hard} files, fewer than the connections of this test")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, CONNECTIONS + 500), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def request_bytes(server, path="/healthz", *headers):
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def settled(server, descriptors):
    eventually(lambda: server.descriptors() <= descriptors + 8, f"no more than {descriptors} descriptors are open")


@pytest.mark.usefixtures("many_descriptors")
def test_two_thousand_connections(server):
    """All are answered, a usual request beside them is too, and afterwards nothing is left of them."""
    before = server.descriptors()
    with connections(server, CONNECTIONS) as opened:
        for connection in opened:
            connection.sendall(request_bytes(server))
        for connection in opened:
            assert connection.recv(4_096).startswith(b"HTTP/1.1 200")
        assert server.descriptors() >= before + CONNECTIONS - 8
        began = time.monotonic()
        assert server.get("/api/tasks")["total"] >= 0
        assert time.monotonic() - began < 5
    settled(server, before)


def test_five_hundred_hang_ups(server):
    """Clients that leave in the middle of a stream, politely or not, while events flow."""
    before = server.descriptors()
    stream = request_bytes(server, "/api/events", "Accept: text/event-stream")
    for _ in range(5):
        with connections(server, 100) as opened:
            for connection in opened:
                connection.sendall(stream)
            for connection in opened:
                assert connection.recv(4_096).startswith(b"HTTP/1.1 200")
            server.submit(PLAN)
            for connection in opened[::2]:
                # Closing sends a reset now instead of a goodbye.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    settled(server, before)


def test_readers_that_never_read(server):
    """Streams whose clients take nothing hold no more than their buffer, however much happens."""
    before = server.memory()
    stream = request_bytes(server, "/api/events?after=0", "Accept: text/event-stream")
    text = "x" * 60_000
    plan = PLAN.replace("value: 1 }", "value: '${{ inputs.text }}' }").replace("steps:", "inputs:\n  text: none\nsteps:")
    with connections(server, 40) as opened:
        for connection in opened:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.sendall(stream)
        numbers = [server.submit(plan, inputs={"text": text}) for _ in range(60)]
        assert server.wait(numbers[-1])["status"] == "completed"
        for connection in opened[::10]:
            assert connection.recv(4_096).startswith(b"HTTP/1.1 200")
        assert server.memory() < before + 100, "60 tasks of 180 KB, 40 readers"


def test_slow_clients_are_cut_off(server):
    """Headers and bodies that come a byte at a time end with 408; who sends nothing is closed; others are served."""
    before = server.descriptors()
    half = request_bytes(server)[:-2]
    body = f"POST /api/tasks HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 1000\r\n".encode()
    body += b"Content-Type: application/json\r\n\r\n"
    ended = {}

    def trickle(name, connection, start):
        connection.settimeout(0.5)
        received = b""
        began = time.monotonic()
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(start)
            while time.monotonic() - began < 60:
                try:
                    portion = connection.recv(4_096)
                except TimeoutError:
                    # Slow, but never silent: no time-out for idle connections catches this.
                    if start:
                        connection.send(b"A")
                    continue
                if not portion:
                    break
                received += portion
        ended[name] = (time.monotonic() - began, received)

    with connections(server, 30) as opened:
        kinds = [("header", half), ("body", body), ("silent", b"")]
        threads = [
            threading.Thread(target=trickle, args=((kinds[place % 3][0], place), connection, kinds[place % 3][1]))
            for place, connection in enumerate(opened)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            began = time.monotonic()
            assert server.get("/healthz") == {"status": "ok"}
            assert time.monotonic() - began < 2, "others are served meanwhile"
            threads[0].join(0.25)
        for thread in threads:
            thread.join()
    assert len(ended) == 30
    for (kind, _), (seconds, received) in ended.items():
        assert seconds < 50, f"a {kind} client held its connection for {seconds:.0f} s"
        assert kind == "silent" or received.startswith(b"HTTP/1.1 408"), (kind, received)
    settled(server, before)


def test_memory_after_all_that(server):
    """Stands last: what the tests above have cost the server."""
    assert server.memory() < MEMORY_MAXIMUM_MB
    assert server.memory("VmHWM") < 2 * MEMORY_MAXIMUM_MB, "the most it ever had"
