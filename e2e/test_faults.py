"""The disk fails under a running server: it says so, refuses work, keeps what is done, and goes on when the disk does.

The faults come from `disk_faults.c`, which is put between the server and the system. Full and read-only disks that are
real ones are in test_start.py.
"""

import contextlib
import errno
import http.server
import json
import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections import Counter

import pytest

from engine import ROOT, Engine, eventually

# What a disk can do, as the text of the flag.
FAULTS = {
    "full": f"{errno.ENOSPC} write truncate open",
    "write-error": f"{errno.EIO} write",
    "sync-error": f"{errno.EIO} sync",
    "read-only": f"{errno.EROFS} write sync truncate open",
}
STEPS = ("first", "second", "third")
SMALL = "name: small\nsteps:\n  only:\n    set: { value: 1 }\n"


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
    if compiler is None:
        pytest.skip("without a C compiler no faults can be made")
    library = tmp_path_factory.mktemp("shim") / "disk_faults.so"
    source = ROOT / "e2e" / "disk_faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    return library


class Disk:
    """The disk of an engine's data directory, which fails on demand."""

    def __init__(self, shim, engine, flag):
        self.flag = flag
        self.options = {"env": {
            **os.environ, "LD_PRELOAD": str(shim), "FAULT_DIRECTORY": str(engine.data), "FAULT_FLAG": str(flag)}}

    def fail(self, fault):
        # Whole or not at all: the server may look at any moment.
        new = self.flag.with_suffix(".new")
        new.write_text(FAULTS[fault])
        new.rename(self.flag)

    def recover(self):
        self.flag.unlink(missing_ok=True)


