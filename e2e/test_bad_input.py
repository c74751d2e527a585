"""What clients get wrong on purpose, on every route that the API's own document tells of."""

import contextlib
import http.client
import json
import re
import resource
import select
import socket
import subprocess
import threading
import time

import httpx
import pytest
from engine import Engine, eventually
from test_streams import PLAN, long_plan
from test_websocket import KEY, UPGRADE

HASH = "0" * 64
# What may stand in a place of a path, and is no such thing anywhere.
WRONG_IDS = [
    "0", "-1", "99999999999999999999", "1.5", "x", "%F0%9F%9A%82", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a%2Fb", "1%20OR%201%3D1",
    "%3Cscript%3E", "%7B%7D", HASH, "0190a0b0-0000-7000-8000-000000000000", "a" * 3_000, "null", "%23", "*",
]  # fmt: skip
# What may have any name: somebody may wait for that signal later, or an agent of that name may come to remember something.
ANY_NAME = {"/api/signals/{name}", "/api/agents/{name}/memory", "/api/views/{name}"}


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    engine = Engine(binary, tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("logs"))
    engine.start()
    engine.wait(engine.submit(PLAN))
    yield engine
    assert engine.is_running, f"it ended with {engine.process.returncode}:\n{engine.output}"
    assert engine.stop() == 0, engine.output


@pytest.fixture(scope="module")
def operations(server):
    """Method, path and description of every operation, from the server's own document."""
    paths = server.get("/api/openapi.json")["paths"]
    found = [(method.upper(), path, described) for path, item in paths.items() for method, described in item.items()]
    assert len(found) > 40
    return found


@pytest.fixture
def client(server):
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=20, trust_env=False) as made:
        yield made


def body_of(described):
    """What an operation takes, wrong or not: it must not be reached."""
    return {} if "requestBody" not in described else {"headers": {"Content-Type": "application/json"}, "content": b"{}"}


def test_ids_of_the_wrong_kind_on_every_route(client, server, operations):
    before, tried = server.counts(), 0
    for method, path, described in operations:
        places = re.findall(r"{(\w+)}", path)
        if path in ANY_NAME:
            continue
        for place in places:
            for wrong in WRONG_IDS:
                address = path
                for other in places:
                    # The other places have what is there, where a task is meant.
                    address = address.replace(f"{{{other}}}", wrong if other == place else "1")
                with client.stream(method, address, **body_of(described)) as answer:
                    tried += 1
                    where = f"{method} {address[:80]}: {answer.status_code}"
                    assert 400 <= answer.status_code < 500, where
                    assert answer.headers["content-type"] == "application/problem+json", where
                    answer.read()
                    problem = answer.json()
                    assert str(answer.status_code) in described["responses"], f"{where} is not declared"
                    assert problem["status"] == answer.status_code and problem["detail"], where
    assert tried > 400
    assert server.counts() == before


