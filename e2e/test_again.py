"""Tasks once more: rerun, rerun from a step, edit & restart, preview, batch rerun, compare and delete."""

import json
import sqlite3
import subprocess

import pytest

pytestmark = pytest.mark.usefixtures("open_commands")

# Every command leaves a line in a file, so that it can be counted how often it ran.
CHAIN = """\
name: chain
inputs: {{ first: one, second: two }}
steps:
  read:
    command: [sh, plan/say.sh, {log}, read, "${{{{ inputs.first }}}}"]
    files: [say.sh]
  write:
    command: [sh, plan/say.sh, {log}, write, "${{{{ steps.read.output.value }}}} ${{{{ inputs.second }}}}"]
    files: [say.sh]
    outputs: {{ files: [note.txt] }}
  send:
    needs: [write]
    command: [sh, plan/say.sh, {log}, send, "${{{{ steps.write.output.value }}}}"]
    files: [say.sh]
outputs:
  sent: ${{{{ steps.send.output.value }}}}
  note: ${{{{ steps.send.output.note }}}}
"""
SAY = """\
echo "$2" >> "$1"
[ -e "$1.fail.$2" ] && exit 3
[ "$2" = write ] && printf '%s' "note of $3" > note.txt
note=$(cat note.txt 2>/dev/null)
printf '{"value": "%s", "note": "%s"}' "$3" "$note"
"""
LOOP = """\
name: loop
inputs: {{ items: [a, b, c], suffix: "!" }}
steps:
  each:
    for_each: ${{{{ inputs.items }}}}
    steps:
      read:
        command: [sh, plan/say.sh, {log}, "read ${{{{ item }}}}", "${{{{ item }}}}"]
        files: [say.sh]
      mark:
        command: [sh, plan/say.sh, {log}, "mark ${{{{ item }}}}", "${{{{ steps.read.output.value }}}}${{{{ inputs.suffix }}}}"]
        files: [say.sh]
    output: ${{{{ steps.mark.output.value }}}}
  join:
    set: {{ all: "${{{{ steps.each.output }}}}" }}
outputs:
  all: ${{{{ steps.join.output.all }}}}
"""
BRANCH = """\
name: branch
agents:
  clerk: { model: script/clerk.yaml }
inputs: { letter: The lamp came broken. }
steps:
  decide:
    branch:
      refund: { description: Give it back, steps: { do: { set: { answer: back } }, say: { set: { text: "${{ steps.do.output.answer }}" } } } }
      refuse: { description: Say no, steps: { no: { set: { answer: no } } } }
    choose: { agent: clerk, prompt: "What is it? ${{ inputs.letter }}" }
"""
CLERK = """\
answers:
  - text: '{"path": "refund", "reason": "It was broken."}'
    tokens: { input: 10, output: 5 }
"""


