"""Retention deletes while nobody listens: whoever comes back to a position that is gone is told so, in every way of reading.

The server's clock is that of `clock_leap.c`: a day need not pass.
"""

import json
import os
import shutil
import signal
import subprocess
import threading

import pytest
from engine import ROOT, eventually
from test_streams import PLAN, ids, journal, take, watching
from test_websocket import dial, hear, say


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
    if compiler is None:
        pytest.skip("without a C compiler no clock can be set")
    library = tmp_path_factory.mktemp("shim") / "clock_leap.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, ROOT / "e2e" / "clock_leap.c"], check=True)
    return library


@pytest.fixture
def aged(engine, shim, tmp_path):
    """Lets the server of a day later go on with the same data, on the same address; what is kept for a day is gone then."""
    leap = tmp_path / "leap"
    environment = {**os.environ, "LD_PRELOAD": str(shim), "CLOCK_LEAP": str(leap)}
    (engine.data / "signalbox.yaml").write_text("retention: { plans: { short: 1 } }\n")

    def age(*deleted):
        port = engine.port
        engine.kill()
        leap.write_text(str(2 * 86_400))
        engine.start(port=port, env=environment)
        for number in deleted:
            eventually(lambda: engine.request("GET", f"/api/tasks/{number}")[0] == 410, "retention has been by")

    return age


@pytest.fixture
def shortly(engine):
    """A task of a plan that is kept for a day."""
    return lambda: engine.submit(PLAN.replace("name: ", "name: short # ", 1))


def test_every_reader_is_told_of_the_gap(engine, aged, shortly):
    numbers = [engine.submit(PLAN), shortly(), engine.submit(PLAN)]
    for number in numbers:
        engine.wait(number)
    before = journal(engine)
    stale = next(event["position"] for event in before if event["task"] == numbers[0])
    aged(numbers[1])
    rest = [event["position"] for event in journal(engine) if event["position"] > stale]
    assert rest and not {event["position"] for event in before if event["task"] == numbers[1]} & set(rest)
    gap = {"reason": "deleted", "after": stale, "position": stale}

    with watching(engine, "/api/events", stale) as events:
        told = next(events)
        assert (told.event, told.id, told.json()) == ("resync", str(stale), gap)
        assert ids(take(events, len(rest))) == rest
    page = engine.get(f"/api/events?after={stale}&limit=1000")
    assert page["resync"] == gap
    assert [event["position"] for event in page["events"]] == rest
    with dial(engine) as client:
        say(client, type="subscribe", id="a", after=stale)
        assert hear(client)["type"] == "subscribed"
        assert hear(client) == {"type": "resync", "id": "a", **gap}
        assert [hear(client)["event"]["position"] for _ in rest] == rest
    # Of the task that is gone nothing can be told but that.
    for accept in ("text/event-stream", "application/json"):
        assert engine.request("GET", f"/api/tasks/{numbers[1]}/events", headers={"Accept": accept})[0] == 410


def test_a_watch_that_slept_through_it_goes_on(engine, binary, aged, shortly):
    """The list of the command line is stopped while tasks come and go, and shows what is left when it wakes."""
    engine.wait(engine.submit(PLAN))
    command = [binary, "tasks", "list", "--watch", "--json", "--server", f"http://127.0.0.1:{engine.port}"]
    watch = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    stop = threading.Timer(60, watch.kill)
    stop.start()
    try:
        assert json.loads(watch.stdout.readline())["number"] == 1
        watch.send_signal(signal.SIGSTOP)
        gone, kept = shortly(), engine.submit(PLAN)
        for number in (gone, kept):
            engine.wait(number)
        aged(gone)
        watch.send_signal(signal.SIGCONT)
        seen = [json.loads(watch.stdout.readline())["number"]]
        new = engine.submit(PLAN)
        while seen[-1] != new:
            seen.append(json.loads(watch.stdout.readline())["number"])
        assert seen[0] == kept and gone not in seen
    finally:
        stop.cancel()
        watch.send_signal(signal.SIGCONT)
        watch.kill()
        watch.wait()


def test_a_watch_of_a_task_that_was_deleted_says_so(engine, binary, aged, shortly):
    number = shortly()
    engine.wait(number)
    aged(number)
    command = [binary, "tasks", "watch", str(number), "--server", f"http://127.0.0.1:{engine.port}"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2, result.stdout
    assert "was deleted" in result.stderr and "retention" in result.stderr
