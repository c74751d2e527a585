"""Answers of models that break off, are none, are enormous, or are stopped in the middle."""

import pytest
from agent_lab import nano_dollars, one_agent
from engine import eventually
from raw_provider import chat, on_raw
from test_agent_faults import FAST


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
@pytest.mark.parametrize("place", ["before", "inside"])
def test_a_stream_that_is_cut(lab, kind, place):
    text = "A long answer that goes on and on. " * 40
    sent = 3 if place == "before" else 4000 if kind == "openai-responses" else 2000
    lab.start(kind=kind, script={"answers": [
        {"repeat": 1, "text": text, "cut_after_bytes": sent, "pause_between": "1ms"}, {"text": "Well."}]})
    task = lab.finished(one_agent(step=FAST))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Well."}), task.get("sentence")
    turns = lab.turns(task["number"])
    assert turns[-1]["stop_reason"] == "end"
    # Asked again as the first time: half an answer is nothing to go on from.
    first, second = lab.requests()
    assert all(first.get(name) == second.get(name) for name in ("messages", "input", "contents"))
    assert len(turns) == (1 if place == "before" else 2)
    if place == "inside":
        # What had come is kept, and counted by what was reported till then, or by an estimate that says so.
        assert turns[0]["stop_reason"] == "cut"
        assert turns[0]["response"].get("estimated", False) is kind.startswith("openai")
        assert text.startswith(turns[0]["response"]["text"]) and turns[0]["usage"]["output"] > 0
        assert nano_dollars(turns[0]["cost"]) > 0


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_a_stream_that_is_cut_is_not_asked_for_again_by_itself(lab, kind):
    text = "A long answer that goes on and on. " * 40
    sent = 4000 if kind == "openai-responses" else 2000
    lab.start(kind=kind, script={"answers": [
        {"repeat": 1, "text": text, "cut_after_bytes": sent, "pause_between": "1ms"}, {"text": "Well."}]})
    task = lab.finished(one_agent())
    assert (task["status"], task["cause"], len(lab.requests())) == ("failed", "model_error", 1)
    (turn,) = lab.turns(task["number"])
    assert f"after {len(turn['response']['text'])} characters" in task["sentence"] and "retry" in task["sentence"]
    assert lab.events(task["number"], "step_retrying") == []
    # A person may.
    lab.engine.request("POST", f"/api/tasks/{task['number']}/retry", {})
    assert lab.engine.wait(task["number"], "completed")["outputs"] == {"text": "Well."}


def test_a_stream_that_is_always_cut(lab):
    text = "A long answer that goes on and on. " * 40
    lab.start({"answers": [{"text": text, "cut_after_bytes": 1700, "pause_between": "1ms"}]})
    number = lab.submit(one_agent(step={"retry": {"max": 3, "backoff": "5ms", "factor": 1}}))
    task = lab.engine.wait(number, "failed", "completed", "waiting")
    task = lab.engine.wait(number, "failed", "completed") if task["waiting_reasons"] == ["retry"] else task
    assert (task["status"], task["cause"]) == ("failed", "model_error")
    assert len(lab.requests()) == 4


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_a_stream_that_is_none(lab, kind):
    bodies = ["data: {\n\n", "<html>Bad gateway</html>", "", "data: [1, 2]\n\n", "event: x\ndata: null\n\n"]
    lab.start(kind=kind, script={"answers": [
        {"when": f"prompt == '{place}'", "malformed": body, "headers": {"content-type": "text/event-stream"}}
        for place, body in enumerate(bodies)]})
    for place in range(len(bodies)):
        task = lab.finished(one_agent(prompt=str(place), step={"retry": {"max": 1, "backoff": "5ms"}}))
        assert (task["status"], task["cause"], task["steps"][0]["runs"]) == ("failed", "model_error", 2), task
        assert task["sentence"] and task["tokens"]["total"] == 0


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_an_error_with_status_200(lab, kind):
    lab.start({"answers": [{"error": {"message": "The engine room is on fire."}}]}, kind=kind)
    task = lab.finished(one_agent(step={"retry": {"max": 1, "backoff": "5ms"}}))
    assert (task["status"], task["cause"]) == ("failed", "model_error")
    assert "The engine room is on fire" in task["sentence"]


def test_a_delta_of_fifty_megabytes(lab):
    def answer(number, body):
        yield b'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"'
        for _ in range(50):
            yield b"x" * (1 << 20)
        yield b'"},"finish_reason":null}]}\n\n'
        yield from chat()

    with on_raw(lab, answer):
        task = lab.finished(one_agent(step={"retry": {"max": 1, "backoff": "5ms", "on": ["timeout"]}}))
        assert (task["status"], task["cause"]) == ("failed", "model_error"), task["status"]
        assert len(task["sentence"]) < 1000
        assert lab.engine.memory("VmHWM") < 400
        # Another task is served as if nothing had been.
        assert lab.engine.get("/healthz")