class World(http.server.ThreadingHTTPServer):
    """What steps have an effect on: notes each request that arrives, and answers once its gate is open."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.arrived = []
        self.gate = threading.Event()
        self.gate.set()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def count(self, task):
        """How often each step of a task has happened."""
        return dict(Counter(step for name, step in self.arrived if name == task))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        _, task, step = self.path.split("/")
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.arrived.append((task, step))
        self.server.gate.wait(60)
        answer = json.dumps({"value": body["value"] + 1}).encode()
        with contextlib.suppress(ConnectionError):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, *arguments):
        """Nothing: what arrives is in `arrived`."""


@pytest.fixture
def world():
    server = World()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def faulty(make_engine, shim, tmp_path):
    """A running engine and its disk."""
    engine = make_engine()
    disk = Disk(shim, engine, tmp_path / "flag")
    engine.start(**disk.options)
    yield engine, disk
    disk.recover()


def chain(world, task, start=0):
    """Requests one after the other, each with the number that the one before has got."""
    text = f"name: {task}\nsteps:\n"
    value = str(start)
    for step in STEPS:
        text += f"  {step}:\n    repeatable: true\n    http:\n      method: POST\n"
        text += f"      url: {world.address}/{task}/{step}\n      body: {{ value: {value} }}\n"
        value = f'"${{{{ steps.{step}.output.body.value }}}}"'
    return text + f"outputs:\n  value: {value}\n"


def refusal(engine, **headers):
    """What a new task is refused with; nil when it is taken."""
    status, answer, body = engine.request("POST", "/api/tasks", {"plan": {"text": SMALL}}, headers)
    if status in (200, 201):
        return None
    assert answer["Content-Type"] == "application/problem+json", body
    return status, json.loads(body)


def integrity(engine):
    with contextlib.closing(sqlite3.connect(f"file:{engine.data / 'signalbox.db'}?mode=ro", uri=True)) as database:
        return database.execute("PRAGMA integrity_check").fetchone()[0]


# -- a disk that fails for a while


@pytest.mark.parametrize("fault", FAULTS)
def test_refuses_work_and_goes_on(faulty, world, fault):
    engine, disk = faulty
    world.gate.clear()
    number = engine.submit(chain(world, "a"))
    eventually(lambda: world.count("a") == {"first": 1}, "the first step is under way")
    tasks = engine.get("/api/tasks")["total"]

    disk.fail(fault)
    status, problem = refusal(engine)
    assert status in (503, 507), problem
    assert problem["status"] == status and problem["detail"].endswith("."), problem
    status, headers, body = engine.request("GET", "/readyz")
    assert status == 503 and headers["Content-Type"] == "application/problem+json", body
    assert "cannot be written" in json.loads(body)["detail"]
    # The step ends now, and its outcome cannot be stored.
    world.gate.set()
    eventually(lambda: "cannot be stored yet" in engine.output, "the log says so")
    assert engine.get("/healthz") == {"status": "ok"}
    assert engine.task(number)["status"] == "running", "what is there can be read, and nothing has failed"
    assert engine.get("/api/tasks")["total"] == tasks, "what was refused is not there"
    assert world.count("a") == {"first": 1}, "no step begins before the one before it is stored"

    disk.recover()
    task = engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"value": 3}), task
    assert engine.get("/readyz")["status"] == "ready"
    assert refusal(engine) is None
    # And all of it survives the next crash.
    engine.kill()
    engine.start()
    assert engine.task(number)["outputs"] == {"value": 3}
    assert engine.get("/api/tasks")["total"] == tasks + 1
    assert world.count("a") == dict.fromkeys(STEPS, 1), "nothing ran twice"
    assert integrity(engine) == "ok"


@pytest.mark.parametrize("fault", FAULTS)
def test_killed_while_the_disk_fails(faulty, world, fault):
    """What was under way runs again, what had finished does not, and a refused request can be repeated."""
    engine, disk = faulty
    number = engine.submit(chain(world, "a"))
    engine.wait(number)
    world.gate.clear()
    again = engine.submit(chain(world, "b", start=10))
    eventually(lambda: world.count("b") == {"first": 1}, "the first step is under way")
    disk.fail(fault)
    key = {"Idempotency-Key": "refused"}
    assert refusal(engine, **key) is not None
    world.gate.set()
    eventually(lambda: "cannot be stored yet" in engine.output, "its outcome cannot be stored")
    engine.kill()
    disk.recover()

    engine.start(**disk.options)
    assert engine.wait(again)["outputs"] == {"value": 13}
    assert engine.task(number)["outputs"] == {"value": 3}
    assert world.count("a") == dict.fromkeys(STEPS, 1)
    # What was written before a failed sync may be there after a crash or not: then the first step has finished already,
    # and the refused task is there; the key makes it one task either way.
    runs = (1, 2) if fault == "sync-error" else (2,)
    assert world.count("b") in [{"first": count, "second": 1, "third": 1} for count in runs]
    assert refusal(engine, **key) is None
    assert engine.get("/api/tasks")["total"] == 3
    assert integrity(engine) == "ok"


@pytest.mark.parametrize("seed", [21, 22])
def test_a_disk_that_fails_now_and_then(faulty, world, seed):
    """Without a crash nothing may happen twice, however often the disk refuses."""
    engine, disk = faulty
    dice = random.Random(seed)
    numbers = {}
    for place in range(8):
        numbers[f"t{place}"] = engine.submit(chain(world, f"t{place}", start=place))
    for place in range(8, 24):
        disk.fail(dice.choice(list(FAULTS)))
        moment = time.monotonic() + dice.uniform(0, 0.1)
        eventually(lambda moment=moment: time.monotonic() >= moment, "the moment has come")
        disk.recover()
        numbers[f"t{place}"] = engine.submit(chain(world, f"t{place}", start=place))
    for place, (name, number) in enumerate(numbers.items()):
        assert engine.wait(number)["outputs"] == {"value": place + 3}
        assert world.count(name) == dict.fromkeys(STEPS, 1)
    assert integrity(engine) == "ok"


def test_start_on_a_disk_that_fails(faulty):
    """It says why it does not start, and starts when the disk works."""
    engine, disk = faulty
    number = engine.submit(SMALL)
    engine.wait(number)
    engine.kill()
    disk.fail("read-only")
    engine.launch(**disk.options)
    assert engine.process.wait(20) == 2
    assert "Read-only file system" in engine.output or "readonly" in engine.output, engine.output
    disk.recover()
    engine.start(**disk.options)
    assert engine.task(number)["status"] == "completed"


# -- a log that is torn


@pytest.fixture(scope="module")
def killed(binary, tmp_path_factory):
    """The data of a server that was killed: three tasks in the database itself, twelve in its log; all events, and how
    large the log was when each of the twelve had ended."""
    place = tmp_path_factory.mktemp("torn")
    engine = Engine(binary, place / "data", place).start()
    for _ in range(3):
        engine.wait(engine.submit(SMALL))
    engine.stop()
    with contextlib.closing(sqlite3.connect(engine.data / "signalbox.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.start()
    sizes = []
    for _ in range(12):
        engine.wait(engine.submit(SMALL))
        sizes.append((engine.data / "signalbox.db-wal").stat().st_size)
    engine.kill()
    events = journal(engine.data)
    assert sum(kind == "task_created" for _, kind in events) == 15
    return engine.data, events, sizes


def journal(data):
    with contextlib.closing(sqlite3.connect(f"file:{data / 'signalbox.db'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT position, kind FROM event ORDER BY position").fetchall()


# How the log ends; each is given where, as a share of its size.
TEARS = {
    "cut": lambda log, place: log[:place],
    "garbage": lambda log, place: log[:place] + bytes((7 * byte + 3) % 251 for byte in range(len(log) - place)),
    "zeros": lambda log, place: log[:place] + bytes(len(log) - place),
    "one-bit": lambda log, place: log[:place] + bytes([log[place] ^ 4]) + log[place + 1:],
}


@pytest.mark.parametrize("share", [0.0, 0.003, 0.31, 0.5003, 0.77, 0.9999])
@pytest.mark.parametrize("tear", TEARS)
def test_torn_log(killed, make_engine, tmp_path, tear, share):
    """The journal is as it was at some moment: all that stands in front of the tear, and nothing half.

    What stands behind it is lost, if the disk had promised it: no program can bring that back.
    """
    data, events, sizes = killed
    shutil.copytree(data, tmp_path / "data")
    path = tmp_path / "data" / "signalbox.db-wal"
    log = path.read_bytes()
    place = int(len(log) * share)
    path.write_bytes(TEARS[tear](log, place))

    engine = make_engine(tmp_path / "data").start()
    total = engine.get("/api/tasks")["total"]
    assert 3 + sum(size <= place for size in sizes) <= total <= 15
    # Every task that is there is whole, or goes on until it is.
    for number in range(1, total + 1):
        assert engine.wait(number)["status"] == "completed"
    # What is lost is lost from the end: the journal begins as it did.
    now = journal(engine.data)
    same = next((place for place, (old, new) in enumerate(zip(events, now)) if old != new), min(len(events), len(now)))
    assert sum(kind == "task_created" for _, kind in now) == total
    assert sum(kind == "task_created" for _, kind in events[:same]) == total
    assert integrity(engine) == "ok"
    assert engine.task(engine.submit(SMALL))["number"] == total + 1
