"""A provider that sends whatever bytes a test wants: what no script of the fake model can say."""

import contextlib
import http.server
import json
import threading


@contextlib.contextmanager
def raw_provider(answer):
    """Serves on the loopback; `answer(number, body)` gives the pieces of the body of each answer. Its base URL."""
    count = 0

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            nonlocal count
            count += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            # Whoever has heard enough hangs up.
            with contextlib.suppress(ConnectionError):
                for piece in answer(count, body):
                    self.wfile.write(piece)
            self.close_connection = True

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def on_raw(lab, answer):
    """The lab with a provider that sends these bytes."""
    with raw_provider(answer) as address:
        lab.start({"answers": [{"text": "Never."}]})
        lab.engine.stop()
        lab.settings["providers"]["fake"]["base_url"] = address
        lab.start_engine()
        yield


def chat(*deltas, finish="stop"):
    """Events of a streamed chat completion with these deltas."""
    def event(choice, **members):
        chunk = {"id": "c1", "object": "chat.completion.chunk", "model": "raw", "choices": [choice] if choice else [], **members}
        return b"data: " + json.dumps(chunk).encode() + b"\n\n"

    events = [event({"index": 0, "delta": delta, "finish_reason": None}) for delta in deltas]
    usage = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
    return [*events, event({"index": 0, "delta": {}, "finish_reason": finish}), event(None, usage=usage), b"data: [DONE]\n\n"]


def chat_calls(*calls):
    """Events of a streamed chat completion with these calls: id, name and arguments as a text."""
    deltas = [
        {"tool_calls": [{"index": place, "id": call, "type": "function", "function": {"name": name, "arguments": arguments}}]}
        for place, (call, name, arguments) in enumerate(calls)
    ]
    return chat(*deltas, finish="tool_calls")
