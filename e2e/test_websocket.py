"""The WebSocket, seen by a client that nobody here wrote, and by one that breaks the rules."""

import json
import resource
import socket
import time

import pytest
from engine import eventually
from test_streams import PLAN, journal, long_plan
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect


def dial(engine, **options):
    return connect(f"ws://127.0.0.1:{engine.port}/api/ws", proxy=None, **options)


def say(client, **members):
    client.send(json.dumps(members))


def hear(client, timeout=10):
    return json.loads(client.recv(timeout=timeout))


def hear_events(client, count):
    """The next events, by the name of their subscription."""
    found = {}
    for _ in range(count):
        message = hear(client)
        assert message["type"] == "event", message
        found.setdefault(message["id"], []).append(message["event"]["position"])
    return found


def test_subscriptions(engine):
    first, second = engine.submit(PLAN), engine.submit(PLAN)
    for number in (first, second):
        engine.wait(number)
    everything = journal(engine)
    own = [event["position"] for event in everything if event["task"] == second]
    with dial(engine) as client:
        say(client, type="subscribe", id="one", task=second)
        assert hear(client) == {"type": "subscribed", "id": "one", "after": 0}
        assert hear_events(client, len(own)) == {"one": own}
        assert hear(client) == {"type": "ended", "id": "one", "status": "completed", "position": own[-1]}
        say(client, type="subscribe", id="all", task=None, after=everything[2]["position"], kinds=["task_completed"])
        assert hear(client)["type"] == "subscribed"
        ends = [event["position"] for event in everything[3:] if event["type"] == "task_completed"]
        assert hear_events(client, len(ends)) == {"all": ends}
        say(client, type="unsubscribe", id="one")
        assert hear(client) == {"type": "unsubscribed", "id": "one"}
        third = engine.submit(PLAN)
        message = hear(client)
        assert (message["id"], message["event"]["task"], message["event"]["type"]) == ("all", third, "task_completed")
        say(client, type="subscribe", id="one", task=str(third), after=0)
        assert hear(client)["type"] == "subscribed", "a name can be used again"
        expected = [event for event in journal(engine) if event["task"] == third]
        assert [hear(client)["event"] for _ in expected] == expected, "the same as a page has it"


