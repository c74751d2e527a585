"""Agents seen from outside: turns, tools, people and money on the real binary, a scripted model and real MCP servers."""

import base64
import json
import re
from pathlib import Path

import pytest
from agent_lab import MCP_PYTHON, MCP_TOOLS, nano_dollars, one_agent, tool_answers
from engine import eventually
from playwright.sync_api import expect

# Nano-dollars a token by the prices of the lab.
INPUT, CACHE_READ, CACHE_WRITE, OUTPUT = 2_000, 500, 2_500, 8_000


def types(events):
    return [event["type"] for event in events]


def dollars(nano):
    return {"amount": f"{nano / 1e9:.9f}".rstrip("0"), "currency": "USD"}


# -- killed in the middle of a call

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


SHAPE = {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer"}}}


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


# -- branches, tasks, steps that call tools, and reruns


def test_an_agent_chooses_a_branch(lab):
    answer = {"path": "refund", "reason": "It came broken.", "confidence": 0.7, "alternatives": ["refuse"]}
    lab.start({"answers": [{"text": json.dumps(answer)}]})
    plan = {
        "name": "choice", "agents": {"clerk": {"model": "fake/any"}},
        "steps": {"decide": {
            "branch": {
                "refund": {"description": "Give the money back", "steps": {"do": {"set": {"answer": "yes"}}}},
                "refuse": {"description": "Say no", "steps": {"do": {"set": {"answer": "no"}}}}},
            "choose": {"agent": "clerk", "prompt": "What now?"}}},
        "outputs": {"answer": "${{ steps.decide.output.answer }}"},
    }
    task = lab.finished(plan)
    assert (task["status"], task["outputs"]) == ("completed", {"answer": "yes"}), task
    (choice,) = lab.events(task["number"], "branch_chosen")
    assert "It came broken." in json.dumps(choice["data"]) and task["steps"][0]["reason"]["reason"] == "It came broken."
    assert "Give the money back" in json.dumps(lab.requests()[0])
    assert task["model_calls"] == 1


CHILD = "name: child\ninputs: { net: number }\nsteps: { sum: { set: { gross: '${{ inputs.net * 2.0 }}' } } }\n" \
        "outputs: { gross: '${{ steps.sum.output.gross }}' }\n"


@pytest.fixture
def saved_child(lab, tmp_path):
    directory = tmp_path / "plans" / "child"
    directory.mkdir(parents=True)
    (directory / "plan.yaml").write_text(CHILD)
    return ("--plans", str(tmp_path / "plans"))


@pytest.mark.parametrize("waits", [True, False])
def test_a_task_for_another_plan(lab, saved_child, waits):
    arguments = {"plan": "child", "inputs": {"net": 21.0}, **({} if waits else {"wait": False})}
    lab.start(tool_answers([("create_task", arguments)]), serve=saved_child)
    task = lab.finished(one_agent({"create_task": {"plans": ["child"]}}))
    assert task["status"] == "completed", task
    (child,) = task["children"]
    child = lab.engine.wait(child["number"] if isinstance(child, dict) else child)
    assert (child["status"], child["outputs"], child["trigger"]) == ("completed", {"gross": 42.0}, "agent")
    told, is_error = lab.results(task["number"])[0]
    assert not is_error
    assert ("42" in told) == waits, told


def test_a_plan_that_may_not_be_started(lab, saved_child):
    lab.start(tool_answers([("create_task", {"plan": "other"})]), serve=saved_child)
    task = lab.finished(one_agent({"create_task": {"plans": ["child"]}}))
    assert task["status"] == "completed" and task["children"] == []
    told, is_error = lab.results(task["number"])[0]
    assert is_error and "\"plan\" must be" in told


def test_a_server_of_tools_is_started_anew_with_another_secret(lab, tmp_path):
    """Its calls note the process; one whose secret is gone ends."""
    environment = {"TOOL_DIRECTORY": {"env": "TOOL_DIRECTORY"}, "TOKEN": {"secret": "TOOLS"}}
    server = {"command": [str(MCP_PYTHON), str(MCP_TOOLS), "stdio"], "timeout": "30s", "env": environment}
    lab.start(tool_answers(), settings={"mcp_servers": {"tools": server}})
    plan = {"name": "saying", "steps": {"call": {"tool": "tools/say", "arguments": {"text": "x"}}}}

    def keep(value):
        (tmp_path / "value").write_text(value)
        lab.cli("secrets", "set", "TOOLS", "--from-file", tmp_path / "value")

    def process():
        task = lab.finished(plan)
        assert task["status"] == "completed", task
        return lab.calls("began")[-1]["pid"]

    keep("the-first-value")
    first = process()
    assert process() == first
    keep("the-second-value")
    second = process()
    assert second != first and not Path(f"/proc/{first}").exists()
    lab.cli("secrets", "remove", "TOOLS")
    task = lab.finished(plan)
    assert task["status"] == "failed" and "There is no secret \"TOOLS\"" in task["sentence"]
    assert not Path(f"/proc/{second}").exists()
    keep("the-third-value")
    assert process() not in (first, second)


TOOL_STEP = {
    "name": "tool-step", "inputs": {"order": "7"},
    "steps": {"call": {"tool": "tools/book", "arguments": {"order": "${{ inputs.order }}", "gate": "open"}}},
    "outputs": {"text": "${{ steps.call.output.result }}"},
}


@pytest.mark.parametrize("remote", [False, True])
def test_a_step_that_calls_a_tool(lab, remote):
    lab.start(tool_answers(), remote=True)
    lab.open_gate("open")
    task = lab.finished(json.dumps(TOOL_STEP).replace("tools/book", ("remote" if remote else "tools") + "/book"))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "booked 7"}), task


