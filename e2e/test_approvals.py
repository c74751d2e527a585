"""What people decide: every kind of request against the real binary, over the API, the command line and a terminal."""

import json
import os
import signal
import subprocess
import threading

import pytest

from engine import eventually
from terminal import Terminal

pytestmark = pytest.mark.usefixtures("open_commands")

LETTER = """\
name: letter
inputs: { to: anna@example.com }
steps:
  sign:
    approval:
      title: Send this letter to ${{ inputs.to }}?
      proposal: { to: "${{ inputs.to }}", copies: 2, text: Dear Anna }
      form:
        type: object
        required: [urgency]
        additionalProperties: false
        properties:
          urgency: { type: integer, minimum: 1, maximum: 5, title: How urgent }
          note: { type: string }
  send:
    set: { sent: "${{ steps.sign.output.approved }}", copies: "${{ steps.sign.output.proposal.copies }}" }
outputs:
  answer: ${{ steps.sign.output }}
  sent: ${{ steps.send.output }}
"""

SHORT = "name: short\nsteps:\n  ask: { approval: Go on? }\noutputs:\n  by: ${{ steps.ask.output.by }}\n"

ASKING = """\
name: asking
agents:
  painter: { model: script/answers.yaml }
steps:
  paint: { agent: painter, prompt: Paint the wall. }
outputs:
  text: ${{ steps.paint.output }}
"""
ANSWERS = """\
answers:
  - when: answer == "blue"
    text: The wall is blue.
  - when: answer.contains("There is no answer")
    text: The wall stays white.
  - text: |-
      Which colour shall it be?
      STATUS: question
"""
TALK = """\
name: talk
limits: { tokens: 100 }
agents:
  writer: { model: script/answers.yaml }
steps:
  write: { agent: writer, prompt: Write. }
outputs:
  text: ${{ steps.write.output }}
"""
TALKS = "answers:\n  - text: done\n    tokens: { input: 10, output: 5 }\n"


def post(engine, path, body=None):
    status, _, answer = engine.request("POST", path, {} if body is None else body)
    return status, json.loads(answer)


def submit(engine, plan, files=None, **members):
    status, task = post(engine, "/api/tasks", {"plan": {"text": plan, "files": files or {}}, **members})
    assert status == 201, task
    return task["number"]


def decide(engine, request, verdict, status=200, **members):
    """Decides over the API; the answer."""
    got, answer = post(engine, f"/api/approvals/{request}/decision", {"verdict": verdict, **members})
    assert got == status, (got, answer)
    return answer


def pointers(problem):
    return [error.get("pointer") for error in problem["errors"]]


def asked(engine, number, count=1):
    """The open requests of a task, once it has that many."""

    def there():
        found = engine.get(f"/api/approvals?task={number}")["approvals"]
        return found if len(found) >= count else None

    return eventually(there, f"task {number} asks {count} things")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def cli(binary, data, tmp_path):
    """Runs the program without a terminal, on the test's data directory."""

    def run(*arguments, code=0, **options):
        result = subprocess.run(
            [binary, *arguments, "--data", data], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
            stdin=subprocess.DEVNULL, **options)  # fmt: skip
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result

    return run


@pytest.fixture
def write(tmp_path):
    def write(text, name="plan.yaml"):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


# -- approvals


def test_approved_with_a_form(engine):
    number = submit(engine, LETTER)
    (row,) = asked(engine, number)
    assert (row["id"], row["kind"], row["state"], row["task_name"]) == (f"{number}-1", "approval", "open", "letter: anna@example.com")
    request = engine.get(f"/api/approvals/{row['id']}")
    assert request["proposal"] == {"to": "anna@example.com", "copies": 2, "text": "Dear Anna"}
    assert request["form"]["required"] == ["urgency"] and "approve" in request["verdicts"]
    task = engine.task(number)
    assert task["status"] == "waiting" and task["waiting_reasons"] == ["approval"] and task["open_requests"] == 1
    assert task["waits"][0]["blocker"] == {"request": row["id"]} and task["waits"][0]["since"]

    # Refused with the place of every mistake, and still open.
    assert pointers(decide(engine, row["id"], "approve", 422)) == ["/values/urgency"]
    assert pointers(decide(engine, row["id"], "approve", 422, values={"urgency": "high"})) == ["/values/urgency"]
    both = decide(engine, row["id"], "approve", 422, values={"urgency": 9, "x": 1})
    assert sorted(pointers(both)) == ["/values/urgency", "/values/x"]
    edits = {"to": "ben@example.com", "copies": "3", "text": "Hi"}
    assert pointers(decide(engine, row["id"], "approve", 422, values={"urgency": 3}, edits=edits)) == ["/edits/copies"]
    assert pointers(decide(engine, row["id"], "maybe", 422)) == ["/verdict"]
    assert pointers(decide(engine, row["id"], "retry", 422)) == ["/verdict"]
    assert engine.get(f"/api/approvals/{row['id']}")["state"] == "open"

    decided = decide(engine, row["id"], "approve", values={"urgency": 3}, edits={**edits, "copies": 3}, feedback="fine")
    assert (decided["state"], decided["verdict"]) == ("decided", "approve") and decided["waited_ms"] >= 0
    answer = engine.wait(number)["outputs"]["answer"]
    assert answer["approved"] is True and answer["values"] == {"urgency": 3}
    assert answer["proposal"] == {**edits, "copies": 3} and answer["feedback"] == "fine"
    assert answer["by"] == decided["decided_by"] != ""
    assert engine.get("/api/approvals")["total"] == 0
    assert engine.get("/api/approvals?state=all")["approvals"][0]["decided_by"] == answer["by"]


