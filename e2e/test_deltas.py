"""What a model says while it says it: live, in order, without secrets, and replaced by the turn when that is whole."""

import json
import subprocess
import threading
import time

import pytest
from agent_lab import KEY, one_agent, tool_answers
from test_streams import watching
from test_websocket import dial, hear, say

TEXT = " ".join(f"word{number}" for number in range(60)) + "."


def script(**answer):
    return {"answers": [{"text": TEXT, "tokens": {"input": 10, "output": 5}, **answer}]}


class Heard:
    """The texts of turns as a client puts them together, and the order in which things came."""

    def __init__(self):
        self.parts = {}
        self.order = []
        self.pieces = 0

    def delta(self, delta):
        key = (delta["turn"], delta["part"], delta["kind"])
        self.parts[key] = ("" if delta.get("so_far") else self.parts[key]) + delta["text"]
        self.order.append(("delta", delta["turn"]))
        self.pieces += 1

    def event(self, event):
        self.order.append((event["type"], event.get("data", {}).get("number")))

    def text(self, turn, kind="text"):
        return "".join(text for (of, _, what), text in sorted(self.parts.items()) if (of, what) == (turn, kind))


def listen(events, heard, until):
    """Reads a stream until that holds."""
    while not until():
        event = next(events)
        if event.event == "delta":
            assert event.id in ("", heard.last), "a delta has no id of its own"
            heard.delta(event.json())
        else:
            heard.last = event.id
            heard.event(event.json())


@pytest.mark.parametrize("kind", ["openai", "anthropic", "gemini"])
def test_text_comes_while_it_is_said(lab, kind):
    lab.start(script(delay="2s"), kind=kind)
    number = lab.submit(one_agent())
    heard = Heard()
    heard.last = ""
    with watching(lab.engine, f"/api/tasks/{number}/events") as events:
        listen(events, heard, lambda: heard.pieces >= 5)
        assert len(heard.text(1)) < len(TEXT)
        so_far = heard.text(1)
        assert TEXT.startswith(so_far)
        # Who comes in the middle gets the text so far first.
        late = Heard()
        late.last = ""
        with watching(lab.engine, f"/api/events?task={number}&kinds=delta") as others:
            listen(others, late, lambda: late.pieces >= 1)
            assert late.text(1).startswith(so_far)
        listen(events, heard, lambda: ("task_completed", None) in heard.order)
    assert TEXT.startswith(heard.text(1))
    assert len(heard.text(1)) > len(TEXT) / 2
    kinds = [kind for kind, _ in heard.order]
    assert "delta" not in kinds[kinds.index("turn_completed"):], "the turn stands in its place"
    assert heard.pieces <= 2_000 / 75 + 10, "many small pieces come as one"
    assert lab.engine.task(number)["outputs"]["text"] == TEXT
    # Nothing of it is kept: who comes now sees events alone.
    with watching(lab.engine, f"/api/tasks/{number}/events") as events:
        assert all(next(events).event == "message" for _ in heard.order if _[0] != "delta")


def test_thinking_and_text_are_told_apart_and_turns_follow_each_other(lab):
    answers = [
        {"when": "turn == 1", "thinking": "Hm, let me see. " * 20, "text": "I look.", "delay": "1s",
         "tool_calls": [{"name": "list_files", "arguments": {"path": "."}}]},
        {"text": TEXT, "delay": "1s"},
    ]
    lab.start({"answers": answers}, kind="anthropic")
    number = lab.submit(one_agent("list_files"))
    heard = Heard()
    heard.last = ""
    with watching(lab.engine, f"/api/tasks/{number}/events") as events:
        listen(events, heard, lambda: ("task_completed", None) in heard.order)
    turns = [turn for kind, turn in heard.order if kind == "delta"]
    assert turns == sorted(turns) and set(turns) == {1, 2}
    assert ("Hm, let me see. " * 20).startswith(heard.text(1, "thinking")) and heard.text(1, "thinking")
    assert TEXT.startswith(heard.text(2)) and heard.text(2)
    ends = [place for place, (kind, _) in enumerate(heard.order) if kind == "turn_completed"]
    assert heard.order.index(("delta", 2)) > ends[0]


def test_over_a_websocket(lab):
    lab.start(script(delay="2s"))
    number = lab.submit(one_agent())
    heard = Heard()
    with dial(lab.engine) as client:
        say(client, type="subscribe", id="a", task=number)
        assert hear(client)["type"] == "subscribed"
        while not any(kind == "task_completed" for kind, _ in heard.order):
            message = hear(client)
            assert message["id"] == "a"
            if message["type"] == "delta":
                heard.delta(message["delta"])
                assert message["delta"]["task"] == number and message["delta"]["step"] == "work"
            else:
                heard.event(message["event"])
    assert TEXT.startswith(heard.text(1)) and len(heard.text(1)) > len(TEXT) / 2
    assert heard.pieces > 5


