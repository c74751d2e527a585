"""The command line as people and scripts meet it: exit codes, stdout for results, stderr for everything else."""

import json
import os
import re
import signal
import subprocess
import threading

import pytest

from engine import ROOT, eventually
from terminal import Terminal, columns_of

pytestmark = pytest.mark.usefixtures("open_commands")

HELLO = ROOT / "examples" / "hello" / "plan.yaml"
ESCAPE = "\x1b"
# From when on the program follows, and Ctrl-C is its own affair.
HIDES_CURSOR = "\x1b[?25l"

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

TYPES = """\
name: types
inputs:
  text: { type: string }
  whole: { type: integer }
  number: { type: number }
  flag: { type: boolean }
  list: { type: array }
  thing: { type: object }
  free: { type: any, default: null }
steps:
  all:
    set:
      value: ${{ inputs }}
outputs:
  inputs: ${{ steps.all.output.value }}
"""
RIGHT = ["text=a=b", "whole=-7", "number=1.5", "flag=true", 'list=[1,"2"]', 'thing={"a":null}', "free=words"]
VALUES = {"text": "a=b", "whole": -7, "number": 1.5, "flag": True, "list": [1, "2"], "thing": {"a": None}, "free": "words"}


def command_plan(script, **keys):
    lines = [f"    {name}: {value}" for name, value in keys.items()]
    return "\n".join(["name: one", "steps:", "  only:", f"    command: [sh, -c, '{script}']", *lines, ""])


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def signalbox(binary, data, tmp_path):
    """Runs the program to its end, with the test's own data directory where a verb takes one."""

    def run(*arguments, code=0, with_data=True, **options):
        command = [binary, *arguments, *(["--data", data] if with_data else [])]
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
            stdin=subprocess.DEVNULL, **options)  # fmt: skip
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        assert ESCAPE not in result.stdout + result.stderr, "no codes where there is no terminal"
        if code == 2:
            assert "error: " in result.stderr
        return result

    return run


