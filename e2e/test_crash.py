"""`kill -9` at any moment: what is in the journal stays true, and nothing that has finished happens again."""

import json
import random
import subprocess
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest

from engine import ROOT, eventually
from people import INVOICE_FORMS, Person

pytestmark = pytest.mark.usefixtures("open_commands")

EXAMPLE = ROOT / "examples" / "invoices"

# A chain with two forks. Every run of a step leaves a line with its name and the number of the run; while `pause`
# seconds pass after it, the step is under way and can be hit.
STEPS = {
    "fetch": [], "left": ["fetch"], "right": ["fetch"], "join": ["left", "right"],
    "sort": ["join"], "count": ["sort"], "print": ["sort"], "close": ["count", "print"],
}  # fmt: skip


def plan(lines, pause=0.03, repeatable=True):
    text = "name: crash\nsteps:\n"
    for name, needs in STEPS.items():
        script = f'echo "$SIGNALBOX_STEP $SIGNALBOX_RUN" >> {lines}; sleep {pause}; echo {len(name)}'
        text += f"  {name}:\n    command: [sh, -c, '{script}']\n    needs: [{', '.join(needs)}]\n"
        text += f"    repeatable: {str(repeatable).lower()}\n"
    return text + "outputs:\n  last: ${{ steps.close.output }}\n"


def runs(lines):
    """Step and run of every line, in the order they were written; a line that is being written does not count."""
    if not lines.exists():
        return []
    return [(step, int(run)) for step, run in (line.split() for line in lines.read_text().split("\n")[:-1])]


def check_journal(engine, number, lines, kills):
    """What must be true of a finished task, however often its engine was killed."""
    done = Counter(step for kind, step, _ in engine.events(number) if kind == "step_completed")
    assert done == dict.fromkeys(STEPS, 1), "every step has finished exactly once"
    written = runs(lines)
    assert max(Counter(written).values()) == 1, f"one run of a step happened twice: {written}"
    started = {(step, run) for kind, step, run in engine.events(number) if kind == "step_started"}
    assert set(written) <= started, "what happened had been in the journal before"
    last = {step: run for kind, step, run in engine.events(number) if kind == "step_completed"}
    assert {step: max(run for name, run in written if name == step) for step in STEPS} == last
    assert sum(run - 1 for run in last.values()) <= 2 * kills, "only what was under way (at most two) ran again"


@pytest.fixture
def lines(tmp_path):
    return tmp_path / "lines"


@pytest.mark.parametrize("moment", range(1, len(STEPS) + 1))
def test_kill_after_a_line(engine, lines, moment):
    number = engine.submit(plan(lines))
    eventually(lambda: len(runs(lines)) >= moment, f"{moment} lines are there")
    engine.kill()
    finished = {step for kind, step, _ in engine.events(number) if kind == "step_completed"}
    before = Counter(step for step, _ in runs(lines))
    engine.start()
    task = engine.wait(number)
    assert task["status"] == "completed", task
    assert task["outputs"] == {"last": 5}
    assert task["progress"]["finished"] == len(STEPS)
    after = Counter(step for step, _ in runs(lines))
    assert {step: after[step] for step in finished} == {step: before[step] for step in finished}
    check_journal(engine, number, lines, kills=1)


def test_kill_at_once_after_the_answer(engine, lines):
    number = engine.submit(plan(lines))
    engine.kill()
    engine.start()
    assert engine.wait(number)["status"] == "completed"
    check_journal(engine, number, lines, kills=1)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_random_kills(engine, tmp_path, seed):
    """Thirty kills in all, at moments that a seed gives, also while it starts, with three tasks at once."""
    dice = random.Random(seed)
    logs = [tmp_path / f"lines-{place}" for place in range(3)]
    numbers = [engine.submit(plan(log, pause=0.1)) for log in logs]
    for turn in range(10):
        moment = time.monotonic() + dice.uniform(0, 0.15)
        eventually(lambda moment=moment: time.monotonic() >= moment, "the moment has come")
        engine.kill()
        # Every other time the next kill comes before it can have said that it is ready, or just about then.
        if turn % 2 == 0:
            engine.launch()
        else:
            engine.start()
    engine.kill()
    engine.start()
    for number, log in zip(numbers, logs):
        assert engine.wait(number, seconds=40)["status"] == "completed"
        check_journal(engine, number, log, kills=11)
    assert engine.get("/api/tasks")["total"] == len(numbers)


def gated(name, lines, gate, repeatable):
    """A plan whose first step stands still until the gate is there."""
    script = f'echo "$SIGNALBOX_STEP $SIGNALBOX_RUN $$" >> {lines}; until [ -e {gate} ]; do sleep 0.01; done; echo 1'
    return f"""
name: {name}
steps:
  first:
    command: [sh, -c, '{script}']
    repeatable: {str(repeatable).lower()}
  second:
    set:
      value: ${{{{ steps.first.output + 1 }}}}
outputs:
  last: ${{{{ steps.second.output.value }}}}
"""


