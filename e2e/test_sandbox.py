"""What a command can do to the machine it runs on: from inside bubblewrap, and where that does not work."""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from engine import eventually

SYSTEM = ("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap")


def why_not():
    """Why bubblewrap does not work on this machine, in its own words; nothing if it does."""
    program = next(filter(os.path.exists, SYSTEM), None)
    if program is None:
        return "bubblewrap is not installed"
    command = [program, "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return result.stderr.strip() or None if result.returncode else None


WHY_NOT = why_not()
confined = pytest.mark.skipif(WHY_NOT is not None, reason=f"bubblewrap does not work here: {WHY_NOT}")
BOTH = [pytest.param("bubblewrap", marks=confined), "none"]


@pytest.fixture
def start(make_engine):
    """Starts an engine with that setting; it runs one command at a time and gives its task."""

    def start(mode, home=None):
        environment = {**os.environ, "SIGNALBOX_SANDBOX": mode, "SECRET_KEY": "sk-secret"}
        if home is not None:
            environment["HOME"] = str(home)
        engine = make_engine().start(env=environment)

        def run(command, **keys):
            engine.number = engine.submit(plan(command, **keys))
            return engine.wait(engine.number)

        engine.run = run
        return engine

    return start


def plan(command, **keys):
    step = {"command": command, **keys}
    return json.dumps({"name": "one", "steps": {"only": step}, "outputs": {"out": "${{ steps.only.output }}"}})


def shell(script):
    return ["sh", "-c", script]


def trace(task):
    return task["steps"][0]["trace"]


def running(mark):
    """Processes with that argument, without those that have ended and were not collected yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.fixture
def seconds():
    """A number of seconds that nothing else sleeps."""
    return f"{time.time_ns() % 10**7 + 10**6}"


# -- inside bubblewrap


@confined
def test_it_is_used_by_itself_and_says_so(make_engine):
    engine = make_engine().start()
    number = engine.submit(plan(shell("echo x")))
    task = engine.wait(number)
    assert task["status"] == "completed"
    assert trace(task)["sandbox"] == "bubblewrap"
    assert trace(task)["sandbox_note"].endswith("the network was off.")
    assert "Commands run in bubblewrap" in engine.output


@confined
def test_it_writes_to_its_directory_only(start, tmp_path):
    engine = start("bubblewrap")
    target = tmp_path / "written"
    script = f"echo own > own; for file in {target} /usr/x /etc/x /var/x $HOME/../x; do echo x > $file; done; cat own"
    task = engine.run(shell(script))
    assert task["outputs"]["out"] == "own"
    assert not target.exists()
    assert not Path("/usr/x").exists() and not Path("/etc/x").exists() and not Path("/var/x").exists()
    assert (engine.data / "tasks" / str(engine.number) / "own").read_text() == "own\n"
    # Beside it, where files of tasks are put together and where the homes of programs lie.
    assert sorted(path.name for path in (engine.data / "tasks").iterdir()) == [".homes", ".writing", str(engine.number)]


@confined
def test_it_reads_neither_the_home_nor_the_data_directory(start, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "key").write_text("sk-secret")
    engine = start("bubblewrap", home)
    engine.run(shell("echo of another task > file"))
    real = Path.home()
    script = f"""
        cat {home}/key; ls {home} {real} /home /root; cat {engine.data}/signalbox.db; ls {engine.data}/blobs
        cat {engine.data}/tasks/1/file ../1/file; cat /etc/shadow; ls /etc/ssl/private; cat /proc/1/environ | grep -a SECRET
        ls {engine.data}
        """
    task = engine.run(shell(script + "\nexit 0"))
    assert task["status"] == "completed"
    assert task["outputs"]["out"] == "tasks", "the way to its own directory, and nothing else"


@confined
@pytest.mark.parametrize("allowed", [False, True])
def test_the_network(start, allowed):
    engine = start("bubblewrap")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        port = server.getsockname()[1]
        greeter = threading.Thread(target=lambda: server.accept()[0].sendall(b"hello") if allowed else None)
        greeter.start()
        script = f"import socket; print(socket.create_connection(('127.0.0.1', {port}), 5).recv(5).decode())"
        task = engine.run(["python3", "-c", script], **({"network": True} if allowed else {}))
        greeter.join()
    if allowed:
        assert task["outputs"]["out"] == "hello"
        assert trace(task)["sandbox_note"].endswith("the network was on (network: true).")
    else:
        assert task["status"] == "failed"
        assert "Connection refused" in task["sentence"]


@confined
def test_names_are_resolved_with_the_network_only(start):
    engine = start("bubblewrap")
    script = shell("test -s /etc/resolv.conf && echo there; ls /sys/class/net 2>/dev/null; tail -n +3 /proc/net/dev | wc -l")
    assert engine.run(script)["outputs"]["out"].split()[-1] == "1", "its own loopback interface alone"


@confined
def test_what_it_starts_dies_with_the_engine(start, seconds):
    """Even a crash leaves nothing running."""
    engine = start("bubblewrap")
    engine.submit(plan(shell(f"setsid sleep {seconds} & sleep 1000")))
    eventually(lambda: running(seconds), "it runs")
    engine.kill()
    eventually(lambda: not running(seconds), "it has ended")


@confined
def test_a_hidden_file_is_named(start, tmp_path):
    secret = Path("/var/lib/dpkg/status")
    task = start("bubblewrap").run(["cat", str(secret)])
    assert task["status"] == "failed"
    assert f"The sandbox does not show {secret}" in task["sentence"] or f"does not show {secret}" in json.dumps(task)


@confined
def test_programs_outside_of_the_system(start, tmp_path):
    tools = tmp_path / "tools" / "bin"
    tools.mkdir(parents=True)
    (tools / "hello").write_text("#!/bin/sh\necho hello; echo x > $(dirname $0)/new || echo read-only\n")
    (tools / "hello").chmod(0o755)
    engine = start("bubblewrap")
    assert engine.run([str(tools / "hello")])["outputs"]["out"] == "hello\nread-only"
    by_name = engine.run(shell("hello"), env={"PATH": f"{tools}:/usr/bin:/bin"})
    assert by_name["outputs"]["out"] == "hello\nread-only"
    assert not (tools / "new").exists()


@confined
def test_links_do_not_lead_the_server_out(start, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("sk-secret")
    engine = start("bubblewrap")
    task = engine.run(
        shell(f"mkdir out; ln -s {secret} out/link; ln -s {tmp_path} out/all; echo fine > out/fine"),
        outputs={"files": ["out/**"]})  # fmt: skip
    assert [file["name"] for file in task["steps"][0]["files"]] == ["out/fine"]


# -- with and without it


@pytest.mark.parametrize("mode", BOTH)
def test_the_environment_is_clean(start, mode):
    lines = start(mode).run(["env"])["outputs"]["out"].splitlines()
    names = {line.split("=")[0] for line in lines} - {"PWD"}
    own = {"TASK", "STEP", "RUN", "IDEMPOTENCY_KEY", "DIRECTORY"}
    assert names == {"HOME", "LANG", "PATH", "TMPDIR"} | {f"SIGNALBOX_{name}" for name in own}
    assert "sk-secret" not in "".join(lines)


# A model that wants its own code run where it has no rights itself: as a named tool, and in later steps.
INTRUDER = """
import json, os, pathlib, site, subprocess
code = "print('intruder')"
for place in [".", os.environ["HOME"]]:
    folder = pathlib.Path(place, ".local/lib", pathlib.Path(site.getusersitepackages()).parent.name, "site-packages")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "usercustomize.py").write_text(code)
    pathlib.Path(place, ".profile").write_text("echo intruder")
