"""The streams as a browser's own EventSource and WebSocket see them, from a page of the server."""

import pytest
from agent_lab import one_agent
from test_deltas import TEXT, script
from test_streams import PLAN, journal, long_plan

EVENT_SOURCE = """path => {
  window.seen = []; window.deltas = []; window.opened = 0; window.resyncs = 0;
  const source = new EventSource(path);
  source.onopen = () => window.opened += 1;
  source.onmessage = event => window.seen.push(Number(event.lastEventId));
  source.addEventListener("delta", event => window.deltas.push(JSON.parse(event.data)));
  source.addEventListener("resync", event => window.resyncs += 1);
  window.source = source;
}"""

WEB_SOCKET = """subscription => {
  window.messages = []; window.code = null;
  const socket = new WebSocket(`ws://${location.host}/api/ws`);
  socket.onopen = () => socket.send(JSON.stringify(subscription));
  socket.onmessage = event => window.messages.push(JSON.parse(event.data));
  socket.onclose = event => window.code = event.code;
  window.socket = socket;
}"""


@pytest.fixture
def page_of(browser, engine):
    """A page of the engine, without streams of its own."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{engine.port}/api/tasks")
    yield page
    context.close()


def test_event_source_comes_back_by_itself(page_of, engine):
    """The browser reconnects with what it saw last, across two crashes: no gap, no repetition."""
    page_of.evaluate(EVENT_SOURCE, "/api/events")
    page_of.wait_for_function("() => window.opened == 1")
    for opened in (2, 3):
        number = engine.submit(long_plan(60))
        page_of.wait_for_function("count => window.seen.length >= count", arg=20 * (opened - 1))
        engine.kill()
        engine.start(port=engine.port)
        page_of.wait_for_function("count => window.opened >= count", arg=opened, timeout=20_000)
        engine.wait(number)
    expected = [event["position"] for event in journal(engine)]
    page_of.wait_for_function("count => window.seen.length >= count", arg=len(expected))
    assert page_of.evaluate("window.seen") == expected
    assert page_of.evaluate("window.resyncs") == 0


def test_web_socket(page_of, engine):
    engine.wait(engine.submit(PLAN))
    page_of.evaluate(WEB_SOCKET, {"type": "subscribe", "id": "a", "task": None, "after": 0})
    number = engine.submit(PLAN)
    engine.wait(number)
    expected = [event["position"] for event in journal(engine)]
    page_of.wait_for_function("count => window.messages.length > count", arg=len(expected))
    messages = page_of.evaluate("window.messages")
    assert messages[0] == {"type": "subscribed", "id": "a", "after": 0}
    assert [message["event"]["position"] for message in messages[1:]] == expected
    assert engine.stop() == 0
    page_of.wait_for_function("() => window.code !== null")
    assert page_of.evaluate("window.code") == 1001


def test_deltas_in_a_browser(browser, lab):
    lab.start(script(delay="2s"))
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{lab.engine.port}/api/tasks")
    page.evaluate(EVENT_SOURCE, "/api/events")
    page.wait_for_function("() => window.opened == 1")
    number = lab.submit(one_agent())
    page.wait_for_function("() => window.deltas.length > 5")
    lab.engine.wait(number)
    deltas = page.evaluate("window.deltas")
    context.close()
    assert deltas[0]["so_far"]
    assert TEXT.startswith("".join(delta["text"] for delta in deltas))


def test_a_page_of_another_site_gets_neither(browser, make_engine, engine, tmp_path):
    """A page that this server has not made cannot open a WebSocket, and cannot read the stream."""
    other = make_engine(tmp_path / "other").start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{other.port}/api/tasks")
    outcome = page.evaluate(
        """port => new Promise(done => {
          const socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`);
          socket.onopen = () => done("open");
          socket.onclose = event => done(event.code);
        })""", engine.port)
    assert outcome == 1006, "refused before it was open"
    stream = page.evaluate(
        """port => new Promise(done => {
          const source = new EventSource(`http://127.0.0.1:${port}/api/events`);
          source.onopen = () => done("open");
          source.onerror = () => done("error");
        })""", engine.port)
    assert stream == "error"
    context.close()