@pytest.mark.parametrize("repeatable", [False, True])
def test_a_step_that_calls_a_tool_is_killed(lab, repeatable):
    plan = json.loads(json.dumps(TOOL_STEP))
    if repeatable:
        plan["steps"]["call"]["repeatable"] = True
    lab.start(tool_answers())
    number = lab.submit(plan)
    lab.began("book")
    lab.kill_and_start()
    lab.open_gate("open")
    if not repeatable:
        request = lab.asked(number)
        assert request["kind"] == "in_doubt" and len(lab.calls("began")) == 1
        lab.decide(request, "retry")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "booked 7"})
    assert len({call["key"] for call in lab.calls("began")}) == 1 and len(lab.calls("began")) == 2


def test_a_step_whose_tool_is_not_there(lab):
    lab.start(tool_answers())
    task = lab.finished(json.dumps(TOOL_STEP).replace("tools/book", "tools/bok"))
    assert task["status"] == "failed" and "bok" in task["sentence"] and "book" in json.dumps(task["steps"][0])


@pytest.mark.parametrize("plan", [
    one_agent({"mcp": "nosuch"}), json.dumps(TOOL_STEP).replace("tools/book", "nosuch/book")])
def test_a_server_that_there_is_not_is_refused_with_the_task(lab, plan):
    lab.start(tool_answers())
    status, _, body = lab.engine.request("POST", "/api/tasks", {"plan": {"text": plan}})
    assert status == 422 and 'There is no MCP server \\"nosuch\\" in the settings.' in body.decode()


def test_a_rerun_from_a_turn(lab):
    tokens = {"input": 10, "output": 1}
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "tools__find", "arguments": {"order": "1"}}], "tokens": tokens},
        {"when": "turn == 2", "tool_calls": [{"name": "tools__book", "arguments": {"order": "2"}}], "tokens": tokens},
        {"text": "${{ results[0] }}", "tokens": tokens}]})
    number = lab.submit(one_agent({"mcp": "tools"}))
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.requests()) == 3
    shown = lab.cli("tasks", "rerun", number, "--from", "work@2", "--json")
    again = json.loads(shown)
    assert again["status"] == "completed" and "booked 2" in again["outputs"]["text"]
    # The first turn and its tool stand; the second is asked for with what was said before.
    assert len(lab.requests()) == 5
    assert lab.requests()[3]["messages"] == lab.requests()[1]["messages"]
    assert [call["tool"] for call in lab.calls("began")] == ["find", "book", "book"]
    assert again["model_calls"] == 2 and again["cost"] == dollars(2 * (10 * INPUT + OUTPUT))
    # A new task may do it once more: its key is another one.
    books = [call["key"] for call in lab.calls("began") if call["tool"] == "book"]
    assert books[0] != books[1]


