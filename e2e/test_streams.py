"""The streams of events, seen by clients that nobody here wrote: curl, httpx-sse, and a thousand that come and go."""

import asyncio
import concurrent.futures
import contextlib
import json
import random
import resource
import socket
import subprocess
import threading
import time

import httpx
import httpx_sse
import pytest
from engine import eventually

PLAN = "name: small\nsteps:\n  a:\n    set: { value: 1 }\n  b:\n    set: { value: '${{ steps.a.output.value + 1 }}' }\n"
SSE = {"Accept": "text/event-stream"}


def long_plan(steps):
    return "name: long\nsteps:\n" + "".join(f"  step_{place}:\n    set: {{ a: 1 }}\n" for place in range(steps))


def journal(engine, query=""):
    """All events, page by page."""
    found, position = [], 0
    while True:
        page = engine.get(f"/api/events?after={position}&limit=1000{query}")
        found += page["events"]
        position = page["next"]
        if not page["has_more"]:
            return found


def newest(engine):
    return journal(engine)[-1]["position"]


def address(engine, path):
    return f"http://127.0.0.1:{engine.port}{path}"


@contextlib.contextmanager
def watching(engine, path, last=None, timeout=10):
    """The events of a stream as httpx-sse gives them."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with httpx.Client(timeout=timeout, trust_env=False) as client:
        with httpx_sse.connect_sse(client, "GET", address(engine, path), headers=headers) as source:
            yield source.iter_sse()


def ids(events):
    return [int(event.id) for event in events]


def take(events, count):
    return [next(events) for _ in range(count)]


def test_curl(engine):
    """The stream as a terminal shows it: each event with its id, as soon as it has happened."""
    command = ["curl", "-sN", "--noproxy", "*", "-H", "Accept: text/event-stream", address(engine, "/api/events")]
    curl = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    stop = threading.Timer(20, curl.kill)
    stop.start()
    try:
        number = engine.submit(PLAN)
        lines = []
        for line in curl.stdout:
            lines.append(line.rstrip("\n"))
            if '"type":"task_completed"' in line:
                break
    finally:
        stop.cancel()
        curl.kill()
        curl.wait()
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    assert [event["type"] for event in events][0] == "task_created"
    assert {event["task"] for event in events} == {number}
    assert [int(line.removeprefix("id: ")) for line in lines if line.startswith("id: ")] == [
        event["position"] for event in events]
    assert "retry: 1000" in lines
    assert ": heartbeat" in lines


def test_an_idle_stream_shows_that_it_lives_and_nothing_else(engine):
    """Heartbeats are comments: httpx-sse makes no event of them, also behind an event that had an id."""
    engine.wait(engine.submit(PLAN))
    with httpx.Client(timeout=10, trust_env=False) as client:
        with client.stream("GET", address(engine, f"/api/events?after={newest(engine)}"), headers=SSE) as answer:
            assert answer.headers["content-type"] == "text/event-stream"
            assert answer.headers["cache-control"] == "no-store"
            lines, began = [], time.monotonic()
            for line in answer.iter_lines():
                lines.append(line)
                if lines.count(": heartbeat") == 3:
                    break
            assert 3 < time.monotonic() - began < 8, "one at once, then every two seconds"
            assert set(lines) == {"retry: 1000", ": heartbeat"}
    with watching(engine, "/api/events") as events:
        take(events, len(journal(engine)))
        submitted = threading.Timer(4.5, lambda: engine.submit(PLAN))
        submitted.start()
        event = next(events)
        submitted.join()
        assert event.json()["type"] == "task_created", "two heartbeats have made no event"


def test_one_task_and_certain_kinds(engine):
    first, second = engine.submit(PLAN), engine.submit(PLAN)
    for number in (first, second):
        engine.wait(number)
    everything = journal(engine)
    own = [event["position"] for event in everything if event["task"] == second]
    with watching(engine, f"/api/events?task={second}") as events:
        assert ids(take(events, len(own))) == own
    with watching(engine, f"/api/tasks/{second}/events") as events:
        assert ids(take(events, len(own))) == own
    kinds = "task_created,task_completed"
    wanted = [event["position"] for event in everything if event["type"] in kinds.split(",")]
    assert len(wanted) == 4
    with watching(engine, f"/api/events?kinds={kinds}") as events:
        assert ids(take(events, 4)) == wanted
        third = engine.submit(PLAN)
        assert [event.json()["type"] for event in take(events, 2)] == kinds.split(",")
    engine.wait(third)
    assert [event["position"] for event in journal(engine, f"&kinds={kinds}&task={second}")] == [
        position for position in wanted if position in own]
    page = engine.get("/api/events?kinds=task_completed&limit=2")
    assert len(page["events"]) == 2 and page["has_more"]
    rest = engine.get(f"/api/events?kinds=task_completed&limit=2&after={page['next']}")
    assert [event["task"] for event in rest["events"]] == [third] and not rest["has_more"]


def test_kill_and_reconnect(engine):
    """A client that comes back after each crash of the server with what it saw last misses nothing, and sees nothing twice."""
    seen, last, rounds = [], None, 4
    for turn in range(rounds):
        numbers = [engine.submit(long_plan(30)) for _ in range(3)]
        with contextlib.suppress(httpx.TransportError):
            with watching(engine, "/api/events", last) as events:
                for event in events:
                    seen.append(event)
                    last = event.id
                    # In the middle of what is happening, and not always at the same place.
                    if len(seen) % 40 == 17 + turn and engine.is_running:
                        engine.kill()
        if not engine.is_running:
            engine.start()
        for number in numbers:
            engine.wait(number)
    expected = [event["position"] for event in journal(engine)]
    with watching(engine, "/api/events", last) as events:
        seen += take(events, len(expected) - len(seen))
    assert ids(seen) == expected
    assert expected == sorted(set(expected))
    assert engine.starts > rounds / 2, "it was killed more than once"


def test_clients_that_come_and_go(engine):
    """1,000 clients that drop their connections all the time each see every event once, while events are written."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    clients, tasks = 1_000, 40
    per_task = 4
    total = tasks * per_task
    engine.wait(engine.submit(PLAN))
    assert len(journal(engine)) == per_task

    async def connect(last):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", engine.port)
                break
            except OSError:
                await asyncio.sleep(0.05)
        writer.write(
            f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{engine.port}\r\nAccept: text/event-stream\r\n"
            f"Last-Event-ID: {last}\r\n\r\n".encode())
        return reader, writer

    async def watch(client, dice):
        seen = []
        while len(seen) < total:
            reader, writer = await connect(seen[-1] if seen else 0)
            goal = min(total, len(seen) + dice.randint(1, 60))
            try:
                while len(seen) < goal:
                    line = await reader.readline()
                    if not line:
                        break
                    if line.startswith(b"id: "):
                        seen.append(int(line[4:]))
            finally:
                writer.transport.abort()
        return seen

    async def write():
        for _ in range(tasks - 1):
            await asyncio.to_thread(engine.submit, PLAN)
            await asyncio.sleep(0.05)

    async def everything():
        dice = random.Random(7)
        watchers = [watch(client, random.Random(dice.random())) for client in range(clients)]
        return (await asyncio.gather(write(), *watchers))[1:]

    began = time.monotonic()
    # On a thread of its own: a browser of another test may have left a loop running on this one.
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        seen = thread.submit(lambda: asyncio.run(asyncio.wait_for(everything(), 120))).result()
    expected = [event["position"] for event in journal(engine)]
    assert len(expected) == total
    wrong = [positions for positions in seen if positions != expected]
    assert not wrong, f"{len(wrong)} of {clients}, such as {wrong[0]}"
    print(f"{clients} clients, {total} events each, {time.monotonic() - began:.1f} s")


