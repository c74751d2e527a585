"""What long work shows on a terminal meanwhile, and what it leaves there: nothing but its result."""

import json
import os
import re
import signal
import subprocess
import time

import pytest

from engine import ROOT, eventually
from terminal import Terminal
from test_streams import long_plan

pytestmark = pytest.mark.usefixtures("open_commands")

PLAN = "name: keep\nsteps: { s: { set: { a: 1 } } }\n"
MIB = 1 << 20
# So that what is drawn can be read here.
PLAIN = {"NO_COLOR": "1"}
BAR = re.compile(r"━*─+ +\d+ %")


@pytest.fixture
def watch(binary):
    """Starts watching the list without a terminal; whoever is still at it when the test ends is ended."""
    running = []

    def start(engine, *arguments):
        running.append(subprocess.Popen(
            [binary, "tasks", "list", "--watch", *arguments, "--data", engine.data], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def files(tmp_path):
    """Files that take longer than somebody would wait without a word."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.bin").write_bytes(os.urandom(1024) * (24 * MIB // 1024))
    return folder


def run(binary, *arguments, code=0):
    result = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == code, result.stderr
    return result


def test_uploads_backup_and_restore(binary, engine, files, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN)
    uploading = Terminal([binary, "run", tmp_path / "plan.yaml", "--file", files, "--data", engine.data], columns=100, environment=PLAIN)
    assert uploading.wait(90) == 0
    bars = re.findall(r"Uploading 6 files  [━─]+ +(\d+) %  [\d.]+ .?i?B of 144.0 MiB", uploading.written)
    assert bars and [int(bar) for bar in bars] == sorted(map(int, bars)), uploading.written[:2000]
    assert not any("Uploading" in line for line in uploading.screen), "it leaves nothing behind"
    assert uploading.cursor_is_shown

    backup = tmp_path / "backup"
    saving = Terminal([binary, "backup", backup, "--data", engine.data], columns=100, environment=PLAIN)
    assert saving.wait(90) == 0
    assert re.search(r"Backing up  [━─]+ +\d+ %  \d+ of 7", saving.written), saving.written
    assert saving.screen[0].startswith("Backed up 1 task, ")

    restoring = Terminal([binary, "restore", backup, "--data", tmp_path / "restored"], columns=100, environment=PLAIN)
    assert restoring.wait(90) == 0
    assert re.search(r"Restoring  [━─]+ +\d+ %  \d+ of 7", restoring.written), restoring.written
    assert restoring.screen[0].startswith("Restored 1 task, ")


def test_a_single_large_file_moves(binary, engine, tmp_path):
    """What is sent of one file is told as well, not only that it is done."""
    (tmp_path / "plan.yaml").write_text(PLAN)
    with open(tmp_path / "large.bin", "wb") as large:
        large.truncate(400 * MIB)
    terminal = Terminal([binary, "run", tmp_path / "plan.yaml", "--file", tmp_path / "large.bin", "--data", engine.data], columns=100, environment=PLAIN)
    assert terminal.wait(90) == 0
    assert re.search(r"Uploading  [━─]+ +\d+ %", terminal.written), terminal.written[:2000]


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, None], ids=["dumb terminal", "no terminal"])
def test_nothing_where_nobody_sees_it(binary, engine, files, tmp_path, variables):
    (tmp_path / "plan.yaml").write_text(PLAN)
    command = [binary, "run", tmp_path / "plan.yaml", "--file", files, "--data", engine.data]
    if variables is None:
        result = run(*command)
        written = result.stdout + result.stderr
    else:
        terminal = Terminal(command, environment=variables)
        assert terminal.wait(90) == 0
        written = terminal.written
    assert "Uploading" not in written and not BAR.search(written)


def test_the_selftest_shows_how_long_it_takes(binary, tmp_path):
    terminal = Terminal([binary, "selftest", "--chaos", "2s", "--dir", tmp_path], columns=100, environment=PLAIN)
    assert terminal.wait(60) == 0
    assert re.search(r"Killing and starting  [━─]+ +\d+ %  .* of 2.0 s", terminal.written), terminal.written
    assert not any("Killing and starting" in line for line in terminal.screen)


# -- the list, as it changes


WAITING = "name: waiting\nsteps: { paid: { wait: { signal: paid } } }\n"


def test_watch_the_list_on_a_terminal(binary, engine):
    engine.submit(WAITING)
    terminal = Terminal([binary, "tasks", "list", "--watch", "--data", engine.data], columns=100, environment=PLAIN)
    terminal.read_until("waiting")
    run(binary, "signal", "paid", "--data", engine.data)
    terminal.read_until("completed")
    engine.submit(PLAN)
    terminal.read_until("keep")
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert terminal.cursor_is_shown
    rows = [line for line in terminal.screen if "completed" in line]
    assert len(rows) == 2 and "keep" in rows[0] and "waiting" in rows[1], "drawn in place, the newest first"


def test_watch_the_list_as_json(binary, make_engine, watch):
    """One line for each task that is there, and one whenever something has happened; also across a crash."""
    engine = make_engine().start()
    engine.submit(PLAN)
    engine.wait(1)
    engine.submit(WAITING)
    engine.wait(2, "waiting")
    process = watch(engine, "--json")
    first, second = (json.loads(process.stdout.readline()) for _ in range(2))
    assert (first["number"], first["status"]) == (1, "completed")
    assert (second["number"], second["status"]) == (2, "waiting")
    engine.kill()
    engine.launch(port=engine.port)
    eventually(lambda: "Signalbox serves on" in engine.output, "the server is back")
    run(binary, "signal", "paid", "--data", engine.data)
    third = json.loads(process.stdout.readline())
    while third["status"] != "completed":
        assert third["number"] == 2 and third["position"] > second["position"]
        third = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=20)
    assert output == "" and process.returncode == 143
    place = f"http://127.0.0.1:{engine.port}"
    assert errors.splitlines() == [f"The connection to {place} is lost, trying again", f"Connected to {place} again"]


def test_the_list_of_a_server_that_has_gone(binary, make_engine):
    engine = make_engine().start()
    engine.submit(WAITING)
    terminal = Terminal([binary, "tasks", "list", "--watch", "--data", engine.data], columns=100, environment=PLAIN)
    terminal.read_until("waiting")
    engine.kill()
    terminal.read_until("connection lost, trying again", seconds=10)
    engine.launch(port=engine.port)
    eventually(lambda: "Signalbox serves on" in engine.output, "the server is back")
    run(binary, "signal", "paid", "--data", engine.data)
    terminal.read_until("completed")
    assert "connection lost" not in "\n".join(terminal.screen)
    terminal.type("\x03")
    assert terminal.wait() == 130 and terminal.cursor_is_shown


def test_the_list_fits_a_window_that_changes(binary, engine):
    engine.submit(WAITING)
    terminal = Terminal([binary, "tasks", "list", "--watch", "--data", engine.data], columns=100, environment=PLAIN)
    terminal.read_until("waiting")
    before = terminal.written
    terminal.resize(60)
    eventually(lambda: terminal.read() and terminal.written != before, "it is drawn anew", 5)
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_a_reader_of_the_watch_that_goes(binary, engine):
    """`| head -1` ends it soon, though nothing happens that it would have to write."""
    engine.submit(WAITING)
    result = subprocess.run(
        ["sh", "-c", '"$0" tasks list --watch --json --data "$1" | head -1', binary, str(engine.data)],
        stdout=subprocess.PIPE, text=True, timeout=10, check=True)  # fmt: skip
    assert json.loads(result.stdout)["number"] == 1


def test_much_news_is_looked_at_once(engine, watch):
    """A task of 900 steps is no 900 lines: the page is asked for at most five times a second."""
    process = watch(engine, "--json")
    engine.submit(PLAN)
    assert json.loads(process.stdout.readline())["number"] == 1
    began = time.monotonic()
    numbers = [engine.submit(long_plan(900)) for _ in range(3)]
    lines = []
    while {line["number"] for line in lines if line["status"] == "completed"} < set(numbers):
        lines.append(json.loads(process.stdout.readline()))
    looks = (time.monotonic() - began) * 5 + 2
    for number in numbers:
        positions = [line["position"] for line in lines if line["number"] == number]
        assert len(positions) <= looks and positions == sorted(set(positions))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


def test_watch_the_list_as_lines(engine, watch):
    engine.submit(PLAN)
    engine.wait(1)
    process = watch(engine)
    assert re.fullmatch(r"\d\d:\d\d:\d\d #1 completed, 1 of 1 step: keep\n", process.stdout.readline())
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_without_a_server_there_is_nothing_to_watch(binary, tmp_path):
    run(binary, "run", ROOT / "examples" / "hello", "--data", tmp_path / "data")
    result = run(binary, "tasks", "list", "--watch", "--data", tmp_path / "data", code=2)
    assert "There is nothing to watch" in result.stderr and "signalbox serve" in result.stderr
