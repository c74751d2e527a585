"""Tools of MCP servers that ask a person before they go on (`input_required`), through the whole system."""

import urllib.error

import pytest
from agent_lab import one_agent, tool_answers

# One is spoken to over stdio, the other by streamable HTTP.
SERVERS = ["tools", "remote"]


def ask(lab, server, last="I see.", **members):
    """A task whose agent calls the tool that asks; its number."""
    lab.start(tool_answers([(f"{server}__send", {"what": "lamp"})], last=last), remote=True)
    return lab.submit(one_agent({"mcp": server}, **members))


def check_question(lab, number, server):
    """The request to a person, with the question of the server and the form that it wants."""
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("question", "Where to with lamp?")
    form = request["form"]
    assert form["required"] == ["street", "number"] and form["properties"]["number"]["type"] == "integer"
    # Which call asks is said beside it.
    assert request["subject"]["tool"] == f"{server}__send" and request["subject"]["arguments"] == {"what": "lamp"}
    task = lab.engine.task(number)
    assert (task["status"], task["waiting_reasons"]) == ("waiting", ["question"])
    assert lab.calls() == [] and len(lab.requests()) == 1
    return request


def told(lab):
    """What the model is told of the call, in its second request."""
    (message,) = [message for message in lab.requests()[1]["messages"] if message["role"] == "tool"]
    return message["content"]


@pytest.mark.parametrize("server", SERVERS)
def test_an_answer_lets_the_call_go_on(lab, server):
    number = ask(lab, server)
    request = check_question(lab, number, server)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        lab.decide(request, "approve", values={"street": "Canal Street", "number": "seven"})
    assert refusal.value.code == 422
    lab.decide(request, "approve", values={"street": "Canal Street", "number": 7})
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    (call,) = lab.calls("began")
    assert (call["tool"], call["to"]) == ("send", "Canal Street 7")
    # It is one call, in the record and to the model.
    assert len(lab.events(number, "tool_started")) == 2, "it has begun, and gone on"
    ((text, is_error),) = lab.results(number)
    assert not is_error and "lamp sent to Canal Street 7" in text
    assert "lamp sent to Canal Street 7" in told(lab) and len(lab.requests()) == 2


@pytest.mark.parametrize("server", SERVERS)
def test_who_declines_ends_the_call_and_the_model_is_told(lab, server):
    number = ask(lab, server)
    lab.decide(check_question(lab, number, server), "reject", feedback="Not by post.")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    ((text, is_error),) = lab.results(number)
    assert is_error and "elicitation was decline" in text and lab.calls("began") == []
    assert text.endswith(" did not want to answer what it asked: Not by post.")
    assert text in told(lab)


def test_killed_before_the_answer(lab):
    """What is needed to go on stands in the journal, and the server has no session that could be gone."""
    number = ask(lab, "remote")
    request = check_question(lab, number, "remote")
    lab.kill_and_start()
    assert lab.asked(number)["id"] == request["id"]
    lab.decide(request, "approve", values={"street": "Canal Street", "number": 7})
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    assert [call["to"] for call in lab.calls("began")] == ["Canal Street 7"]
    assert "lamp sent to Canal Street 7" in told(lab)


def test_killed_before_the_answer_with_a_server_that_has_ended_too(lab):
    """A program of tools ends with the engine, and the next one does not know what its predecessor has sealed."""
    number = ask(lab, "tools")
    request = check_question(lab, number, "tools")
    lab.kill_and_start()
    assert lab.asked(number)["id"] == request["id"]
    lab.decide(request, "approve", values={"street": "Canal Street", "number": 7})
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    ((text, is_error),) = lab.results(number)
    assert is_error and 'The tool "send" of the MCP server "tools" failed: it answered with the error -32602' in text
    assert text in told(lab) and lab.calls("began") == []


def test_killed_before_the_answer_with_a_server_that_keeps_its_key(lab):
    lab.start(tool_answers([("tools__send", {"what": "lamp"})], last="I see."))
    lab.engine.stop()
    lab.settings["mcp_servers"]["tools"]["env"]["TOOL_STATE_KEY"] = "a key that outlives the process."
    lab.start_engine()
    number = lab.submit(one_agent({"mcp": "tools"}))
    request = check_question(lab, number, "tools")
    lab.kill_and_start()
    lab.decide(request, "approve", values={"street": "Canal Street", "number": 7})
    assert lab.engine.wait(number)["status"] == "completed"
    assert [call["to"] for call in lab.calls("began")] == ["Canal Street 7"]
    assert "lamp sent to Canal Street 7" in told(lab)


def test_a_step_without_an_agent_has_failed_with_the_question(lab):
    lab.start(tool_answers())
    task = lab.finished({"name": "asks", "steps": {"call": {"tool": "tools/send", "arguments": {"what": "lamp"}}}})
    assert (task["status"], task["cause"]) == ("failed", "tool_error")
    assert "The server asks a person before it goes on: Where to with lamp?" in task["sentence"]
    assert lab.calls() == []