@pytest.mark.parametrize(
    ("message", "code", "name"),
    [
        ("{", "invalid_json", None), ("[]", "invalid_input", None), ("{}", "invalid_input", None),
        ('{"type": "dance", "id": "x"}', "invalid_input", "x"), ('{"type": "subscribe"}', "invalid_input", None),
        ('{"type": "subscribe", "id": 7}', "invalid_input", None), ('{"type": "subscribe", "id": ""}', "invalid_input", ""),
        ('{"type": "subscribe", "id": "x", "after": "5"}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "after": -5}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "task": 99}', "not_found", "x"),
        ('{"type": "subscribe", "id": "x", "task": [1]}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "kinds": ["nonsense"]}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "kinds": "task_failed"}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "kinds": []}', "invalid_input", "x"),
        ('{"type": "subscribe", "id": "x", "who": 1}', "invalid_input", "x"),
        ('{"type": "unsubscribe", "id": "x"}', "not_found", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_and_harms_nothing(engine, message, code, name):
    with dial(engine) as client:
        client.send(message)
        answer = hear(client)
        assert (answer["type"], answer["id"], answer["code"]) == ("error", name, code)
        assert answer["detail"]
        say(client, type="subscribe", id="x")
        assert hear(client)["type"] == "subscribed"


def test_subscriptions_are_bounded(engine):
    with dial(engine) as client:
        for number in range(32):
            say(client, type="subscribe", id=f"s{number}")
            assert hear(client)["type"] == "subscribed"
        say(client, type="subscribe", id="one more")
        assert hear(client)["code"] == "limit_exceeded"
        say(client, type="subscribe", id="s1")
        assert hear(client)["code"] == "conflict"


def test_kill_and_reconnect(engine):
    """What a client missed while the server was down comes once it is back, in order and once."""
    seen = []
    for turn in range(1, 5):
        numbers = [engine.submit(long_plan(100)) for _ in range(3)]
        with dial(engine) as client:
            say(client, type="subscribe", id="a", after=seen[-1] if seen else 0)
            try:
                while len(seen) < 60 * turn:
                    message = hear(client)
                    if message["type"] == "event":
                        seen.append(message["event"]["position"])
                engine.kill()
                while True:
                    message = hear(client)
                    if message["type"] == "event":
                        seen.append(message["event"]["position"])
            except ConnectionClosed:
                pass
        engine.start()
        for number in numbers:
            engine.wait(number)
    expected = [event["position"] for event in journal(engine)]
    with dial(engine) as client:
        say(client, type="subscribe", id="a", after=seen[-1])
        assert hear(client)["type"] == "subscribed"
        seen += hear_events(client, len(expected) - len(seen)).get("a", [])
    assert seen == expected


def test_gaps_are_told(engine):
    numbers = [engine.submit(PLAN) for _ in range(3)]
    for number in numbers:
        engine.wait(number)
    stale = journal(engine)[0]["position"]
    assert engine.request("DELETE", f"/api/tasks/{numbers[1]}")[0] in (200, 204)
    engine.kill()
    engine.start()
    with dial(engine) as client:
        say(client, type="subscribe", id="a", after=stale)
        assert hear(client)["type"] == "subscribed"
        assert hear(client) == {"type": "resync", "id": "a", "reason": "deleted", "after": stale, "position": stale}
        assert hear(client)["type"] == "event"
        say(client, type="subscribe", id="b", after=10**9)
        while (message := hear(client))["id"] != "b" or message["type"] != "resync":
            pass
        assert message == {"type": "resync", "id": "b", "reason": "unknown_position", "after": 10**9, "position": 0}


def test_pings_are_answered(engine):
    with dial(engine) as client:
        assert client.ping(b"there?").wait(5)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost:{port}"}, 101), ({"Origin": "http://127.0.0.1:{port}"}, 101), ({}, 101),
    ],
)  # fmt: skip
def test_where_a_handshake_comes_from(engine, headers, status):
    headers = {name: value.format(port=engine.port) for name, value in headers.items()}
    if status == 101:
        with dial(engine, additional_headers=headers) as client:
            say(client, type="subscribe", id="a")
            assert hear(client)["type"] == "subscribed"
        return
    with pytest.raises(InvalidStatus) as refusal:
        dial(engine, additional_headers=headers)
    answer = refusal.value.response
    assert answer.status_code == status
    assert json.loads(answer.body)["code"] == "forbidden"


KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
UPGRADE = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]


@pytest.mark.parametrize(
    ("host", "lines", "status"),
    [
        ("evil.example", [*UPGRADE, KEY], 421), ("127.0.0.1:1", [*UPGRADE, KEY], 421), (None, [KEY], 426),
        (None, [*UPGRADE[:2], "Sec-WebSocket-Version: 8", KEY], 426), (None, UPGRADE, 400),
    ],
)  # fmt: skip
def test_handshakes_that_are_refused(engine, host, lines, status):
    with raw(engine, lines, host) as (_, header):
        assert header.startswith(b"HTTP/1.1 %d " % status), header
        assert b"application/problem+json" in header
        assert (b"Sec-WebSocket-Version: 13" in header) == (status == 426)


class raw:  # noqa: N801
    """A connection on which any bytes can be sent; with what the server answered to the handshake."""

    def __init__(self, engine, lines=(*UPGRADE, KEY), host=None):
        self.socket = socket.create_connection(("127.0.0.1", engine.port))
        self.socket.settimeout(20)
        head = [f"GET /api/ws HTTP/1.1\r\nHost: {host or f'127.0.0.1:{engine.port}'}", *lines]
        self.socket.sendall("\r\n".join([*head, "", ""]).encode())

    def __enter__(self):
        header = b""
        while b"\r\n\r\n" not in header:
            part = self.socket.recv(1)
            if not part:
                break
            header += part
        return self.socket, header

    def __exit__(self, *_):
        self.socket.close()


