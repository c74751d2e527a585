"""What people decide on a terminal: asked right there, by keys, and put off."""

import json
import signal

import pytest
from deciding import ASKING, LETTER, SHORT, asked, decide, submit
from deciding import cli, data, write  # noqa: F401
from terminal import Terminal

pytestmark = pytest.mark.usefixtures("open_commands")


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
