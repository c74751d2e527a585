"""Agents and the other steps: branches that they choose, tasks that they start, steps that call tools, reruns."""

import json
from pathlib import Path

import pytest
from agent_lab import MCP_PYTHON, MCP_TOOLS, one_agent, tool_answers
from playwright.sync_api import expect
from test_agents import INPUT, OUTPUT, dollars


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