def masked(first, payload, length=None):
    length = len(payload) if length is None else length
    head = bytes([first, 0x80 | length]) if length < 126 else bytes([first, 0xFE]) + length.to_bytes(2)
    return head + b"\0\0\0\0" + payload


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\x81\x01a", 1002), (masked(0xC1, b"a"), 1002), (masked(0x83, b"a"), 1002), (masked(0x80, b"a"), 1002),
        (masked(0x89, b"a" * 126), 1002), (masked(0x81, b"\xc3("), 1007), (masked(0x82, b"a"), 1003),
        (b"\x81\xff" + (1 << 40).to_bytes(8) + b"\0\0\0\0a", 1009), (masked(0x89, b"") * 400, 1008),
        (masked(0x81, b"{}") * 400, 1008),
    ],
)  # fmt: skip
def test_frames_that_break_the_protocol(engine, frame, code):
    with raw(engine) as (client, header):
        assert header.startswith(b"HTTP/1.1 101 ")
        client.sendall(frame)
        received = b""
        while part := client.recv(1 << 16):
            received += part
        # Behind what was answered before stands the close.
        assert b"\x88" in received
        close = received[received.rindex(b"\x88"):]
        assert int.from_bytes(close[2:4]) == code, received[-200:]
    assert engine.get("/healthz") == {"status": "ok"}


def test_a_stop_says_goodbye(engine):
    with dial(engine) as client:
        say(client, type="subscribe", id="a")
        assert hear(client)["type"] == "subscribed"
        assert engine.stop() == 0
        with pytest.raises(ConnectionClosed) as closed:
            hear(client)
        assert closed.value.rcvd.code == 1001


def test_a_client_that_never_reads(engine):
    """It holds a bounded amount of memory, others are served, and it is dropped when it leaves."""
    before, descriptors = engine.memory(), engine.descriptors()
    with raw(engine) as (client, header):
        assert header.startswith(b"HTTP/1.1 101 ")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        for name in (b"a", b"b", b"c"):
            client.sendall(masked(0x81, b'{"type": "subscribe", "id": "%s"}' % name))
        numbers = [engine.submit(long_plan(900)) for _ in range(8)]
        for number in numbers:
            engine.wait(number)
        assert engine.memory() < before + 120
        with dial(engine) as other:
            say(other, type="subscribe", id="a", after=journal(engine)[-2]["position"])
            assert hear(other)["type"] == "subscribed"
            assert hear(other)["type"] == "event"
    eventually(lambda: engine.descriptors() <= descriptors + 4, "the sockets are closed")


def test_a_thousand_sockets(engine):
    """Each gets each event once; they take no thread of their own, and leave nothing behind."""
    before, clients = engine.descriptors(), []
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        for _ in range(1_000):
            made = raw(engine)
            client, header = made.__enter__()
            assert header.startswith(b"HTTP/1.1 101 ")
            client.sendall(masked(0x81, b'{"type": "subscribe", "id": "a"}'))
            clients.append(client)
        began = time.monotonic()
        for _ in range(5):
            engine.wait(engine.submit(PLAN))
        expected = [event["position"] for event in journal(engine)]
        for client in clients:
            received = b""
            while received.count(b'"type":"event"') < len(expected):
                received += client.recv(1 << 16)
            assert [int(part.split(b",")[0]) for part in received.split(b'"position":')[1:]] == expected
        assert time.monotonic() - began < 30
    finally:
        for client in clients:
            client.close()
    eventually(lambda: engine.descriptors() <= before + 10, "the sockets are closed")