@pytest.fixture
def write(tmp_path):
    def write(text, name="plan.yaml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


# -- mistakes


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


# -- results


@pytest.mark.parametrize("served", [False, True], ids=["embedded", "served"])
def test_inputs_of_every_type(signalbox, write, request, served):
    if served:
        request.getfixturevalue("engine")
    arguments = [word for value in RIGHT for word in ("--input", value)]
    result = signalbox("run", write(TYPES), *arguments, "--json")
    document = json.loads(result.stdout)
    assert document["status"] == "completed"
    assert document["outputs"] == {"inputs": VALUES}
    assert document["trigger"] == "cli"
    # Without --json: the result on stdout, everything else on stderr.
    result = signalbox("run", write(TYPES), *arguments)
    assert json.loads(result.stdout) == {"inputs": VALUES}


def test_files(signalbox, write, tmp_path):
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    for name in ("a.txt", "b c.txt", "ü.txt"):
        (folder / name).write_text(name)
    (tmp_path / "a.txt").write_text("another")
    plan = write(command_plan("ls in | sort"))
    document = json.loads(signalbox("run", plan, "--file", folder, "--file", "a.txt", "--json").stdout)
    names = [file["name"] for file in document["files"]]
    assert len(names) == len(set(names)) == 4, "two files of one name are told apart"
    assert sorted(document["steps"][0]["output"].split("\n")) == sorted(names)


@pytest.mark.parametrize(
    ("script", "code", "status"),
    [("echo 1", 0, "completed"), ("echo sorry >&2; exit 9", 1, "failed"), ("kill -9 $$", 1, "failed")],
)
@pytest.mark.parametrize("served", [False, True], ids=["embedded", "served"])
def test_exit_codes(signalbox, write, request, served, script, code, status):
    if served:
        request.getfixturevalue("engine")
    plan = write(command_plan(script))
    document = json.loads(signalbox("run", plan, "--json", code=code).stdout)
    assert document["status"] == status
    assert signalbox("tasks", "watch", "1", code=code).stdout.count("\n") <= 1
    if "sorry" in script:
        assert "sorry" in signalbox("run", plan, code=code).stderr


def test_cancelled_is_3(signalbox, write, engine, tmp_path):
    plan = write(command_plan(f"echo > {tmp_path / 'begun'}; sleep 30"))
    codes = []
    runner = threading.Thread(target=lambda: codes.append(signalbox("run", plan, code=3).returncode))
    runner.start()
    eventually((tmp_path / "begun").exists, "the step has begun")
    signalbox("tasks", "cancel", "1")
    runner.join()
    assert codes == [3]
    assert engine.task(1)["status"] == "cancelled"


def test_waiting_is_4(signalbox, write, make_engine, data, tmp_path):
    """The one way to wait so far: a crash in a step that may not be repeated."""
    engine = make_engine(data).start()
    engine.submit(command_plan(f"echo > {tmp_path / 'begun'}; sleep 30"))
    eventually((tmp_path / "begun").exists, "the step has begun")
    engine.kill()
    result = signalbox("tasks", "watch", "1", code=4)
    assert "only" in result.stderr and "waits for a person" in result.stderr


def test_detached(signalbox, write, engine, tmp_path):
    plan = write(command_plan(f"until [ -e {tmp_path / 'gate'} ]; do sleep 0.01; done; echo 5"))
    result = signalbox("run", plan, "--detach")
    assert result.stdout.strip() == f"http://127.0.0.1:{engine.port}/tasks/1"
    document = json.loads(signalbox("run", plan, "--detach", "--json", "--name", "second", "--tag", "x").stdout)
    assert (document["number"], document["name"], document["tags"]) == (2, "second", ["x"])
    (tmp_path / "gate").touch()
    signalbox("tasks", "watch", "1")
    assert engine.wait(2)["status"] == "completed"


def test_look_at_tasks(signalbox, data):
    assert "There is no data directory" in signalbox("tasks", "list", code=2).stderr
    assert not data.exists(), "looking makes nothing"
    for name in ("Ada", "Grace", "\x1b[31mred\x1b[0m\u202e"):
        # A program that reads the result gets it as it is; the escape codes in it are its own affair.
        signalbox("run", HELLO, "--input", f"name={name}", "--name", f"for {name[:5].strip(chr(27))}", "--json")
    refused = signalbox("run", HELLO, "--name", "for \x1b[31mred", code=2)
    assert "not seen: control (U+001B)" in refused.stderr and "\x1b" not in refused.stderr
    table = signalbox("tasks", "list").stdout
    assert table.index("for Grace") < table.index("for Ada"), "the newest first"
    document = json.loads(signalbox("tasks", "list", "--json").stdout)
    assert [task["number"] for task in document["tasks"]] == [3, 2, 1]
    shown = signalbox("tasks", "show", "2").stdout
    assert "Hello, Grace! Your name has 5 letters." in shown and "count" in shown
    assert json.loads(signalbox("tasks", "show", "#2", "--json").stdout)["number"] == 2
    events = [json.loads(line) for line in signalbox("tasks", "watch", "2", "--json").stdout.splitlines()]
    assert events[0]["type"] == "task_created" and events[-1]["type"] == "task_completed"
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))


def test_saved_plans(signalbox, make_engine, data):
    make_engine(data).start("--plans", ROOT / "examples")
    names = [plan["name"] for plan in json.loads(signalbox("plans", "list", "--json").stdout)["plans"]]
    assert {"hello", "invoices"} <= set(names)
    assert "hello" in signalbox("plans", "list").stdout
    assert "Hello, Eve!" in signalbox("run", "hello", "--input", "name=Eve").stdout
    assert "hello" in signalbox("run", "helo", code=2).stderr


def test_second_run_on_the_same_data(signalbox, binary, write, data, tmp_path):
    """Two engines never work on one data directory."""
    plan = write(command_plan(f"echo > {tmp_path / 'begun'}; until [ -e {tmp_path / 'gate'} ]; do sleep 0.01; done"))
    with subprocess.Popen(
        [binary, "run", plan, "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as first:
        eventually((tmp_path / "begun").exists, "the step has begun")
        assert str(first.pid) in signalbox("run", HELLO, code=2).stderr
        (tmp_path / "gate").touch()
        assert first.wait(20) == 0


def test_tasks_are_counted(signalbox):
    signalbox("run", HELLO)
    counted = json.loads(signalbox("stats", "--json").stdout)
    assert counted["status"] == {"completed": 1} and counted["plan"] == {"hello": 1}
    assert any(line.split() == ["status", "completed", "1"] for line in signalbox("stats").stdout.splitlines())
    assert signalbox("stats", "--status", "failed").stdout == "No task fits.\n"


def test_help_of_two_words_as_one(signalbox):
    assert "usage: signalbox tasks watch NUMBER" in signalbox("help", "tasks watch", with_data=False).stdout


# -- where it writes to


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["tasks"], ["version"], ["help", "serve"]])
def test_help(signalbox, arguments):
    result = signalbox(*arguments, with_data=False)
    assert result.stdout.strip() and result.stderr == ""


