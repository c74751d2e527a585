"""Agents in loops and tasks of tasks, across crashes and retries."""

import json

import pytest
from agent_lab import one_agent, tool_answers
from engine import eventually
from test_agent_work import SHAPE
from test_agents import GEMINI_CALL, INPUT, OUTPUT, dollars


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