class Bench:
    """An engine, and the file in which commands leave their lines."""

    def __init__(self, engine, log):
        self.engine, self.log = engine, log

    def plan(self, text):
        return text.format(log=self.log)

    def run(self, text, expect="completed", files=None, **members):
        document = {"text": self.plan(text), "files": {"say.sh": SAY} if files is None else files}
        status, _, body = self.engine.request("POST", "/api/tasks", {"plan": document, **members})
        assert status == 201, body
        return self.engine.wait(json.loads(body)["number"], expect)

    def post(self, number, what, body=None, status=201):
        code, _, answer = self.engine.request("POST", f"/api/tasks/{number}/{what}", body or {})
        answer = json.loads(answer)
        assert code == status, answer
        return answer

    def again(self, number, what, body=None, expect="completed"):
        """Repeats a task and waits for the end of the new one; the new one, and the commands that ran."""
        before = len(self.lines())
        new = self.engine.wait(self.post(number, what, body)["number"], expect)
        return new, self.lines()[before:]

    def lines(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def journal(self, number):
        database = sqlite3.connect(f"file:{self.engine.data / 'signalbox.db'}?mode=ro", uri=True)
        try:
            return database.execute("SELECT * FROM event WHERE task = ? ORDER BY sequence", (number,)).fetchall()
        finally:
            database.close()

    def events(self, number, kind):
        return [step for name, step, _ in self.engine.events(number) if name == kind]


@pytest.fixture
def bench(engine, tmp_path):
    return Bench(engine, tmp_path / "log")


def outputs(task):
    return {step["path"]: step.get("output") for step in task["steps"]}


def reasons(preview):
    return {step["path"]: step["reason"] for step in preview["again"]}


def taken(preview):
    return [step["path"] for step in preview["reused"]]


def test_a_rerun_is_a_new_task_with_the_same_inputs(bench):
    first = bench.run(CHAIN, inputs={"first": "hello"}, name="Mine", tags=["a"])
    journal = bench.journal(first["number"])
    new, ran = bench.again(first["number"], "rerun")
    assert ran == ["read", "write", "send"]
    assert new["number"] != first["number"] and new["outputs"] == first["outputs"]
    assert (new["name"], new["tags"], new["inputs"]) == ("Mine", ["a"], first["inputs"])
    assert bench.journal(first["number"]) == journal, "the original never changes"
    database = sqlite3.connect(f"file:{bench.engine.data / 'signalbox.db'}?mode=ro", uri=True)
    assert database.execute("SELECT rerun_of FROM task WHERE number = ?", (new["number"],)).fetchone() == (1,)
    database.close()


def test_a_rerun_from_a_step_keeps_what_came_before_and_its_files(bench):
    first = bench.run(CHAIN)
    journal = bench.journal(first["number"])
    new, ran = bench.again(first["number"], "rerun", {"from": "send"})
    assert ran == ["send"]
    assert new["outputs"] == first["outputs"] and "note of one two" in new["outputs"]["note"]
    assert bench.events(new["number"], "step_reused") == ["read", "write"]
    assert bench.journal(first["number"]) == journal
    # And a rerun of the rerun hands on what that one had taken over.
    third, ran = bench.again(new["number"], "rerun", {"from": "send"})
    assert ran == ["send"] and third["outputs"] == first["outputs"]


def test_a_rerun_from_a_step_inside_a_loop_keeps_the_other_iterations(bench):
    first = bench.run(LOOP)
    new, ran = bench.again(first["number"], "rerun", {"from": "each/1/mark"})
    assert ran == ["mark b"]
    assert new["outputs"] == first["outputs"] == {"all": ["a!", "b!", "c!"]}
    gone = bench.post(new["number"], "rerun", {"from": "each/0/read"}, status=409)
    assert f"taken \"each/0\" over from task #{first['number']}" in gone["detail"]
    new, ran = bench.again(first["number"], "rerun", {"from": "each/2"})
    assert ran == ["read c", "mark c"] and new["outputs"] == first["outputs"]
    new, ran = bench.again(first["number"], "rerun", {"from": "each"})
    assert len(ran) == 6 and new["outputs"] == first["outputs"]


def test_an_agents_choice_is_kept_unless_the_branch_itself_is_run_again(bench):
    first = bench.run(BRANCH.replace("{", "{{").replace("}", "}}"), files={"clerk.yaml": CLERK})
    new, _ = bench.again(first["number"], "rerun", {"from": "decide/refund/say"})
    assert new["model_calls"] == 0 and outputs(new)["decide/refund/say"] == {"text": "back"}
    assert bench.events(new["number"], "step_reused") == ["decide/refund/do"]
    new, _ = bench.again(first["number"], "rerun", {"from": "decide/refund"})
    assert new["model_calls"] == 0 and bench.events(new["number"], "step_reused") == []
    new, _ = bench.again(first["number"], "rerun", {"from": "decide"})
    assert new["model_calls"] == 1
    answer = bench.post(first["number"], "rerun", {"from": "decide/refuse/no"}, status=409)
    assert "never ran" in answer["detail"] and answer["errors"][0]["pointer"] == "/from"


def test_a_restart_runs_only_what_an_input_touches(bench):
    first = bench.run(CHAIN)
    edits = {"inputs": {"second": "three"}, "name": "Again"}
    preview = bench.post(first["number"], "preview", edits, status=200)
    assert taken(preview) == ["read"]
    assert reasons(preview) == {"write": "its input “second” changed", "send": "after “write”"}
    assert preview["saved"]["duration_ms"] >= 0 and preview["plan_difference"] is None
    new, ran = bench.again(first["number"], "restart", edits)
    assert ran == ["write", "send"]
    assert new["outputs"]["sent"] == "one three" and new["name"] == "Again"
    _, ran = bench.again(first["number"], "restart", {**edits, "all": True})
    assert ran == ["read", "write", "send"]


def test_a_restart_inside_a_loop_runs_the_touched_step_of_each_iteration(bench):
    first = bench.run(LOOP)
    new, ran = bench.again(first["number"], "restart", {"inputs": {"suffix": "?"}})
    assert ran == ["mark a", "mark b", "mark c"] and new["outputs"] == {"all": ["a?", "b?", "c?"]}
    new, ran = bench.again(first["number"], "restart", {"inputs": {"items": ["a", "x"]}})
    assert ran == ["read a", "mark a", "read x", "mark x"]


def test_a_failed_task_goes_on_from_where_it_failed(bench):
    gate = bench.log.with_name("log.fail.mark b")
    gate.touch()
    first = bench.run(LOOP, expect="failed")
    assert bench.lines() == ["read a", "mark a", "read b", "mark b"]
    gate.unlink()
    new, ran = bench.again(first["number"], "restart")
    assert ran == ["mark b", "read c", "mark c"] and new["outputs"] == {"all": ["a!", "b!", "c!"]}


def test_a_recorded_output_can_be_changed_within_its_types(bench):
    first = bench.run(CHAIN)
    new, ran = bench.again(first["number"], "restart", {"outputs": {"read": {"value": "mine", "note": ""}}})
    assert ran == ["write", "send"] and new["outputs"]["sent"] == "mine two"
    wrong = bench.post(first["number"], "restart", {"outputs": {"read": {"value": 7, "note": ""}}}, status=422)
    assert wrong["errors"][0]["pointer"] == "/outputs/read/value"
    loop = bench.run(LOOP)
    new, ran = bench.again(loop["number"], "restart", {"outputs": {"each/1/read": {"value": "B", "note": ""}}})
    assert ran == ["mark b"] and new["outputs"] == {"all": ["a!", "B!", "c!"]}
    clash = bench.post(loop["number"], "restart", {"from": "each", "outputs": {"each/1": "x"}}, status=409)
    assert clash["errors"][0]["pointer"] == "/outputs/each~11"


@pytest.mark.parametrize("body, status, pointer, words", [
    ({"from": "raed"}, 404, "/from", "no step"),
    ({"from": "read@1"}, 422, "/from", "no agent step"),
    ({"outputs": {"nothing": 1}}, 404, "/outputs/nothing", "no step"),
    ({"outputs": {"send": {}}}, 409, "/outputs/send", "no output"),
    ({"limits": {"duration": "25h"}}, 422, "/limits/duration", "24 hours"),
    ({"inputs": {"third": "x"}}, 422, "/inputs/third", "mistake"),
    ({"plan": "newest"}, 422, "/plan", "mistake"),
    ({"all": True, "from": "read"}, 422, "/all", "Nothing is taken over"),
])
def test_what_cannot_be_repeated_is_refused_with_its_place(bench, body, status, pointer, words):
    gate = bench.log.with_name("log.fail.send")
    gate.touch()
    first = bench.run(CHAIN, expect="failed")
    rows = bench.engine.counts()
    for what in ("restart", "preview"):
        answer = bench.post(first["number"], what, body, status=status)
        assert words in answer["detail"] and answer["errors"][0]["pointer"] == pointer, answer
    assert bench.engine.counts() == rows, "nothing is stored"


def test_a_task_that_has_not_ended_can_be_rerun_but_not_restarted(bench):
    document = {"text": "name: long\nsteps:\n  a: { wait: 1h }\n"}
    number = json.loads(bench.engine.request("POST", "/api/tasks", {"plan": document})[2])["number"]
    bench.engine.wait(number, "waiting")
    refused = bench.post(number, "restart", status=409)
    assert refused["hint"] == "Finish, cancel or kill this task first."
    new = bench.post(number, "rerun")
    for task in (number, new["number"]):
        bench.engine.request("POST", f"/api/tasks/{task}/cancel")
        bench.engine.wait(task, "cancelled")


def test_another_plan_shows_its_difference_and_keeps_what_is_the_same(bench):
    first = bench.run(CHAIN)
    changed = bench.plan(CHAIN).replace('send, "${{ steps.write.output.value }}"', 'send, "now ${{ steps.write.output.value }}"')
    edits = {"plan": {"text": changed, "files": {"say.sh": SAY}}}
    preview = bench.post(first["number"], "preview", edits, status=200)
    assert taken(preview) == ["read", "write"] and reasons(preview) == {"send": "its definition changed"}
    lines = preview["plan_difference"].splitlines()
    assert [line[:1] for line in lines if "send, " in line] == ["-", "+"]
    new, ran = bench.again(first["number"], "restart", edits)
    assert ran == ["send"] and new["outputs"]["sent"] == "now one two"


def test_another_model_asks_the_agents_again(bench):
    first = bench.run(BRANCH.replace("{", "{{").replace("}", "}}"), files={"clerk.yaml": CLERK})
    preview = bench.post(first["number"], "preview", {"model": "script/clerk.yaml"}, status=200)
    assert reasons(preview) == {}, "it is the model they asked anyway"
    preview = bench.post(first["number"], "preview", {"inputs": {"letter": "No lamp."}}, status=200)
    assert reasons(preview) == {"decide": "its input “letter” changed"}


def test_a_repeated_request_makes_one_task(bench):
    first = bench.run(CHAIN)
    path, key = f"/api/tasks/{first['number']}/restart", {"Idempotency-Key": "k"}
    one = bench.engine.request("POST", path, {"name": "x"}, headers=key)
    two = bench.engine.request("POST", path, {"name": "x"}, headers=key)
    assert (one[0], two[0]) == (201, 200) and json.loads(one[2])["number"] == json.loads(two[2])["number"]
    assert bench.engine.request("POST", path, {"name": "y"}, headers=key)[0] == 409


def test_two_tasks_are_compared_step_by_step(bench):
    first = bench.run(CHAIN)
    new, _ = bench.again(first["number"], "restart", {"inputs": {"second": "three"}})
    compared = bench.engine.get(f"/api/tasks/{first['number']}/compare/{new['number']}")
    assert compared["inputs"] == [{"pointer": "/second", "a": "two", "b": "three"}]
    verdicts = {step["path"]: step["verdict"] for step in compared["steps"]}
    assert verdicts == {"read": "same", "write": "changed", "send": "changed"}
    write = next(step for step in compared["steps"] if step["path"] == "write")
    assert {"pointer": "/value", "a": "one two", "b": "one three"} in write["output"]
    assert any(found["pointer"].startswith("/arguments/") for found in write["input"])
    default = bench.engine.get(f"/api/tasks/{new['number']}/compare")
    assert (default["a"]["number"], default["b"]["number"]) == (first["number"], new["number"])


def test_many_tasks_are_rerun_by_a_filter(bench):
    gate = bench.log.with_name("log.fail.send")
    gate.touch()
    failed = [bench.run(CHAIN, expect="failed")["number"] for _ in range(3)]
    gate.unlink()
    bench.run(CHAIN)
    request = {"action": "rerun", "filter": {"status": "failed", "plan": "chain"}}
    code, _, answer = bench.engine.request("POST", "/api/tasks/bulk", {**request, "dry_run": True})
    assert code == 200 and [task["number"] for task in json.loads(answer)["tasks"]] == failed
    results = json.loads(bench.engine.request("POST", "/api/tasks/bulk", request)[2])["results"]
    assert [result["task"] for result in results] == failed
    for result in results:
        bench.engine.wait(result["created"], "completed")
    code, _, answer = bench.engine.request("POST", "/api/tasks/bulk", {"action": "rerun", "filter": {}})
    assert code == 422 and "filter" in json.loads(answer)["detail"]


def test_a_deleted_task_leaves_a_tombstone(bench):
    first = bench.run(CHAIN)
    new, _ = bench.again(first["number"], "rerun", {"from": "send"})
    code, _, answer = bench.engine.request("DELETE", f"/api/tasks/{first['number']}")
    assert code == 200 and json.loads(answer)["status"] == "completed"
    code, _, answer = bench.engine.request("GET", f"/api/tasks/{first['number']}")
    assert code == 410 and json.loads(answer)["code"] == "gone" and "deleted by" in json.loads(answer)["detail"]
    assert bench.journal(first["number"]) == []
    # What the other one has taken over is still there.
    _, ran = bench.again(new["number"], "rerun", {"from": "send"})
    assert ran == ["send"]


def test_the_command_line(binary, tmp_path):
    log, data = tmp_path / "log", tmp_path / "data"
    folder = tmp_path / "chain"
    folder.mkdir()
    (folder / "plan.yaml").write_text(CHAIN.format(log=log))
    (folder / "say.sh").write_text(SAY)

    def call(*arguments, code=0, only=None):
        command = [binary, *arguments, "--data", data]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout if only else result.stdout + result.stderr

    call("run", folder)
    printed = json.loads(call("tasks", "rerun", "1", "--from", "send", "--json", only="stdout"))
    assert printed["outputs"]["sent"] == "one two"
    assert log.read_text().split() == ["read", "write", "send", "send"]
    preview = call("tasks", "preview", "1", "--input", "second=three")
    assert "Taken over: 1 result" in preview and "write: its input “second” changed" in preview
    assert "one three" in call("tasks", "restart", "1", "--input", "second=three")
    assert "mine two" in call("tasks", "restart", "1", "--output", 'read={"value": "mine", "note": ""}')
    assert "mine" in call("tasks", "compare", "1", "4")
    assert "--yes" in call("tasks", "delete", "2", code=2)
    assert "was deleted" in call("tasks", "delete", "2", "--yes")
    assert "was deleted by" in call("tasks", "show", "2", code=2)
    (folder / "plan.yaml").write_text(CHAIN.format(log=log).replace("name: chain", "name: chain\ndescription: other"))
    version = json.loads(call("tasks", "show", "1", "--json", only="stdout"))["plan"]["hash"]
    assert "+description: other" in call("plans", "diff", f"chain@{version}", folder)
    assert "name: chain" in call("plans", "show", "chain", "--version", version)
    assert "24 h" in call("tasks", "restart", "1", "--max-duration", "25h", code=2)
