"""What an agent asked, did and was charged, as the command line tells it; and history that is reckoned anew.

The page tells it in test_turn_pages.py; all three ways at once, after a crash, in test_crash_trace.py.
"""

import contextlib
import json
import sqlite3
import subprocess
from decimal import Decimal

import pytest

PLAN = """
name: traced
agents:
  clerk: { model: script/clerk.yaml, system: Be brief., tools: [write_file, read_file, ask_question] }
steps: { look: { agent: clerk, prompt: Look around. } }
outputs: { text: "${{ steps.look.output }}" }
"""
SCRIPT = """
answers:
  - when: turn == 1
    thinking: A file first.
    text: I **write** it.
    tool_calls:
      - name: write_file
        arguments: { path: one.txt, content: "1", reason: To have it., confidence: 0.75, alternatives: [two] }
    tokens: { input: 100, output: 30, reasoning: 10 }
  - when: turn == 2
    tool_calls: [{ name: read_file, arguments: { path: none.txt } }]
    tokens: { input: 40, cache_read: 100, output: 20 }
  - text: Done.
    tokens: { input: 50, cache_read: 140, cache_write_1h: 7, output: 5 }
"""


def call(binary, *arguments, code=0):
    result = subprocess.run(
        [binary, *arguments], capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    assert result.returncode == code, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def traced(binary, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "clerk.yaml").write_text(SCRIPT, encoding="utf-8")
    data = tmp_path / "data"
    call(binary, "run", tmp_path / "plan.yaml", "--json", "--data", data)
    return data


def test_the_trace_is_told_in_the_terminal(binary, traced):
    text = call(binary, "tasks", "trace", "1", "--data", traced)
    assert "3 model calls, 2 tool calls" in text
    assert "7 long cache write" in text and "55 output (10 reasoning)" in text
    assert "why: To have it. · confidence: 0.75 · alternatives: [\"two\"]" in text
    assert "✗ error" in text and "A file first." in text
    assert "\x1b" not in text, "no colours off a terminal"
    one = call(binary, "tasks", "trace", "1", "look", "--turn", "2", "--data", traced)
    assert "Be brief." in one and "Look around." in one and "── turn 2" in one and "── turn 3" not in one
    shown = call(binary, "tasks", "show", "1", "--data", traced)
    assert "3 model calls, 2 tool calls" in shown


def test_the_sums_are_exact(binary, traced):
    trace = json.loads(call(binary, "tasks", "trace", "1", "--json", "--data", traced))
    task = json.loads(call(binary, "tasks", "show", "1", "--json", "--data", traced))
    for kind, expected in {"input": 190, "cache_read": 240, "cache_write_1h": 7, "output": 55, "reasoning": 10}.items():
        assert sum(turn["tokens"].get(kind, 0) for turn in trace["turns"]) == expected
        assert trace["tokens"][kind] == task["tokens"][kind] == task["steps"][0]["tokens"][kind] == expected
    amounts = [turn["cost"] and round(float(turn["cost"]["amount"]) * 10**9) for turn in trace["turns"]]
    assert amounts[:2] == [250_000, 150_000] and amounts[2] is None, "nobody prices what scripts write for long"
    assert task["cost"] is None and task["steps"][0]["cost"] is None and trace["cost"] is None
    assert round(float(trace["known_cost"]["amount"]) * 10**9) == 400_000 and trace["unpriced_calls"] == 1
    assert task["known_cost"] == task["steps"][0]["known_cost"] == trace["known_cost"]
    assert "cost unknown (at least $0.0004)" in call(binary, "tasks", "show", "1", "--data", traced)
    assert "≥ $0.0004" in call(binary, "tasks", "steps", "1", "--data", traced)


def test_history_is_reckoned_anew(binary, traced):
    before = json.loads(call(binary, "tasks", "show", "1", "--json", "--data", traced))
    prices = {"name": "ours", "models": {"script/*": {
        "input": "2", "cache_read": "1", "cache_write": "3", "cache_write_1h": "4", "output": "10"}}}
    (traced / "prices.json").write_text(json.dumps(prices), encoding="utf-8")
    dry = call(binary, "prices", "reprice", "--task", "1", "--dry-run", "--data", traced)
    assert "3 of 3 turns in 1 task would cost other than before" in dry
    assert json.loads(call(binary, "tasks", "show", "1", "--json", "--data", traced))["cost"] == before["cost"]
    report = json.loads(call(binary, "prices", "reprice", "--since", "2020-01-01", "--json", "--data", traced))
    expected = (190 * 2 + 240 * 1 + 7 * 4 + 55 * 10) / 10**6
    assert float(report["tasks"][0]["after"]["known_cost"]["amount"]) == pytest.approx(expected, abs=1e-12)
    after = json.loads(call(binary, "tasks", "show", "1", "--json", "--data", traced))
    assert float(after["cost"]["amount"]) == pytest.approx(expected, abs=1e-12)
    assert after["cost"] == after["steps"][0]["cost"]
    trace = json.loads(call(binary, "tasks", "trace", "1", "--json", "--data", traced))
    assert trace["cost"] == after["cost"]
    assert all(turn["repriced"]["table"].startswith("ours") for turn in trace["turns"])
    again = json.loads(call(binary, "prices", "reprice", "--task", "1", "--json", "--data", traced))
    assert again["changed_turns"] == 0
    rebuilt = json.loads(call(binary, "doctor", "--rebuild", "--json", "--data", traced))["rebuilt"]
    assert rebuilt["differing"] == 0, "the rows follow from the events alone"


def test_amounts_of_an_old_journal_are_told_as_dollars(binary, traced, tmp_path):
    """Earlier versions wrote nano-dollars under a name of their own; such a journal tells the same as a new one."""
    def told():
        task = json.loads(call(binary, "tasks", "show", "1", "--json", "--data", traced))
        call(binary, "tasks", "export", "1", "--output", tmp_path / "task.json", "--force", "--data", traced)
        call(binary, "verify", tmp_path / "task.json")
        records = json.loads((tmp_path / "task.json").read_text(encoding="utf-8"))["records"]
        trace = json.loads(call(binary, "tasks", "trace", "1", "--json", "--data", traced))
        return task, [entry["record"] for entry in records if entry["record"].get("type") == "turn_completed"], trace

    before = told()
    assert [record["data"].get("cost") for record in before[1]] == ["0.00025", "0.00015", None]
    with contextlib.closing(sqlite3.connect(traced / "signalbox.db")) as database, database:
        rows = database.execute("SELECT position, payload FROM event WHERE kind = 'turn_completed'").fetchall()
        for position, payload in rows:
            data = json.loads(payload)
            if "cost" in data:
                data["cost_nano_usd"] = int(Decimal(data.pop("cost")) * 10**9)
            old = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
            database.execute(
                "UPDATE event SET payload = ? WHERE position = ?",
                (old.encode() if isinstance(payload, bytes) else old, position))
    assert told() == before
    assert json.loads(call(binary, "doctor", "--rebuild", "--json", "--data", traced))["rebuilt"]["differing"] == 0


def test_what_cannot_be_is_refused(binary, traced):
    call(binary, "tasks", "trace", "1", "nowhere", "--data", traced, code=2)
    call(binary, "tasks", "trace", "1", "--turn", "none", "--data", traced, code=2)
    call(binary, "prices", "reprice", "--data", traced, code=2)
    call(binary, "prices", "reprice", "--since", "yesterday", "--data", traced, code=2)