def test_a_slow_client_gets_everything_from_the_store(engine):
    """It takes nothing while more happens than is kept in memory, and then reads on without a gap."""
    with socket.create_connection(("127.0.0.1", engine.port)) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.settimeout(20)
        slow.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{engine.port}\r\nAccept: text/event-stream\r\n\r\n".encode())
        assert slow.recv(15).startswith(b"HTTP/1.1 200")
        before = engine.memory()
        numbers = [engine.submit(long_plan(900)) for _ in range(8)]
        for number in numbers:
            engine.wait(number)
        expected = [event["position"] for event in journal(engine)]
        assert len(expected) > 7_000, "more than the 4,096 that stay at hand"
        assert engine.memory() < before + 100
        received, seen = b"", []
        while len(seen) < len(expected):
            part = slow.recv(1 << 16)
            assert part, "it was not cut off"
            received += part
            lines = received.split(b"\n")
            received = lines.pop()
            seen += [int(line[4:]) for line in lines if line.startswith(b"id: ")]
    assert seen == expected


def test_deleted_events_are_told_as_a_gap(engine):
    """Whoever has missed what was deleted is told so before what is left; whoever has seen it is not."""
    numbers = [engine.submit(PLAN) for _ in range(4)]
    for number in numbers:
        engine.wait(number)
    positions = {number: [event["position"] for event in journal(engine) if event["task"] == number] for number in numbers}
    with watching(engine, "/api/events", newest(engine)) as events:
        assert engine.request("DELETE", f"/api/tasks/{numbers[1]}")[0] in (200, 204)
        # Who listens hears of it at once; it is not kept.
        heard = next(events)
        deleted = heard.json()
        assert (deleted["type"], deleted["task"], deleted["data"]["status"]) == ("task_deleted", numbers[1], "completed")
    engine.kill()
    engine.start()
    left = [event["position"] for event in journal(engine)]
    assert not set(left) & set(positions[numbers[1]])
    stale = positions[numbers[0]][0]
    with watching(engine, "/api/events", stale) as events:
        told = next(events)
        assert told.event == "resync"
        assert told.json() == {"reason": "deleted", "after": stale, "position": stale}
        assert told.id == str(stale), "a client that is cut off here comes back to the same place"
        rest = [position for position in left if position > stale]
        assert ids(take(events, len(rest))) == rest
    page = engine.get(f"/api/events?after={stale}")
    assert page["resync"] == {"reason": "deleted", "after": stale, "position": stale}
    # From the beginning on, and behind it, nothing is missing; of one task neither.
    for path, last in (("/api/events", 0), (f"/api/tasks/{numbers[2]}/events", stale)):
        with watching(engine, path, last) as events:
            assert next(events).event == "message", (path, last)
    assert "resync" not in engine.get("/api/events?after=0")
    assert "resync" not in engine.get(f"/api/events?after={deleted['position']}")
    # Who has read to the end and not heard of it is told once, and goes on behind it.
    page = engine.get(f"/api/events?after={max(left)}")
    assert page["resync"]["reason"] == "deleted" and page["next"] == deleted["position"] > max(left)
    # The position is not given again.
    engine.wait(engine.submit(PLAN))
    assert min(event["position"] for event in journal(engine) if event["position"] > max(left)) == deleted["position"] + 1
    assert engine.request("GET", f"/api/tasks/{numbers[1]}/events", headers=SSE)[0] == 410


