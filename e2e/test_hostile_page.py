"""A page of another site, open in the same browser, can neither change nor read anything (product §15).

`evil.example` is a name that leads to this machine, as an attacker's name server would let it after DNS rebinding.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

SECRET = "quarterly-figures"
PLAN = "name: harmless\nsteps:\n  a:\n    set: {b: 1}\n"


class EvilHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<!doctype html><title>Kittens</title><iframe name='frame'></iframe>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def evil_port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), EvilHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def evil_browser(launch_browser):
    running = launch_browser("--host-resolver-rules=MAP evil.example 127.0.0.1")
    yield running
    running.close()


@pytest.fixture
def server(start_server):
    server = start_server()
    number = server.submit(PLAN, name=SECRET)["number"]
    server.wait_for(number, "completed")
    return server


@pytest.fixture(params=["127.0.0.1", "localhost", "evil.example"])
def evil_page(request, evil_browser, evil_port, server):
    """A page from another port of this machine, by each of its names."""
    context = evil_browser.new_context()
    page = context.new_page()
    page.goto(f"http://{request.param}:{evil_port}/")
    yield page
    context.close()
    assert server.request("/api/tasks")["total"] == 1, "the hostile page has made a task"


@pytest.fixture(params=["127.0.0.1", "evil.example"])
def target(request, server):
    """The address under which the hostile page tries to reach the server."""
    return f"http://{request.param}:{urlsplit(server.address).port}"


FETCHES = {
    "JSON": {"method": "POST", "headers": {"Content-Type": "application/json"}},
    "text": {"method": "POST", "headers": {"Content-Type": "text/plain"}},
    "text, without asking": {"method": "POST", "headers": {"Content-Type": "text/plain"}, "mode": "no-cors"},
    "no body": {"method": "POST", "mode": "no-cors", "path": "/api/tasks/1/cancel"},
    "a file": {"method": "POST", "mode": "no-cors", "path": "/api/files?name=x"},
    "reading": {"method": "GET"},
    "reading, without asking": {"method": "GET", "mode": "no-cors"},
    "reading with cookies": {"method": "GET", "credentials": "include"},
}


@pytest.mark.parametrize("kind", FETCHES)
def test_fetch(evil_page, target, kind):
    options = dict(FETCHES[kind])
    path = options.pop("path", "/api/tasks")
    if options["method"] == "POST":
        options["body"] = '{"plan": {"text": "name: evil\\nsteps:\\n  a:\\n    set: {b: 1}\\n"}}'
    read = evil_page.evaluate(
        """async ([address, options]) => {
            try { return await (await fetch(address, options)).text(); } catch (error) { return ""; }
        }""",
        [target + path, options],
    )
    assert read == ""


@pytest.mark.parametrize("encoding", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_form(evil_page, target, encoding):
    with evil_page.expect_response(lambda response: response.request.method == "POST") as response:
        evil_page.evaluate(
            """([address, encoding]) => {
                const form = document.createElement("form");
                Object.assign(form, { action: address, method: "POST", enctype: encoding, target: "frame" });
                const field = document.createElement("input");
                // As text/plain this makes valid JSON: name, equals sign, value.
                field.name = '{"plan": {"text": "name: evil\\\\nsteps:\\\\n  a:\\\\n    set: {b: 1}\\\\n", "path": "';
                field.value = '"}}';
                form.append(field);
                document.body.append(form);
                form.submit();
            }""",
            [target + "/api/tasks", encoding],
        )
    assert response.value.status in (403, 415, 421)


@pytest.mark.parametrize("path", ["/api/events", "/tasks/live", "/tasks/1/live"])
def test_event_source(evil_page, target, path):
    heard = evil_page.evaluate(
        """(address) => new Promise((resolve) => {
            const source = new EventSource(address);
            source.onmessage = (event) => { source.close(); resolve(event.data); };
            source.onerror = () => { source.close(); resolve(""); };
        })""",
        target + path,
    )
    assert heard == ""


@pytest.mark.parametrize("path", ["/tasks", "/tasks/1"])
def test_frame(evil_page, target, path):
    with evil_page.expect_event("framenavigated"):
        evil_page.evaluate("(address) => { document.querySelector('iframe').src = address; }", target + path)
    # What was refused is a page of the browser's own.
    evil_page.frame_locator("iframe").locator("body").wait_for(state="attached")
    assert SECRET not in evil_page.frame_locator("iframe").locator("body").inner_html()


@pytest.mark.parametrize("path", ["/tasks", "/tasks/1", "/api/tasks", "/api/tasks/1", "/healthz", "/"])
def test_foreign_names_get_nothing(evil_browser, server, path):
    """After rebinding, the attacker's page has the same origin as the server, as far as the browser knows."""
    context = evil_browser.new_context()
    page = context.new_page()
    response = page.goto(f"http://evil.example:{urlsplit(server.address).port}{path}")
    assert response.status == 421
    assert SECRET not in page.content()
    made = page.evaluate(
        """async () => (await fetch("/api/tasks", {
            method: "POST", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ plan: { text: "name: evil\\nsteps:\\n  a:\\n    set: {b: 1}\\n" } }),
        })).status"""
    )
    assert made == 421
    assert server.request("/api/tasks")["total"] == 1
    context.close()