def test_foreign_pages_change_nothing_on_any_route(client, server, operations):
    """Foreign hosts are not answered at all; foreign origins on no route that changes anything, and on no WebSocket."""
    before = server.counts()
    for method, path, described in operations:
        address = re.sub(r"{\w+}", "1", path)
        given = body_of(described)
        headers = given.pop("headers", {})
        if path == "/api/ws":
            headers |= dict(line.split(": ") for line in [*UPGRADE, KEY])
        if path.endswith("events"):
            headers["Accept"] = "text/event-stream"
        foreign = [({"Host": host}, 421) for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1:1")]
        if method not in ("GET", "HEAD") or path == "/api/ws":
            origins = ("https://evil.example", "null", "http://127.0.0.1:1", f"http://evil.example:{server.port}")
            foreign += [({"Origin": origin}, 403) for origin in origins]
            foreign += [({"Sec-Fetch-Site": site}, 403) for site in ("cross-site", "same-site")]
        for more, status in foreign:
            answer = client.request(method, address, headers={**headers, **more}, **given)
            assert answer.status_code == status, f"{method} {address} {more}: {answer.status_code}"
            assert answer.json()["code"] == {421: "misdirected_request", 403: "forbidden"}[status]
            # A page may send it, but must not be able to read the answer.
            assert not any(name.startswith("access-control-") for name in answer.headers), answer.headers
    assert server.counts() == before


def test_streams_give_nothing_to_foreign_pages(client):
    """A page of another site may open a stream, as it may load a picture; its browser must not let it read."""
    headers = {"Accept": "text/event-stream", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    with client.stream("GET", "/api/events", headers=headers) as answer:
        assert not any(name.startswith("access-control-") for name in answer.headers)
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_cursors_of_other_lists(client, server):
    for _ in range(5):
        server.wait(server.submit(PLAN))
    pages = {
        query: client.get(f"/api/tasks?size=2{query}").json()["next"]
        for query in ("", "&status=completed", "&sort=name", "&sort=-name", "&search=small")
    }
    assert len(set(pages.values())) == len(pages)
    for query, cursor in pages.items():
        assert client.get(f"/api/tasks?size=2{query}&cursor={cursor}").status_code == 200
        for other in pages.keys() - {query}:
            answer = client.get(f"/api/tasks?size=2{other}&cursor={cursor}")
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), (query, other)
            assert "another filter or order" in answer.json()["detail"]
    cursor = pages[""]
    for wrong in ("", "x", "W10", "bnVsbA", cursor[:-4], cursor[::-1], cursor + "AAAA", cursor.swapcase(), "A" * 3_000, "%00"):
        answer = client.get(f"/api/tasks?size=2&cursor={wrong}")
        assert 400 <= answer.status_code < 500, f"{wrong[:40]}: {answer.text[:200]}"


def test_one_key_for_two_requests(client, server):
    """The same request gets the same task; another with the same key gets a conflict, and starts nothing."""
    key = {"Idempotency-Key": "order-4711"}
    body = {"plan": {"text": PLAN}, "name": "first"}
    first = client.post("/api/tasks", json=body, headers=key)
    assert first.status_code == 201
    again = client.post("/api/tasks", json=body, headers=key)
    assert (again.status_code, again.json()["number"]) == (200, first.json()["number"])
    before = server.counts()["task"]
    for other in ({**body, "name": "second"}, {**body, "tags": ["x"]}, {"plan": {"text": long_plan(2)}}):
        answer = client.post("/api/tasks", json=other, headers=key)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert server.counts()["task"] == before
    for wrong in ("", "k" * 256):
        answer = client.post("/api/tasks", json=body, headers={"Idempotency-Key": wrong})
        assert 400 <= answer.status_code < 500, wrong


# -- connections


def request_bytes(server, path="/healthz", *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *headers, "", ""]).encode()


GARBAGE = {
    "noise": bytes(range(128, 256)) * 8 + b"\r\n\r\n", "nul": b"G\0T /api/tasks HTTP/1.1\r\n\r\n", "no request": b"hello\r\n\r\n",
    "a body that nobody announced": b'{"plan": "x"}\r\n\r\n', "half a request": b"GET /api/tasks HT",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "a frame": b"\x81\x85\x00\x00\x00\x00hello\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_behind_a_request(server, garbage):
    """Requests before it are answered; it is refused or waited for, and nothing behind it is taken for a request."""
    before = server.counts()
    evil = f"POST /api/tasks/1/rerun HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 0\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=3) as connection:
        received = b""
        with contextlib.suppress(ConnectionResetError, BrokenPipeError, TimeoutError):
            connection.sendall(request_bytes(server) * 2 + garbage + evil)
            while portion := connection.recv(65_536):
                received += portion
    statuses = re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)
    assert statuses[:2] == [b"200", b"200"], received
    assert all(400 <= int(status) < 506 for status in statuses[2:]), received
    assert server.counts() == before
    assert server.get("/healthz") == {"status": "ok"}


def test_header_bombs(server):
    """Many headers and long ones end with 431 or a closed connection, and take no memory for long."""
    before = server.memory("VmHWM")
    many = b"".join(b"X-%d: %d\r\n" % (number, number) for number in range(100_000))
    bombs = [many, b"X: " + b"a" * (4 << 20) + b"\r\n", b"X" * (1 << 20), b"Cookie: " + b"a=b; " * 200_000 + b"\r\n"]
    for bomb in bombs:
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
                received = b""
                with contextlib.suppress(ConnectionResetError, BrokenPipeError, TimeoutError):
                    connection.sendall(request_bytes(server)[:-2] + bomb + b"\r\n")
                    received = connection.recv(65_536)
                assert not received or received.startswith(b"HTTP/1.1 431 "), received[:200]
    assert server.memory("VmHWM") < before + 20


