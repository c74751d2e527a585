"""A server that takes connections and says nothing: whoever follows a task is told within seconds, as with one that is gone."""

import contextlib
import http.server
import threading
import urllib.request

import pytest

from engine import eventually
from terminal import Terminal

pytestmark = pytest.mark.usefixtures("open_commands")


@contextlib.contextmanager
def silent_streams(address):
    """A way to that server which answers every question, but no stream until it is told to. Its address and that switch."""
    speaks, closing = threading.Event(), threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_stream = "text/event-stream" in self.headers.get("Accept", "")
            while is_stream and not speaks.is_set():
                if closing.wait(0.05):
                    return
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            asked = urllib.request.Request(address + self.path, headers=headers)
            with contextlib.suppress(ConnectionError), urllib.request.urlopen(asked, timeout=30) as answer:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.end_headers()
                while piece := answer.read1(65_536):
                    self.wfile.write(piece)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", speaks
    finally:
        closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_stream_that_never_begins_counts_as_lost(binary, engine, tmp_path):
    """Five seconds, as where one falls silent later; and it heals by itself."""
    gate = tmp_path / "gate"
    script = f"while ! [ -e {gate} ]; do sleep 0.05; done"
    number = engine.submit(f"name: held\nsteps: {{only: {{command: [sh, -c, '{script}']}}}}\n")
    with silent_streams(f"http://127.0.0.1:{engine.port}") as (address, speaks):
        terminal = Terminal([binary, "tasks", "watch", str(number), "--server", address])
        terminal.read_until("connection lost, trying again", seconds=20)
        speaks.set()
        gate.touch()
        assert terminal.wait() == 0
        assert "held" in terminal.written
    eventually(lambda: engine.task(number)["status"] == "completed", "the task is over")
