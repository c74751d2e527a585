"""MCP servers of the official package 1.x, whose revisions are spoken too, through the whole system."""

import os
from pathlib import Path

import pytest
from agent_lab import one_agent, tool_answers
from engine import ROOT

PYTHON = Path(os.environ.get("SIGNALBOX_MCP_1_PYTHON", ROOT / ".venv-mcp-1" / "bin" / "python3"))
TOOLS = Path(__file__).with_name("mcp_earlier.py")
# One is spoken to over stdio, the other by streamable HTTP.
SERVERS = ["old", "old_remote"]


def start(lab, answers):
    lab.start(answers, settings={"mcp_servers": {
        "old": {
            "command": [str(PYTHON), str(TOOLS), "stdio"], "timeout": "30s", "trust_hints": True,
            "env": {"TOOL_DIRECTORY": {"env": "TOOL_DIRECTORY"}}},
        "old_remote": {"url": lab.serve_tools(PYTHON, TOOLS), "timeout": "30s", "trust_hints": True},
    }})


@pytest.mark.parametrize("server", SERVERS)
def test_an_agent_uses_its_tools(lab, server):
    start(lab, tool_answers(
        [(f"{server}__find", {"order": "7"})], [(f"{server}__fail", {"why": "no lamp"})],
        [(f"{server}__find", {"order": 7})], [(f"{server}__read_resource", {"uri": "note://first"})]))
    task = lab.finished(one_agent({"mcp": server}))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Done."}), task.get("sentence")
    (found, failed, wrong, read) = lab.results(task["number"])
    assert "found 7" in found[0] and not found[1]
    assert "no lamp" in failed[0] and failed[1]
    assert "do not fit the tool" in wrong[0] and wrong[1], "what does not fit its schema is not sent"
    assert "the first note" in read[0] and not read[1]
    assert [call["tool"] for call in lab.calls("began")] == ["find", "fail"]


@pytest.mark.parametrize("server", SERVERS)
def test_a_step_calls_a_tool_and_its_server_can_be_looked_at(lab, server):
    start(lab, tool_answers())
    task = lab.finished({
        "name": "finds", "steps": {"find": {"tool": f"{server}/find", "arguments": {"order": "8"}}},
        "outputs": {"found": "${{ steps.find.output.result }}"}})
    assert (task["status"], task["outputs"]) == ("completed", {"found": "found 8"}), task.get("sentence")
    _, _, body = lab.engine.request("POST", f"/api/mcp_servers/{server}/test")
    assert b'"ok":true' in body.replace(b" ", b""), body


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("verdict", ["approve", "reject"])
def test_what_it_asks_while_a_call_is_under_way_goes_to_a_person(lab, server, verdict):
    start(lab, tool_answers([(f"{server}__send", {"what": "lamp"})], last="I see."))
    number = lab.submit(one_agent({"mcp": server}))
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("question", "Where to with lamp?")
    assert request["form"]["required"] == ["street", "number"]
    values = {"values": {"street": "Canal Street", "number": 7}} if verdict == "approve" else {}
    lab.decide(request, verdict, **values)
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    ((text, is_error),) = lab.results(number)
    if verdict == "approve":
        assert not is_error and "lamp sent to Canal Street 7" in text
        assert [call["to"] for call in lab.calls("began")] == ["Canal Street 7"]
    else:
        assert is_error and "elicitation was decline" in text and lab.calls("began") == []


@pytest.mark.parametrize("server", SERVERS)
def test_a_call_that_a_crash_cuts_off_is_made_again(lab, server):
    """The tool says that it only reads, so nobody is asked; the new engine begins a session of its own."""
    start(lab, tool_answers([(f"{server}__find", {"order": "9", "gate": "open"})]))
    number = lab.submit(one_agent({"mcp": server}))
    lab.began("find")
    lab.kill_and_start()
    lab.began("find", 2)
    lab.open_gate("open")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Done."}), task.get("sentence")
    ((text, is_error),) = lab.results(number)
    assert not is_error and "found 9" in text
