"""What people decide on the command line: what is said, and how a program ends."""

import json

import pytest
from deciding import ANSWERS, ASKING, LETTER, PAID, TALK, TALKS, submit
from deciding import cli, data, write  # noqa: F401
from engine import eventually

pytestmark = pytest.mark.usefixtures("open_commands")


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
