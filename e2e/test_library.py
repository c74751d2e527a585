"""Agents of the library, what they keep, and instructions instead of a plan: by the command line, with script models."""

import json
import subprocess

import pytest
from engine import eventually

CLERK = "name: clerk\ndescription: Says {0}.\nmodel: script/answers.yaml\ntools: [remember, recall]\n"
REMEMBERING = """
answers:
  - when: turn == 1
    tool_calls: [{ name: remember, arguments: { name: "tax/books", text: 7 percent } }]
  - text: Kept.
"""
PLAN = """
name: using
agents: { clerk: { library: clerk } }
steps: { work: { agent: clerk, prompt: Work. } }
outputs: { text: "${{ steps.work.output }}" }
"""


@pytest.fixture
def signalbox(binary, tmp_path):
    """Runs the program in the directory of the test, and gives what it has printed."""
    def run(*arguments, code=0):
        result = subprocess.run(
            [binary, *arguments, "--data", tmp_path / "data"], cwd=tmp_path, capture_output=True, text=True,
            timeout=60, check=False)
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout if code == 0 else result.stderr

    return run


def save(signalbox, directory, says, answers=None):
    """The hash of a new version of the clerk."""
    (directory / "answers.yaml").write_text(answers or f"answers: [{{ text: {says} }}]", encoding="utf-8")
    (directory / "clerk.yaml").write_text(CLERK.format(says), encoding="utf-8")
    return json.loads(signalbox("agents", "save", "clerk.yaml", "--json"))["agents"][0]["hash"]


def test_an_agent_has_versions(signalbox, tmp_path):
    one = save(signalbox, tmp_path, "one")
    save(signalbox, tmp_path, "two")
    assert "Says two." in signalbox("agents", "list")
    assert "Says two." in signalbox("agents", "show", "clerk")
    assert "Says one." in signalbox("agents", "show", "clerk", "--version", one)
    difference = signalbox("agents", "diff", f"clerk@{one}", "clerk")
    assert "-description: Says one." in difference and "+answers: [{ text: two }]" in difference
    assert signalbox("agents", "diff", "clerk", "clerk.yaml") == "They are the same.\n"

    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(PLAN.replace("library: clerk", f"library: clerk@{one}"), encoding="utf-8")
    assert signalbox("run", "plan.yaml").strip() == "two"
    assert signalbox("run", "old.yaml").strip() == "one"

    assert "clerk is archived." in signalbox("agents", "archive", "clerk")
    assert 'The agent "clerk" is archived.' in signalbox("run", "plan.yaml", code=2)
    assert signalbox("run", "old.yaml").strip() == "one"
    assert signalbox("tasks", "rerun", "1").strip() == "two"
    assert "clerk" in signalbox("agents", "list", "--archived")
    assert "clerk is archived: plans find it by its name no longer." in signalbox("agents", "versions", "clerk")
    assert "clerk is back." in signalbox("agents", "archive", "clerk", "--undo")
    assert signalbox("run", "plan.yaml").strip() == "two"