def test_bytes_that_are_no_text(lab):
    said = b'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"gr\xfc\xdfe \xf0\x9f"},"finish_reason":null}]}\n\n'

    def answer(number, body):
        return [said, *chat()]

    with on_raw(lab, answer):
        task = lab.finished(one_agent(step={"retry": {"max": 1, "backoff": "5ms", "on": ["timeout"]}}))
        # No letter is guessed: JSON that is no UTF-8 is none. Asking again is no use, unless the plan says so.
        assert (task["status"], task["cause"], task["steps"][0]["runs"]) == ("failed", "model_error", 1)
        assert task["sentence"].startswith('fake sent something that is not JSON: {"id":"c1","choices":[{"index":0,')
        assert 'gr\ufffd\ufffde \ufffd"' in task["sentence"]
        assert lab.turns(task["number"]) == []


def test_a_timeout_in_the_middle_of_a_stream(lab):
    text = "word " * 200
    lab.start({"answers": [{"text": text, "delay": "60s"}]})
    task = lab.finished(one_agent(step={"timeout": "1s"}))
    assert (task["status"], task["cause"]) == ("failed", "timeout") and "1 s" in task["sentence"]
    (turn,) = lab.turns(task["number"])
    assert turn["stop_reason"] == "cut" and turn["response"]["estimated"] is True
    assert turn["response"]["text"] and text.startswith(turn["response"]["text"])
    assert task["tokens"]["output"] > 0 and task["cost"]["amount"] != "0"
    assert 900 <= task["active_ms"] < 6000


@pytest.mark.parametrize("verb", ["cancel", "kill"])
def test_stopped_in_the_middle_of_a_stream(lab, verb):
    lab.start({"answers": [{"text": "word " * 200, "delay": "60s"}]})
    number = lab.submit(one_agent())
    eventually(lab.requests, "the model is asked")
    lab.engine.request("POST", f"/api/tasks/{number}/{verb}", {})
    task = lab.engine.wait(number)
    assert (task["status"], task.get("cause")) == {"cancel": ("cancelled", None), "kill": ("failed", "killed")}[verb]
    assert len(lab.requests()) == 1


def test_killed_in_the_middle_of_a_stream(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "tools__book", "arguments": {"order": "1"}}]},
        {"repeat": 1, "text": "word " * 200, "delay": "60s"},
        {"text": "Done.", "tokens": {"input": 10, "output": 1}}]})
    number = lab.submit(one_agent({"mcp": "tools"}))
    eventually(lambda: len(lab.requests()) == 2, "the model is asked a second time")
    lab.kill_and_start()
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Done."}), task.get("sentence")
    # The call that was cut off counts too, at a cost that nobody knows.
    assert len(lab.calls("began")) == 1 and task["model_calls"] == 3
    assert lab.requests()[2]["messages"] == lab.requests()[1]["messages"]
    assert task["cost"] is None
    (interrupted,) = lab.events(number, "step_interrupted")
    assert interrupted["data"]["lost_call"]["input_tokens"] > 0
    trace = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step=work")
    assert (trace["model_calls"], trace["lost_calls"], trace["cost"]) == (3, 1, None)
    (cut,) = [entry for entry in trace["between"] if entry["type"] == "interrupted"]
    assert "what it cost is not known" in cut["lost_call"]["sentence"]
    total = lab.engine.get("/api/usage?by=model")["total"]
    assert (total["model_calls"], total["unpriced_calls"]) == (3, 1)
    assert "A call of fake/any was cut off with it" in lab.cli("tasks", "trace", number)


def test_stopped_before_the_first_word(lab):
    """A graceful stop has the same gap: of an answer that has not begun nothing was heard."""
    lab.start({"answers": [
        {"repeat": 1, "text": "word", "delay": "60s"},
        {"text": "Done.", "tokens": {"input": 10, "output": 1}}]})
    number = lab.submit(one_agent())
    eventually(lambda: len(lab.requests()) == 1, "the model is asked")
    assert lab.engine.stop() == 0
    lab.engine.start(env=lab.environment)
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task.get("sentence")
    counted = len(lab.events(number, "turn_completed")) + len(
        [event for event in lab.events(number, "step_interrupted") if event["data"].get("lost_call")])
    assert task["model_calls"] == counted == 2
