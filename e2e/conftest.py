"""Fixtures of the process and browser tests. They use the debug binary, or the one that SIGNALBOX_BINARY names."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from agent_lab import Lab
from engine import Engine
from people import Person

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing may leave the machine, and a container has neither a graphics card nor user namespaces.
# With each new window Chromium loads pages of its own for its address bar, which take half a second of the processor; only
# the last list of features counts, so those that Playwright turns off are in it too.
FEATURES_OFF = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled", "LensOverlay", "MediaRouter",
                "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "ThirdPartyStoragePartitioning",
                "AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect", "DestroyProfileOnBrowserClose",
                "TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"]
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", f"--disable-features={','.join(FEATURES_OFF)}"]
# How long a busy machine may take for what has to come. Where it is promised to come sooner, the test says so itself.
PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def binary():
    path = Path(os.environ.get("SIGNALBOX_BINARY", ROOT / ".build" / "debug" / "signalbox"))
    assert path.exists(), f"{path} is missing: `make e2e` builds it"
    return path


@pytest.fixture
def open_commands(monkeypatch):
    """Lets commands use files outside of their task's directory, by which a test holds them back and watches them."""
    monkeypatch.setenv("SIGNALBOX_SANDBOX", "none")


@pytest.fixture(scope="session")
def run_plan(binary, tmp_path_factory):
    """Runs a plan without a server, in a data directory of its own; the JSON document that `run --json` prints.

    With `forms`, values by step, it runs on a server, where everything is approved that the task asks people.
    """

    def run(plan, files=(), inputs=None, forms=None):
        data = tmp_path_factory.mktemp("data")
        if forms is not None:
            server = launch_server(binary, data)
            try:
                task = server.submit_example(plan.parent, files, inputs)
                return Person(server.address).approve_all(task["number"], forms)
            finally:
                server.end()
        command = [binary, "run", plan, "--json", "--data", data]
        for file in files:
            command += ["--file", file]
        for name, value in (inputs or {}).items():
            command += ["--input", f"{name}={value}"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 0, f"exit code {result.returncode}\n{result.stdout}\n{result.stderr}"
        return json.loads(result.stdout)

    return run


@dataclass
class Server:
    process: subprocess.Popen
    address: str
    data: Path
    output: list = field(default_factory=list)
    is_stopped: bool = False

    def request(self, path, body=None, content_type="application/json", method=None):
        """The answer of the API as JSON; an HTTP status of 400 and above raises."""
        data = json.dumps(body).encode() if content_type == "application/json" and body is not None else body
        request = urllib.request.Request(self.address + path, data, {"Content-Type": content_type}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def submit(self, plan, **members):
        """Starts a task from the text of a plan; its JSON."""
        return self.request("/api/tasks", {"plan": {"path": "plan.yaml", "text": plan}, **members})

    def submit_example(self, directory, paths=None, inputs=None, **changes):
        """Starts an example with the files in its `in` folder, or with other ones.

        `changes` are further members of the request; `edit` makes another text of the plan.
        """
        edit = changes.pop("edit", lambda text: text)
        files = []
        for path in sorted((directory / "in").glob("*")) if paths is None else paths:
            name = urllib.parse.quote(path.name)
            sent = self.request(f"/api/files?name={name}", path.read_bytes(), "application/octet-stream")
            files.append({"name": sent["name"], "sha256": sent["sha256"]})
        beside = [path for path in directory.rglob("*") if path.suffix in (".py", ".yaml") and path.name != "plan.yaml"]
        plan = {
            "path": "plan.yaml",
            "text": edit((directory / "plan.yaml").read_text(encoding="utf-8")),
            "files": {str(path.relative_to(directory)): path.read_text(encoding="utf-8") for path in beside},
        }
        return self.request("/api/tasks", {"plan": plan, "files": files, "inputs": inputs or {}, **changes})

    def wait_for(self, number, status, seconds=30):
        """The task as JSON once it has that status."""
        deadline = time.monotonic() + seconds
        while True:
            task = self.request(f"/api/tasks/{number}")
            if task["status"] == status:
                return task
            assert time.monotonic() < deadline, f"task {number} is {task['status']}, not {status}"
            time.sleep(0.02)

    def stop(self):
        self.is_stopped = True
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)

    def end(self):
        """Stops it if it still runs, and fails when it does not stop, or has ended by itself."""
        if self.process.poll() is not None:
            if not self.is_stopped:
                pytest.fail(f"the server has ended with {self.process.returncode}:\n{''.join(self.output[-20:])}")
        else:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                pytest.fail("the server did not stop within 15 s of SIGTERM")


def launch_server(binary, data, *arguments, port=0):
    """A server that has said its address. Whoever calls this ends it."""
    command = [binary, "serve", "--port", str(port), "--data", data, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    server = Server(process, "", data)
    is_ready = threading.Event()

    def read():
        for line in process.stdout:
            server.output.append(line)
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            if address and not server.address:
                server.address = address.group()
                is_ready.set()
        is_ready.set()

    # All the time, for its pipe must not fill up while the test runs.
    threading.Thread(target=read, daemon=True).start()
    is_ready.wait(60)
    if not server.address:
        process.kill()
        process.wait()
        pytest.fail(f"the server did not become ready:\n{''.join(server.output)}")
    return server


@pytest.fixture
def start_server(binary, tmp_path):
    """Starts servers on a free port; each has said its address when this returns. Stopped when the test ends."""
    servers = []

    def start(*arguments, data=tmp_path / "data", port=0):
        servers.append(launch_server(binary, data, *arguments, port=port))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


@pytest.fixture
def make_engine(binary, tmp_path):
    """Makes engines, not yet started; whatever still runs when the test ends is killed."""
    engines = []

    def make(data=tmp_path / "data"):
        logs = tmp_path / f"logs-{len(engines) + 1}"
        logs.mkdir()
        engines.append(Engine(binary, data, logs))
        return engines[-1]

    yield make
    for engine in engines:
        if engine.is_running:
            engine.kill()


@pytest.fixture
def engine(make_engine):
    """A running engine on an empty data directory."""
    return make_engine().start()


@pytest.fixture
def lab(binary, make_engine, tmp_path):
    """A place to watch agents in, not yet started."""
    made = Lab(binary, make_engine(), tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def launch_browser():
    """Starts browsers with further flags; they end with the session."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=program, args=[*BROWSER_FLAGS, *flags])


@pytest.fixture(scope="session")
def browser(launch_browser):
    running = launch_browser()
    yield running
    running.close()


@pytest.fixture
def complaints():
    """What the console and the requests of `page` have to be blamed for; a test may take out what it has provoked."""
    return []


@pytest.fixture
def page(browser, complaints, start_server):
    """A page that fails its test when the console shows an error or anything but 127.0.0.1 is asked for."""
    # It depends on the servers so that it closes before they stop, which it would complain of.
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", lambda request: _is_foreign(request.url) and complaints.append(f"request: {request.url}"))
    yield page
    context.close()
    assert complaints == []


def _is_foreign(url):
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))