def test_agents_are_found_and_their_versions_say_who_and_why(signalbox, tmp_path):
    (tmp_path / "clerk.yaml").write_text("name: clerk\ndescription: Books invoices.\nmodel: a/b\n", encoding="utf-8")
    (tmp_path / "poet.yaml").write_text("name: poet\ndescription: Writes verse.\nmodel: a/b\n", encoding="utf-8")
    assert signalbox("agents", "save", "clerk.yaml", "poet.yaml").count("Saved ") == 2
    found = json.loads(signalbox("agents", "list", "--search", "INVOICE", "--json"))["agents"]
    assert [agent["name"] for agent in found] == ["clerk"]
    assert signalbox("agents", "list", "--search", "hammer") == \
        'No agent has "hammer" in its name or description.\n'
    assert signalbox("agents", "list", "--archived") == "No agents are archived.\n"
    (tmp_path / "clerk.yaml").write_text("name: clerk\ndescription: Books all.\nmodel: a/b\n", encoding="utf-8")
    signalbox("agents", "save", "clerk.yaml", "--author", "Ada", "--note", "Books more")
    assert "clerk is saved already" in signalbox("agents", "save", "clerk.yaml")
    newest = (tmp_path / "clerk.yaml").read_text(encoding="utf-8")
    (tmp_path / "clerk.yaml").write_text("name: clerk\ndescription: Books invoices.\nmodel: a/b\n", encoding="utf-8")
    assert "Saved clerk again: version " in signalbox("agents", "save", "clerk.yaml")
    (tmp_path / "clerk.yaml").write_text(newest, encoding="utf-8")
    assert "is the latest." in signalbox("agents", "save", "clerk.yaml")
    # Each was saved twice: the later time stands beside its digits, the earlier one below.
    header, latest, before, other, _ = signalbox("agents", "versions", "clerk").splitlines()
    assert header.split() == ["Version", "Saved", "Author", "Note"]
    # Who saved it again said nothing, and is not Ada.
    assert before.split()[-3:] == ["Ada", "Books", "more"] and "Ada" not in latest and "Books" not in latest
    assert not latest.startswith(" ") and before.startswith(" ") and not other.startswith(" ")
    assert "is the latest." in signalbox("agents", "save", "clerk.yaml", "--author", "Zoë", "--note", "Seen")
    _, latest, *rest = signalbox("agents", "versions", "clerk").splitlines()
    assert latest.split()[-2:] == ["Zoë", "Seen"] and rest[1].split()[-3:] == ["Ada", "Books", "more"]
    assert "clerk is saved already" in signalbox("agents", "save", "clerk.yaml", "--author", "Zoë", "--note", "Seen")
    assert "-description: Books invoices." in signalbox("agents", "diff", "clerk")
    assert json.loads(signalbox("agents", "diff", "clerk", "--json"))["differences"]


