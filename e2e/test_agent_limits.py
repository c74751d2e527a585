"""Limits of tasks with agents: what is said when they are reached, and what a raise does."""

import json

from agent_lab import one_agent, tool_answers
from test_agent_people import last_request

# Nano-dollars a token by the prices of the lab.
INPUT, OUTPUT = 2_000, 8_000


def test_a_budget_is_raised_in_the_middle_of_a_run(lab):
    turn = {"input": 1000, "output": 10}
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "tools__find", "arguments": {"order": "1"}}], "tokens": turn},
        {"text": "Done.", "tokens": turn}]})
    first = 1000 * INPUT + 10 * OUTPUT
    assert first == 2_080_000
    # 83 % of it are used with the first turn, and the next one could cost more than the rest.
    number = lab.submit(one_agent(
        {"mcp": {"server": "tools", "only": ["find"]}}, agent={"max_output_tokens": 20}, limits={"cost": 0.0025}))
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("budget", "Raise the limit on cost (0.0025 USD)?")
    # What is reckoned with is said, so that a person knows what a raise is for.
    reckoned = request["subject"]["cost"]
    assert (reckoned["limit"], reckoned["used"], reckoned["reserved"]) == ("0.0025", "0.00208", "0.00")
    shown = lab.cli("approvals", "show", request["id"])
    assert f"0.00208 of 0.0025 US dollars are used; the next call may take up to {reckoned['next_call']}." in shown
    assert f"Proposed: {request['proposal']['cost']} US dollars." in shown
    task = lab.engine.task(number)
    assert (task["status"], task["waiting_reasons"], task["cost"]["amount"]) == ("waiting", ["budget"], "0.00208")
    (notice,) = [event["data"]["text"] for event in lab.events(number, "agent_noticed")]
    assert "0.00208 of 0.0025 US dollars" in notice
    lab.kill_and_start()
    lab.cli("approvals", "raise", request["id"], "--cost", "0.01")
    task = lab.engine.wait(number)
    assert (task["status"], task["cost"]["amount"]) == ("completed", "0.00416")
    assert notice in last_request(lab)
    assert "US dollars: 0.0025 → 0.01" in lab.cli("approvals", "show", request["id"])
    assert "US dollars: 0.0025 → 0.01" in lab.cli("tasks", "trace", number, "work")
    assert "the limit is now 0.01 US dollars, of which you have used 0.00208" in last_request(lab)
    assert len(lab.requests()) == 2 and len(lab.calls("began")) == 1


def test_a_refused_raise(lab):
    lab.start(tool_answers([], last="Never asked."))
    number = lab.submit(one_agent(agent={"max_output_tokens": 50}, limits={"tokens": 20}))
    request = lab.asked(number)
    assert request["kind"] == "budget" and lab.requests() == []
    said = lab.cli("approvals", "reject", request["id"], "--stop")
    assert f"task #{number} has failed." in said
    task = lab.engine.wait(number)
    assert (task["status"], task["cause"]) == ("failed", "budget") and lab.requests() == []


def test_the_limit_on_turns(lab):
    lab.start({"answers": [
        {"when": "turn < 6", "tool_calls": [{"name": "list_files", "arguments": {"path": ".", "pattern": "${{ string(turn) }}"}}]},
        {"text": "Done."}]})
    number = lab.submit(one_agent("list_files", agent={"limits": {"turns": 5}}))
    request = lab.asked(number)
    assert (request["kind"], request["proposal"]) == ("budget", {"turns": 10})
    assert len(lab.requests()) == 5
    (notice,) = [event["data"]["text"] for event in lab.events(number, "agent_noticed")]
    assert "4 of 5 turns" in notice
    lab.decide(request, "approve", edits={"turns": 6})
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.requests()) == 6


def test_the_limit_on_tool_calls(lab):
    calls = [("list_files", {"path": ".", "pattern": name}) for name in "abc"]
    lab.start(tool_answers(calls[:2], calls[2:]), settings={"tool_calls": 2})
    number = lab.submit(one_agent("list_files"))
    request = lab.asked(number)
    assert (request["kind"], request["proposal"]) == ("budget", {"tool_calls": 4})
    assert len(lab.results(number)) == 2
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.results(number)) == 3


def test_a_limit_that_is_wider_than_the_settings_says_so(lab):
    lab.start(tool_answers([("tools__find", {"order": "1"})], [("tools__find", {"order": "2"})]), settings={"tool_calls": 1})
    text = one_agent({"mcp": "tools"}, limits={"tool_calls": 50})
    status, _, body = lab.engine.request("POST", "/api/tasks", {"plan": {"text": text}})
    made = json.loads(body)
    assert status == 201
    assert made["notices"] == ["The limit on tool calls is 1, as the setting tool_calls says, and not 50."]
    request = lab.asked(made["number"])
    shown = lab.cli("approvals", "show", request["id"])
    assert "The limit is that of the settings; the task asked for 50." in shown


def test_a_raise_of_turns_by_command(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "list_files", "arguments": {"path": "."}}]}, {"text": "Done."}]})
    number = lab.submit(one_agent("list_files", agent={"limits": {"turns": 1}}))
    request = lab.asked(number)
    lab.cli("approvals", "raise", request["id"], "--turns", "7")
    assert lab.engine.wait(number)["status"] == "completed"


def test_steps_at_the_same_time_share_a_budget(lab):
    # Only one of the three fits at a time; nobody needs to be asked, for what is put aside comes back.
    lab.start({"answers": [{"text": "Done.", "tokens": {"input": 50, "output": 5}, "delay": "50ms"}]})
    plan = json.loads(one_agent(agent={"max_output_tokens": 1000}, limits={"tokens": 2000}))
    step = plan["steps"].pop("work")
    plan["steps"] = {name: step for name in "abc"}
    plan["outputs"] = {}
    task = lab.finished(plan)
    assert task["status"] == "completed" and task["requests"] == []
    assert task["tokens"]["total"] == 165


def test_a_raise_of_a_child_raises_the_limit_above_it(lab):
    """What a task uses that a step has started counts against the limit of its parent: the limit holds for both."""
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "list_files", "arguments": {"path": "."}}]}, {"text": "Done."}]})
    child = one_agent("list_files")
    parent = {"name": "above", "limits": {"model_calls": 1}, "steps": {"below": {"task": "child.yaml"}}}
    status, _, body = lab.engine.request(
        "POST", "/api/tasks", {"plan": {"text": json.dumps(parent), "files": {"child.yaml": child}}})
    assert status == 201, body
    number = json.loads(body)["number"]
    request = lab.asked(number + 1)
    assert request["kind"] == "budget" and request["subject"]["model_calls"]["rest_of"] == {"task": number, "limit": 1}
    lab.decide(request, "approve", edits={"model_calls": 3})
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task.get("sentence")
    (raised,) = lab.events(number, "limits_raised")
    assert raised["data"]["limits"] == {"model_calls": 3} and raised["data"]["task"] == number + 1
    assert lab.engine.task(number + 1)["model_calls"] == 2


def test_a_limit_on_cost_needs_known_prices(lab):
    lab.start({"answers": [{"text": "Done."}]})
    lab.engine.stop()
    lab.start_engine(prices={"name": "none", "models": {}})
    task = lab.finished(one_agent(limits={"cost": 1.00}))
    assert (task["status"], task["cause"]) == ("failed", "budget") and "not known" in task["sentence"]
    assert lab.requests() == []
    # Without the limit it runs, and its cost is unknown, not nothing.
    task = lab.finished(one_agent())
    assert (task["status"], task["cost"]) == ("completed", None)
