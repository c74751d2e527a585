"""What the command line says about mistakes in plans, inputs, prices and arguments."""

import json
import os
import re

import pytest
from engine import ROOT
from test_cli import HELLO, RIGHT, TYPES, VALUES
from test_cli import data, signalbox, write  # noqa: F401

pytestmark = pytest.mark.usefixtures("open_commands")

MISTAKES = """\
name: ten
descripton: none
inputs:
  count:
    type: integr
  size:
    type: integer
    default: many
steps:
  one:
    command: []
  two:
    set: { value: "${{ inputs.nothing }}" }
    needs: [none]
  three:
    sets: {}
  four:
    set: { value: "${{ 1 + }}" }
  five:
    agent: nobody
    prompt: x
outputs:
  last: ${{ steps.six.output }}
"""
PLACES = [(2, 1), (5, 11), (8, 14), (11, 14), (13, 24), (14, 13), (16, 5), (18, 28), (20, 12), (23, 13)]


def test_a_refusal_is_told_once(signalbox, write):
    plan = write("name: p\nagents: { a: { model: openai/x } }\nsteps: { s: { agent: a, prompt: Go. } }\n")
    environment = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    result = signalbox("run", plan, code=2, env=environment)
    assert result.stderr.count("needs a key") == 1, result.stderr


@pytest.mark.parametrize("arguments", [["plan.yaml"], ["--prompt", "Say hello."]])
def test_a_key_in_the_environment_names_no_model(signalbox, write, data, arguments):
    """It is never guessed which model somebody would pay for."""
    plan = write("name: p\nagents: { a: { system: Be brief. } }\nsteps: { s: { agent: a, prompt: Go. } }\n")
    key = "sk-a-key-that-nobody-may-see-0123456789"
    arguments = [plan if argument == "plan.yaml" else argument for argument in arguments]
    result = signalbox("run", *arguments, code=2, env={**os.environ, "OPENAI_API_KEY": key})
    assert "has no model" in result.stderr and "--model" in result.stderr, result.stderr
    assert key not in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [["run", HELLO], ["prices", "list"], ["prices", "show", "openai/gpt-5"]])
def test_broken_prices_charge_nobody(signalbox, data, arguments):
    data.mkdir()
    (data / "prices.json").write_text('{"name": "own", "models": {"a/b": {"inptu": "1", "output": "x"}}}')
    told = signalbox(*arguments, code=2).stderr
    assert f"{data}/prices.json#/models/a~1b/inptu: error: " in told
    assert f"{data}/prices.json#/models/a~1b/output: error: " in told
    (data / "prices.json").write_text('{\n  "name": own }')
    assert f"{data}/prices.json:2:11: error: " in signalbox(*arguments, code=2).stderr


def test_ten_mistakes(signalbox, write, data):
    """All of them at once like a compiler, and nothing is stored: not even the data directory is made."""
    path = write(MISTAKES)
    result = signalbox("run", path, code=2)
    found = re.findall(r"^(.*?):(\d+):(\d+): error: (.+)$", result.stderr, re.MULTILINE)
    assert [(int(line), int(column)) for _, line, column, _ in found] == PLACES
    assert {file for file, _, _, _ in found} == {str(path)}
    assert "10 mistakes" in result.stderr.splitlines()[-1]
    assert result.stdout == ""
    assert not data.exists()


def test_ten_mistakes_with_a_server(signalbox, write, engine):
    before = engine.counts()
    result = signalbox("run", write(MISTAKES), code=2)
    assert len(re.findall(r":\d+:\d+: error: ", result.stderr)) == len(PLACES)
    assert engine.counts() == before


