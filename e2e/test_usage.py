"""Sums of what calls of models have used, by day, plan, agent and model: they are what the traces of tasks add up to."""

import collections
import contextlib
import json
import sqlite3

from agent_lab import PRICES, nano_dollars, one_agent

# The large model looks twice before it answers.
SCRIPT = {"answers": [
    *({"when": f'model == "large" && turn == {turn}', "tokens": {"input": 100 * turn, "cache_read": 40, "output": 10},
       "tool_calls": [{"name": "list_files", "arguments": {"pattern": f"*.{turn}"}}]} for turn in (1, 2)),
    {"text": "Done.", "tokens": {"input": 100, "output": 30, "reasoning": 20}}]}
KINDS = ("input", "cache_read", "output", "reasoning")


def two_agents():
    """A plan in which one agent looks around and another answers twice."""
    return json.dumps({
        "name": "two-agents",
        "agents": {"looker": {"model": "fake/large", "tools": ["list_files"]}, "clerk": {"model": "fake/small"}},
        "steps": {
            "look": {"agent": "looker", "prompt": "Look."},
            "each": {"for_each": "${{ [1, 2] }}", "steps": {"say": {"agent": "clerk", "prompt": "Say ${{ item }}."}}}}})


def traced(lab, numbers):
    """By plan, agent and model: calls and nano-dollars of the turns as traces tell them."""
    sums = collections.defaultdict(lambda: [0, 0])
    for number in numbers:
        task = lab.engine.get(f"/api/tasks/{number}")
        for event in lab.events(number, "turn_completed"):
            turn = event["data"]
            agent = {"look": "looker", "work": "clerk"}.get(event["step"], "clerk")
            row = sums[task["plan"]["name"], agent, turn["model"]]
            row[0] += 1
            row[1] += nano_dollars(turn.get("cost", "0"))
    return dict(sums)


def summed(lab, query=""):
    usage = lab.engine.get(f"/api/usage?by=plan,agent,model{query}")
    return {
        (group["plan"], group["agent"], group["model"]):
            [group["model_calls"], round(float(group["known_cost"]["amount"]) * 1e9)]
        for group in usage["groups"]}


def test_sums_are_what_the_traces_add_up_to(lab):
    lab.start(SCRIPT)
    numbers = [lab.submit(plan) for plan in (two_agents(), two_agents(), one_agent())]
    tasks = [lab.engine.wait(number) for number in numbers]
    assert [task["status"] for task in tasks] == ["completed"] * 3
    expected = traced(lab, numbers)
    assert len(expected) == 3 and all(calls > 0 and cost > 0 for calls, cost in expected.values())
    assert summed(lab) == expected

    # Days are those of the turns, and every sum has the same total.
    for by in ("day", "model", "agent", "plan"):
        usage = lab.engine.get(f"/api/usage?by={by}")
        assert usage["total"]["model_calls"] == sum(calls for calls, _ in expected.values())
        assert sum(group["model_calls"] for group in usage["groups"]) == usage["total"]["model_calls"]
        for kind in KINDS:
            assert usage["total"]["tokens"][kind] == sum(task["tokens"][kind] for task in tasks)
        assert round(float(usage["total"]["cost"]["amount"]) * 1e9) == sum(cost for _, cost in expected.values())
    assert {group["day"] for group in lab.engine.get("/api/usage")["groups"]} == {
        event["at"][:10] for number in numbers for event in lab.events(number, "turn_completed")}
    only = lab.engine.get("/api/usage?by=agent&model=fake/large")
    assert [group["agent"] for group in only["groups"]] == ["looker"]

    table = lab.cli("usage", "--by", "plan,agent")
    assert [line.split()[:2] for line in table.splitlines()[1:-1]] == [
        ["two-agents", "looker"], ["two-agents", "clerk"], ["one-agent", "clerk"]]
    assert table.splitlines()[-1].startswith("Total")
    assert json.loads(lab.cli("usage", "--json"))["total"] == usage["total"]

    # A crash, another table of prices and the end of a task change nothing but what they should.
    lab.kill_and_start()
    assert summed(lab) == expected
    dearer = {"name": "dearer", "models": {"fake/*": {**PRICES["models"]["fake/*"], "output": "80"}}}
    (lab.engine.data / "prices.json").write_text(json.dumps(dearer), encoding="utf-8")
    lab.cli("prices", "reprice", "--task", numbers[0])
    repriced = summed(lab)
    assert {key: calls for key, (calls, _) in repriced.items()} == {key: calls for key, (calls, _) in expected.items()}
    task = lab.engine.get(f"/api/tasks/{numbers[0]}")
    before = round(float(tasks[0]["cost"]["amount"]) * 1e9)
    after = round(float(task["cost"]["amount"]) * 1e9)
    assert after > before
    total = sum(cost for _, cost in repriced.values())
    assert total == sum(cost for _, cost in expected.values()) + after - before

    lab.cli("tasks", "delete", numbers[0], "--yes")
    assert lab.engine.request("GET", f"/api/tasks/{numbers[0]}")[0] == 410
    assert summed(lab) == repriced
    lab.engine.stop()
    assert "all were as the journal says" in lab.cli("doctor", "--rebuild")
    lab.engine.start(env=lab.environment)
    assert summed(lab) == repriced


def test_calls_without_a_price_are_counted_beside_the_known_cost(lab):
    lab.start(script={"answers": [{"text": "Done.", "tokens": {"input": 100, "output": 5}}]})
    assert lab.finished(one_agent())["status"] == "completed"
    (lab.engine.data / "prices.json").write_text('{"name": "none", "models": {"a/b": {"input": "1"}}}', encoding="utf-8")
    assert lab.finished(one_agent())["status"] == "completed"
    total = lab.engine.get("/api/usage?by=model")["total"]
    assert (total["cost"], total["known_cost"]["amount"], total["unpriced_calls"]) == (None, "0.00024", 1)
    assert "$0.00024 + 1 call unknown" in lab.cli("usage", "--by", "model")


def test_a_database_without_sums_is_summed_at_its_first_start(lab):
    """As a version without sums has left it; and sums that are wrong are made good by a rebuild."""
    lab.start(SCRIPT)
    for plan in (two_agents(), one_agent()):
        assert lab.finished(plan)["status"] == "completed"
    right = summed(lab)
    assert len(right) == 3
    lab.engine.stop()
    with contextlib.closing(sqlite3.connect(lab.engine.data / "signalbox.db")) as database, database:
        database.execute("DELETE FROM usage_sum")
        database.execute("UPDATE usage_state SET counted = 0")
    lab.engine.start(env=lab.environment)
    assert summed(lab) == right
    lab.engine.stop()
    assert "sums of usage" not in lab.cli("doctor", "--rebuild")
    with contextlib.closing(sqlite3.connect(lab.engine.data / "signalbox.db")) as database, database:
        assert database.execute("SELECT counted FROM usage_state").fetchall() == [(None,)]
        database.execute("UPDATE usage_sum SET cost = cost + 1")
    assert "The sums of usage were others before." in lab.cli("doctor", "--rebuild")
    lab.engine.start(env=lab.environment)
    assert summed(lab) == right