def test_secrets_never_appear(lab):
    """Also not one that comes in many pieces: neither one that is known, nor what looks like one."""
    token = "ghp_" + "Ab3Cd5Ef7Gh9Ij1Kl3Mn5Op7Qr9St1Uv3Wx5"
    text = f"Before {KEY} between {token} behind. " * 8
    lab.start({"answers": [{"text": text, "delay": "3s"}]}, kind="anthropic")
    number = lab.submit(one_agent())
    heard, raw = Heard(), []
    heard.last = ""
    with watching(lab.engine, f"/api/tasks/{number}/events") as events:
        while ("task_completed", None) not in heard.order:
            event = next(events)
            raw.append(event.data)
            heard.delta(event.json()) if event.event == "delta" else heard.event(event.json())
    assert heard.pieces > 5
    assert "[redacted]" in heard.text(1)
    for piece in (KEY, token, KEY[:16], token[:16], KEY[6:22], token[20:]):
        assert piece not in heard.text(1), piece
        assert not any(piece in data for data in raw), piece


def test_what_a_program_writes_is_heard_while_it_runs(open_commands, engine, tmp_path):
    """Line by line, with a secret that the step was given in no piece of it."""
    gate = tmp_path / "gate"
    script = f"echo one; echo \"$KEY\"; echo aside >&2; for i in $(seq 500); do [ -e {gate} ] || sleep 0.02; done; echo two"
    plan = json.dumps({
        "name": "writes", "steps": {"write": {
            "command": ["sh", "-c", script], "env": {"KEY": "${{ secrets.WORD }}"}}}})
    stored = subprocess.run(
        [engine.binary, "secrets", "set", "WORD", "--data", engine.data], input="swordfish-swordfish", text=True, check=False,
        capture_output=True)
    assert stored.returncode == 0, stored.stderr
    number = engine.submit(plan)
    texts, types = {}, []
    with watching(engine, f"/api/tasks/{number}/events") as events:
        while "task_completed" not in types:
            event = next(events)
            assert "swordfish" not in event.data
            if event.event != "delta":
                types.append(event.json()["type"])
                continue
            delta = event.json()
            assert "step_completed" not in types and "turn" not in delta
            texts[delta["kind"]] = texts.get(delta["kind"], "") + delta["text"]
            if texts.get("stdout", "").startswith("one\n[secret WORD]\n") and texts.get("stderr") == "aside\n":
                gate.touch()
    assert gate.exists(), texts


def test_progress_of_a_server_is_heard_while_it_works(lab):
    lab.start(tool_answers([("tools__count", {"gate": "go"})]))
    number = lab.submit(one_agent({"mcp": "tools"}))
    with watching(lab.engine, f"/api/tasks/{number}/events?kinds=delta,tool_completed") as events:
        first = next(event for event in events if event.event == "message" or "progress" in event.data)
        assert first.event == "delta", "the call has not ended yet"
        delta = first.json()
        assert "call" in delta and delta["turn"] == 1
        assert "one of four" in delta["text"]
        lab.open_gate("go")
        assert next(event.json()["type"] for event in events if event.event == "message") == "tool_completed"
    assert lab.engine.wait(number)["status"] == "completed"
    assert [("counted" in text, error) for text, error in lab.results(number)] == [(True, False)]


def test_a_watcher_that_does_not_read_delays_nobody(lab):
    """Turns take as long as their model takes, however many watch and however slowly."""
    import socket

    lab.start({"answers": [{"text": TEXT * 40, "delay": "1s"}]})
    sockets = []
    try:
        for _ in range(100):
            made = socket.create_connection(("127.0.0.1", lab.engine.port))
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            made.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{lab.engine.port}\r\n"
                         "Accept: text/event-stream\r\n\r\n".encode())
            sockets.append(made)
        began = time.monotonic()
        numbers = [lab.submit(one_agent()) for _ in range(4)]
        for number in numbers:
            assert lab.engine.wait(number)["status"] == "completed"
        assert time.monotonic() - began < 6
    finally:
        for made in sockets:
            made.close()


def test_a_turn_that_breaks_off_is_not_left_standing(lab):
    """Its text is gone from the live channel with it; the failure is an event."""
    lab.start({"answers": [{"text": TEXT, "delay": "1s", "cut_after_bytes": 3_000}]}, kind="openai")
    number = lab.submit(one_agent())
    heard = Heard()
    heard.last = ""
    with watching(lab.engine, f"/api/tasks/{number}/events") as events:
        listen(events, heard, lambda: ("task_failed", None) in heard.order)
    assert heard.pieces > 0
    seen = []

    def look():
        with watching(lab.engine, "/api/events?kinds=delta,task_created") as others:
            seen.append(next(others).event)
            lab.submit(one_agent(prompt="again"))
            seen.append(next(others).event)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join(20)
    assert seen == ["message", "message"], json.dumps(seen)
