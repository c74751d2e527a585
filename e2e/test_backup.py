"""Backups of a working server are whole and of one moment, and a server goes on from what is restored."""

import itertools
import json
import signal
import sqlite3
import subprocess
import threading

import pytest

from engine import eventually

pytestmark = pytest.mark.usefixtures("open_commands")

PLAN = """
name: work
steps:
  big: { command: [sh, -c, "yes payload | head -n 20000"] }
  sum: { needs: [big], set: { value: 42 } }
outputs: { value: "${{ steps.sum.output.value }}" }
"""
WAITING = "name: waiting\nsteps:\n  paid: { wait: { signal: paid } }\n"


@pytest.fixture
def signalbox(binary):
    def call(*arguments, code=0):
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, timeout=60)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    return call


def test_backup_of_a_working_server(engine, make_engine, signalbox, tmp_path):
    waiting = engine.submit(WAITING)
    first = engine.submit(PLAN)
    engine.wait(first)
    stop = threading.Event()

    def work():
        while not stop.is_set():
            engine.submit(PLAN)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        reports = [
            json.loads(signalbox("backup", tmp_path / f"backup-{number}", "--data", engine.data, "--json"))
            for number in range(3)
        ]
    finally:
        stop.set()
        worker.join()
    assert reports[0]["tasks"] >= 2 and all(report["missing_blobs"] == [] for report in reports)
    for before, after in itertools.pairwise(reports):
        assert after["position"] >= before["position"] and after["tasks"] >= before["tasks"]

    restored = make_engine(tmp_path / "restored")
    signalbox("restore", tmp_path / "backup-2", "--data", restored.data)
    rebuilt = json.loads(signalbox("doctor", "--rebuild", "--json", "--data", restored.data))["rebuilt"]
    assert rebuilt == {"tasks": reports[2]["tasks"], "differing": 0, "differing_tasks": [], "usage_differed": False}
    restored.start()
    assert restored.task(first)["outputs"] == {"value": 42}
    assert restored.task(waiting)["status"] == "waiting"
    assert restored.events(first) == engine.events(first)
    # What was under way goes on or, where that may not be, waits for a person.
    for number in range(1, reports[2]["tasks"] + 1):
        restored.wait(number, "completed", "waiting")
    # The large value is there, byte for byte.
    with sqlite3.connect(f"file:{restored.data / 'signalbox.db'}?mode=ro", uri=True) as database:
        hashes = {row[0] for row in database.execute("SELECT hash FROM blob_reference WHERE task = ?", (first,))}
    assert hashes
    for name in hashes:
        path = next((restored.data / "blobs").rglob(name))
        assert path.read_bytes() == next((engine.data / "blobs").rglob(name)).read_bytes()


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_what_is_ended_by_a_signal_leaves_nothing_behind(engine, binary, signalbox, tmp_path, verb, way):
    for _ in range(3):
        engine.wait(engine.submit(PLAN))
    folder = tmp_path / "place"
    folder.mkdir()
    file = tmp_path / "whole"
    signalbox("backup", file, "--data", engine.data)
    call = [folder / "backup", "--data", engine.data] if verb == "backup" else [file, "--data", folder / "restored"]
    process = subprocess.Popen([binary, verb, *call])
    eventually(lambda: any(folder.iterdir()) or process.poll() is not None, "it has begun")
    process.send_signal(way)
    assert process.wait(20) in (0, 128 + way)
    # It may have been quicker than the signal, or done when the signal came; then all of it is there, and nothing else.
    left = [path.name for path in folder.iterdir()]
    if left or process.returncode == 0:
        assert left == ["backup" if verb == "backup" else "restored"]
        restored = folder / "restored"
        if verb == "backup":
            signalbox("restore", folder / "backup", "--data", restored)
        assert json.loads(signalbox("tasks", "list", "--json", "--data", restored))["total"] == 3


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(engine, binary, signalbox, tmp_path):
    for _ in range(3):
        engine.wait(engine.submit(PLAN))
    file = tmp_path / "backup"
    process = subprocess.Popen([binary, "backup", file, "--data", engine.data])
    partial = tmp_path / "backup.partial"
    eventually(lambda: partial.exists() or process.poll() is not None, "it has begun")
    process.kill()
    # It may have been quicker than the signal; then the file is whole.
    if process.wait() != 0:
        assert not file.exists()
        signalbox("backup", file, "--data", engine.data)
    assert not partial.exists()
    signalbox("restore", file, "--data", tmp_path / "restored")
    assert engine.get("/healthz") == {"status": "ok"}


def test_a_server_deletes_what_was_kept_long_enough(make_engine):
    engine = make_engine()
    engine.data.mkdir()
    (engine.data / "signalbox.yaml").write_text("retention: { days: 2, plans: { kept: forever } }\n")
    engine.start()
    plan = "steps: { one: { set: { value: 1 } } }\n"
    old, kept, new = (engine.submit(f"name: {name}\n{plan}") for name in ("old", "kept", "old"))
    for number in (old, kept, new):
        engine.wait(number)
    assert engine.stop() == 0
    with sqlite3.connect(engine.data / "signalbox.db") as database:
        database.execute("UPDATE task SET ended = ended - 3 * 86400000 WHERE number IN (?, ?)", (old, kept))
    engine.start()
    eventually(lambda: engine.request("GET", f"/api/tasks/{old}")[0] == 410, "the old task is deleted")
    assert engine.task(kept)["status"] == engine.task(new)["status"] == "completed"
    assert engine.submit(f"name: old\n{plan}") == new + 1


def test_restore_refuses_the_directory_of_a_server(engine, signalbox, tmp_path):
    signalbox("backup", tmp_path / "backup", "--data", engine.data)
    assert "not empty" in signalbox("restore", tmp_path / "backup", "--data", engine.data, code=2)
    assert "in use" in signalbox("doctor", "--rebuild", "--data", engine.data, code=2)
    assert f"process {engine.process.pid}" in signalbox("doctor", "--data", engine.data)
