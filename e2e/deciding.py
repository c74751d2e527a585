"""What tests of decisions have in common: plans that ask, and ways to submit, to wait for a request and to decide."""

import json
import subprocess

import pytest
from engine import eventually

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


PAID = "name: paid\ninputs: { order: '7' }\nsteps:\n  wait:\n    wait: { signal: paid, key: '${{ inputs.order }}' }\noutputs: { o: '${{ steps.wait.output }}' }\n"
