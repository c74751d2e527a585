"""People and agents: consent to tool calls, questions, reviews, memory, and what an agent does with the answer."""

import json
import subprocess

import pytest
from agent_lab import one_agent, tool_answers

BOOK = ("tools__book", {"order": "7", "reason": "The customer wants it.", "confidence": 0.8, "alternatives": ["wait"]})
ASKING = {"mcp": "tools", "consent": True}


def last_request(lab):
    """What the model was sent the last time, as a text."""
    return json.dumps(lab.requests()[-1], ensure_ascii=False)


# -- consent


def test_consent_with_other_arguments(lab):
    lab.start(tool_answers([BOOK]))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("consent", "May “work” call the tool tools__book?")
    assert request["proposal"] == {
        "tool": "tools__book", "arguments": {"order": "7"}, "reason": "The customer wants it.", "confidence": 0.8,
        "alternatives": ["wait"]}
    assert lab.engine.task(number)["waiting_reasons"] == ["approval"] and lab.calls() == []
    lab.decide(request, "approve", edits={**request["proposal"], "arguments": {"order": "8"}})
    assert lab.engine.wait(number)["status"] == "completed"
    assert [call["order"] for call in lab.calls("began")] == ["8"]
    assert "booked 8" in last_request(lab)


def test_consent_by_command(lab):
    lab.start(tool_answers([BOOK]))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    shown = lab.cli("approvals", "show", request["id"])
    assert "tools__book" in shown and "The customer wants it." in shown
    edited = {**request["proposal"], "arguments": {"order": "9"}}
    lab.cli("approvals", "approve", request["id"], "--edit", json.dumps(edited))
    assert lab.engine.wait(number)["status"] == "completed"
    assert [call["order"] for call in lab.calls("began")] == ["9"]


def test_consent_with_the_arguments_alone(lab):
    lab.start(tool_answers([BOOK]))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    for wrong in ("[1]", '{"ordr": "9"}', "{order: 9"):
        refusal = subprocess.run(
            [lab.binary, "approvals", "approve", request["id"], "--edit", wrong, "--data", lab.engine.data],
            capture_output=True, text=True, timeout=60, check=False)
        assert refusal.returncode == 2 and "arguments" in refusal.stderr, refusal.stderr
    lab.cli("approvals", "approve", request["id"], "--edit", '{"order": "9"}')
    assert lab.engine.wait(number)["status"] == "completed"
    assert [call["order"] for call in lab.calls("began")] == ["9"]


def test_a_raise_that_is_not_enough_says_the_figures(lab):
    lab.start({"answers": [{"text": "Done."}]})
    number = lab.submit(one_agent(agent={"max_output_tokens": 50}, limits={"tokens": 20}))
    request = lab.asked(number)
    needed = request["subject"]["tokens"]["next_call"]
    status, _, body = lab.engine.request(
        "POST", f"/api/approvals/{request['id']}/decision", {"verdict": "approve", "edits": {"tokens": needed - 1}})
    assert status == 422 and f"it must be {needed} at least, not {needed - 1}." in body.decode()
    # How long the request is turns out when it is made: that much would only just do for what is reckoned with.
    lab.decide(request, "approve", edits={"tokens": 50_000})
    assert lab.engine.wait(number)["status"] == "completed"


@pytest.mark.parametrize("by", ["api", "command"])
def test_a_refusal_reaches_the_model(lab, by):
    lab.start(tool_answers([BOOK], last="Then not."))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    if by == "api":
        lab.decide(request, "reject", feedback="It is sold out.")
    else:
        lab.cli("approvals", "reject", request["id"], "--feedback", "It is sold out.")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Then not."})
    assert lab.calls() == []
    assert "does not allow this call: It is sold out." in last_request(lab)
    assert lab.results(number)[0][1] is True


def test_a_stop_ends_the_task(lab):
    lab.start(tool_answers([BOOK]))
    number = lab.submit(one_agent(ASKING))
    lab.decide(lab.asked(number), "stop", feedback="Enough.")
    task = lab.engine.wait(number)
    assert (task["status"], task["cause"]) == ("failed", "rejected") and "Enough." in task["sentence"]
    assert lab.calls() == []


def test_consent_by_the_arguments_of_each_call(lab):
    grant = {"mcp": "tools", "consent": 'tool.name == "tools__book" && tool.arguments.order == "2"'}
    lab.start(tool_answers([("tools__book", {"order": order}) for order in "123"]))
    number = lab.submit(one_agent(grant))
    request = lab.asked(number)
    assert request["proposal"]["arguments"] == {"order": "2"}
    # The others need nobody.
    lab.began("book", 2)
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert sorted(call["order"] for call in lab.calls("began")) == ["1", "2", "3"]
    assert len([event for event in lab.events(number, "decision_requested")]) == 1


def test_consent_survives_a_crash(lab):
    lab.start(tool_answers([BOOK]))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    lab.kill_and_start()
    assert lab.asked(number)["id"] == request["id"]
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert len(lab.calls("began")) == 1 and len(lab.requests()) == 2


