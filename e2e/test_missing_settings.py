"""What is said where settings, plans and engines are missing, and that nothing is lost by it."""

import json
import os
import subprocess

import pytest
from engine import eventually
from fake_model import fake_model

PLAN = """\
name: asks
agents:
  clerk: { model: fake/small, tools: [ask_question] }
steps:
  ask: { agent: clerk, prompt: Ask. }
outputs:
  text: ${{ steps.ask.output }}
"""
SCRIPT = {"answers": [
    {"when": "turn == 1", "tool_calls": [{"name": "ask_question", "arguments": {"question": "Which?"}}]},
    {"text": "Done."}]}  # fmt: skip


@pytest.fixture
def cli(binary, tmp_path):
    """Runs the program without a terminal in the test's directory."""

    def run(*arguments, code=0, environment=None):
        result = subprocess.run(
            [binary, *arguments, "--data", tmp_path / "data"], capture_output=True, text=True, timeout=60, check=False,
            cwd=tmp_path, stdin=subprocess.DEVNULL, env={**os.environ, "no_proxy": "127.0.0.1", **(environment or {})})
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result

    return run


@pytest.fixture
def model(binary, tmp_path):
    """A model of the provider `fake`, which settings.yaml knows and the data directory does not."""
    (tmp_path / "script.json").write_text(json.dumps(SCRIPT))
    (tmp_path / "plan.yaml").write_text(PLAN)
    with fake_model(binary, "--script", tmp_path / "script.json", "--key", "sk-1234567890") as address:
        provider = {"kind": "openai", "base_url": address + "/v1", "key": {"env": "FAKE_KEY"}}
        (tmp_path / "settings.yaml").write_text(json.dumps({"providers": {"fake": provider}}))
        yield


@pytest.mark.parametrize("missing", ["provider", "key"])
def test_a_task_that_cannot_go_on_is_left_as_it_is(cli, model, missing):
    key = {"FAKE_KEY": "sk-1234567890"}
    cli("run", "plan.yaml", "--config", "settings.yaml", code=4, environment=key)
    cli("approvals", "answer", "1-1", "this one")
    place = ["--config", "settings.yaml"] if missing == "key" else []
    refusal = cli("tasks", "watch", "1", *place, code=2).stderr
    assert "Task #1 cannot go on here." in refusal and ("FAKE_KEY" if missing == "key" else '"fake"') in refusal, refusal
    assert "`signalbox tasks watch 1" in refusal and "--config" in refusal
    shown = cli("tasks", "show", "1").stdout
    assert "Waits for an engine with the settings that the task was made with." in shown
    result = cli("tasks", "watch", "1", "--config", "settings.yaml", environment=key)
    assert result.stdout == "Done.\n"


def test_a_server_without_the_settings_leaves_it_too(cli, model, make_engine, tmp_path):
    key = {"FAKE_KEY": "sk-1234567890"}
    cli("run", "plan.yaml", "--config", "settings.yaml", code=4, environment=key)
    engine = make_engine(tmp_path / "data").start()
    status, _, _ = engine.request("POST", "/api/approvals/1-1/decision", {"verdict": "approve", "edits": "this one"})
    assert status == 200
    eventually(lambda: "A step waits for settings that are missing" in engine.output, "the server says so")
    assert engine.wait(1, "waiting")["waits"][0]["sentence"].startswith("Waits for an engine with the settings")
    engine.stop()
    engine.start("--config", str(tmp_path / "settings.yaml"), env={**os.environ, "no_proxy": "127.0.0.1", **key})
    assert engine.wait(1)["outputs"] == {"text": "Done."}


def test_a_key_that_comes_later_is_found_without_a_start(cli, model, make_engine, tmp_path):
    provider = json.loads((tmp_path / "settings.yaml").read_text())["providers"]["fake"]
    provider["key"] = {"file": str(tmp_path / "key")}
    settings = tmp_path / "with-file.yaml"
    settings.write_text(json.dumps({"providers": {"fake": provider}}))
    (tmp_path / "key").write_text("sk-1234567890")
    cli("run", "plan.yaml", "--config", str(settings), code=4)
    (tmp_path / "key").unlink()
    engine = make_engine(tmp_path / "data").start(
        "--config", str(settings), env={**os.environ, "no_proxy": "127.0.0.1"})
    status, _, _ = engine.request("POST", "/api/approvals/1-1/decision", {"verdict": "approve", "edits": "this one"})
    assert status == 200
    eventually(lambda: "A step waits for settings that are missing" in engine.output, "the server says so")
    (tmp_path / "key").write_text("sk-1234567890")
    assert engine.wait(1)["outputs"] == {"text": "Done."}
    assert engine.output.count("A step waits for settings that are missing") == 1


def test_a_key_file_that_is_none_is_refused(binary, cli, tmp_path):
    (tmp_path / "data").mkdir()
    refusal = cli("settings", "set", "secrets_key_file", "/nope", code=2).stderr
    assert "is to be in the file /nope, and there is none" in refusal and "openssl rand -hex 32" in refusal
    (tmp_path / "open").write_text("0f" * 32)
    (tmp_path / "open").chmod(0o644)
    assert "chmod 600" in cli("settings", "set", "secrets_key_file", str(tmp_path / "open"), code=2).stderr
    (tmp_path / "open").chmod(0o600)
    cli("settings", "set", "secrets_key_file", str(tmp_path / "open"))
    assert not (tmp_path / "data" / "signalbox.yaml").read_text().count("nope")
    (tmp_path / "open").unlink()
    (tmp_path / "value").write_text("correct-horse-battery")
    with (tmp_path / "value").open() as value:
        later = subprocess.run(
            [binary, "secrets", "set", "MAIL", "--data", tmp_path / "data"], stdin=value,
            capture_output=True, text=True, timeout=60, check=False)
    assert later.returncode != 0 and "secrets_key_file" in later.stderr, later.stderr


def test_serve_says_which_plans_it_has_read(make_engine, tmp_path):
    plans = tmp_path / "plans"
    for name in ("good", "empty/deeper", "loose"):
        (plans / name).mkdir(parents=True)
    plan = "name: good\nsteps: { say: { set: { x: 1 } } }\n"
    (plans / "good" / "plan.yaml").write_text(plan)
    (plans / "good" / "helper.yaml").write_text("answers: []\n")
    (plans / "loose" / "other.yaml").write_text(plan)
    engine = make_engine().start("--plans", str(plans))
    said = eventually(lambda: engine.output if "Saved plans" in engine.output else None, "it says so")
    (saved,) = [line for line in said.splitlines() if "Saved plans" in line]
    assert "good" in saved and "other" not in saved
    lines = said.splitlines()
    assert any("holds no file plan.yaml" in line and "empty" in line and "deeper" not in line for line in lines), said
    assert any("loose" in line and "other.yaml" in line for line in lines), said
    assert not any("helper.yaml" in line for line in lines), said


def test_a_task_that_nothing_runs_is_said_to_stand_still(cli, make_engine, tmp_path):
    engine = make_engine(tmp_path / "data").start(env={**os.environ, "SIGNALBOX_SANDBOX": "none"})
    number = engine.submit("name: long\nsteps: { wait: { command: [sleep, '600'] } }\n")
    eventually(lambda: ("step_started", "wait", 1) in engine.events(number), "it runs")
    engine.kill()
    for verb in (["list"], ["show", "1"]):
        shown = cli("tasks", *verb).stdout
        assert shown.count("No engine is running: this is how the last one left it.") == 1
        assert "`signalbox serve --data " in shown
    assert "No engine" not in cli("tasks", "list", "--json").stdout
