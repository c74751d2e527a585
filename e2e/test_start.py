"""Starting and stopping the real server: what stands in its way is said in one sentence, and nothing is half done."""

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

from engine import eventually

pytestmark = pytest.mark.usefixtures("open_commands")

PLAN = "name: small\nsteps:\n  one:\n    set: { value: 1 }\noutputs:\n  value: ${{ steps.one.output.value }}\n"


def refused(engine, *words, **options):
    """The server ends by itself with exit code 2 and one clear sentence on stderr, which has these words."""
    engine.launch(**options)
    assert engine.process.wait(20) == 2, engine.output
    assert engine.out.read_text() == "", "it has not said that it serves"
    lines = engine.err.read_text().splitlines()
    errors = [line for line in lines if line.startswith("error: ")]
    assert len(errors) == 1, lines
    assert len(lines) <= 2 and all(line.startswith(("error: ", "hint: ")) for line in lines), lines
    assert errors[0].endswith("."), errors[0]
    for word in words:
        assert word.lower() in "\n".join(lines).lower(), lines
    for word in ("SignalboxError", "Swift", "Optional", "errno", "Code("):
        assert word not in "\n".join(lines)


@pytest.fixture
def stopped(make_engine):
    """An engine that has run a task and was stopped."""
    engine = make_engine().start()
    engine.wait(engine.submit(PLAN))
    assert engine.stop() == 0
    return engine


def test_port_taken(make_engine):
    engine = make_engine()
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused(engine, "port", str(other.getsockname()[1]), port=other.getsockname()[1])
    assert not engine.data.exists() or not (engine.data / "signalbox.db").exists()


def test_second_engine_on_the_same_data(make_engine, engine):
    refused(make_engine(), "in use", str(engine.process.pid), engine.data.name)
    assert engine.get("/healthz") == {"status": "ok"}


def test_data_directory_is_a_file(make_engine, tmp_path):
    (tmp_path / "data").write_text("mine")
    refused(make_engine(), str(tmp_path / "data"))
    assert (tmp_path / "data").read_text() == "mine"


def test_data_directory_below_a_file(make_engine, tmp_path):
    (tmp_path / "file").write_text("mine")
    refused(make_engine(tmp_path / "file" / "data"), str(tmp_path / "file"))


def test_data_directory_where_nobody_may_write(make_engine):
    """Not even root may make a directory here."""
    refused(make_engine("/proc/signalbox"), "/proc/signalbox")


@pytest.fixture
def mount(tmp_path):
    """Mounts file systems in memory, read and written by this test alone."""
    mounted = []

    def make(options):
        point = tmp_path / f"disk-{len(mounted)}"
        point.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(point)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("this user may not mount a small file system, so no disk can be made full or read-only")
        mounted.append(point)
        return point

    yield make
    for point in mounted:
        subprocess.run(["umount", "--lazy", str(point)], check=True)


def test_data_directory_is_read_only(make_engine, mount):
    disk = mount("size=8m")
    engine = make_engine(disk / "data").start()
    number = engine.submit(PLAN)
    engine.wait(number)
    engine.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    refused(engine, "read-only", str(disk / "data"))
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert engine.start().task(number)["status"] == "completed"


def test_data_directory_of_another_user(make_engine, tmp_path, binary):
    if os.geteuid() != 0:
        pytest.skip("only root can start the server as another user")
    reachable = subprocess.run(["test", "-x", binary], user=65534, check=False).returncode == 0
    if not reachable:
        pytest.skip("another user may not run the binary where it lies")
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    refused(make_engine(data), "permission denied", user=65534, group=65534, extra_groups=[])
    assert list(data.iterdir()) == []


def test_database_newer_than_the_binary(stopped):
    path = stopped.data / "signalbox.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    refused(stopped, "newer", "999")
    assert path.read_bytes() == before


def test_damaged_database(stopped):
    without_log(stopped)
    path = stopped.data / "signalbox.db"
    path.write_bytes(b"This is no database. " * 1_000)
    refused(stopped, "signalbox.db", "not a database")
    assert path.read_bytes() == b"This is no database. " * 1_000, "what is left of it is kept"


def test_database_with_damaged_pages(stopped):
    without_log(stopped)
    path = stopped.data / "signalbox.db"
    content = bytearray(path.read_bytes())
    content[4_096:] = b"\xa5" * (len(content) - 4_096)
    path.write_bytes(content)
    refused(stopped, "signalbox.db", "malformed")


# -- a disk without space


