"""What agents do: calls, thinking, files, budgets, answers of a shape, verdicts, and going round in circles."""

import base64
import json
import re

import pytest
from agent_lab import one_agent, tool_answers
from test_agents import INPUT, OUTPUT, dollars

SHAPE = {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer"}}}


# -- what agents do


def test_calls_of_one_turn_are_made_at_the_same_time(lab):
    lab.start(tool_answers([("tools__find", {"order": order, "gate": "open"}) for order in "123"]))
    number = lab.submit(one_agent({"mcp": "tools"}))
    lab.began("find", 3)
    assert lab.calls("ended") == []
    lab.open_gate("open")
    assert lab.engine.wait(number)["status"] == "completed"
    # Each result stands by its call.
    messages = lab.requests()[1]["messages"]
    answers = {message["tool_call_id"]: message["content"] for message in messages if message["role"] == "tool"}
    calls = messages[2]["tool_calls"]
    assert len(calls) == 3
    for call in calls:
        assert f"found {json.loads(call['function']['arguments'])['order']}" in answers[call["id"]]


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_thinking_is_passed_back(lab, kind):
    lab.start(kind=kind, script={"answers": [
        {"when": "turn == 1", "thinking": "Let me look around first.",
         "tool_calls": [{"name": "list_files", "arguments": {"path": "."}}]},
        {"text": "Done."}]})
    # Of Gemini's models each generation has its own way to say how much.
    model = "fake/gemini-2.5-flash" if kind == "gemini" else "fake/any"
    task = lab.finished(one_agent("list_files", agent={"model": model, "thinking": "high"}))
    assert task["status"] == "completed", task
    assert lab.turns(task["number"])[0]["response"]["reasoning"] == "Let me look around first."
    first, second = lab.requests()
    asked = {
        "openai": lambda: first["reasoning_effort"] == "high",
        "openai-responses": lambda: first["reasoning"]["effort"] == "high",
        "anthropic": lambda: first["thinking"]["type"] in ("enabled", "adaptive"),
        "gemini": lambda: "thinkingConfig" in first["generationConfig"],
    }
    assert asked[kind](), first
    # Chat completions have no place for it; where there is one, the fake model refuses a forged signature.
    sent = {
        "openai-responses": lambda: [item for item in second["input"] if item.get("type") == "reasoning"],
        "anthropic": lambda: [part for part in second["messages"][1]["content"] if part["type"] == "thinking"],
        "gemini": lambda: [part for part in second["contents"][1]["parts"] if part.get("thoughtSignature")],
    }
    if kind in sent:
        assert sent[kind](), second


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082")


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_files_are_attached(lab, kind):
    lab.start({"answers": [{"text": "Seen."}]}, kind=kind)
    files = [lab.upload("photo.png", PIXEL), lab.upload("notes.txt", b"only for tools")]
    task = lab.finished(one_agent(step={"attach": ["*.png"]}), files=files)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Seen."}), task
    sent = json.dumps(lab.requests()[0])
    assert base64.b64encode(PIXEL).decode() in sent and "image/png" in sent
    assert "notes.txt" not in sent and base64.b64encode(b"only for tools").decode() not in sent
    # The journal has its hash and not its bytes.
    assert base64.b64encode(PIXEL).decode() not in json.dumps(lab.events(task["number"]))
    assert files[0]["sha256"] in json.dumps(lab.turns(task["number"])[0]["request"])


@pytest.mark.parametrize("given", ["a long file", "large tools"])
def test_a_budget_sees_the_whole_first_request(lab, given):
    """Tools and files are known only when the request is put together; nothing is sent that may pass the limit."""
    lab.start({"answers": [{"text": "Seen.", "tokens": {"input": 100, "output": 5}}]})
    if given == "a long file":
        files = [lab.upload("long.txt", b"All work and no play. " * 1000)]
        plan = one_agent(step={"attach": ["*"]}, limits={"tokens": 8000})
    else:
        files = []
        tools = [{"command": {
            "name": f"tool_{number}", "description": "It does what it does. " * 45, "parameters": {"type": "object"},
            "run": ["true"]}} for number in range(20)]
        plan = one_agent(*tools, limits={"tokens": 8000})
    number = lab.submit(plan, files=files)
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("budget", "Raise the limit on tokens (8,000)?")
    assert lab.requests() == []
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.requests()) == 1


def test_an_answer_of_the_wrong_shape_is_corrected(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "text": '{"total": "many"}'}, {"text": '{"total": 3}'}]})
    task = lab.finished(one_agent(step={"schema": SHAPE}))
    assert (task["status"], task["outputs"]) == ("completed", {"text": {"total": 3}})
    (notice,) = [event["data"]["text"] for event in lab.events(task["number"], "agent_noticed")]
    assert "\"total\" must be a whole number" in notice
    assert notice in json.dumps(lab.requests()[1], ensure_ascii=False).replace('\\"', '"').replace("\\n", "\n")
    assert len(lab.requests()) == 2