@pytest.mark.parametrize("way", ["header", "parameter"])
def test_a_position_of_the_future(engine, way):
    """It belongs to another journal, so the stream says so and begins anew."""
    engine.wait(engine.submit(PLAN))
    future = newest(engine) + 1
    path = "/api/events" if way == "header" else f"/api/events?after={future}"
    with watching(engine, path, future if way == "header" else None) as events:
        told = next(events)
        assert (told.event, told.id) == ("resync", "0")
        assert told.json() == {"reason": "unknown_position", "after": future, "position": 0}
        expected = [event["position"] for event in journal(engine)]
        assert ids(take(events, len(expected))) == expected
    page = engine.get(f"/api/events?after={future}")
    assert page["resync"]["reason"] == "unknown_position"
    assert [event["position"] for event in page["events"]] == expected
    # The newest itself is none of the future.
    with watching(engine, "/api/events", future - 1) as events:
        engine.submit(PLAN)
        assert next(events).event == "message"


WRONG = [
    ("/api/events", {"Last-Event-ID": "yesterday"}, 400), ("/api/events", {"Last-Event-ID": "-1"}, 400),
    ("/api/events", {"Last-Event-ID": "1.5"}, 400), ("/api/events", {"Last-Event-ID": "9" * 30}, 400),
    ("/api/events?after=x", {}, 400), ("/api/events?after=-1", {}, 400), ("/api/tasks/1/events?after=%F0%9F%92%A9", {}, 400),
    ("/api/events?task=nobody", {}, 404), ("/api/events?task=99", {}, 404), ("/api/tasks/99/events", {}, 404),
    ("/api/events?kinds=nonsense", {}, 422), ("/api/events?limit=0", {}, 422), ("/api/events?what=1", {}, 422),
    ("/api/tasks/1/events?task=1", {}, 422), ("/api/events", {"Host": "evil.example"}, 421),
]  # fmt: skip


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
@pytest.mark.parametrize(("path", "headers", "status"), WRONG, ids=[f"{row[0]} {row[1]}" for row in WRONG])
def test_what_is_refused(engine, path, headers, status, accept):
    engine.wait(engine.submit(PLAN))
    answer, header, body = engine.request("GET", path, headers={"Accept": accept, **headers})
    assert answer == status, body
    assert header["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == status


def test_watch_goes_on_across_a_crash(engine, binary, tmp_path):
    """The command line's own client, of a task that it has started and left: the server is killed in between, and every
    event is told once."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("name: waits\nsteps:\n  first:\n    set: { a: 1 }\n  hold:\n    wait: 3s\n")
    run = [binary, "run", plan, "--detach", "--json", "--data", engine.data]
    number = json.loads(subprocess.run(run, capture_output=True, text=True, timeout=60, check=True).stdout)["number"]
    command = [binary, "tasks", "watch", str(number), "--json", "--data", engine.data]
    watch = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    stop = threading.Timer(60, watch.kill)
    stop.start()
    try:
        seen = [json.loads(watch.stdout.readline())["position"]]
        engine.kill()
        engine.start(port=engine.port)
        seen += [json.loads(line)["position"] for line in watch.stdout if '"position"' in line]
    finally:
        stop.cancel()
        watch.kill()
        watch.wait()
    expected = [event["position"] for event in journal(engine, f"&task={number}")]
    assert seen == expected
    assert eventually(lambda: engine.task(number)["status"] == "completed", "it has ended")
