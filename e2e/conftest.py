"""Fixtures of the process and browser tests. They use the debug binary, or the one that SIGNALBOX_BINARY names."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine import Engine

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing may leave the machine, and a container has neither a graphics card nor user namespaces.
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def binary():
    path = Path(os.environ.get("SIGNALBOX_BINARY", ROOT / ".build" / "debug" / "signalbox"))
    assert path.exists(), f"{path} is missing: `make e2e` builds it"
    return path


@pytest.fixture(scope="session")
def run_plan(binary, tmp_path_factory):
    """Runs a plan without a server, in a data directory of its own; the JSON document that `run --json` prints."""

    def run(plan, files=(), inputs=None):
        command = [binary, "run", plan, "--json", "--data", tmp_path_factory.mktemp("data")]
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


@pytest.fixture
def start_server(binary, tmp_path):
    """Starts servers on a free port; each has said its address when this returns. Stopped when the test ends."""
    servers = []

    def start(*arguments, data=tmp_path / "data"):
        command = [binary, "serve", "--port", "0", "--data", data, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        server = Server(process, "", data)
        servers.append(server)
        # A server that hangs before it is ready would block the reading for ever.
        deadline = threading.Timer(20, process.kill)
        deadline.start()
        output = ""
        for line in process.stdout:
            output += line
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            if address:
                server.address = address.group()
                break
        deadline.cancel()
        assert server.address, f"the server did not become ready:\n{output}"
        # Its pipe must not fill up while the test runs.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        return server

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.process.send_signal(signal.SIGTERM)
            try:
                server.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.process.kill()
                server.process.wait()
                pytest.fail("the server did not stop within 15 s of SIGTERM")


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


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A page that fails its test when the console shows an error or anything but 127.0.0.1 is asked for."""
    context = browser.new_context()
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", lambda request: _is_foreign(request.url) and complaints.append(f"request: {request.url}"))
    yield page
    context.close()
    assert complaints == []


def _is_foreign(url):
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))