def trickle(connection, first, rest, answer):
    """Sends byte by byte until the other side has had enough; what it says, and after how many seconds."""
    began, received = time.monotonic(), b""
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        connection.sendall(first)
        for place in range(len(rest)):
            connection.sendall(rest[place:place + 1])
            if select.select([connection], [], [], 0.25)[0]:
                received = connection.recv(4_096)
                break
    answer.append((time.monotonic() - began, received))


def test_slow_uploads_and_headers_are_cut_off(server):
    """A byte now and then keeps no connection open: neither in a header, nor in a body that is collected or streamed."""
    head = f"Host: 127.0.0.1:{server.port}\r\nContent-Length: 100000\r\nContent-Type: application/octet-stream\r\n\r\n"
    kinds = {
        "header": (b"GET /api/tasks HTTP/1.1\r\n", b"A: " + b"a" * 1_000),
        "body": (b"POST /api/plans/validate HTTP/1.1\r\n" + head.encode(), b"a" * 1_000),
        "upload": (b"POST /api/files?name=x HTTP/1.1\r\n" + head.encode(), b"a" * 1_000),
    }
    answers = {kind: [] for kind in kinds}
    with contextlib.ExitStack() as stack:
        threads = []
        for kind, (first, rest) in kinds.items():
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            threads.append(threading.Thread(target=trickle, args=(connection, first, rest, answers[kind])))
            threads[-1].start()
        for thread in threads:
            thread.join()
    for kind, [(seconds, received)] in answers.items():
        assert seconds < 50, kind
        assert received.startswith((b"HTTP/1.1 408", b"HTTP/1.1 415")), (kind, received)
    assert answers["upload"][0][1].startswith(b"HTTP/1.1 408")


def test_ten_thousand_idle_connections(make_engine):
    """They cost little, others are answered beside them, and the one too many is told how many there may be."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < 13_500:
        pytest.skip(f"this machine lets a process open only {most} files")
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    engine = make_engine().start()
    before, opened = engine.memory(), []

    def more(count):
        for _ in range(count):
            opened.append(socket.socket())
            opened[-1].settimeout(20)
            # More addresses of our own, for each has only so many ports.
            opened[-1].bind((f"127.0.0.{2 + len(opened) // 5_000}", 0))
            opened[-1].connect(("127.0.0.1", engine.port))

    try:
        more(10_000)
        eventually(lambda: engine.descriptors() > 10_000, "all are accepted")
        took = []
        for _ in range(50):
            began = time.monotonic()
            assert engine.get("/api/tasks")["total"] == 0
            took.append(time.monotonic() - began)
        assert sorted(took)[25] < 0.1, sorted(took)
        assert engine.memory() < before + 200
        assert engine.wait(engine.submit(PLAN))["status"] == "completed"
        more(2_000)
        eventually(lambda: engine.descriptors() > 12_000, "all are accepted")
        refused = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=10)
        refused.connect()
        answer = refused.sock.recv(4_096)
        refused.close()
        assert answer.startswith(b"HTTP/1.1 503 ") and b"at most 12000 connections" in answer, answer
        for connection in opened[:100]:
            connection.close()
        eventually(lambda: engine.descriptors() < 12_000, "some are closed")
        assert engine.get("/healthz") == {"status": "ok"}
    finally:
        for connection in opened:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))
    eventually(lambda: engine.descriptors() < 100, "nothing is left of them")


def test_names_of_files_on_the_command_line(server, binary, tmp_path):
    """However a path is written, the task has the file under its last part."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a b;$(id).csv").write_text("x")
    (tmp_path / "plan.yaml").write_text(PLAN)
    result = subprocess.run(
        [binary, "run", "plan.yaml", "--file", "in/../in/./a b;$(id).csv", "--file", "./../" + tmp_path.name + "/plan.yaml",
         "--detach", "--json", "--data", server.data],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert result.returncode == 0, result.stderr
    task = server.wait(json.loads(result.stdout)["number"])
    assert [file["name"] for file in task["files"]] == ["a b;$(id).csv", "plan.yaml"]