def test_a_step_that_may_not_be_repeated_waits_for_a_person(engine, binary, lines, tmp_path):
    gate = tmp_path / "gate"
    number = engine.submit(gated("once", lines, gate, repeatable=False))
    eventually(lines.exists, "the step has begun")
    engine.kill()
    gate.touch()
    engine.start()
    task = engine.wait(number, "waiting")
    assert task["waiting_reason"] == "in_doubt"
    assert task["sentence_step"] == "first"
    assert task["sentence"].endswith("?")
    assert len(lines.read_text().splitlines()) == 1, "it was not started again"
    watched = subprocess.run(
        [binary, "tasks", "watch", str(number), "--data", engine.data], capture_output=True, text=True, timeout=20,
        check=False)  # fmt: skip
    assert watched.returncode == 4, watched.stderr
    assert "first" in watched.stderr

    # It goes on waiting after another start, and it can be cancelled.
    engine.kill()
    engine.start()
    assert engine.task(number)["waiting_reason"] == "in_doubt"
    assert engine.request("POST", f"/api/tasks/{number}/cancel")[0] == 202
    assert engine.wait(number)["status"] == "cancelled"


def test_what_a_crash_left_running_is_ended_before_it_is_repeated(engine, lines, tmp_path):
    """Two runs of one step must not work in the same directory at the same time."""
    gate = tmp_path / "gate"
    number = engine.submit(gated("twice", lines, gate, repeatable=True))
    process = int(eventually(lambda: runs_with_process(lines), "the step has begun")[0][2])
    engine.kill()
    assert is_alive(process), "the program outlives the engine"
    engine.start()
    eventually(lambda: not is_alive(process), "the program of the first run is gone")
    eventually(lambda: len(runs_with_process(lines)) == 2, "the step has begun again")
    gate.touch()
    assert engine.wait(number)["outputs"] == {"last": 2}


def runs_with_process(lines):
    return [line.split() for line in lines.read_text().splitlines()] if lines.exists() else []


def is_alive(process):
    """Whether the process runs; one that has ended but was not collected by its new parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_kill_during_a_cancellation(engine, lines, tmp_path):
    """A cancellation that was answered is kept: the step does not run again, the task ends as cancelled."""
    script = f'trap "" TERM; echo here >> {lines}; until [ -e {tmp_path / "gate"} ]; do sleep 0.01; done'
    number = engine.submit(f"name: stubborn\nsteps:\n  only:\n    command: [sh, -c, '{script}']\n    repeatable: true\n")
    eventually(lines.exists, "the step has begun")
    assert engine.request("POST", f"/api/tasks/{number}/cancel")[0] == 202
    engine.kill()
    (tmp_path / "gate").touch()
    engine.start()
    assert engine.wait(number)["status"] == "cancelled"
    assert lines.read_text() == "here\n"


def test_kill_of_a_run_without_a_server(make_engine, binary, lines, tmp_path):
    """The next engine on the data directory goes on with what `run` had begun."""
    path = tmp_path / "plan.yaml"
    path.write_text(plan(lines))
    engine = make_engine()
    with subprocess.Popen(
        [binary, "run", path, "--data", engine.data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        eventually(lambda: len(runs(lines)) >= 3, "three lines are there")
        process.kill()
    engine.start()
    assert engine.wait(1)["status"] == "completed"
    check_journal(engine, 1, lines, kills=1)


def test_kill_in_the_middle_of_the_example(engine, run_plan, tmp_path):
    """Several kills in a row; the result is the one of an undisturbed run."""
    names = sorted(path.name for path in (EXAMPLE / "in").iterdir())
    files = []
    for name in names:
        status, _, body = engine.request(
            "POST", f"/api/files?name={quote(name)}", (EXAMPLE / "in" / name).read_bytes(),
            {"Content-Type": "application/octet-stream"})  # fmt: skip
        assert status in (200, 201), body
        files.append({"name": name, "sha256": json.loads(body)["sha256"]})
    number = engine.submit((EXAMPLE / "plan.yaml").read_text(), brings=EXAMPLE, files=files)

    def again():
        engine.kill()
        engine.start()
        return Person(f"http://127.0.0.1:{engine.port}")

    for finished in (1, 5, 12, 20, 28, 36, 44):
        eventually(
            lambda finished=finished: sum(kind == "step_completed" for kind, *_ in engine.events(number)) >= finished,
            f"{finished} steps have finished")  # fmt: skip
        person = again()
    review = person.asked(number)
    person = again()
    assert person.open_requests(number) == [review]
    person.decide(review, "approve")
    person = again()
    release = person.asked(number)
    person.decide(release, "approve", values=INVOICE_FORMS["release"])
    task = again().approve_all(number)
    assert task["status"] == "completed", task
    counts = Counter((kind, step) for kind, step, _ in engine.events(number))
    assert {count for (kind, _), count in counts.items() if kind in ("step_completed", "iteration_completed")} == {1}
    assert {step for kind, step in counts if kind == "decision_made"} == {"summary", "release"}
    undisturbed = run_plan(EXAMPLE / "plan.yaml", files=[EXAMPLE / "in" / name for name in names], forms=INVOICE_FORMS)
    assert task["outputs"] == undisturbed["outputs"]