def test_consent_to_a_call_with_a_secret(lab):
    secret = "correct-horse-battery-staple-2"
    lab.settings["secrets"] = {"DEPOT": {"env": "DEPOT"}}
    lab.extra["DEPOT"] = secret
    lab.start(tool_answers([("tools__book", {"order": f"for {secret}"})]))
    number = lab.submit(one_agent(ASKING))
    request = lab.asked(number)
    assert request["proposal"]["arguments"] == {"order": "for [secret DEPOT]"}
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert [call["order"] for call in lab.calls("began")] == [f"for {secret}"]


def test_what_a_person_changes_in_a_call_with_a_secret(lab):
    secret = "correct-horse-battery-staple-3"
    lab.settings["secrets"] = {"DEPOT": {"env": "DEPOT"}}
    lab.extra["DEPOT"] = secret
    calls = [("write_file", {"path": path, "content": f"Open with {secret}"}) for path in ("one.txt", "two.txt")]
    lab.start(tool_answers(*([call] for call in calls)))
    number = lab.submit(one_agent("write_file", agent={"consent": ["write_file"]}))
    for path, change in (("one.txt", {"path": "other.txt"}), ("two.txt", {"content": "Open with the key."})):
        request = lab.asked(number)
        proposal = request["proposal"]
        assert proposal["arguments"] == {"path": path, "content": "Open with [secret DEPOT]"}
        lab.decide(request, "approve", edits={**proposal, "arguments": {**proposal["arguments"], **change}})
    assert lab.engine.wait(number)["status"] == "completed"
    told, made = lab.results(number)
    # A mark is never sent in the place of what it hides, and nobody says that a server stopped which did not.
    assert told[1] and "A person has changed the arguments" in told[0] and "other.txt" in told[0], told
    assert "stopped" not in told[0]
    # Where nothing is hidden any more, the call is made.
    assert made == ("Wrote 18 bytes to two.txt.", False)


# -- questions


def test_a_question_with_choices(lab):
    lab.start(tool_answers([("ask_question", {"question": "Which colour?", "choices": ["red", "blue"]})]))
    number = lab.submit(one_agent("ask_question"))
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("question", "Which colour?")
    assert request["form"]["properties"]["answer"]["enum"] == ["red", "blue"]
    assert lab.engine.task(number)["waiting_reasons"] == ["question"]
    status, _, _ = lab.engine.request(
        "POST", f"/api/approvals/{request['id']}/decision", {"verdict": "approve", "values": {"answer": "green"}})
    assert status == 422
    lab.decide(request, "approve", values={"answer": "blue"})
    assert lab.engine.wait(number)["status"] == "completed"
    assert "blue" in lab.results(number)[0][0]


def test_a_question_in_the_final_message(lab):
    lab.start({"answers": [
        {"when": "turn == 1", "text": "Which of the two?\nSTATUS: question\nSUMMARY: Two are possible."},
        {"text": "${{ last }} it is.\nSTATUS: completed\nSUMMARY: Chosen."}]})
    number = lab.submit(one_agent())
    request = lab.asked(number)
    assert (request["kind"], request["title"]) == ("question", "Which of the two?")
    lab.kill_and_start()
    lab.cli("approvals", "answer", request["id"], "The second")
    task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"text": "The second it is."})
    assert len(lab.requests()) == 2 and task["steps"][0]["runs"] == 1
    assert ", “The second”" in lab.cli("tasks", "trace", str(number))


# -- reviews and memory


@pytest.mark.parametrize("verdict", ["approve", "retry"])
def test_a_review_of_what_an_agent_did(lab, verdict):
    lab.start({"answers": [
        {"when": 'turn == 3', "text": "Dear friend."},
        {"when": "turn == 1", "tool_calls": [{"name": "tools__book", "arguments": {"order": "1"}}]},
        {"text": "You."}]})
    number = lab.submit(one_agent({"mcp": "tools"}, step={"review": True}))
    request = lab.asked(number)
    assert (request["kind"], request["proposal"]) == ("review", "You.")
    if verdict == "approve":
        lab.decide(request, "approve", edits="You, too.")
    else:
        lab.decide(request, "retry", feedback="Be kinder.")
        second = lab.asked(number)
        assert second["proposal"] == "Dear friend."
        # It sees what it has done and written, and what was said of it.
        *_, sent = lab.requests()
        roles = [message["role"] for message in sent["messages"]]
        assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]
        assert sent["messages"][1]["content"] == "Do it." and sent["messages"][4]["content"] == "You."
        assert sent["messages"][5]["content"] == "Your last answer was sent back by a person, who said:\nBe kinder."
        trace = lab.cli("tasks", "trace", number, "work", "--run", "2", "--turn", "1")
        assert "Be kinder." in trace and "You." in trace
        lab.decide(second, "approve")
    task = lab.engine.wait(number)
    assert task["outputs"] == {"text": "You, too." if verdict == "approve" else "Dear friend."}