@pytest.mark.parametrize("arguments", [["run", HELLO], ["run", HELLO, "--json"], ["tasks", "list"], ["tasks", "list", "--json"]])
def test_reader_that_goes(binary, data, arguments):
    """`| head -1` ends the reader first: the program's own exit code does not suffer, and nothing is said of it."""
    if arguments[0] == "tasks":
        subprocess.run([binary, "run", HELLO, "--data", data], capture_output=True, timeout=30, check=True)
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [binary, *arguments, "--data", data], stdout=writing, stderr=subprocess.PIPE, text=True, timeout=30, check=False)  # fmt: skip
    os.close(writing)
    assert result.returncode == 0, result.stderr
    assert "pipe" not in result.stderr.lower()


def test_streams_that_are_closed(binary, data):
    """What nobody can have got is not taken for done, and is never written into a file that was opened instead."""
    result = subprocess.run(
        ["sh", "-c", 'exec "$0" run "$1" --data "$2" <&- >&- 2>&-', binary, HELLO, data], timeout=30, check=False)  # fmt: skip
    assert result.returncode == 1
    listed = subprocess.run([binary, "tasks", "list", "--data", data], capture_output=True, text=True, timeout=30, check=True)
    assert "completed" in listed.stdout
    lost = subprocess.run(
        ["sh", "-c", 'exec "$0" tasks list --data "$1" >&-', binary, data], stderr=subprocess.PIPE, text=True, timeout=30,
        check=False)  # fmt: skip
    assert lost.returncode == 1 and "Not everything could be written to stdout" in lost.stderr


@pytest.mark.parametrize("columns", [60, 120])
def test_on_a_terminal(binary, data, write, columns):
    """The tree stands at the end as it should, no wider than the terminal, and the cursor is back."""
    text = "name: wide\ndescription: " + "long " * 40 + "\nsteps:\n"
    for place in range(6):
        text += f"  step-{place}-with-a-name-that-is-long-and-longer-still:\n    command: [sh, -c, 'sleep 0.05; echo {'漢字' * 60}']\n"
    terminal = Terminal([binary, "run", write(text), "--data", data, "--name", "名前 " * 20], columns)
    assert terminal.wait() == 0
    lines = terminal.screen
    assert max(map(columns_of, lines)) <= columns, lines
    assert sum("✓" in line for line in lines) == 6, lines
    assert sum(line.startswith("#1") for line in lines) == 1, "drawn in place, not below"
    assert any("Completed" in line for line in lines)
    assert terminal.cursor_is_shown
    assert f"{ESCAPE}[32m" in terminal.written, "with colours"


def test_no_colour(binary, data):
    terminal = Terminal([binary, "run", HELLO, "--data", data], environment={"NO_COLOR": "1"})
    assert terminal.wait() == 0
    assert not re.search(r"\x1b\[[\d;]*m", terminal.written)
    assert terminal.screen[-2].startswith("Task #1 completed in ")


def test_hostile_text_on_a_terminal(binary, data, write):
    """What a program prints cannot steer the terminal of who looks."""
    plan = write(command_plan(r'printf "\\033]0;owned\\007\\033[2J\\033[31mred"') + "outputs:\n  text: ${{ steps.only.output }}\n")
    terminal = Terminal([binary, "run", plan, "--data", data])
    assert terminal.wait() == 0
    assert "red" in terminal.written
    for code in (f"{ESCAPE}]", f"{ESCAPE}[2J", f"{ESCAPE}[31m", "\x07"):
        assert code not in terminal.written
    assert "<U+001B>" in terminal.written, "what steers it is named"


# -- Ctrl-C


def standing(tmp_path):
    return command_plan(
        f"echo > {tmp_path / 'begun'}; until [ -e {tmp_path / 'gate'} ]; do sleep 0.01; done; echo 1", repeatable="true")