def test_an_answer_that_never_has_the_shape(lab):
    lab.start({"answers": [{"text": "I would rather tell a story."}]})
    task = lab.finished(one_agent(step={"schema": SHAPE}))
    assert (task["status"], task["cause"]) == ("failed", "validation")
    assert len(lab.requests()) == 3


HALF_A_KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7VJTUt9Us8cKj\n"


def test_half_a_key_hides_no_more_than_itself(lab):
    """Neither of what the model is sent, nor of the record, nor of what the agent hands over."""
    (lab.tools / "page").write_text(HALF_A_KEY + "Call us.")
    answer = '{"password": "string"} is the form.\n' + HALF_A_KEY + "is how a key begins."
    lab.start(tool_answers([("tools__say", {"text": "@page"})], last=answer))
    task = lab.finished(one_agent({"mcp": "tools"}, prompt=f"What does it say?\n{HALF_A_KEY}Never promise a refund."))
    assert task["outputs"]["text"] == '{"password": "string"} is the form.\n[redacted]\nis how a key begins.'
    ((told, _),) = lab.results(task["number"])
    assert re.fullmatch(r"⟦data (\w+) from [^⟧]+⟧\n\[redacted\]\nCall us\.\n⟦end of data \1⟧", told)
    assert told.splitlines()[-1] in json.dumps(lab.requests()[1], ensure_ascii=False)
    record = json.dumps(lab.turns(task["number"])[0]["request"])
    assert "[redacted]\\nNever promise a refund." in record and "MIIE" not in record


@pytest.mark.parametrize("status", ["failed", "silent", "completed"])
def test_the_verdict_of_the_agent_itself(lab, status):
    lab.start({"answers": [{"text": f"I have tried.\nSTATUS: {status}\nSUMMARY: It went as it went."}]})
    task = lab.finished(one_agent())
    if status == "failed":
        assert (task["status"], task["cause"], task["sentence"]) == ("failed", "agent", "It went as it went.")
    else:
        assert (task["status"], task["outputs"]) == ("completed", {"text": "I have tried."})
    (ended,) = [event for event in lab.events(task["number"], "step_completed", "step_failed")]
    trace = ended["data"]["trace"]
    assert trace["summary"] == "It went as it went." and trace.get("status", "completed") == status
    # People see it as such, apart from what the record says of the step.
    assert task["steps"][0]["result"] == {"status": status, "summary": "It went as it went."}
    said = lab.cli("tasks", "show", task["number"])
    assert ("work: nothing to tell: It went as it went." if status == "silent" else "It went as it went.") in said


def test_only_the_last_status_counts(lab):
    quoted = "They wrote:\n> STATUS: failed\n```\nSTATUS: failed\n```\nSTATUS: question\nnot at the end\n"
    lab.start({"answers": [{"text": quoted + "STATUS: completed\nSUMMARY: All well."}]})
    task = lab.finished(one_agent())
    assert task["status"] == "completed" and task["outputs"]["text"].endswith("not at the end")


# -- loops


@pytest.mark.parametrize("rule, calls", [
    ("identical_calls", [("list_files", {"path": "."})] * 3),
    ("failures", [("read_file", {"path": name}) for name in ("a", "b", "c")]),
    ("alternating_pair", [("list_files", {"path": "."}), ("list_files", {"path": ".", "pattern": "*"})] * 3),
])
def test_going_round_in_circles(lab, rule, calls):
    lab.start(tool_answers(*([call] for call in calls), last="Never said."))
    task = lab.finished(one_agent("list_files", "read_file", agent={"loop": {"repeats": 3}}))
    assert (task["status"], task["cause"]) == ("failed", "loop"), task
    (failed,) = lab.events(task["number"], "step_failed")
    loop = failed["data"]["trace"]["loop"]
    assert loop["rule"] == rule and loop["message"] == task["sentence"]
    assert [(call["tool"], call["arguments"]) for call in loop["calls"]] == calls
    assert len(lab.requests()) == len(calls)


def test_a_model_is_asked_about_circles(lab):
    tokens = {"input": 5, "output": 1}
    lab.start({"answers": [
        {"when": 'model == "judge"', "text": '{"circles": true, "reason": "It only counts."}', "tokens": tokens},
        {"tool_calls": [{"name": "list_files", "arguments": {"path": ".", "pattern": "${{ string(turn) }}"}}],
         "tokens": tokens}]})
    rules = {"method": "model", "model": "fake/judge", "check_every": 2}
    task = lab.finished(one_agent("list_files", agent={"loop": rules}))
    assert (task["status"], task["cause"]) == ("failed", "loop") and "It only counts." in task["sentence"]
    turns = lab.turns(task["number"])
    assert [turn.get("purpose") for turn in turns] == [None, None, "loop_check"]
    # It sees what came of the calls, as data.
    (judged,) = [request for request in lab.requests() if request["model"] == "judge"]
    assert '\\"result\\"' in json.dumps(judged["messages"][-1]) and "the calls of an agent" in json.dumps(judged)
    assert task["cost"] == dollars(3 * (5 * INPUT + OUTPUT)) and task["models"] == ["fake/any", "fake/judge"]
