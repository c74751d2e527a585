"""Agents that are killed in the middle of a call, seen from outside: a scripted model and real MCP servers."""

import json
import re

import pytest
from agent_lab import nano_dollars, one_agent, tool_answers

# Nano-dollars a token by the prices of the lab.
INPUT, CACHE_READ, CACHE_WRITE, OUTPUT = 2_000, 500, 2_500, 8_000


def types(events):
    return [event["type"] for event in events]


def dollars(nano):
    return {"amount": f"{nano / 1e9:.9f}".rstrip("0"), "currency": "USD"}


TWO_AGENTS = {
    "name": "two-agents",
    "limits": {"cost": 1.00, "tokens": 100_000},
    "agents": {
        "clerk": {"model": "fake/small", "system": "You book.", "tools": [{"mcp": "tools"}]},
        "writer": {"model": "fake/large", "system": "You write.", "tools": [{"mcp": {"server": "remote", "only": ["find"]}}]},
    },
    "steps": {
        "book": {"agent": "clerk", "prompt": "Book order 7."},
        "write": {"agent": "writer", "prompt": "Write about: ${{ steps.book.output }}"},
    },
    "outputs": {"letter": "${{ steps.write.output }}"},
}


def two_agents(gate):
    """Answers for both agents; the tools of `gate` wait for that file."""
    def call(name, tool, **tokens):
        return {"tool_calls": [{"name": name, "arguments": {
            "order": "7", "reason": "It is asked for.", "confidence": 0.9, **({"gate": gate[tool]} if tool in gate else {})}}],
            "tokens": tokens}

    return {"answers": [
        {"when": 'model == "small" && turn == 1', **call("tools__find", "find", input=1000, output=20)},
        {"when": 'model == "small" && turn == 2', **call("tools__book", "book", input=200, cache_read=900, output=30)},
        {"when": 'model == "small"', "text": "Booked.\nSTATUS: completed\nSUMMARY: Order 7 is booked.",
         "tokens": {"input": 50, "cache_read": 1100, "cache_write": 40, "output": 11, "reasoning": 4}},
        {"when": 'model == "large" && turn == 1', **call("remote__find", "remote", input=333, output=7)},
        {"text": "Dear customer, it is booked.", "tokens": {"input": 444, "output": 9}},
    ]}


# By hand: tokens of each turn times the prices of the lab, in nano-dollars; the first is 2,160,000.
TURNS = [
    ("book", 1000 * INPUT + 20 * OUTPUT),
    ("book", 200 * INPUT + 900 * CACHE_READ + 30 * OUTPUT),
    ("book", 50 * INPUT + 1100 * CACHE_READ + 40 * CACHE_WRITE + 11 * OUTPUT),
    ("write", 333 * INPUT + 7 * OUTPUT),
    ("write", 444 * INPUT + 9 * OUTPUT),
]


def check_costs(lab, number, kind):
    # Only Anthropic reports what was written to the cache.
    turns = list(TURNS)
    if kind != "anthropic":
        turns[2] = ("book", 50 * INPUT + 1100 * CACHE_READ + 40 * INPUT + 11 * OUTPUT)
    seen = [(event["step"], nano_dollars(event["data"]["cost"])) for event in lab.events(number, "turn_completed")]
    assert seen == turns
    task = lab.engine.task(number)
    assert task["cost"] == dollars(sum(nano for _, nano in turns))
    assert task["model_calls"] == 5
    tokens = task["tokens"]
    assert tokens["input"] + tokens["cache_read"] + tokens["cache_write"] == 1000 + 1100 + 1190 + 333 + 444
    assert tokens["output"] == 20 + 30 + 11 + 7 + 9 and tokens["total"] == 4067 + 77
    steps = {step["path"]: step for step in task["steps"]}
    for name in ("book", "write"):
        assert steps[name]["cost"] == dollars(sum(nano for step, nano in turns if step == name))
    for turn in lab.turns(number):
        assert turn["price"]["source"] == "table" and turn["price"]["table"].startswith("by-hand")
        assert turn["price"]["rates"]["input"] == "2"


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_two_agents_with_tools_and_a_budget(lab, kind):
    lab.start(two_agents({}), kind=kind, remote=True)
    task = lab.finished(TWO_AGENTS)
    assert (task["status"], task["outputs"]) == ("completed", {"letter": "Dear customer, it is booked."}), task
    assert [call["tool"] for call in lab.calls("began")] == ["find", "book", "find"]
    calls = [event["data"] for event in lab.events(task["number"], "tool_started")]
    assert [(call["tool"], call["reason"], call["confidence"]) for call in calls] == [
        (name, "It is asked for.", 0.9) for name in ("tools__find", "tools__book", "remote__find")]
    assert all("reason" not in call["arguments"] for call in calls)
    check_costs(lab, task["number"], kind)