def test_a_rerun_from_a_turn_has_the_files_of_the_turns_before(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "write_file", "arguments": {"path": "f.txt", "content": "v1"}}]},
        {"when": "turn == 2", "tool_calls": [{"name": "read_file", "arguments": {"path": "f.txt"}}]},
        {"text": "${{ results[0] }}"}]})
    first = lab.finished(one_agent("read_file", "write_file"))
    assert first["status"] == "completed" and "v1" in first["outputs"]["text"], first["sentence"]
    again = json.loads(lab.cli("tasks", "rerun", first["number"], "--from", "work@2", "--json"))
    assert again["status"] == "completed" and "\nv1\n" in again["outputs"]["text"], again["outputs"]


def test_a_turn_of_unknown_cost_stops_a_task_with_a_limit_on_cost(lab):
    """A kind of tokens that has no price makes the cost of the turn unknown, and what is unknown cannot be bounded."""
    prices = {"name": "by-hand", "models": {"fake/any": {"input": "10", "output": "10"}}}
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "list_files", "arguments": {"path": "."}}],
         "tokens": {"input": 100, "cache_read": 1, "output": 10}},
        {"text": "Never asked for."}]})
    lab.engine.stop()
    lab.start_engine(prices=prices)
    task = lab.finished(one_agent("list_files", limits={"cost": 1}))
    assert (task["status"], task["cause"]) == ("failed", "budget") and "cost is not known" in task["sentence"], task
    assert len(lab.requests()) == 1


def test_a_long_conversation_is_trimmed_visibly(lab):
    for name in "abcd":
        (lab.tools / name).write_text(name * 10_000)
    lab.start(tool_answers(*([("tools__say", {"text": "@" + name})] for name in "abcd")), context_window=16_000)
    task = lab.finished(one_agent({"mcp": {"server": "tools", "only": ["say"]}}))
    assert task["status"] == "completed", task["sentence"]
    # Three quarters of the window at three bytes a token: 36,000 bytes, so the oldest of four results must go.
    trimmed = [turn["request"].get("trimmed") for turn in lab.turns(task["number"])]
    assert trimmed[:4] == [None] * 4
    assert (trimmed[4]["results"], trimmed[4]["turns"], trimmed[4]["window"]) == (1, 0, 16_000)
    sent = [message["content"] for message in lab.requests()[-1]["messages"] if message["role"] == "tool"]
    assert ["has left out" in content for content in sent] == [True, False, False, False]


def test_whole_turns_are_left_out_visibly_where_results_are_not_enough(lab, page):
    """Answers that are long are not made shorter: the oldest turns go, and the model and people are told how many."""
    # Three quarters of the window at three bytes a token: 9,000 bytes. Each turn says 2,400 of them.
    said = [letter * 2_400 for letter in "abcde"]
    lab.start({"answers": [
        *({"repeat": 1, "text": text, "tool_calls": [{"name": "list_files", "arguments": {
            "path": ".", "pattern": f"{text[0]}*"}}], "tokens": {"input": 100, "output": 10}} for text in said),
        {"text": "Done.", "tokens": {"input": 100, "output": 10}}]}, context_window=4_000)
    task = lab.finished(one_agent("list_files"))
    assert task["status"] == "completed", task["sentence"]
    trimmed = [turn["request"].get("trimmed") for turn in lab.turns(task["number"])]
    assert trimmed[:3] == [None] * 3
    dropped = [cut["turns"] if cut else 0 for cut in trimmed]
    assert dropped == [0, 0, 0, 1, 2, 3] and all(cut["window"] == 4_000 for cut in trimmed[3:])
    # As many bytes as the answers that are gone, and more: the calls and results with them.
    assert all(cut["bytes"] > 2_400 * cut["turns"] for cut in trimmed[3:])
    # What was sent begins with the prompt, says what is missing, and always has the last two turns.
    for request, count in zip(lab.requests(), dropped):
        own = [message["content"] for message in request["messages"] if message["role"] == "assistant"]
        assert own == said[count:count + len(own)]
        (prompt,) = [message["content"] for message in request["messages"] if message["role"] == "user"]
        told = f"[Signalbox has left out {count} earlier turns to save room.]"
        assert "Do it." in json.dumps(prompt) and (told in json.dumps(prompt)) == (count > 0)
    number = task["number"]
    run = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step=work")
    assert [turn["request"].get("trimmed") for turn in run["turns"]] == trimmed
    shown = lab.cli("tasks", "trace", number, "work")
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}#step-work")
    for place, cut in enumerate(trimmed):
        row = page.locator("#step-work .turn").nth(place)
        if cut is None:
            expect(row).not_to_contain_text("it was not sent")
            continue
        results, turns = (f"{cut[kind]} {kind[:-1] if cut[kind] == 1 else kind}" for kind in ("results", "turns"))
        assert f"left out for lack of room: {results}, {turns}" in shown
        expect(row).to_contain_text(f"too long for the model: it was not sent {results} of tools and {turns}.")