def test_ctrl_c_and_cancel(binary, signalbox, data, write, tmp_path):
    terminal = Terminal([binary, "run", write(standing(tmp_path)), "--data", data])
    eventually((tmp_path / "begun").exists, "the step has begun")
    terminal.read_until(HIDES_CURSOR)
    terminal.type("\x03")
    terminal.read_until("[c/l]")
    terminal.type("c\n")
    assert terminal.wait() == 3
    assert terminal.cursor_is_shown
    assert json.loads(signalbox("tasks", "show", "1", "--json").stdout)["status"] == "cancelled"


def test_ctrl_c_and_leave(binary, signalbox, data, write, tmp_path):
    """What was left goes on with the next engine."""
    terminal = Terminal([binary, "run", write(standing(tmp_path)), "--data", data])
    eventually((tmp_path / "begun").exists, "the step has begun")
    terminal.read_until(HIDES_CURSOR)
    terminal.type("\x03")
    terminal.read_until("[c/l]")
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert terminal.cursor_is_shown
    (tmp_path / "gate").touch()
    signalbox("tasks", "watch", "1")


def test_ctrl_c_without_a_terminal(binary, signalbox, data, write, tmp_path):
    """Nobody can be asked: the task is left."""
    with subprocess.Popen(
        [binary, "run", write(standing(tmp_path)), "--data", data], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True) as process:  # fmt: skip
        for line in process.stderr:
            if "only: started" in line:
                break
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert f"next start of `signalbox serve --data {data}`, or with `signalbox tasks watch 1 --data {data}`." in errors
    (tmp_path / "gate").touch()
    signalbox("tasks", "watch", "1")


def test_ctrl_c_with_a_server(binary, engine, write, tmp_path):
    """Only the watching ends."""
    terminal = Terminal([binary, "run", write(standing(tmp_path)), "--data", engine.data])
    eventually((tmp_path / "begun").exists, "the step has begun")
    terminal.read_until(HIDES_CURSOR)
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert f"http://127.0.0.1:{engine.port}/tasks/1" in terminal.written
    assert engine.task(1)["status"] == "running"
    (tmp_path / "gate").touch()
    assert engine.wait(1)["status"] == "completed"


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGSTOP])
def test_a_server_that_does_not_answer(binary, make_engine, write, tmp_path, way):
    """It is said at once, or as soon as nothing was heard for 5 s; and nobody claims that the task goes on there."""
    engine = make_engine().start()
    terminal = Terminal([binary, "run", write(standing(tmp_path)), "--data", engine.data])
    eventually((tmp_path / "begun").exists, "the step has begun")
    terminal.read_until(HIDES_CURSOR)
    os.kill(engine.process.pid, way)
    try:
        terminal.read_until("connection lost, trying again", seconds=10)
        terminal.type("\x03")
        assert terminal.wait() == 130
    finally:
        os.kill(engine.process.pid, signal.SIGCONT)
    assert "has not answered since" in terminal.written and "goes on at" not in terminal.written
    assert terminal.cursor_is_shown
    (tmp_path / "gate").touch()


# -- figures

FIGURES = {
    "durable_steps_per_second", "three_step_p50_ms", "three_step_p95_ms", "ready_ms", "idle_memory_mb", "bytes_per_step",
    "fsync_p50_us",
}  # fmt: skip


def test_bench(signalbox):
    """The stable names that others compare by, in the last line."""
    result = signalbox("bench", "engine", "--json", with_data=False)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert FIGURES <= set(figures)
    assert all(isinstance(figures[name], (int, float)) and figures[name] > 0 for name in FIGURES), figures


def test_the_time_of_several_runs_is_told_whole(binary, tmp_path):
    plan = tmp_path / "flaky.yaml"
    plan.write_text('name: flaky\nsteps:\n  go: { command: ["false"], retry: { max: 1, backoff: 2s, on: [tool_error] } }\n')
    run = subprocess.run(
        [binary, "run", plan, "--data", tmp_path / "data"], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1, run.stderr
    assert re.search(r"Task #1 failed in .*s of work, .*s with all waiting", run.stderr), run.stderr
    assert "go: failed for good in run 2" in run.stderr, run.stderr


def test_hints_under_empty_lists_find_the_same_place(binary, tmp_path):
    for verb, command in {"tasks": "run PLAN", "plans": "plans save FILE", "agents": "agents save FILE",
                          "apps": "apps publish PLAN", "views": "views save NAME"}.items():
        shown = subprocess.run(
            [binary, verb, "list", "--data", tmp_path], capture_output=True, text=True, timeout=30, check=True).stdout
        assert f"`signalbox {command} --data {tmp_path}`" in shown, shown
