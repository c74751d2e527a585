"""What a server tells its operator: sentences on a terminal, JSON lines elsewhere, and as much as is asked for."""

import json
import re
import signal

import pytest

from terminal import Terminal


def entries(engine):
    return [json.loads(line) for line in engine.err.read_text().splitlines() if line.startswith("{")]


def test_requests_are_told_at_debug(make_engine):
    engine = make_engine().start("--log-level", "debug")
    engine.get("/api/tasks?page=1")
    engine.request("POST", "/api/tasks", {"plan": "nothing"})
    engine.stop()
    told = [entry for entry in entries(engine) if entry["message"] == "Request"]
    assert [(entry["level"], entry["method"], entry["path"], entry["status"]) for entry in told] == [
        ("debug", "GET", "/api/tasks", 200), ("debug", "POST", "/api/tasks", 404)]
    assert all(entry["duration_ms"] >= 0 and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", entry["at"]) for entry in told)


@pytest.mark.parametrize("level, known", [("debug", True), ("info", True), ("warning", False), ("error", False)])
@pytest.mark.parametrize("way", ["variable", "file", "flag"])
def test_levels(make_engine, monkeypatch, tmp_path, level, known, way):
    arguments = []
    match way:
        case "variable":
            monkeypatch.setenv("SIGNALBOX_LOG_LEVEL", level)
        case "file":
            (tmp_path / "settings.yaml").write_text(f"log_level: {level}\n")
            arguments = ["--config", tmp_path / "settings.yaml"]
        case "flag":
            arguments = ["--log-level", level]
    monkeypatch.setenv("SIGNALBOX_SANDBOX", "none")
    engine = make_engine().start(*arguments)
    engine.get("/api/tasks")
    engine.stop()
    levels = {entry["level"] for entry in entries(engine)}
    # That there is no sandbox is said at the start.
    assert ("info" in levels) == known
    assert ("debug" in levels) == (level == "debug")


def test_every_line_of_a_log_that_programs_read_is_one(make_engine, monkeypatch):
    monkeypatch.setenv("SIGNALBOX_SANDBOX", "none")
    engine = make_engine().start()
    engine.stop()
    told = [json.loads(line) for line in engine.err.read_text().splitlines()]
    assert told[-1]["message"] == "Stopping; what is unfinished goes on at the next start"


def test_sentences_on_a_terminal(binary, tmp_path):
    terminal = Terminal([binary, "serve", "--port", "0", "--data", tmp_path / "data", "--log-level", "debug"], columns=200)
    terminal.read_until("Signalbox serves on ")
    address = re.search(r"http://127\.0\.0\.1:\d+", terminal.written).group()
    import urllib.request

    urllib.request.urlopen(address + "/healthz", timeout=10).read()
    terminal.read_until("path /healthz")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.wait() == 0
    assert re.search(r"Request: method GET, path /healthz, status 200, duration_ms [\d.]+", terminal.written)