def fill(disk, keep=0):
    """Leaves only `keep` bytes free; returns the file that takes the rest."""
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    # What a program writes at the same moment may take the last of it.
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        for _ in range(0, free - keep, 4_096):
            file.write(b"x" * 4_096)
    return filler


def without_log(engine):
    """Brings all of the database into its one file, as a backup would."""
    with contextlib.closing(sqlite3.connect(engine.data / "signalbox.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not (engine.data / "signalbox.db-wal").exists()


def test_disk_full_at_the_first_start(make_engine, mount):
    disk = mount("size=2m")
    filler = fill(disk)
    engine = make_engine(disk / "data")
    refused(engine, "no space left" if not engine.data.exists() else "full")
    filler.unlink()
    engine.start()
    assert engine.wait(engine.submit(PLAN))["status"] == "completed"


@pytest.mark.parametrize("keep", [0, 16_384, 65_536])
def test_disk_full_at_a_later_start(make_engine, mount, keep):
    """It is refused, or it works with what is left; either way the task goes on once there is space."""
    disk = mount("size=4m")
    gate = disk / "gate"
    engine = make_engine(disk / "data").start()
    script = f"until [ -e {gate} ]; do sleep 0.01; done; echo 1"
    number = engine.submit(f"name: a\nsteps:\n  one:\n    command: [sh, -c, '{script}']\n    repeatable: true\n")
    eventually(lambda: engine.task(number)["status"] == "running", "the step has begun")
    engine.kill()
    gate.touch()
    filler = fill(disk, keep)
    engine.launch()
    eventually(lambda: not engine.is_running or "serves on" in engine.output, "it has started or ended")
    if engine.is_running:
        engine.port = int(engine.output.split("127.0.0.1:")[1].split()[0])
        filler.unlink()
    else:
        assert engine.process.returncode == 2, engine.output
        assert "error: " in engine.output
        filler.unlink()
        engine.start()
    assert engine.wait(number)["status"] == "completed"


def test_disk_full_in_the_middle(make_engine, mount, tmp_path):
    """The server goes on and says 507; what was done is kept, and goes on when there is space again."""
    disk = mount("size=4m")
    gate, lines = tmp_path / "gate", tmp_path / "lines"
    engine = make_engine(disk / "data").start()
    work = f"echo x >> {lines}; until [ -e {gate} ]; do sleep 0.01; done; echo 7"
    number = engine.submit(
        f"name: a\nsteps:\n  one:\n    command: [sh, -c, '{work}']\n"
        "  two:\n    command: [sh, -c, 'cat > /dev/null; echo 8']\n    stdin: ${{ steps.one.output }}\n"
        "outputs:\n  both: [\"${{ steps.one.output }}\", \"${{ steps.two.output }}\"]\n"
    )  # fmt: skip
    eventually(lines.exists, "the step has begun")
    filler = fill(disk)

    def full():
        status, headers, body = engine.request("POST", "/api/tasks", {"plan": {"text": PLAN}})
        if status == 201:
            # Pages that were free inside the database's own files are used up first.
            return None
        assert status == 507, body
        assert headers["Content-Type"] == "application/problem+json"
        document = json.loads(body)
        assert document["detail"].endswith(".") and "space" in document["hint"]
        return document

    eventually(full, "a new task is refused")
    tasks = engine.get("/api/tasks")["total"]
    # The step ends now, and its outcome cannot be stored.
    gate.touch()
    eventually(lambda: "cannot be stored yet" in engine.output, "the log says so")
    status, _, _ = engine.request(
        "POST", "/api/files?name=large", b"x" * 200_000, {"Content-Type": "application/octet-stream"})  # fmt: skip
    assert status == 507
    assert engine.get("/healthz") == {"status": "ok"}
    assert engine.task(number)["status"] == "running", "not failed"
    assert engine.get("/api/tasks")["total"] == tasks, "what was refused is not there"

    filler.unlink()
    task = engine.wait(number)
    assert task["status"] == "completed", task
    assert task["outputs"] == {"both": [7, 8]}
    assert lines.read_text() == "x\n", "it was not run again"
    # The very plan that was refused is taken now, and all survives another start.
    again = engine.submit(PLAN)
    engine.wait(again)
    assert engine.stop() == 0
    engine.start()
    assert engine.task(number)["outputs"] == {"both": [7, 8]}
    assert engine.task(again)["status"] == "completed"


def test_files_of_a_step_on_a_full_disk(make_engine, mount, tmp_path):
    """A command has done its work; that its file does not fit right now is no failure of the step."""
    disk = mount("size=6m")
    gate, lines = tmp_path / "gate", tmp_path / "lines"
    engine = make_engine(disk / "data").start()
    work = f"head -c 300000 /dev/zero > big; echo $$ >> {lines}; until [ -e {gate} ]; do sleep 0.01; done"
    number = engine.submit(
        f"name: a\nsteps:\n  one:\n    command: [sh, -c, '{work}']\n    outputs: {{ files: [big] }}\n")  # fmt: skip
    eventually(lambda: lines.exists() and lines.read_text(), "the file is there")
    filler = fill(disk)
    gate.touch()
    process = int(lines.read_text())
    eventually(lambda: not is_alive(process), "the command has ended")
    refused_upload = engine.request(
        "POST", "/api/files?name=large", b"x" * 200_000, {"Content-Type": "application/octet-stream"})  # fmt: skip
    assert refused_upload[0] == 507
    assert engine.task(number)["status"] == "running"
    filler.unlink()
    task = engine.wait(number)
    assert task["status"] == "completed", task
    assert task["steps"][0]["files"][0]["size"] == 300_000
    assert len(lines.read_text().splitlines()) == 1, "it was not run again"


# -- stopping and starting again


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_graceful_stop(engine, tmp_path, number):
    """Running commands are ended, the exit code is 0, and the next start goes on."""
    pid, gate = tmp_path / "pid", tmp_path / "gate"
    script = f"echo $$ > {pid}.new; mv {pid}.new {pid}; until [ -e {gate} ]; do sleep 0.01; done; echo 1"
    task = engine.submit(f"name: a\nsteps:\n  one:\n    command: [sh, -c, '{script}']\n    repeatable: true\n")
    eventually(pid.exists, "the step has begun")
    process = int(pid.read_text())
    began = time.monotonic()
    engine.process.send_signal(number)
    assert engine.process.wait(15) == 0, engine.output
    assert time.monotonic() - began < 8
    assert not is_alive(process)
    engine.start()
    gate.touch()
    assert engine.wait(task)["status"] == "completed"


def test_stop_while_idle_is_quick(engine):
    engine.wait(engine.submit(PLAN))
    began = time.monotonic()
    assert engine.stop() == 0
    assert time.monotonic() - began < 1


def test_stop_with_streams_open(engine):
    """A watching browser does not hold the stop up."""
    with socket.create_connection(("127.0.0.1", engine.port)) as stream:
        stream.sendall(
            b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n" % engine.port)  # fmt: skip
        assert stream.recv(4_096).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        assert engine.stop() == 0
        assert time.monotonic() - began < 2


def test_second_signal_ends_at_once(engine, tmp_path):
    script = f'trap "" TERM; echo > {tmp_path / "begun"}; sleep 20'
    number = engine.submit(f"name: a\nsteps:\n  one:\n    command: [sh, -c, '{script}']\n    repeatable: true\n")
    eventually((tmp_path / "begun").exists, "the step has begun")
    engine.process.send_signal(signal.SIGINT)
    eventually(lambda: "Stopping" in engine.output, "it says that it stops")
    began = time.monotonic()
    engine.process.send_signal(signal.SIGINT)
    assert engine.process.wait(5) == 130
    assert time.monotonic() - began < 1
    # What the first run left is ended, and the task can still be cancelled.
    engine.start()
    assert engine.request("POST", f"/api/tasks/{number}/cancel")[0] == 202


def test_start_on_data_that_is_there(engine):
    """Ready in under a second, with all that was."""
    numbers = [engine.submit(PLAN, name=f"task {place}") for place in range(50)]
    for number in numbers:
        engine.wait(number)
    assert engine.stop() == 0
    began = time.monotonic()
    engine.start()
    assert engine.get("/readyz")["status"] == "ready"
    assert time.monotonic() - began < 1
    page = engine.get("/api/tasks?size=100")
    assert [task["name"] for task in page["tasks"]] == [f"task {place}" for place in reversed(range(50))]
    assert {task["status"] for task in page["tasks"]} == {"completed"}


def test_few_descriptors(make_engine):
    """A low limit is raised as far as the system lets it, and then lived with."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))  # noqa: E731
    engine = make_engine().start(preexec_fn=limit)
    opened = []
    for _ in range(100):
        opened.append(socket.create_connection(("127.0.0.1", engine.port), timeout=5))
    for connection in opened:
        connection.close()

    def answers():
        try:
            # Those that were closed may still be counted.
            return engine.request("GET", "/healthz")[0] == 200
        except OSError:
            return False

    eventually(answers, "it answers again")
    eventually(lambda: engine.wait(engine.submit(PLAN))["status"] == "completed", "it runs tasks again")