def test_what_cannot_fit_the_model_is_not_sent(lab):
    lab.start({"answers": [{"text": "Well."}]}, context_window=1_000)
    task = lab.finished(one_agent(prompt="word " * 2_000))
    assert (task["status"], task["cause"]) == ("failed", "validation"), task
    assert "so it was not sent" in task["sentence"] and "takes in 1000" in task["sentence"]
    assert lab.requests() == []


# -- more than one run


def test_a_loop_of_agents_is_killed(lab):
    call = {"name": "tools__find", "arguments": {"order": "${{ prompt }}", "gate": "open-${{ prompt }}"}}
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [call], "tokens": {"input": 10, "output": 1}},
        {"text": "${{ prompt }} is done", "tokens": {"input": 10, "output": 1}}]})
    plan = json.loads(one_agent({"mcp": "tools"}))
    work = {**plan["steps"].pop("work"), "prompt": "${{ index + 1 }}"}
    plan["steps"]["each"] = {"for_each": "${{ ['1', '2', '3'] }}", "concurrency": 3, "steps": {"work": work}}
    plan["outputs"] = {"texts": "${{ steps.each.output }}"}
    number = lab.submit(plan)
    lab.began("find", 3)
    lab.open_gate("open-1")
    eventually(lambda: lab.events(number, "iteration_completed"), "the first iteration has ended")
    lab.kill_and_start()
    lab.open_gate("open-2")
    lab.open_gate("open-3")
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task.get("sentence")
    assert task["outputs"] == {"texts": ["1 is done", "2 is done", "3 is done"]}
    assert sorted(call["order"] for call in lab.calls("began")) == ["1", "2", "2", "3", "3"]
    assert len(lab.requests()) == 6 and task["cost"] == dollars(6 * (10 * INPUT + OUTPUT))


def test_another_model_for_all_agents(lab):
    lab.start({"answers": [{"when": 'model == "other"', "text": "Another one."}, {"text": "The plan's."}]})
    task = lab.finished(one_agent(), model="fake/other")
    assert (task["outputs"], task["models"]) == ({"text": "Another one."}, ["fake/other"])


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_an_answer_that_is_none(lab, kind):
    # Some refuse in words of their own, some by a word of the interface alone.
    answers = {
        "refused": {"refusal": "I will not help with that."},
        "cut off": {"text": "Half of", "stop": "length"},
        "filter": {"text": "Half of", "stop": "content_filter"},
        "not known here": {"text": "Half of", "stop": "other"},
    }
    lab.start(kind=kind, script={"answers": [
        {"when": f"prompt == '{told}'", **answer, "tokens": {"input": 10, "output": 2}} for told, answer in answers.items()]})
    for told in answers:
        task = lab.finished(one_agent(prompt=told))
        assert (task["status"], task["cause"]) == ("failed", "model_error")
        assert told in task["sentence"] or kind == "anthropic" and "refused" in task["sentence"], task["sentence"]
        # It was paid for all the same.
        assert task["cost"] == dollars(10 * INPUT + 2 * OUTPUT)
    assert len(lab.requests()) == len(answers)


def test_the_duration_of_a_task_bounds_its_agents(lab):
    lab.start({"answers": [{"text": "word " * 100, "delay": "60s"}]})
    task = lab.finished(one_agent(limits={"duration": "1s"}))
    assert (task["status"], task["cause"]) == ("failed", "timeout")
    assert lab.turns(task["number"])[0]["stop_reason"] == "cut"


