"""What people decide: every kind of request against the real binary, over the API."""

import json
import threading

import pytest
from deciding import ANSWERS, ASKING, LETTER, SHORT, TALK, TALKS, asked, decide, pointers, post, submit
from deciding import data  # noqa: F401
from engine import eventually

pytestmark = pytest.mark.usefixtures("open_commands")


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