@pytest.mark.parametrize("gate", ["find", "remote"])
def test_killed_in_a_call_that_may_be_repeated(lab, gate):
    lab.start(two_agents({gate: "open"}), kind="anthropic", remote=True)
    number = lab.submit(TWO_AGENTS)
    before = 1 if gate == "find" else 2
    first = lab.began("find", before)[-1]
    lab.kill_and_start()
    again = lab.began("find", before + 1)[-1]
    assert again["key"] == first["key"]
    lab.open_gate("open")
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task
    # Nothing that had been recorded was asked for, or done, once more.
    assert len(lab.requests()) == 5
    assert len([call for call in lab.calls("began") if call["tool"] == "book"]) == 1
    resumed = types(lab.events(number))
    assert resumed.count("step_resumed") == 1 and resumed.count("step_interrupted") == 1
    check_costs(lab, number, "anthropic")


def test_the_word_of_a_server_counts_only_where_it_is_trusted(lab):
    lab.start(tool_answers([("tools__find", {"order": "1", "gate": "open"})]))
    lab.settings["mcp_servers"]["tools"]["trust_hints"] = False
    lab.engine.stop()
    lab.start_engine()
    number = lab.submit(one_agent({"mcp": "tools"}))
    lab.began("find")
    lab.kill_and_start()
    request = lab.asked(number)
    assert request["kind"] == "in_doubt" and "tools__find" in request["title"]
    lab.open_gate("open")
    lab.decide(request, "retry")
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.calls("began")) == 2
    # It says that it offers resources and prompts, and has none: there is nothing to read them with.
    names = {tool["function"]["name"] for tool in lab.requests()[0]["tools"]}
    assert "tools__find" in names and not any(name.endswith(("_resource", "_resources", "_prompt")) for name in names)


@pytest.mark.parametrize("happened", [True, False])
def test_killed_in_a_call_that_may_not_be_repeated(lab, happened):
    lab.start(two_agents({"book": "open"}), kind="anthropic", remote=True)
    number = lab.submit(TWO_AGENTS)
    (first,) = lab.began("book")
    lab.kill_and_start()
    request = lab.asked(number)
    assert (request["kind"], request["step"]) == ("in_doubt", "book") and "tools__book" in request["title"]
    task = lab.engine.task(number)
    assert task["status"] == "waiting" and task["waiting_reasons"] == ["in_doubt"]
    assert len(lab.began("book")) == 1
    lab.open_gate("open")
    if happened:
        lab.decide(request, "approve", edits={"output": "it was booked, says the person"})
    else:
        lab.decide(request, "retry")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"letter": "Dear customer, it is booked."}), task
    assert [call["key"] for call in lab.calls("began") if call["tool"] == "book"] == [first["key"]] * (1 if happened else 2)
    assert len(lab.requests()) == 5
    assert ("it was booked, says the person" in json.dumps(lab.requests()[2])) == happened
    check_costs(lab, number, "anthropic")


def test_each_call_in_doubt_is_asked_about(lab):
    lab.start(tool_answers([("tools__book", {"order": order, "gate": "open"}) for order in "12"]))
    number = lab.submit(one_agent({"mcp": "tools"}))
    lab.began("book", 2)
    lab.kill_and_start()
    lab.open_gate("open")
    seen = []
    for _ in range(2):
        request = lab.asked(number)
        assert request["kind"] == "in_doubt"
        # Which of the two is meant must be seen.
        seen += re.findall(r'"order": "(\d)"', json.dumps(request))
        lab.decide(request, "approve", edits={"output": f"done {len(seen)}"})
    assert lab.engine.wait(number)["status"] == "completed"
    assert sorted(seen) == ["1", "2"]
    assert len(lab.calls("began")) == 2


def test_a_crash_is_no_loop(lab):
    lab.start(tool_answers([("tools__find", {"order": "1", "gate": "open"})]))
    number = lab.submit(one_agent({"mcp": "tools"}, agent={"loop": {"repeats": 2}}))
    lab.began("find")
    lab.kill_and_start()
    lab.began("find", 2)
    lab.open_gate("open")
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task["sentence"]


GEMINI_CALL = {
    "candidates": [{"content": {"role": "model", "parts": [{"functionCall": {
        "name": "tools__book", "args": {"order": "ORDER"}}}]}, "finishReason": "STOP"}],
    "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2},
}


def test_calls_of_different_turns_have_different_keys(lab):
    # A provider that gives its calls no ids.
    stream = "data: " + json.dumps(GEMINI_CALL) + "\n\n"
    lab.start(kind="gemini", script={"answers": [
        *({"when": f"turn == {turn}", "malformed": stream.replace("ORDER", str(turn)),
           "headers": {"content-type": "text/event-stream"}} for turn in (1, 2)),
        {"text": "Done."}]})
    assert lab.finished(one_agent({"mcp": "tools"}))["status"] == "completed"
    calls = lab.calls("began")
    assert [call["order"] for call in calls] == ["1", "2"]
    assert calls[0]["key"] != calls[1]["key"]
