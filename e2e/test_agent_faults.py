"""Providers that are overloaded, limited or away: what agents do then, and what is shown of it."""

import json
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
from agent_lab import one_agent
from engine import eventually
from litellm_proxy import free_port

FAST = {"retry": {"max": 10, "backoff": "5ms", "factor": 1}}
INPUT, OUTPUT = 2_000, 8_000


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def last_request(lab):
    return json.dumps(lab.requests()[-1], ensure_ascii=False)


def test_overloaded_until_patience_ends(lab):
    lab.start({"answers": [{"status": 529}]}, kind="anthropic")
    task = lab.finished(one_agent(step=FAST))
    assert (task["status"], task["cause"]) == ("failed", "model_error") and "529" in task["sentence"]
    assert task["steps"][0]["runs"] == 11 and len(lab.requests()) == 11
    retries = lab.events(task["number"], "step_retrying")
    assert len(retries) == 10 and all(event["data"]["failure"]["transient"] for event in retries)
    # Nothing was answered, so nothing was used.
    assert (task["tokens"]["total"], task["model_calls"]) == (0, 0)


def test_the_wait_for_an_overloaded_provider_is_shown(lab):
    lab.start({"answers": [{"status": 529, "headers": {"retry-after": "3000"}}]}, kind="anthropic")
    number = lab.submit(one_agent())
    task = lab.engine.wait(number, "waiting")
    assert task["waiting_reasons"] == ["retry"]
    (wait,) = task["waits"]
    assert wait["reason"] == "retry" and "529" in wait["sentence"]
    left = moment(wait["until"]) - datetime.now(timezone.utc)
    # Up to five seconds more are left to chance, so that not all tasks come back together.
    assert timedelta(minutes=45) < left <= timedelta(minutes=50, seconds=5)
    assert task["next_wake"] == wait["until"]
    # The wait is no active time, and survives a restart without asking at once.
    lab.kill_and_start()
    task = lab.engine.wait(number, "waiting")
    assert task["waits"][0]["until"] == wait["until"] and len(lab.requests()) == 1
    lab.engine.request("POST", f"/api/tasks/{number}/cancel", {})
    assert lab.engine.wait(number)["status"] == "cancelled"


@pytest.mark.parametrize("kind", ["openai", "openai-responses", "anthropic", "gemini"])
def test_retry_after_is_kept_to(lab, kind):
    lab.start({"answers": [{"repeat": 1, "status": 429, "headers": {"retry-after": "1"}}, {"text": "Well."}]}, kind=kind)
    task = lab.finished(one_agent(step=FAST))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Well."})
    (retry,) = lab.events(task["number"], "step_retrying")
    assert retry["data"]["failure"]["retry_after_ms"] == 1000
    first, second = [moment(event["at"]) for event in lab.events(task["number"], "step_started")]
    assert second - first >= timedelta(seconds=1)


def test_an_overload_in_the_middle_keeps_what_was_done(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "tool_calls": [{"name": "tools__book", "arguments": {"order": "1"}}]},
        {"repeat": 2, "status": 503, "headers": {"retry-after": "0"}},
        {"text": "Done."}]})
    task = lab.finished(one_agent({"mcp": "tools"}, step=FAST))
    assert task["status"] == "completed", task["sentence"]
    assert len(lab.calls("began")) == 1 and len(lab.requests()) == 4
    assert lab.requests()[3]["messages"] == lab.requests()[1]["messages"]


def test_a_refused_request_is_not_repeated(lab):
    refusals = (400, 401, 403, 404)
    lab.start({"answers": [
        {"when": f"prompt == '{status}'", "status": status, "error": {"message": "No, not that."}} for status in refusals]})
    for status in refusals:
        task = lab.finished(one_agent(prompt=str(status)))
        assert (task["status"], task["cause"]) == ("failed", "model_error")
        assert str(status) in task["sentence"] and "No, not that" in task["sentence"]
    assert len(lab.requests()) == len(refusals)


def test_a_provider_that_is_down_at_first(lab, binary):
    port = free_port()
    lab.start({"answers": [{"text": "Never."}]})
    lab.engine.stop()
    lab.settings["providers"]["fake"]["base_url"] = f"http://127.0.0.1:{port}/v1"
    lab.start_engine()
    number = lab.submit(one_agent(step={"retry": {"max": 20, "backoff": "50ms", "factor": 1}}))
    eventually(lambda: lab.events(number, "step_retrying"), "it is tried again")
    command = [binary, "fake-model", "--port", str(port), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        task = lab.engine.wait(number)
    finally:
        process.terminate()
        process.communicate(timeout=15)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Do it."}), task.get("sentence")
