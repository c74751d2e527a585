"""Tools that are called wrongly, and servers of tools that fail, hang or are hostile."""

import pytest
from agent_lab import MCP_PYTHON, one_agent, tool_answers
from engine import ROOT
from raw_provider import chat, chat_calls, on_raw

HOSTILE_SERVER = ROOT / "Tests" / "MCPTests" / "Servers" / "hostile.py"


# -- tools that are called wrongly


@pytest.mark.parametrize("call, told", [
    (("list_files", '{"path": "."'), "not a JSON object"),
    (("list_files", "[1]"), "not a JSON object"),
    (("list_files", '{"path": ".", "path": "in"}'), "stands twice"),
    (("list_files", {"path": 7}), '"path" must be a string'),
    (("list_files", {"path": ".", "colour": "red"}), "colour"),
    (("read_file", {}), "path"),
    (("launch_rocket", {"where": "moon"}), "no tool \"launch_rocket\""),
])
def test_a_wrong_call_is_told_to_the_model(lab, call, told):
    lab.start(tool_answers([call], last="I see."))
    task = lab.finished(one_agent("list_files", "read_file"))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "I see."}), task.get("sentence")
    ((text, is_error),) = lab.results(task["number"])
    assert is_error and told in text, text
    (sent,) = [message["content"] for message in lab.requests()[1]["messages"] if message["role"] == "tool"]
    assert text in sent
    # What could not be carried out was never begun.
    assert lab.events(task["number"], "tool_started") == []


def test_wrong_calls_are_counted_by_the_loop_detector(lab):
    calls = [("list_files", '{"path'), ("launch_rocket", {}), ("list_files", {"path": 7})]
    lab.start(tool_answers(*([call] for call in calls), last="Never."))
    task = lab.finished(one_agent("list_files", agent={"loop": {"repeats": 3}}))
    assert (task["status"], task["cause"]) == ("failed", "loop")
    (failed,) = lab.events(task["number"], "step_failed")
    assert failed["data"]["trace"]["loop"]["rule"] == "failures"


def test_ids_that_stand_twice(lab):
    def answer(number, body):
        if number == 1:
            return chat_calls(("x", "tools__book", '{"order":"1"}'), ("x", "tools__book", '{"order":"2"}'))
        if number == 2:
            return chat_calls(("x", "tools__book", '{"order":"3"}'))
        return chat({"content": "Done."})

    with on_raw(lab, answer):
        task = lab.finished(one_agent({"mcp": "tools"}))
        assert (task["status"], task["outputs"]) == ("completed", {"text": "Done."}), task.get("sentence")
        calls = lab.calls("began")
        assert sorted(call["order"] for call in calls) == ["1", "2", "3"]
        assert len({call["key"] for call in calls}) == 3
        told = sorted(text.split("\n")[1] for text, _ in lab.results(task["number"]))
        assert told == ["booked 1", "booked 2", "booked 3"]


# -- servers of tools


@pytest.mark.parametrize("tool", ["crash", "hang", "babble", "fail"])
def test_a_server_that_fails_fails_its_call(lab, tool):
    arguments = {"why": "the tape is torn"} if tool == "fail" else {}
    lab.start(timeout="1s" if tool in ("hang", "babble") else "20s", script=tool_answers(
        [("tools__" + tool, arguments)], [("tools__find", {"order": "7"})], last="Found all the same."))
    task = lab.finished(one_agent({"mcp": "tools"}), )
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Found all the same."}), task.get("sentence")
    (first, first_failed), (second, second_failed) = lab.results(task["number"])
    assert first_failed and not second_failed and "found 7" in second
    told = {"fail": "Error executing tool fail", "hang": "1 s", "babble": "1 s", "crash": "exit code 3"}[tool]
    assert len(first) < 2000 and told in first, first
    assert lab.engine.memory("VmHWM") < 400