def test_validate(signalbox, write):
    result = signalbox("plans", "validate", write(MISTAKES), HELLO, code=2, with_data=False)
    assert len(re.findall(r":\d+:\d+: error: ", result.stderr)) == len(PLACES)
    assert str(HELLO) not in result.stderr
    assert str(HELLO) in result.stdout, "the one that is right is said to be"
    signalbox("plans", "validate", HELLO, with_data=False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnu", "x"], ["rnu", "run"]), (["task", "list"], ["tasks"]), (["tasks", "lst"], ["lst", "list"]),
        (["run", "x.yaml", "--jsn"], ["--jsn", "--json"]), (["run"], ["PLAN"]), (["run", "a.yaml", "b.yaml"], ["b.yaml"]),
        (["run", "nowhere/plan.yaml"], ["nowhere/plan.yaml"]), (["run", "nowhere"], ["nowhere"]),
        (["run", HELLO, "--input"], ["--input"]), (["run", HELLO, "--input", "Ada"], ["name=value"]),
        (["run", HELLO, "--input", "nmae=Ada"], ["nmae", "name"]),
        (["run", HELLO, "--input", "name=a", "--input", "name=b"], ["twice"]),
        (["run", HELLO, "--file", "missing.pdf"], ["missing.pdf"]), (["run", HELLO, "--file", "/dev/null"], ["/dev/null"]),
        (["run", HELLO, "--detach"], ["server", "signalbox serve"]),
        (["run", HELLO, "--server", "nonsense"], ["URL"]), (["run", HELLO, "--tag", ""], ["tag"]),
        (["tasks", "show", "77"], ["77"]), (["tasks", "watch", "x"], ["x"]), (["tasks", "list", "--page", "0"], ["--page"]),
        (["serve", "--port", "70000"], ["--port", "65535"]), (["serve", "--port", "none"], ["--port"]),
        (["serve", "--plans", "nowhere"], ["nowhere"]), (["help", "rnu"], ["rnu"]),
    ],
    ids=lambda value: " ".join(map(str, value)).replace(str(ROOT), "")[:60] if isinstance(value, list) else None,
)  # fmt: skip
def test_bad_use(signalbox, data, arguments, words):
    """One clear sentence with what is meant, exit code 2, no task."""
    # What follows an option that lacks its value would be taken for it.
    with_data = arguments[0] != "help" and arguments[-1] != "--input"
    result = signalbox(*arguments, code=2, with_data=with_data)
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr
    assert not list(data.glob("tasks/*"))
    assert not data.exists() or json.loads(signalbox("tasks", "list", "--json").stdout)["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["tasks", "list", "--server", "http://127.0.0.1:1"], 69), (["run", HELLO, "--server", "http://127.0.0.1:1"], 69),
        (["secrets", "remove", "KEY", "--server", "http://127.0.0.1:1"], 69),
        (["tasks", "list", "--server", "nonsense"], 2), (["tasks", "list", "--status", "nonsense"], 2),
    ],
    ids=lambda value: " ".join(map(str, value)).replace(str(ROOT), "")[:60] if isinstance(value, list) else None,
)  # fmt: skip
def test_an_outage_is_no_typo(signalbox, arguments, code):
    """A script can tell a server that cannot be reached from what it has asked wrongly."""
    result = signalbox(*arguments, code=code, with_data=False)
    assert result.stdout == "" and ("127.0.0.1:1" if code == 69 else "error: ") in result.stderr


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("whole=1.5", "whole"), ("whole=x", "whole"), ("whole=99999999999999999999", "whole"), ("number=one", "number"),
        ("flag=yes", "flag"), ("list=1", "list"), ('list=[1', "list"), ("thing=[]", "thing"), ("thing=", "thing"),
    ],
)  # fmt: skip
def test_input_of_a_wrong_type(signalbox, write, data, given, name):
    rest = [f"--input={value}" for value in RIGHT if not value.startswith(name)]
    result = signalbox("run", write(TYPES), *rest, "--input", given, code=2)
    assert f'"{name}"' in result.stderr
    assert not data.exists()


def test_missing_inputs(signalbox, write):
    result = signalbox("run", write(TYPES), code=2)
    for name in VALUES:
        assert (f'"{name}"' in result.stderr) == (name != "free"), "only those without a default, and all of those"


def test_file_that_is_too_large(signalbox, tmp_path, data):
    with (tmp_path / "large").open("wb") as file:
        file.truncate((1 << 30) + 1)
    result = signalbox("run", HELLO, "--file", "large", code=2)
    assert "large" in result.stderr
    assert not data.exists()
