"""The pages of the verbs: each example is run as it stands there, in a world where what it names exists."""

import os
import re
import shutil
import signal
import subprocess

import pytest

from engine import ROOT, Engine, eventually
from test_docs import write_files_of

PAGES = sorted(path for path in (ROOT / "docs" / "cli").glob("*.md") if path.name != "README.md")
EXAMPLES = [
    (page.stem, line) for page in PAGES
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]

# What nobody can run unattended, and why.
UNATTENDED = {
    "signalbox selftest --chaos 60s": "takes a minute; test_selftest.py runs a shorter one",
    "signalbox bench engine --json": "takes both cores for half a minute; test_cli.py runs it alone",
    "signalbox bench agents --json": "takes both cores for half a minute",
    "signalbox providers test openai --model gpt-5-mini": "needs a key and the network; test_administration.py asks others",
    "signalbox providers test files": "needs a server of tools; test_administration.py has one",
    "signalbox run digest --url https://example.com/report.txt": "needs the network; test_fetch.py has a server of its own",
    "signalbox approvals": "needs somebody at a terminal; test_approvals.py has one",
    "signalbox files get 66a045b452102c59d840ec097d59d9467e13a3f34f6494e539ffd32c1bb35f18 --output hello.txt":
        "needs a file that is kept; test_files.py gets one",
    "signalbox fake-model": "its usual port may be taken on this machine; test_fake_model.py has it on a free one",
}
# Servers: they are stopped once they have said where they are.
SERVERS = [line for _, line in EXAMPLES if line.split()[1] in ("serve", "fake-model") and line not in UNATTENDED]
# What goes on until somebody has seen enough.
ENDLESS = ["signalbox tasks list --watch"]
# What works on the data directory itself, and refuses to beside a server.
ALONE = [*SERVERS, "signalbox doctor --rebuild"]
# What is typed into it.
TYPED = {"signalbox secrets set OPENAI": "sk-of-nobody-at-all\n"}
# Exit codes other than 0.
CODES = {}

HELLO = """\
name: hello
steps: { greet: { set: { text: Hello } } }
outputs: { greeting: "${{ steps.greet.output.text }}" }
"""
FAILING = "name: report\nsteps: { fetch: { command: [sh, -c, 'exit 1'], repeatable: true } }\n"
LETTER = """\
name: letter
steps:
  sign:
    approval:
      title: Send this letter?
      proposal: { to: anna@example.com, copies: 2 }
      form:
        type: object
        required: [urgency]
        properties: { urgency: { type: integer, minimum: 1, maximum: 5 } }
outputs: { answer: "${{ steps.sign.output }}" }
"""
ASKING = """\
name: asking
agents: { painter: { model: script/painter.yaml } }
steps: { paint: { agent: painter, prompt: Paint the wall. } }
outputs: { text: "${{ steps.paint.output }}" }
"""
ANSWERS = """\
answers:
  - when: answer == "blue"
    text: The wall is blue.
  - text: |-
      Which colour shall it be?
      STATUS: question
"""
TALK = """\
name: talk
limits: { tokens: 100 }
agents: { writer: { model: script/talk_answers.yaml } }
steps: { write: { agent: writer, prompt: Write. } }
outputs: { text: "${{ steps.write.output }}" }
"""
SENDING = "name: sending\nsteps: { send: { command: [sh, -c, 'touch %s/begun; until [ -e %s/gate ]; do sleep 0.02; done'] } }\n"
PRICES = """{"acme/large": {"litellm_provider": "acme", "mode": "chat", "max_input_tokens": 200000,
 "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}}"""
FILES = {
    "plan.yaml": HELLO, "report.yaml": FAILING, "letter.yaml": LETTER, "asking.yaml": ASKING, "painter.yaml": ANSWERS,
    "answer.txt": "blue", "answers.yaml": "answers: [{ text: Hello }]\n", "talk.yaml": TALK, "letter.json": '{"to": "anna@example.com", "copies": 1}',
    "talk_answers.yaml": "answers: [{ text: done, tokens: { input: 10, output: 5 } }]\n",
    "litellm.json": PRICES, "client.pem": "-----BEGIN CERTIFICATE-----\n",
}


def environment(directory):
    """Variables by which the program and its usual data directory are found; whatever serves takes a free port."""
    return {**os.environ, "PATH": f"{directory}/bin:{os.environ['PATH']}", "SIGNALBOX_DATA": str(directory / "data"),
            "SIGNALBOX_PORT": "0", "SIGNALBOX_SANDBOX": "none", "no_proxy": "127.0.0.1"}