@pytest.mark.parametrize("fault", ["signal", "endless-line", "endless-notes", "cut-json", "deep", "lies-about-schema"])
def test_a_hostile_server_fails_its_call(lab, fault):
    lab.settings["mcp_servers"]["hostile"] = {"command": [str(MCP_PYTHON), str(HOSTILE_SERVER), fault], "timeout": "5s"}
    lab.start(tool_answers([("hostile__go", {})], [("hostile__good", {}), ("tools__find", {"order": "7"})], last="All the same."))
    task = lab.finished(one_agent({"mcp": "hostile"}, {"mcp": "tools"}))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "All the same."}), task.get("sentence")
    (first, first_failed), *others = lab.results(task["number"])
    assert first_failed and len(first) < 2000 and "hostile" in first
    assert [failed for _, failed in others] == [False, False]
    assert lab.engine.memory("VmHWM") < 400


def test_a_server_that_cannot_be_started(lab):
    lab.settings["mcp_servers"]["broken"] = {"command": ["/nonexistent/server"]}
    lab.start(tool_answers())
    task = lab.finished(one_agent({"mcp": "broken"}))
    (failed,) = lab.events(task["number"], "step_failed")
    assert (task["status"], failed["data"]["failure"]["cause"]) == ("failed", "tool_error")
    sentence = failed["data"]["failure"]["message"]
    assert 'The tools of the MCP server "broken" cannot be listed' in sentence and "/nonexistent/server" in sentence
    assert "optional: true" in sentence
    assert lab.requests() == [], "no model was asked"


@pytest.mark.parametrize("agent, tool", [
    ({"consent": ["tools__boko"]}, {"mcp": "tools"}),
    ({}, {"mcp": "tools", "consent": 'tool.name == "tools__boko"'})])
def test_consent_to_a_tool_that_there_is_not_stops_the_step(lab, agent, tool):
    lab.start(tool_answers([("tools__book", {"order": "1"})]))
    task = lab.finished(one_agent(tool, agent=agent))
    (failed,) = lab.events(task["number"], "step_failed")
    assert (task["status"], failed["data"]["failure"]["cause"]) == ("failed", "tool_error")
    sentence = failed["data"]["failure"]["message"]
    assert 'names the tool "tools__boko"' in sentence and 'did you mean "tools__book"?' in sentence
    assert lab.requests() == [] and lab.calls("began") == [], "nothing was asked and nothing done"


def test_a_server_that_nobody_answers_for_is_tried_again(lab):
    lab.settings["mcp_servers"]["gone"] = {"url": "http://127.0.0.1:9/mcp"}
    lab.start(tool_answers())
    task = lab.finished(one_agent({"mcp": "gone"}, step={"retry": {"max": 1, "backoff": "1s"}}))
    (failed,) = lab.events(task["number"], "step_failed")
    failure = failed["data"]["failure"]
    assert failure["cause"] == "tool_error" and '"gone"' in failure["message"]
    (retried,) = lab.events(task["number"], "step_retrying")
    assert retried["data"]["failure"]["transient"] is True


def test_a_server_that_an_agent_can_do_without(lab):
    lab.settings["mcp_servers"]["broken"] = {"command": ["/nonexistent/server"]}
    lab.start(tool_answers())
    task = lab.finished(one_agent({"mcp": "broken", "optional": True}))
    assert task["status"] == "completed"
    system = lab.requests()[0]["messages"][0]["content"]
    assert "The tools of the MCP server broken cannot be used now." in system and "nonexistent" not in system
    said = "The tools of the MCP server broken cannot be used now: "
    assert said in lab.cli("tasks", "trace", task["number"], "work")
    page = lab.engine.request("GET", f"/tasks/{task['number']}?step=work")[2].decode()
    assert said in page


def test_a_large_result_is_cut(lab):
    (lab.tools / "large").write_text("start" + "z" * 1_000_000 + "end")
    lab.start(tool_answers([("tools__say", {"text": "@large"})]))
    task = lab.finished(one_agent({"mcp": "tools"}))
    assert task["status"] == "completed"
    ((text, _),) = lab.results(task["number"])
    assert "start" in text and "end" in text and "bytes are left out here" in text and len(text) < 300_000