def test_memory_of_an_agent(lab):
    lab.start({"answers": [
        {"when": 'prompt == "Keep." && turn == 1',
         "tool_calls": [{"name": "remember", "arguments": {"name": "colour", "text": "Ada likes blue."}}]},
        {"when": "turn == 1", "tool_calls": [{"name": "recall", "arguments": {"words": "colour"}}]},
        {"text": "${{ results[0] }}"}]})
    first = lab.finished(one_agent("remember", "recall", prompt="Keep."))
    assert first["status"] == "completed", first.get("sentence")
    lab.kill_and_start()
    second = lab.finished(one_agent("remember", "recall", prompt="What do I know?"))
    assert "Ada likes blue." in second["outputs"]["text"] and "⟦data" in second["outputs"]["text"]
    # Another agent does not see it.
    other = json.loads(one_agent("remember", "recall", prompt="What do I know?"))
    other["agents"]["stranger"] = other["agents"].pop("clerk")
    other["steps"]["work"]["agent"] = "stranger"
    assert "Ada" not in lab.finished(other)["outputs"]["text"]
    # Nor does an agent of that name in another plan, or in the library.
    elsewhere = {**json.loads(one_agent("remember", "recall", prompt="What do I know?")), "name": "another"}
    assert "Ada" not in lab.finished(elsewhere)["outputs"]["text"]
    assert "Ada likes blue." in lab.cli("agents", "memory", "one-agent.clerk")
    assert lab.cli("agents", "memory", "clerk") == "clerk keeps nothing.\n"
    lab.cli("agents", "memory", "one-agent.clerk", "--delete", "colour")
    assert lab.cli("agents", "memory", "one-agent.clerk") == "one-agent.clerk keeps nothing.\n"


@pytest.mark.parametrize("name", ["..", "a\tb", "a\nb", "n\u202e", " padded"])
def test_what_is_kept_has_a_name_that_people_can_type(lab, name):
    lab.start(tool_answers([("remember", {"name": name, "text": "x"})]))
    number = lab.submit(one_agent("remember"))
    assert lab.engine.wait(number)["status"] == "completed"
    ((told, is_error),) = lab.results(number)
    assert is_error and "A name is text that people can see and type" in told


def test_a_task_that_was_taken_up_again_is_watched_to_its_end(lab):
    lab.start({"answers": [
        {"repeat": 1, "text": "No.\nSTATUS: failed\nSUMMARY: It did not work."}, {"text": "Now it did."}]})
    number = lab.submit(one_agent())
    assert lab.engine.wait(number)["status"] == "failed"
    lab.cli("tasks", "retry", number)
    assert lab.engine.wait(number, "completed")["status"] == "completed"
    result = subprocess.run(
        [lab.binary, "tasks", "watch", str(number), "--data", lab.engine.data], capture_output=True, text=True, timeout=30,
        check=False, stdin=subprocess.DEVNULL, env=lab.environment)
    assert result.returncode == 0 and result.stdout == "Now it did.\n"
    assert result.stderr.index("It did not work.") < result.stderr.index("retried by")


def test_two_calls_one_allowed_and_one_not(lab):
    lab.start(tool_answers([("tools__book", {"order": "1"}), ("tools__book", {"order": "2"}), ("tools__find", {"order": "3"})]))
    number = lab.submit(one_agent({"mcp": "tools", "consent": 'tool.name == "tools__book"'}))
    first = lab.asked(number)
    assert first["proposal"]["arguments"] == {"order": "1"}
    lab.decide(first, "reject", feedback="Not this one.")
    lab.kill_and_start()
    second = lab.asked(number)
    assert second["proposal"]["arguments"] == {"order": "2"}
    lab.decide(second, "approve")
    assert lab.engine.wait(number)["status"] == "completed"
    assert [(call["tool"], call["order"]) for call in lab.calls("began")] == [("find", "3"), ("book", "2")]
    assert "Not this one." in last_request(lab) and len(lab.requests()) == 2


def test_a_parent_that_waits_for_the_budget_of_a_task_in_the_background_names_whom_it_waits_for(lab, tmp_path):
    """The task in the background waits for a person; so does the one that started it, and `run` says so and ends."""
    tokens = {"input": 10, "output": 5}
    answers = {"answers": [
        {"when": 'prompt.contains("below")', "text": "Never asked for."},
        {"when": "turn == 1", "tokens": tokens, "tool_calls": [
            {"name": "create_task", "arguments": {"plan": "child", "wait": False}}]},
        {"text": "Done.", "tokens": tokens}]}
    child = one_agent(prompt="You are below.", agent={"max_output_tokens": 10}, limits={"tokens": 20})
    directory = tmp_path / "plans" / "child"
    directory.mkdir(parents=True)
    (directory / "plan.yaml").write_text(child.replace('"one-agent"', '"child"'))
    plan = tmp_path / "parent.json"
    plan.write_text(one_agent({"create_task": {"plans": ["child"]}}, limits={"tokens": 90_000}))
    lab.start(answers, serve=("--plans", str(tmp_path / "plans")))
    # 4: waits for a person.
    lab.cli("run", plan, code=4)
    task = lab.engine.task(1)
    assert task["sentence"].startswith("Waits until what is under way (task #2)"), task["sentence"]
    assert "2-1" in lab.cli("approvals", "list")