def shell(directory, line, typed="", code=0):
    result = subprocess.run(
        ["bash", "-c", line], cwd=directory, env=environment(directory), input=typed, capture_output=True, text=True,
        timeout=120, check=False)
    assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def world(binary, tmp_path_factory):
    """A directory with the examples, ten tasks in all kinds of states, an agent with a memory, and a backup of it all."""
    directory = tmp_path_factory.mktemp("world")
    shutil.copytree(ROOT / "examples", directory / "examples")
    for name, text in FILES.items():
        (directory / name).write_text(text, encoding="utf-8")
    write_files_of("agents.md", directory)
    (directory / "sending.yaml").write_text(SENDING % (directory, directory), encoding="utf-8")
    (directory / "bin").mkdir()
    (directory / "bin" / "signalbox").symlink_to(binary)
    (directory / "logs").mkdir()
    engine = Engine(binary, directory / "data", directory / "logs")
    engine.start("--plans", "examples", cwd=directory, env=environment(directory))
    try:
        shell(directory, "signalbox agents save clerk.yaml")
        shell(directory, "signalbox apps publish hello --name greeting")
        shell(directory, "signalbox run hello --input name=Ada")
        shell(directory, "signalbox run hello --input name=Grace")
        shell(directory, "signalbox run report.yaml", code=1)
        shell(directory, "signalbox run delivery --input known_after=1s --detach")
        for plan in ("letter.yaml", "notice", "asking.yaml", "talk.yaml"):
            shell(directory, f"signalbox run {plan} --detach")
        for number in (5, 6, 7, 8):
            engine.wait(number, "waiting")
        shell(directory, "signalbox run sending.yaml --detach")
        shell(directory, "signalbox run --prompt 'Note: Höfer pays within 14 days' --agent clerk")
        shell(directory, "signalbox views save failures --status failed")
        shell(directory, "signalbox secrets set OPENAI", typed="sk-of-nobody-at-all\n")
        shell(directory, "signalbox backup monday.backup")
        shell(directory, "signalbox tasks export 1 --output monday.html")
        eventually((directory / "begun").exists, "the step has begun")
    finally:
        # So that the step is in doubt.
        engine.kill()
        (directory / "gate").touch()
    return directory


@pytest.fixture
def place(world, binary, tmp_path):
    """A copy of the world, with a server on it where one is asked for."""
    directory = tmp_path / "world"
    shutil.copytree(world, directory, symlinks=True)
    engine = Engine(binary, directory / "data", tmp_path)

    def enter(has_server):
        if has_server:
            engine.start(cwd=directory, env=environment(directory))
            if engine.task(9)["status"] != "waiting":
                engine.wait(9, "waiting")
        return directory

    yield enter
    if engine.is_running:
        engine.stop()


def test_the_lists_are_of_examples_that_there_are():
    assert PAGES and {*UNATTENDED, *ALONE, *TYPED, *CODES, *ENDLESS} <= {line for _, line in EXAMPLES}


@pytest.mark.parametrize(
    "line", [line for _, line in EXAMPLES if line not in {*UNATTENDED, *SERVERS, *ENDLESS}])
def test_examples_do_what_they_say(place, line):
    directory = place(line not in ALONE)
    if line == "signalbox backup monday.backup":
        (directory / "monday.backup").unlink()
    shell(directory, line, TYPED.get(line, ""), CODES.get(line, 0))


@pytest.mark.parametrize("line, last, number, code", [
    *((line, "http://127.0.0.1:", signal.SIGTERM, 0) for line in SERVERS),
    *((line, "hello", signal.SIGINT, 130) for line in ENDLESS),
])
def test_examples_that_go_on_can_be_stopped(place, line, last, number, code):
    directory = place(line not in ALONE)
    process = subprocess.Popen(
        ["bash", "-c", f"exec {line}"], cwd=directory, env=environment(directory), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = ""
        while last not in said:
            text = process.stdout.readline()
            assert text, said
            said += text
        process.send_signal(number)
        said += process.communicate(timeout=20)[0]
        assert process.returncode == code, said
    finally:
        process.kill()


def test_what_is_restored_is_a_data_directory(place):
    directory = place(False)
    shell(directory, "signalbox restore monday.backup --data restored")
    assert "hello" in shell(directory, "signalbox tasks list --data restored").stdout
