"""A place to watch agents in: a fake model with a script, MCP servers, and an engine that knows both by its settings."""

import contextlib
import json
import os
import subprocess
import threading
import urllib.request
from decimal import Decimal
from pathlib import Path

from engine import ROOT, eventually
from fake_model import fake_model
from people import Person

MCP_PYTHON = Path(os.environ.get("SIGNALBOX_MCP_PYTHON", ROOT / ".venv-mcp" / "bin" / "python3"))
MCP_TOOLS = Path(__file__).with_name("mcp_tools.py")
KEY = "sk-key-that-nobody-may-see"
PATHS = {"openai": "/v1", "openai-responses": "/v1", "anthropic": "/v1", "gemini": "/v1beta"}
# Dollars for a million tokens, so that sums can be made by hand: nano-dollars a token are a thousand times these.
PRICES = {"name": "by-hand", "models": {"fake/*": {"input": "2", "cache_read": "0.5", "cache_write": "2.5", "output": "8"}}}


def nano_dollars(amount):
    """Nano-dollars of an amount as events tell it; None for what is not known."""
    return None if amount is None else int(Decimal(amount) * 10**9)


class Lab:
    """An engine whose provider `fake` answers by a script, and whose MCP servers are `tools` and, if asked for, `remote`."""

    def __init__(self, binary, engine, directory):
        self.binary = binary
        self.engine = engine
        self.directory = directory
        self.tools = directory / "tools"
        self.tools.mkdir()
        self.model = None
        self.settings = {"providers": {}, "mcp_servers": {}}
        # Further variables of the engine.
        self.extra = {}
        self.stack = contextlib.ExitStack()

    def start(self, script, kind="openai", timeout="30s", remote=False, settings=None, context_window=None, serve=()):
        """Starts the fake model on that script, and the engine with further arguments `serve`."""
        path = self.directory / "answers.yaml"
        path.write_text(script if isinstance(script, str) else json.dumps(script), encoding="utf-8")
        self.model = self.stack.enter_context(fake_model(self.binary, "--script", path, "--key", KEY))
        self.settings["providers"]["fake"] = {
            "kind": kind, "base_url": self.model + PATHS[kind], "key": {"env": "FAKE_KEY"}}
        if context_window is not None:
            self.settings["providers"]["fake"]["context_window"] = context_window
        self.settings["mcp_servers"]["tools"] = {
            "command": [str(MCP_PYTHON), str(MCP_TOOLS), "stdio"], "timeout": timeout, "trust_hints": True,
            "env": {"TOOL_DIRECTORY": {"env": "TOOL_DIRECTORY"}}}
        if remote:
            self.settings["mcp_servers"]["remote"] = {"url": self.serve_tools(), "timeout": timeout, "trust_hints": True}
        self.settings.update(settings or {})
        self.start_engine(*serve)

    def start_engine(self, *arguments, prices=PRICES):
        self.engine.data.mkdir(exist_ok=True)
        (self.engine.data / "signalbox.yaml").write_text(json.dumps(self.settings), encoding="utf-8")
        (self.engine.data / "prices.json").write_text(json.dumps(prices), encoding="utf-8")
        self.engine.start(*arguments, env=self.environment)

    def kill_and_start(self):
        """Ends the engine as a crash would, and starts another one on what it has left."""
        self.engine.kill()
        self.engine.start(env=self.environment)

    @property
    def environment(self):
        return {**os.environ, "FAKE_KEY": KEY, "TOOL_DIRECTORY": str(self.tools), "no_proxy": "127.0.0.1",
                **self.extra}

    def serve_tools(self, python=MCP_PYTHON, tools=MCP_TOOLS):
        """Starts the MCP server by HTTP; its address."""
        process = subprocess.Popen(
            [python, tools, "http"], stdout=subprocess.PIPE, text=True, env=self.environment,
            stdin=subprocess.DEVNULL)
        self.stack.callback(_end, process)
        deadline = threading.Timer(30, process.kill)
        deadline.start()
        port = process.stdout.readline().strip()
        deadline.cancel()
        assert port, "the MCP server did not start"
        return f"http://127.0.0.1:{port}/mcp"

    def close(self):
        self.stack.close()

    # -- tasks

    def submit(self, plan, **members):
        document = {"text": plan if isinstance(plan, str) else json.dumps(plan)}
        status, _, body = self.engine.request("POST", "/api/tasks", {"plan": document, **members})
        assert status == 201, f"{status} {body!r}"
        return json.loads(body)["number"]

    def finished(self, plan, **members):
        """Runs a plan to its end; the task."""
        return self.engine.wait(self.submit(plan, **members))

    def upload(self, name, content):
        status, _, body = self.engine.request(
            "POST", f"/api/files?name={name}", content, {"Content-Type": "application/octet-stream"})
        assert status in (200, 201), body
        return {"name": name, "sha256": json.loads(body)["sha256"]}

    def person(self):
        return Person(f"http://127.0.0.1:{self.engine.port}")

    def asked(self, number):
        return self.person().asked(number)

    def decide(self, request, verdict, **members):
        return self.person().decide(request, verdict, **members)

    def cli(self, *arguments, code=0):
        result = subprocess.run(
            [self.binary, *map(str, arguments), "--data", self.engine.data], capture_output=True, text=True, timeout=30,
            check=False, stdin=subprocess.DEVNULL, env=self.environment)
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout

    # -- what was seen

    def events(self, number, *types):
        """The events of a task, those of these types if any are named."""
        found, position = [], 0
        while True:
            page = self.engine.get(f"/api/tasks/{number}/events?after={position}&limit=1000")
            for event in page["events"]:
                if "data_ref" in event:
                    event["data"] = json.loads(self.engine.request("GET", event["data_ref"]["url"])[2])
            found += page["events"]
            position = page["next"]
            if not page["has_more"]:
                return [event for event in found if not types or event["type"] in types]

    def turns(self, number):
        return [event["data"] for event in self.events(number, "turn_completed")]

    def results(self, number):
        """What tools have told models: text, and whether as an error."""
        return [
            ("".join(part.get("text", "") for part in event["data"]["parts"]), event["data"].get("error", False))
            for event in self.events(number, "tool_completed")
        ]

    def requests(self):
        """What the fake model was asked: bodies, oldest first."""
        with urllib.request.urlopen(self.model + "/fake/requests", timeout=10) as answer:
            return [request["body"] for request in json.load(answer)["requests"] if request["method"] == "POST"]

    def calls(self, what=None):
        """What the MCP servers have noted of their calls."""
        log = self.tools / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        return [note for note in map(json.loads, lines) if what is None or note["what"] == what]

    def began(self, tool, count=1):
        """Waits until a tool has been called that often; the notes of these calls."""
        def there():
            found = [note for note in self.calls("began") if note["tool"] == tool]
            return found if len(found) >= count else None

        return eventually(there, f"{tool} has been called {count} times")

    def open_gate(self, name):
        (self.tools / name).touch()


def _end(process):
    # Asked to end, it would wait for the streams of its clients.
    process.kill()
    process.wait()


def tool_answers(*turns, last="Done."):
    """A script: turn by turn the calls of tools, as pairs of name and arguments; then a text."""
    answers = [
        {"when": f"turn == {number}", "tool_calls": [{"name": name, "arguments": arguments} for name, arguments in calls],
         "tokens": {"input": 100, "output": 10}}
        for number, calls in enumerate(turns, 1)
    ]
    return {"answers": [*answers, {"text": last, "tokens": {"input": 100, "output": 10}}]}


def one_agent(*tools, prompt="Do it.", agent=None, **members):
    """A plan with one step `work` of one agent with these tools; its text is the output `text`."""
    return json.dumps({
        "name": "one-agent",
        "agents": {"clerk": {"model": "fake/any", "system": "You are brief.", "tools": list(tools), **(agent or {})}},
        "steps": {"work": {"agent": "clerk", "prompt": prompt, **members.pop("step", {})}},
        "outputs": {"text": "${{ steps.work.output }}"}, **members,
    })