def test_mistakes_of_an_agent_are_told_with_their_place(binary, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\nmodle: a/b\nsystem: ${{ inputs.x }}\n", encoding="utf-8")
    result = subprocess.run([binary, "agents", "validate", tmp_path / "bad.yaml"], capture_output=True, text=True,
                            check=False)
    assert result.returncode == 2
    assert 'bad.yaml:2:1: error: an agent has no key "modle"' in result.stderr
    assert 'bad.yaml:3:13: error: an agent of the library knows no "inputs"' in result.stderr
    assert "it may refer only to task.id, task.number, task.name" in result.stderr


def test_what_an_agent_names_is_looked_for_in_the_settings_that_are_named(binary, tmp_path):
    (tmp_path / "agent.yaml").write_text(
        "name: w\nmodel: opnai/gpt-5\ntools: [{ mcp: stokc }, { mcp: away, optional: true }]\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(
        "name: p\nsteps:\n  a: { tool: stock/count }\n  b: { tool: stok/count }\n", encoding="utf-8")
    (tmp_path / "signalbox.yaml").write_text("mcp_servers: { stock: { command: [cat] } }\n", encoding="utf-8")

    def validate(noun, *arguments):
        result = subprocess.run([binary, noun, "validate", *arguments], capture_output=True, text=True, check=False,
                                cwd=tmp_path)
        return result.returncode, result.stderr

    assert validate("agents", "agent.yaml") == (0, "") and validate("plans", "plan.yaml") == (0, "")
    for place in (("--data", tmp_path), ("--config", tmp_path / "signalbox.yaml")):
        code, errors = validate("agents", "agent.yaml", *place)
        assert code == 2 and errors.count("error: ") == 3 and "away" not in errors, errors
        assert 'agent.yaml:3:9: error: there is no MCP server "stokc" in the settings' in errors
        assert 'did you mean "stock"?' in errors
        assert 'agent.yaml#/model: error: there is no provider "opnai"' in errors
        assert 'did you mean "openai"?' in errors
        code, errors = validate("plans", "plan.yaml", *place)
        assert code == 2 and errors.count("error: ") == 1, errors
        assert 'plan.yaml:4:14: error: there is no MCP server "stok" in the settings' in errors


def test_versions_of_an_agent_are_listed_and_named_by_their_digits(signalbox, tmp_path):
    one, two = save(signalbox, tmp_path, "one"), save(signalbox, tmp_path, "two")
    versions = json.loads(signalbox("agents", "versions", "clerk", "--json"))["versions"]
    assert [version["hash"] for version in versions] == [two, one]
    table = signalbox("agents", "versions", "clerk")
    assert table.index(two[:8]) < table.index(one[:8])
    assert "Says one." in signalbox("agents", "show", "clerk", "--version", one[:8])
    assert "-description: Says one." in signalbox("agents", "diff", f"clerk@{one[:8]}", f"clerk@{two[:8]}")
    assert "has no version" in signalbox("agents", "show", "clerk", "--version", "0000ffff", code=2)
    assert 'There is no agent "clark" in the library.' in signalbox("agents", "versions", "clark", code=2)


def test_what_an_agent_keeps_is_seen_and_deleted(signalbox, tmp_path):
    save(signalbox, tmp_path, "it", REMEMBERING)
    assert signalbox("agents", "memory", "clerk") == "clerk keeps nothing.\n"
    task = json.loads(signalbox("run", "--prompt", "Keep it.\nSoon.", "--agent", "clerk", "--json"))
    assert (task["name"], task["source"], task["status"]) == ("Keep it.", "prompt", "completed")
    assert task["outputs"] == {"result": "Kept."}
    entry, = json.loads(signalbox("agents", "memory", "clerk", "--json"))["entries"]
    assert (entry["name"], entry["text"], entry["task"]) == ("tax/books", "7 percent", 1)
    assert "7 percent" in signalbox("agents", "memory", "clerk")
    assert "has forgotten" in signalbox("agents", "memory", "clerk", "--delete", "tax/books")
    assert "keeps nothing as" in signalbox("agents", "memory", "clerk", "--delete", "tax/books", code=2)


@pytest.mark.parametrize("arguments, sentence", [
    (["run"], "Name a PLAN, or give --prompt."), (["run", "a", "b"], 'One PLAN is run, not "b" too.'),
    (["run", "a", "--prompt", "x"], "Give a PLAN or --prompt, not both."),
    (["run", "a", "--agent", "x"], "--agent goes with --prompt."),
    (["run", "--prompt", "x", "--input", "a=1"], "Instructions have no inputs"),
    (["run", "--prompt", "x", "--agent", "nobody"], 'There is no agent "nobody" in the library.'),
    (["run", "--prompt", "x"], "has no model"),
])
def test_what_cannot_be_run_is_refused(signalbox, arguments, sentence):
    assert sentence in signalbox(*arguments, code=2)


def test_a_planner_that_chooses_nothing_that_there_is(make_engine, tmp_path):
    """It is told what there is; when it never chooses any of it, an agent follows the instructions itself."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "plan.yaml").write_text(
        "name: greeting\ninputs: { who: string }\nsteps: { greet: { set: { text: Hello } } }\n", encoding="utf-8")
    answer = json.dumps({"reason": "Why not.", "confidence": 1, "choice": {"plan": "nosuch", "inputs": {"who": "Ada"}}})
    engine = make_engine().start("--plans", plans)
    eventually(lambda: engine.get("/api/plans")["plans"], "the plan is saved")
    assert engine.request("POST", "/api/plans/greeting/publish")[0] == 200
    for name, text in {"planner": f"'{answer}'", "general": "I greeted Ada."}.items():
        status, _, body = engine.request("POST", "/api/agents", {
            "text": f"name: {name}\nmodel: script/answers.yaml\n",
            "files": {"answers.yaml": f"answers: [{{ text: {text} }}]"}})
        assert status == 201, body
    status, _, body = engine.request("POST", "/api/tasks", {"prompt": "Greet Ada"})
    assert status == 201, body
    number = json.loads(body)["number"]
    task = engine.wait(number)
    outputs = task["outputs"]
    assert (task["status"], outputs["result"], outputs["plan"]) == ("completed", "I greeted Ada.", None)
    assert outputs["reason"].startswith("No plan was chosen. ") and outputs["confidence"] is None
    assert '"plan" must be "greeting" or null, not "nosuch" (at /choice/plan)' in outputs["reason"]
    assert sum(event[:2] == ("agent_noticed", "choose") for event in engine.events(number)) == 2


def test_a_script_beside_the_plan_takes_the_place_of_a_model(signalbox, tmp_path):
    (tmp_path / "plan.yaml").write_text(
        'name: p\nagents: { a: { model: openai/gpt-5 } }\nsteps: { s: { agent: a, prompt: Go. } }\n'
        'outputs: { said: "${{ steps.s.output }}" }\n', encoding="utf-8")
    (tmp_path / "hi.yaml").write_text("answers: [{ text: Hi. }]", encoding="utf-8")
    assert signalbox("run", "plan.yaml", "--model", "script/hi.yaml").strip() == "Hi."
    restarted = ("tasks", "restart", "1", "--plan", "plan.yaml", "--model", "script/hello.yaml", "--all")
    (tmp_path / "hello.yaml").write_text("answers: [{ text: Hello. }]", encoding="utf-8")
    assert signalbox(*restarted).strip() == "Hello."
    refusal = signalbox("run", "plan.yaml", "--model", "script/ho.yaml", code=2)
    assert 'The script "ho.yaml" did not come with the plan' in refusal and "--model script/FILE" in refusal


@pytest.mark.usefixtures("open_commands")
def test_a_choice_survives_a_crash(make_engine, tmp_path):
    """The engine is killed while the planner answers, and again while the plan it has chosen runs."""
    plans = tmp_path / "plans"
    plans.mkdir()
    gate = tmp_path / "gate"
    (plans / "plan.yaml").write_text(
        "name: greeting\ndescription: Greets.\ninputs: { who: string }\nsteps:\n  greet:\n"
        f"    command: [sh, -c, 'while [ ! -e {gate} ]; do sleep 0.02; done; echo \"Hello $0\"', '${{{{ inputs.who }}}}']\n"
        "    repeatable: true\noutputs: { text: '${{ steps.greet.output }}' }\n", encoding="utf-8")
    answer = json.dumps({"reason": "It greets.", "confidence": 1, "choice": {
        "plan": "greeting", "inputs": {"who": "Ada"}}})
    agents = {"planner": f"answers: [{{ text: '{answer}', delay: 1s }}]", "general": "answers: [{ text: None. }]"}
    engine = make_engine().start("--plans", plans)
    eventually(lambda: engine.get("/api/plans")["plans"], "the plan is saved")
    assert engine.request("POST", "/api/plans/greeting/publish")[0] == 200
    for name, answers in agents.items():
        status, _, body = engine.request("POST", "/api/agents", {
            "text": f"name: {name}\nmodel: script/answers.yaml\n", "files": {"answers.yaml": answers}})
        assert status == 201, body
    status, _, body = engine.request("POST", "/api/tasks", {"prompt": "Greet Ada, please"})
    assert status == 201, body
    number = json.loads(body)["number"]
    eventually(lambda: ("step_started", "choose", 1) in engine.events(number), "the planner is asked")
    engine.kill()
    engine.start()
    eventually(lambda: engine.get("/api/tasks")["total"] == 2, "the chosen plan runs as a child")
    engine.kill()
    engine.start()
    gate.touch()
    task = engine.wait(number)
    assert task["outputs"] == {
        "result": {"text": "Hello Ada"}, "plan": "greeting", "reason": "It greets.", "confidence": 1}
    assert engine.get("/api/tasks")["total"] == 2
    assert engine.task(number + 1)["parent"] == {"task": number, "step": "work/greeting/run"}
