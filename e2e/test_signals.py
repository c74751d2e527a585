"""Signals, kill, retry and limits of a task that waits, over the API."""

import os

import pytest
from deciding import PAID, SHORT, pointers, post, submit
from engine import eventually

pytestmark = pytest.mark.usefixtures("open_commands")


def test_signals_late_and_early(engine):
    first, second = submit(engine, PAID), submit(engine, PAID)
    other = submit(engine, PAID, inputs={"order": "8"})
    for number in (first, second, other):
        engine.wait(number, "waiting")
    assert engine.task(first)["waits"][0]["blocker"] == {"signal": "paid", "key": "7"}
    status, receipt = post(engine, "/api/signals/paid", {"key": "7", "payload": {"sum": 5}})
    assert (status, receipt) == (200, {"delivered": True, "task": first, "step": "wait"}), "who has waited longest"
    assert engine.wait(first)["outputs"] == {"o": {"sum": 5}}
    assert engine.task(second)["status"] == engine.task(other)["status"] == "waiting"
    assert post(engine, "/api/signals/paid", {"key": "9", "payload": [1]}) == (202, {"kept": True})
    early = submit(engine, PAID, inputs={"order": "9"})
    assert engine.wait(early)["outputs"] == {"o": [1]}
    assert engine.wait(submit(engine, PAID, inputs={"order": "9"}), "waiting"), "each is taken once"
    assert post(engine, "/api/signals/" + "x" * 300, {})[0] == 422
    assert post(engine, "/api/signals/paid", {"kye": "7"})[0] == 422


def test_kill_ends_every_process(engine, tmp_path):
    pids = tmp_path / "pids"
    script = f"sleep 1000 & echo $! >> {pids}; echo $$ >> {pids}; trap '' TERM; while true; do sleep 1000; done"
    plan = "name: parent\nsteps:\n  child: { task: child.yaml }\n"
    child = f'name: child\nsteps:\n  act: {{ command: [sh, -c, "{script}"] }}\n'
    number = submit(engine, plan, {"child.yaml": child})
    eventually(lambda: pids.exists() and pids.read_text().count("\n") == 2, "the programs have begun")
    status, task = post(engine, f"/api/tasks/{number}/kill")
    assert status == 202
    task = engine.wait(number)
    assert (task["status"], task["cause"]) == ("failed", "killed")
    (below,) = task["children"]
    assert (engine.wait(below["number"])["cause"], below["parent"]["task"]) == ("killed", number)
    for pid in map(int, pids.read_text().split()):
        eventually(lambda pid=pid: not os.path.exists(f"/proc/{pid}"), f"process {pid} has gone")
    assert post(engine, f"/api/tasks/{number}/kill")[0] == 409


def test_retry_takes_up_what_failed(engine, tmp_path):
    done, gate = tmp_path / "done", tmp_path / "gate"
    plan = f"name: p\nsteps:\n  first: {{ command: [sh, -c, 'echo x >> {done}'] }}\n"
    plan += f"  second: {{ needs: [first], command: [test, -e, {gate}] }}\n  third: {{ needs: [second], set: {{ a: 1 }} }}\n"
    number = submit(engine, plan)
    assert engine.wait(number)["status"] == "failed"
    gate.touch()
    assert post(engine, f"/api/tasks/{number}/retry")[0] == 202
    task = engine.wait(number, "completed")
    assert [step["runs"] for step in task["steps"]][:2] == [1, 2] and done.read_text() == "x\n"
    assert post(engine, f"/api/tasks/{number}/retry")[0] == 409


def test_limits_and_priority_of_a_request(engine):
    limits = {"duration": "10m", "tokens": 5_000, "cost": "0.50", "model_calls": 3}
    task = engine.task(submit(engine, SHORT, limits=limits, priority=7))
    assert task["priority"] == 7
    assert task["limits"] == {"duration_ms": 600_000, "tokens": 5_000, "cost": {"amount": "0.50", "currency": "USD"}, "model_calls": 3}
    wrong = {"duration": "soon", "tokens": 0, "cost": 1, "model_calls": "3", "mony": 1}
    status, answer = post(engine, "/api/tasks", {"plan": {"text": SHORT}, "limits": wrong, "priority": 101})
    assert status == 422
    assert sorted(pointers(answer)) == ["/limits/cost", "/limits/duration", "/limits/model_calls", "/limits/mony", "/limits/tokens", "/priority"]