pathlib.Path("bad.py").write_text(code)
for line in ["cp bad.py plan/later.py", "cp bad.py plan/json.py", "mv plan old && mkdir plan",
             "rm -rf plan; mkdir plan; cp bad.py plan/later.py", "echo intruder > in/given",
             "ln plan/later.py hard && cp bad.py hard"]:
    subprocess.run(["sh", "-c", line], check=False, stderr=subprocess.DEVNULL)
print("done")
"""
LATER = "import json, os; print(json.dumps([open('in/given').read(), os.listdir(os.environ['HOME']), sorted(os.listdir('plan'))]))"


@pytest.mark.parametrize("mode", BOTH)
def test_what_a_program_leaves_behind_steers_no_later_one(make_engine, tmp_path, mode):
    engine = make_engine().start(env={**os.environ, "SIGNALBOX_SANDBOX": mode})
    brings = tmp_path / "brings"
    brings.mkdir()
    (brings / "later.py").write_text(LATER)
    sent = json.loads(engine.request("PUT", "/api/files?name=given", b"given")[2])
    steps = {
        "first": {"command": ["python3", "plan/later.py"], "files": ["later.py"]},
        "bad": {"command": ["python3", "-c", INTRUDER], "needs": ["first"]},
        "later": {"command": ["python3", "plan/later.py"], "files": ["later.py"], "network": True, "needs": ["bad"]},
    }
    outputs = {"first": "${{ steps.first.output }}", "later": "${{ steps.later.output }}"}
    text = json.dumps({"name": "one", "steps": steps, "outputs": outputs})
    number = engine.submit(text, brings, files=[{"name": "given", "sha256": sent["sha256"]}])
    task = engine.wait(number)
    assert task["status"] == "completed", task
    # Of its own home a program sees the directory for temporary files.
    assert task["outputs"]["first"] == task["outputs"]["later"] == ["given", [".tmp"], ["later.py"]]
    assert list((engine.data / "tasks" / ".homes").iterdir()) == []


@pytest.mark.parametrize("mode", BOTH)
def test_a_grandchild_in_its_own_session_ends_with_the_step(start, mode, seconds):
    task = start(mode).run(shell(f"setsid sleep {seconds} > /dev/null 2>&1 & echo done"))
    assert task["outputs"]["out"] == "done"
    eventually(lambda: not running(seconds), "the grandchild has ended")


@pytest.mark.parametrize("mode", BOTH)
def test_a_cancelled_program_may_clean_up(start, mode, seconds):
    engine = start(mode)
    script = f'trap "echo bye > bye; exit 0" TERM; setsid sleep {seconds} & touch ready; while :; do sleep 1000 & wait; done'
    number = engine.submit(plan(shell(script)))
    directory = engine.data / "tasks" / str(number)
    eventually((directory / "ready").exists, "it has begun")
    assert engine.request("POST", f"/api/tasks/{number}/cancel")[0] == 202
    assert engine.wait(number)["status"] == "cancelled"
    eventually((directory / "bye").exists, "it has cleaned up")
    eventually(lambda: not running(seconds), "the grandchild has ended")


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_gigabyte_of_output(start, mode, stream):
    """It is cut at the limit, and costs no memory."""
    engine = start(mode)
    engine.run(shell("echo x"))
    before = engine.memory("VmHWM")
    redirection = "" if stream == "stdout" else " >&2"
    task = engine.run(shell(f"head -c 1073741824 /dev/zero | tr '\\\\0' x{redirection}"))
    assert task["status"] == "failed" and task["cause"] == "validation"
    assert task["sentence"] == f"The command wrote more than 8 MiB to {stream}."
    assert len(trace(task)[stream]) == 65_536 and trace(task)["excerpt"] is True
    assert engine.memory("VmHWM") - before < 64, "MB more than for a line"


@pytest.mark.parametrize("mode", BOTH)
def test_a_file_of_more_than_a_gigabyte(start, mode):
    task = start(mode).run(["truncate", "-s", "1073741825", "large"])
    assert task["status"] == "failed"
    assert re.search(r"File too large|a file larger than 1 GiB", task["sentence"])


@pytest.mark.parametrize("mode", BOTH)
def test_limits(start, mode):
    assert start(mode).run(shell("ulimit -c; ulimit -n; ulimit -f"))["outputs"]["out"] == "0\n1024\n2097152"


# -- where it does not work


def test_without_it_the_trace_says_why(start):
    engine = start("none")
    task = engine.run(shell("echo x"))
    assert trace(task)["sandbox"] == "process group"
    assert "because the settings say sandbox: none." in trace(task)["sandbox_note"]
    assert "files and network are open to them" in engine.output


def without_namespaces(command):
    """That command where no namespaces can be made, as in many containers; nothing if that cannot be brought about."""
    wrapped = ["unshare", "--user", "--map-root-user", "sh", "-c",
               'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all --inh-caps=-all "$@"', "sh"]  # fmt: skip
    works = shutil.which("unshare") and shutil.which("setpriv") and not subprocess.run(
        [*wrapped, "true"], capture_output=True, timeout=20, check=False).returncode  # fmt: skip
    return [*wrapped, *command] if works else None


@pytest.mark.parametrize(("mode", "status"), [("auto", "completed"), ("bubblewrap", "failed")])
def test_where_namespaces_are_forbidden(binary, tmp_path, mode, status):
    path = tmp_path / "plan.yaml"
    path.write_text(plan(shell("echo x")))
    command = without_namespaces([str(binary), "run", str(path), "--json", "--data", str(tmp_path / "data")])
    if command is None:
        pytest.skip("this machine cannot forbid namespaces to a program")
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "SIGNALBOX_SANDBOX": mode})  # fmt: skip
    task = json.loads(result.stdout)
    assert task["status"] == status, result
    if mode == "auto":
        assert task["steps"][0]["trace"]["sandbox"] == "process group"
    else:
        assert task["cause"] == "tool_error"
        assert task["sentence"].startswith("No command runs, because the settings say sandbox: bubblewrap, but bubblewrap ")


def test_the_setting_is_checked(binary, tmp_path):
    def serve(**environment):
        return subprocess.run(
            [binary, "serve", "--port", "0", "--data", tmp_path], capture_output=True, text=True, timeout=20, check=False,
            env={**os.environ, **environment})  # fmt: skip

    refused = serve(SIGNALBOX_SANDBOX="jail")
    assert refused.returncode == 2
    assert "SIGNALBOX_SANDBOX must be auto, bubblewrap or none" in refused.stderr
    (tmp_path / "signalbox.yaml").write_text("sandbox: jail\n")
    refused = serve()
    assert refused.returncode == 2
    assert '"sandbox" must be auto, bubblewrap or none' in refused.stderr