def test_a_task_that_an_agent_waits_for_survives_a_crash(lab, tmp_path):
    directory = tmp_path / "plans" / "asks"
    directory.mkdir(parents=True)
    (directory / "plan.yaml").write_text(
        "name: asks\nsteps: { ask: { approval: Go on? } }\noutputs: { approved: '${{ steps.ask.output.approved }}' }\n")
    lab.start(tool_answers([("create_task", {"plan": "asks"}), ("tools__find", {"order": "3"})]),
              serve=("--plans", str(tmp_path / "plans")))
    number = lab.submit(one_agent("create_task", {"mcp": "tools"}))
    (request,) = eventually(lambda: lab.engine.get("/api/approvals")["approvals"], "the other task asks")
    assert lab.engine.wait(number, "waiting")["waits"][0]["blocker"] == {"task": request["task"]}
    lab.kill_and_start()
    lab.decide(request, "approve")
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task.get("sentence")
    told = [text for text, is_error in lab.results(number) if not is_error]
    assert len(told) == 2 and any('"approved":true' in text for text in told)
    assert len(lab.calls("began")) == 1 and len(lab.requests()) == 2


@pytest.mark.parametrize("verb", ["cancel", "kill"])
def test_a_task_that_an_agent_waits_for_ends_with_it(lab, tmp_path, verb):
    directory = tmp_path / "plans" / "asks"
    directory.mkdir(parents=True)
    (directory / "plan.yaml").write_text("name: asks\nsteps: { ask: { approval: Go on? } }\n")
    lab.start(tool_answers([("create_task", {"plan": "asks"})]), serve=("--plans", str(tmp_path / "plans")))
    number = lab.submit(one_agent("create_task"))
    (request,) = eventually(lambda: lab.engine.get("/api/approvals")["approvals"], "the other task asks")
    lab.engine.request("POST", f"/api/tasks/{number}/{verb}", {})
    ended = "cancelled" if verb == "cancel" else "failed"
    assert lab.engine.wait(number)["status"] == ended and lab.engine.wait(request["task"])["status"] == ended
    assert lab.engine.get("/api/approvals")["total"] == 0


@pytest.mark.parametrize("answer", [
    {"text": "half", "stop": "length"}, {"text": "half", "stop": "content_filter"}, {"refusal": "No."}])
def test_a_retry_does_not_go_on_behind_what_failed(lab, answer):
    lab.start({"answers": [{"repeat": 1, **answer}, {"text": "whole"}]})
    task = lab.finished(one_agent(step={"retry": {"max": 1, "on": ["model_error"], "backoff": "5ms"}}))
    assert (task["status"], task["outputs"], task["steps"][0]["runs"]) == ("completed", {"text": "whole"}, 2)
    first, second = lab.requests()
    assert first["messages"] == second["messages"]


def test_a_retry_after_answers_of_the_wrong_shape_begins_anew(lab):
    lab.start({"answers": [{"repeat": 3, "text": "no JSON"}, {"text": '{"total": 1}'}]})
    task = lab.finished(one_agent(step={"schema": SHAPE, "retry": {"max": 1, "on": ["validation"], "backoff": "5ms"}}))
    assert (task["status"], task["outputs"], task["steps"][0]["runs"]) == ("completed", {"text": {"total": 1}}, 2)
    assert lab.requests()[3]["messages"] == lab.requests()[0]["messages"]


def test_results_stand_in_the_order_of_their_calls(lab):
    # Where calls have no ids, their order alone says which result belongs to which.
    call = GEMINI_CALL["candidates"][0]["content"]["parts"][0]
    document = json.dumps(GEMINI_CALL).replace(json.dumps([call]), json.dumps([
        {"functionCall": {"name": "tools__find", "args": {"order": "slow", "gate": "open"}}},
        {"functionCall": {"name": "tools__find", "args": {"order": "fast"}}}]))
    assert "slow" in document
    lab.start(kind="gemini", script={"answers": [
        {"when": "turn == 1", "malformed": f"data: {document}\n\n", "headers": {"content-type": "text/event-stream"}},
        {"text": "Done."}]})
    number = lab.submit(one_agent({"mcp": "tools"}))
    eventually(lambda: lab.results(number), "the fast one has ended")
    lab.open_gate("open")
    assert lab.engine.wait(number)["status"] == "completed"
    responses = [part["functionResponse"] for part in lab.requests()[1]["contents"][-1]["parts"]]
    assert ["slow" in json.dumps(response) for response in responses] == [True, False]