def test_rejected_goes_on_and_stopped_ends(engine):
    rejected, stopped = submit(engine, LETTER), submit(engine, LETTER)
    decide(engine, asked(engine, rejected)[0]["id"], "reject", feedback="Too long")
    task = engine.wait(rejected)
    assert task["status"] == "completed" and task["outputs"]["answer"]["feedback"] == "Too long"
    assert task["outputs"]["sent"]["sent"] is False
    decide(engine, asked(engine, stopped)[0]["id"], "stop", feedback="Never")
    task = engine.wait(stopped)
    assert (task["status"], task["cause"]) == ("failed", "rejected") and "Never" in task["sentence"]


def test_first_decision_wins(engine):
    number = submit(engine, SHORT)
    request = asked(engine, number)[0]["id"]
    answers = []

    def one(name):
        answers.append((name, *post(engine, f"/api/approvals/{request}/decision", {"verdict": "approve", "by": name})))

    threads = [threading.Thread(target=one, args=(f"person {place}",)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [name for name, status, _ in answers if status == 200]
    assert len(winners) == 1
    refused = [answer["detail"] for _, status, answer in answers if status == 409]
    assert len(refused) == 7 and all(winners[0] in detail for detail in refused)
    assert engine.wait(number)["outputs"] == {"by": winners[0]}
    # Also long after the end.
    assert winners[0] in decide(engine, request, "reject", 409)["detail"]


def test_who_may_decide(engine):
    plan = "name: p\nsteps:\n  ask: { approval: { title: Go on?, by: [anna, ben] } }\n"
    request = asked(engine, submit(engine, plan))[0]["id"]
    assert engine.get(f"/api/approvals/{request}")["deciders"] == ["anna", "ben"]
    assert pointers(decide(engine, request, "approve", 422, by="mallory")) == ["/by"]
    assert pointers(decide(engine, request, "approve", 422, by="expiry")) == ["/by"]
    assert decide(engine, request, "approve", by="ben")["decided_by"] == "ben"


def test_what_nobody_asks(engine):
    for request in ("7-1", "nonsense", "1-0"):
        assert decide(engine, request, "approve", 404)["code"] == "not_found"
    number = submit(engine, SHORT)
    request = asked(engine, number)[0]["id"]
    assert post(engine, f"/api/tasks/{number}/cancel")[0] == 202
    assert engine.wait(number)["status"] == "cancelled"
    assert decide(engine, request, "approve", 409)["code"] == "conflict"
    assert engine.get(f"/api/approvals/{request}")["state"] == "withdrawn"


@pytest.mark.parametrize(("on_expiry", "status"), [("approve", "completed"), ("reject", "failed")])
def test_expiry(engine, on_expiry, status):
    plan = f"name: p\nsteps:\n  ask: {{ approval: {{ title: Go on?, expires: 300ms, on_expiry: {on_expiry} }} }}\n"
    number = submit(engine, plan)
    request = asked(engine, number)[0]
    assert request["expires"] > request["requested"]
    assert engine.wait(number)["status"] == status
    assert engine.get(f"/api/approvals/{request['id']}")["state"] == "expired"


def test_requests_and_answers_survive_a_crash(make_engine, data):
    engine = make_engine(data).start()
    open_one, decided = submit(engine, LETTER), submit(engine, SHORT)
    asked(engine, open_one)
    decide(engine, asked(engine, decided)[0]["id"], "approve", by="anna")
    engine.kill()
    engine.start()
    assert engine.wait(decided)["outputs"] == {"by": "anna"}
    (request,) = asked(engine, open_one)
    assert engine.get(f"/api/approvals/{request['id']}")["proposal"]["copies"] == 2
    decide(engine, request["id"], "approve", values={"urgency": 1})
    assert engine.wait(open_one)["outputs"]["sent"] == {"sent": True, "copies": 2}


# -- consent, review, questions, budgets, doubt


def test_consent_with_edits(engine, tmp_path):
    plan = f"name: p\nconsent: [command]\nsteps:\n  act: {{ command: [sh, -c, 'cat >> {tmp_path / 'out'}'], stdin: one }}\n"
    number = submit(engine, plan)
    request = engine.get(f"/api/approvals/{asked(engine, number)[0]['id']}")
    assert request["kind"] == "consent" and request["proposal"]["stdin"] == "one"
    assert not (tmp_path / "out").exists()
    decide(engine, request["id"], "approve", edits={**request["proposal"], "stdin": "two"})
    assert engine.wait(number)["status"] == "completed"
    assert json.loads((tmp_path / "out").read_text()) == "two"
    refused = submit(engine, plan)
    decide(engine, asked(engine, refused)[0]["id"], "stop")
    assert engine.wait(refused)["cause"] == "rejected"
    assert json.loads((tmp_path / "out").read_text()) == "two", "what was refused has not happened"


def test_review_sent_back_at_most_three_times(engine):
    plan = "name: p\nagents: { a: { model: script/s.yaml } }\nsteps:\n  write: { agent: a, prompt: Write., review: true }\n"
    plan += "outputs: { text: '${{ steps.write.output }}' }\n"
    script = "answers:\n  - when: prompt.contains('shorter 3')\n    text: short\n  - text: a long text\n"
    number = submit(engine, plan, {"s.yaml": script})
    for place in range(1, 4):
        request = asked(engine, number)[0]["id"]
        assert request == f"{number}-{place}"
        assert pointers(decide(engine, request, "retry", 422)) == ["/feedback"]
        decide(engine, request, "retry", feedback=f"shorter {place}")
    request = asked(engine, number)[0]["id"]
    assert engine.get(f"/api/approvals/{request}")["proposal"] == "short"
    assert "3 times" in decide(engine, request, "retry", 409, feedback="again")["detail"]
    assert pointers(decide(engine, request, "approve", 422, edits=5)) == ["/edits"]
    decide(engine, request, "approve", edits="shortest")
    task = engine.wait(number)
    assert task["outputs"] == {"text": "shortest"} and task["steps"][0]["runs"] == 4


def test_question_answered_across_a_crash(make_engine, data):
    engine = make_engine(data).start()
    number, other = submit(engine, ASKING, {"answers.yaml": ANSWERS}), submit(engine, ASKING, {"answers.yaml": ANSWERS})
    request = asked(engine, number)[0]
    assert request["kind"] == "question" and "Which colour" in request["title"]
    assert engine.task(number)["waiting_reason"] == "question"
    engine.kill()
    engine.start()
    decide(engine, request["id"], "approve", edits="blue")
    assert engine.wait(number)["outputs"]["text"].startswith("The wall is blue.")
    assert engine.task(number)["model_calls"] == 2, "nothing was asked twice"
    decide(engine, asked(engine, other)[0]["id"], "reject")
    assert engine.wait(other)["outputs"]["text"].startswith("The wall stays white.")


def test_budget(engine):
    raised, refused = (submit(engine, TALK, {"answers.yaml": TALKS}) for _ in range(2))
    request = engine.get(f"/api/approvals/{asked(engine, raised)[0]['id']}")
    assert request["kind"] == "budget" and request["proposal"]["tokens"] > 100
    assert pointers(decide(engine, request["id"], "approve", 422, edits={"tokens": "many"})) == ["/edits/tokens"]
    assert pointers(decide(engine, request["id"], "reject", 422)) == ["/verdict"]
    decide(engine, request["id"], "approve", edits={"tokens": 20_000})
    task = engine.wait(raised)
    assert task["status"] == "completed" and task["limits"]["tokens"] == 20_000
    decide(engine, asked(engine, refused)[0]["id"], "stop", feedback="too dear")
    task = engine.wait(refused)
    assert (task["status"], task["cause"]) == ("failed", "budget") and "too dear" in task["sentence"]


@pytest.mark.parametrize(
    ("verdict", "members", "status", "runs"),
    [("retry", {}, "completed", 2), ("approve", {"edits": {"output": {"a": 1}}}, "completed", 1), ("stop", {}, "failed", 1)],
    ids=["run again", "it is done", "it failed"],
)
def test_in_doubt(make_engine, data, tmp_path, verdict, members, status, runs):
    log = tmp_path / "runs"
    script = f"echo run >> {log}; if [ $(wc -l < {log}) = 1 ]; then sleep 30; fi; echo 5"
    engine = make_engine(data).start()
    number = submit(engine, f"name: p\nsteps:\n  act: {{ command: [sh, -c, '{script}'] }}\noutputs: {{ o: '${{{{ steps.act.output }}}}' }}\n")
    eventually(log.exists, "the step has begun")
    engine.kill()
    engine.start()
    request = asked(engine, number)[0]
    assert request["kind"] == "in_doubt" and engine.task(number)["waiting_reason"] == "in_doubt"
    asked_of = engine.get(f"/api/approvals/{request['id']}")
    assert asked_of["interrupted"]["input"]["arguments"] == ["sh", "-c", script]
    assert asked_of["interrupted"]["started"] < asked_of["requested"]
    if verdict == "approve":
        assert pointers(decide(engine, request["id"], "approve", 422)) == ["/edits"]
    decide(engine, request["id"], verdict, **members)
    task = engine.wait(number)
    assert task["status"] == status
    if status == "failed":
        assert task["cause"] == "crashed"
    else:
        assert task["outputs"] == {"o": {"a": 1} if verdict == "approve" else 5}
    assert log.read_text().count("run") == runs


# -- signals, kill, retry, limits

PAID = "name: paid\ninputs: { order: '7' }\nsteps:\n  wait:\n    wait: { signal: paid, key: '${{ inputs.order }}' }\noutputs: { o: '${{ steps.wait.output }}' }\n"


def test_signals_late_and_early(engine):
    first, second = submit(engine, PAID), submit(engine, PAID)
    other = submit(engine, PAID, inputs={"order": "8"})
    for number in (first, second, other):
        engine.wait(number, "waiting")
    assert engine.task(first)["waits"][0]["blocker"] == {"signal": "paid", "key": "7"}
    status, receipt = post(engine, "/api/signals/paid", {"key": "7", "payload": {"sum": 5}})
    assert (status, receipt) == (200, {"delivered": True, "task": first, "step": "wait"}), "who has waited longest"
    assert engine.wait(first)["outputs"] == {"o": {"sum": 5}}
    assert engine.task(second)["status"] == engine.task(other)["status"] == "waiting"
    assert post(engine, "/api/signals/paid", {"key": "9", "payload": [1]}) == (202, {"kept": True})
    early = submit(engine, PAID, inputs={"order": "9"})
    assert engine.wait(early)["outputs"] == {"o": [1]}
    assert engine.wait(submit(engine, PAID, inputs={"order": "9"}), "waiting"), "each is taken once"
    assert post(engine, "/api/signals/" + "x" * 300, {})[0] == 422
    assert post(engine, "/api/signals/paid", {"kye": "7"})[0] == 422


def test_kill_ends_every_process(engine, tmp_path):
    pids = tmp_path / "pids"
    script = f"sleep 1000 & echo $! >> {pids}; echo $$ >> {pids}; trap '' TERM; while true; do sleep 1000; done"
    plan = "name: parent\nsteps:\n  child: { task: child.yaml }\n"
    child = f'name: child\nsteps:\n  act: {{ command: [sh, -c, "{script}"] }}\n'
    number = submit(engine, plan, {"child.yaml": child})
    eventually(lambda: pids.exists() and pids.read_text().count("\n") == 2, "the programs have begun")
    status, task = post(engine, f"/api/tasks/{number}/kill")
    assert status == 202
    task = engine.wait(number)
    assert (task["status"], task["cause"]) == ("failed", "killed")
    (below,) = task["children"]
    assert (engine.wait(below["number"])["cause"], below["parent"]["task"]) == ("killed", number)
    for pid in map(int, pids.read_text().split()):
        eventually(lambda pid=pid: not os.path.exists(f"/proc/{pid}"), f"process {pid} has gone")
    assert post(engine, f"/api/tasks/{number}/kill")[0] == 409


def test_retry_takes_up_what_failed(engine, tmp_path):
    done, gate = tmp_path / "done", tmp_path / "gate"
    plan = f"name: p\nsteps:\n  first: {{ command: [sh, -c, 'echo x >> {done}'] }}\n"
    plan += f"  second: {{ needs: [first], command: [test, -e, {gate}] }}\n  third: {{ needs: [second], set: {{ a: 1 }} }}\n"
    number = submit(engine, plan)
    assert engine.wait(number)["status"] == "failed"
    gate.touch()
    assert post(engine, f"/api/tasks/{number}/retry")[0] == 202
    task = engine.wait(number, "completed")
    assert [step["runs"] for step in task["steps"]][:2] == [1, 2] and done.read_text() == "x\n"
    assert post(engine, f"/api/tasks/{number}/retry")[0] == 409


def test_limits_and_priority_of_a_request(engine):
    limits = {"duration": "10m", "tokens": 5_000, "cost": "0.50", "model_calls": 3}
    task = engine.task(submit(engine, SHORT, limits=limits, priority=7))
    assert task["priority"] == 7
    assert task["limits"] == {"duration_ms": 600_000, "tokens": 5_000, "cost": {"amount": "0.50", "currency": "USD"}, "model_calls": 3}
    wrong = {"duration": "soon", "tokens": 0, "cost": 1, "model_calls": "3", "mony": 1}
    status, answer = post(engine, "/api/tasks", {"plan": {"text": SHORT}, "limits": wrong, "priority": 101})
    assert status == 422
    assert sorted(pointers(answer)) == ["/limits/cost", "/limits/duration", "/limits/model_calls", "/limits/mony", "/limits/tokens", "/priority"]


# -- the command line


def test_run_says_how_to_decide_and_ends_with_4(cli, write):
    result = cli("run", write(LETTER), code=4)
    assert "waits for a person" in result.stderr and '"copies": 2' in result.stderr
    call = "signalbox approvals approve 1-1 --value urgency=…"
    assert call in result.stderr and "--data" in result.stderr
    assert "1-1" in cli("approvals", "list").stdout and call in cli("approvals", "show", "1-1").stdout
    assert "must be an integer" in cli("approvals", "approve", "1-1", "--value", "urgency=x", code=2).stderr
    assert "at most 5" in cli("approvals", "approve", "1-1", "--value", "urgency=9", code=2).stderr
    assert "urgency" in cli("approvals", "approve", "1-1", "--value", "urgncy=1", code=2).stderr
    said = cli("approvals", "approve", "1-1", "--value", "urgency=2", "--by", "anna").stdout
    assert said == "1-1 approved by anna; task #1 is completed.\n"
    assert "anna" in cli("approvals", "reject", "1-1", code=2).stderr
    assert json.loads(cli("tasks", "watch", "1").stdout)["answer"]["values"] == {"urgency": 2}
    assert "Nothing waits" in cli("approvals", "list").stdout
    assert "approve by anna" in cli("approvals", "list", "--all").stdout


@pytest.mark.parametrize("served", [False, True], ids=["embedded", "served"])
def test_time_is_waited_for(cli, write, request, tmp_path, served):
    """Neither a clock nor the pause before a further run is a reason to end."""
    if served:
        request.getfixturevalue("engine")
    log = tmp_path / "log"
    plan = f"name: p\nsteps:\n  pause: {{ wait: 700ms }}\n  act:\n    command: [sh, -c, 'echo >> {log}; test $(wc -l < {log}) -gt 1']\n"
    plan += "    retry: { max: 3, backoff: 600ms }\n"
    result = cli("run", write(plan))
    assert "runs again at" in result.stderr and "completed" in result.stderr.splitlines()[-1 - served]


def test_kinds_on_the_command_line(cli, write, tmp_path):
    write(ANSWERS, "answers.yaml")
    assert "signalbox approvals answer 1-1 ANSWER" in cli("run", write(ASKING, "asking.yaml"), code=4).stderr
    assert "asks for no limit" in cli("approvals", "raise", "1-1", code=2).stderr
    assert cli("approvals", "answer", "1-1", "blue").stdout.startswith("1-1 answered by ")
    assert "\nAnswered by " in cli("approvals", "show", "1-1").stdout
    assert cli("tasks", "watch", "1").stdout.startswith("The wall is blue.")
    write(TALKS, "answers.yaml")
    assert "signalbox approvals raise 2-1 --tokens N" in cli("run", write(TALK, "talk.yaml"), code=4).stderr
    cli("approvals", "raise", "2-1", "--tokens", "30000")
    assert cli("tasks", "watch", "2").stdout == "done\n"
    assert cli("run", "talk.yaml", "--limit", "tokens=50000", "--priority", "3").stdout == "done\n"
    cli("run", "talk.yaml", code=4)
    refusal = cli("approvals", "reject", "4-1", code=2).stderr
    assert "`signalbox approvals raise 4-1 --" in refusal and "`signalbox approvals reject 4-1 --stop --" in refusal
    cli("approvals", "reject", "4-1", "--stop", "--feedback", "too dear")
    assert "too dear" in cli("tasks", "watch", "4", code=1).stderr
    review = "name: r\nsteps:\n  act: { command: [echo, hello], review: true }\noutputs: { o: '${{ steps.act.output }}' }\n"
    cli("run", write(review, "review.yaml"), code=4)
    cli("approvals", "reject", "5-1", "--retry", "--feedback", "better")
    cli("tasks", "watch", "5", code=4)
    (tmp_path / "edit.json").write_text('"goodbye"')
    cli("approvals", "approve", "5-2", "--edit", "@edit.json")
    assert cli("tasks", "watch", "5").stdout == "goodbye\n"
    for limit in ("tokens=0", "cost=x", "duration=soon", "mony=1", "tokens"):
        cli("run", "talk.yaml", "--limit", limit, code=2)


def test_a_note_starts_nothing(cli, write, tmp_path):
    """Who only decides does not wait for what follows, and must not cut it off either."""
    log = tmp_path / "log"
    act = f"command: [sh, -c, 'echo x >> {log}']"
    write(f"name: p\nsteps:\n  ask: {{ approval: Go on? }}\n  act: {{ needs: [ask], {act} }}\n")
    cli("run", "plan.yaml", code=4)
    cli("approvals", "approve", "1-1")
    shown = json.loads(cli("tasks", "show", "1", "--json").stdout)
    assert [step["status"] for step in shown["steps"]] == ["completed", "queued"] and not log.exists()
    cli("tasks", "watch", "1")
    assert log.read_text() == "x\n"


def test_run_leaves_the_timers_of_others_alone(cli, write, tmp_path):
    log = tmp_path / "log"
    act = f"command: [sh, -c, 'echo x >> {log}']"
    write(f"name: p\nsteps:\n  ask: {{ approval: Go on? }}\n  rest: {{ wait: 1s }}\n  act: {{ needs: [rest], {act} }}\n")
    cli("run", "plan.yaml", code=4)
    assert log.read_text() == "x\n", "what goes on by itself is seen to its end first"
    write(f"name: q\nsteps:\n  ask: {{ approval: {{ title: Go on?, expires: 1s, on_expiry: approve }} }}\n  act: {{ needs: [ask], {act} }}\n", "other.yaml")
    cli("run", "other.yaml", code=4)
    write("name: r\nsteps:\n  rest: { wait: 1500ms }\n", "rest.yaml")
    cli("run", "rest.yaml")
    assert json.loads(cli("tasks", "show", "2", "--json").stdout)["status"] == "waiting"
    cli("tasks", "watch", "2")


def test_signal_without_a_server(cli, write):
    result = cli("run", write(PAID), code=4)
    assert "signalbox signal paid --key 7 --payload JSON" in result.stderr
    assert "Delivered to step wait of task #1" in cli("signal", "paid", "--key", "7", "--payload", '{"sum": 5}').stdout
    assert json.loads(cli("tasks", "watch", "1").stdout) == {"o": {"sum": 5}}
    assert "Kept" in cli("signal", "paid", "--key", "7").stdout
    assert json.loads(cli("run", write(PAID)).stdout) == {"o": None}
    assert "--payload needs JSON" in cli("signal", "paid", "--payload", "{", code=2).stderr


def test_in_doubt_kill_and_retry_on_the_command_line(cli, make_engine, data, tmp_path):
    engine = make_engine(data).start()
    script = f"echo >> {tmp_path / 'begun'}; sleep 30"
    submit(engine, f"name: p\nsteps:\n  act: {{ command: [sh, -c, '{script}'] }}\noutputs: {{ o: '${{{{ steps.act.output }}}}' }}\n")
    eventually((tmp_path / "begun").exists, "the step has begun")
    engine.kill()
    assert "signalbox approvals approve 1-1 --output JSON" in cli("tasks", "watch", "1", code=4).stderr
    shown = cli("approvals", "show", "1-1").stdout
    assert "It began at" in shown and f"$ sh -c '{script}'" in shown and '"output": null' not in shown
    cli("approvals", "approve", "1-1", "--output", '{"sent": true}')
    assert json.loads(cli("tasks", "watch", "1").stdout) == {"o": {"sent": True}}
    engine.start()
    number = submit(engine, f"name: p\nsteps:\n  act: {{ command: [sh, -c, '{script}'] }}\n")
    engine.wait(number, "running")
    assert "was killed" in cli("tasks", "kill", str(number), "--yes").stdout
    assert engine.task(number)["cause"] == "killed"
    cli("tasks", "kill", str(number), "--yes", code=2)
    assert "goes on" in cli("tasks", "retry", str(number)).stdout
    # Nobody knows what the aborted command has done, so it does not run again unasked.
    assert engine.wait(number, "waiting")["waiting_reason"] == "in_doubt"
    cli("approvals", "reject", f"{number}-1", "--retry")
    engine.wait(number, "running")
    cli("tasks", "kill", str(number))


def test_child_that_asks(cli, write):
    write("name: child\nsteps:\n  ask: { approval: Go on? }\n", "child.yaml")
    result = cli("run", write("name: parent\nsteps:\n  below: { task: child.yaml }\n"), code=4)
    assert "signalbox approvals approve 2-1" in result.stderr
    cli("approvals", "approve", "2-1")
    cli("tasks", "watch", "1")


# -- on a terminal


def test_asked_right_there(binary, data, write):
    terminal = Terminal([binary, "run", write(LETTER), "--data", data], columns=100)
    for expected, keys in [
        ("[l]ater?", "e"), ("copies [2]:", None), ("to [anna@example.com]:", ""), ("copies [2]:", "four"),
    ]:  # fmt: skip
        terminal.read_until(expected)
        if keys is not None:
            terminal.type(keys + "\n")
        if expected.startswith("[l]"):
            terminal.read_until("to [anna")
            terminal.type("\n")
            break
    terminal.read_until("copies [2]:")
    terminal.type("7\n")
    terminal.read_until("text [Dear Anna]:")
    terminal.type("Hello\n")
    terminal.read_until("urgency: integer, required, 1 to 5, How urgent")
    terminal.type("9\n")
    terminal.read_until("at most 5")
    terminal.type("3\n")
    terminal.read_until("note: string")
    terminal.type("\n")
    assert terminal.wait() == 0
    assert terminal.cursor_is_shown
    assert '"copies": 7' in terminal.written and any("Completed" in line for line in terminal.screen)


CHOOSING = """\
name: choosing
agents:
  painter: { model: script/choices.yaml, tools: [ask_question] }
steps:
  paint: { agent: painter, prompt: Paint the wall. }
outputs:
  text: ${{ steps.paint.output }}
"""
CHOICES = """\
answers:
  - when: turn == 1
    tool_calls:
      - { name: ask_question, arguments: { question: Which colour?, choices: [red, "bl\\u202Eue"] } }
  - text: "It is ${{ results[0].text }}."
"""


def test_a_question_with_choices_on_a_terminal(binary, data, write, cli):
    """They are seen before anybody answers, with what hides in them, and one that cannot be typed has a number."""
    write(CHOICES, "choices.yaml")
    terminal = Terminal([binary, "run", write(CHOOSING), "--data", data], columns=100)
    terminal.read_until("[l]ater?")
    assert "1. red" in terminal.written and "2. “bl<U+202E>ue”" in terminal.written
    terminal.type("a\n")
    terminal.read_until("  answer: ")
    terminal.type("green\n")
    terminal.read_until("must be")
    assert "\u202e" not in terminal.written
    terminal.type("2\n")
    assert terminal.wait() == 0
    assert "It is bl<U+202E>ue." in terminal.written
    # Without a terminal they are said as well, and taken by text or number.
    result = cli("run", "plan.yaml", code=4)
    assert "2. “bl<U+202E>ue”" in result.stderr and "signalbox approvals answer 2-1 ANSWER" in result.stderr
    assert "2. “bl<U+202E>ue”" in cli("approvals", "show", "2-1").stdout
    assert "`signalbox approvals show" not in cli("approvals", "answer", "2-1", "green", code=2).stderr
    cli("approvals", "answer", "2-1", "1")
    assert cli("tasks", "watch", "2").stdout == "It is red.\n"


def test_an_empty_question_and_an_empty_answer(cli, write):
    write("answers:\n  - { when: turn == 1, text: 'STATUS: question' }\n  - text: Done with ${{ answer }}.\n", "answers.yaml")
    shown = cli("run", write(ASKING), code=4).stderr
    assert "Question 1-1: “paint” has a question, but does not say which." in shown
    refusal = cli("approvals", "answer", "1-1", " ", code=2).stderr
    assert "The answer is empty." in refusal and "reject the question" in refusal
    assert "`signalbox approvals answer 1-1 ANSWER --data" in cli("approvals", "approve", "1-1", code=2).stderr
    cli("approvals", "answer", "1-1", "blue")
    assert cli("tasks", "watch", "1").stdout == "Done with blue.\n"


def test_put_off_on_a_terminal(binary, data, write, cli):
    terminal = Terminal([binary, "run", write(LETTER), "--data", data], columns=100)
    terminal.read_until("[l]ater?")
    terminal.type("l\n")
    assert terminal.wait() == 4
    assert "signalbox approvals approve 1-1" in terminal.written
    terminal = Terminal([binary, "approvals", "approve", "1-1", "--data", data], columns=100)
    terminal.read_until("urgency: integer")
    terminal.type("x\n")
    terminal.read_until("must be an integer")
    terminal.type("5\n")
    terminal.read_until("note: string")
    terminal.type("by hand\n")
    assert terminal.wait() == 0
    assert json.loads(cli("tasks", "watch", "1").stdout)["answer"]["values"] == {"urgency": 5, "note": "by hand"}


KEYS = {"columns": 60, "rows": 20, "environment": {"NO_COLOR": "1"}}
LEAVES_SCREEN = "\x1b[?1049l"


def test_decided_by_keys(binary, engine):
    """The list, one of them in full, its form below what stands on the terminal; and what comes meanwhile."""
    for plan in (SHORT, LETTER):
        asked(engine, submit(engine, plan))
    terminal = Terminal([binary, "approvals", "--data", engine.data], **KEYS)
    terminal.read_until("2 requests wait for a person")
    assert all(len(line) < 60 for line in terminal.screen)
    terminal.type("\x1b[B\r")
    terminal.read_until("[a]pprove / [e]dit and approve")
    assert LEAVES_SCREEN not in terminal.written
    terminal.type("a")
    terminal.read_until(LEAVES_SCREEN)
    terminal.type("3\n\n")
    terminal.read_until("2-1 approved by")
    assert engine.wait(2)["outputs"]["answer"]["values"] == {"urgency": 3}
    terminal.read_until("1 request waits for a person")
    asked(engine, submit(engine, SHORT))
    terminal.read_until("3-1  approval")
    # In the list nothing is decided without a question.
    terminal.type("a")
    terminal.read_until("approve? [y/n]")
    terminal.type("n\n")
    terminal.read_until("1-1 is left for later")
    decide(engine, "1-1", "approve", by="anna")
    decide(engine, "3-1", "approve", by="anna")
    terminal.read_until("Nothing waits for a person.")
    terminal.type("q")
    assert terminal.wait() == 0
    assert terminal.cursor_is_shown and terminal.is_as_it_was
    left = "\n".join(terminal.screen)
    assert "2-1 approved by" in left and "q leaves" not in left, "what was decided stays to be read"


@pytest.mark.parametrize("end, code", [("\x03", 130), (signal.SIGTERM, 143), ("\x04", 0), ("\x1c\x1aq", 0)])
def test_the_terminal_is_given_back(binary, data, cli, write, end, code):
    cli("run", write(SHORT), code=4)
    terminal = Terminal([binary, "approvals", "--data", data], **KEYS)
    terminal.read_until("1 request waits for a person")
    if isinstance(end, str):
        terminal.type(end)
    else:
        terminal.process.send_signal(end)
    assert terminal.wait() == code
    assert terminal.cursor_is_shown and terminal.is_as_it_was and terminal.written.endswith(LEAVES_SCREEN)


def test_where_there_are_no_keys(binary, data, cli, write):
    cli("run", write(SHORT), code=4)
    refusal = cli("approvals", code=2).stderr
    assert "There is no terminal" in refusal and "signalbox approvals list" in refusal
    terminal = Terminal([binary, "approvals", "--data", data], columns=60, environment={"TERM": "dumb"})
    assert terminal.wait() == 0
    assert "\x1b" not in terminal.written and "1-1" in terminal.written


def test_somebody_else_is_first(binary, engine, write):
    terminal = Terminal([binary, "run", write(SHORT), "--data", engine.data], columns=100)
    terminal.read_until("[l]ater?")
    decide(engine, "1-1", "approve", by="anna")
    assert terminal.wait() == 0
    assert "settled elsewhere by anna" in terminal.written


def test_kill_asks_on_a_terminal(binary, engine):
    number = submit(engine, SHORT)
    asked(engine, number)
    terminal = Terminal([binary, "tasks", "kill", str(number), "--data", engine.data], columns=100)
    terminal.read_until("Kill running task?")
    terminal.read_until("This will immediately abort the task. Any work in progress will be lost.")
    terminal.type("n\n")
    terminal.wait()
    assert engine.task(number)["status"] == "waiting"
    terminal = Terminal([binary, "tasks", "kill", str(number), "--data", engine.data], columns=100)
    terminal.read_until("[y/N]")
    terminal.type("y\n")
    assert terminal.wait() == 0
    assert engine.wait(number)["cause"] == "killed"


def test_tree_of_loops_branches_and_retries(binary, data, write, tmp_path):
    gate = tmp_path / "gate"
    text = f"""\
name: tree
steps:
  each:
    for_each: [1, 2, 3, 4]
    concurrency: 1
    on_item_error: continue
    steps:
      work: {{ command: [sh, -c, "read n; if [ $n = 4 ]; then until [ -e {gate} ]; do sleep 0.02; done; fi; test $n != 2"], stdin: "${{{{ item }}}}\\n" }}
  route:
    branch:
      large: {{ when: 5 > 3, steps: {{ note: {{ set: {{ a: 1 }} }} }} }}
      small: {{ when: 1 > 0, steps: {{ other: {{ set: {{ a: 1 }} }} }} }}
"""
    terminal = Terminal([binary, "run", write(text), "--data", data], columns=100)
    terminal.read_until("3 of 4, 1 failed")
    gate.touch()
    assert terminal.wait() == 0
    screen = "\n".join(terminal.screen)
    assert "4 of 4, 1 failed" in screen and "→ large: 5 > 3" in screen and "note" in screen
    assert "#1" in screen and "#0" not in screen, "only the iteration that failed is unfolded"


def test_an_output_is_sent_back_three_times_at_most(engine):
    """What would be refused is not offered."""
    number = engine.submit("name: draft\nsteps:\n  write: { command: [echo, hello], review: true }\n")

    def asked(count):
        found = engine.get(f"/api/approvals?task={number}&state=open")["approvals"]
        return found[0] if found and found[0]["id"] == f"{number}-{count}" else None

    for count in range(1, 5):
        eventually(lambda: asked(count), f"request {count} is open")
        request = engine.get(f"/api/approvals/{number}-{count}")
        assert ("retry" in request["verdicts"]) is (count < 4), request["verdicts"]
        status, _, body = engine.request(
            "POST", f"/api/approvals/{number}-{count}/decision", {"verdict": "retry", "feedback": "Louder."})
        assert status == (200 if count < 4 else 409), body
    status, _, _ = engine.request("POST", f"/api/approvals/{number}-4/decision", {"verdict": "approve"})
    assert status == 200 and engine.wait(number)["status"] == "completed"
