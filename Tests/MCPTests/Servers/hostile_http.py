"""A server on HTTP that does one thing wrong when its tool `go` is called; everything else it does right. It speaks
revision 2026-07-28, or with sessions 2025-11-25 when a second word says `session`, and 2025-06-18 when it says `older`.
It prints its port on the first line. The tool `seen` gives what the server has been sent.

hostile_http.py FAULT [session|older]
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULT = sys.argv[1]
SESSIONS = {"session": "2025-11-25", "older": "2025-06-18"}
VERSION = SESSIONS.get(sys.argv[2]) if sys.argv[2:] else None
HAS_SESSIONS = VERSION is not None
seen = []
sessions = []
state = {"went": 0}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def reply(self, status, body=b"", kind="application/json", **fields):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self, identifier, result, **fields):
        result = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", **result}
        self.reply(200, json.dumps({"jsonrpc": "2.0", "id": identifier, "result": result}).encode(), **fields)

    def refuse(self, status, identifier, code, message, **data):
        error = {"code": code, "message": message, **({"data": data} if data else {})}
        self.reply(status, json.dumps({"jsonrpc": "2.0", "id": identifier, "error": error}).encode())

    def stream(self, *events):
        """Sends events and ends the connection."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for event in events:
            self.wfile.write(event)
        self.wfile.flush()
        self.close_connection = True

    def event(self, message, identifier=None):
        data = json.dumps({"jsonrpc": "2.0", **message})
        return (f"id: {identifier}\n" if identifier else "").encode() + f"data: {data}\n\n".encode()

    def do_DELETE(self):
        seen.append({"method": "DELETE", "session": self.headers.get("Mcp-Session-Id")})
        self.reply(200)

    def do_GET(self):
        after = self.headers.get("Last-Event-ID")
        seen.append({"method": "GET", "after": after})
        if after is None or FAULT == "cut-for-ever-once":
            self.reply(405)
        elif FAULT == "cut-for-ever":
            self.stream(b"retry: 10\n\n")
        else:
            result = {"content": [{"type": "text", "text": f"resumed after {after}"}]}
            self.stream(self.event({"id": state["identifier"], "result": result}, "e2"))

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method, identifier, params = message.get("method"), message.get("id"), message.get("params", {})
        fields = {name.lower(): value for name, value in self.headers.items()}
        seen.append({"method": method, "headers": fields, "params": params, "id": identifier})
        session = fields.get("mcp-session-id")
        if FAULT == "unauthorized":
            return self.reply(401)
        if FAULT == "forbidden":
            return self.reply(403)
        if HAS_SESSIONS and method not in ("initialize", "server/discover") and session != sessions[-1]:
            return self.reply(404)
        if identifier is None:
            return self.reply(202)
        if method == "server/discover" and not HAS_SESSIONS:
            versions = {"supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}}}
            return self.answer(identifier, versions)
        if method == "initialize" and HAS_SESSIONS:
            sessions.append(f"session-{len(sessions) + 1}")
            result = {"protocolVersion": VERSION, "capabilities": {"tools": {}}, "serverInfo": {"name": "h", "version": "0"}}
            return self.answer(identifier, result, Mcp_Session_Id=sessions[-1])
        if method == "tools/list":
            return self.tools(identifier)
        if method == "tools/call" and params["name"] == "go":
            return self.go(identifier, params, fields)
        if method == "tools/call" and params["name"] == "seen":
            return self.answer(identifier, {"content": [], "structuredContent": seen})
        if method == "tools/call":
            return self.answer(identifier, {"content": [{"type": "text", "text": "good"}]})
        self.refuse(400, identifier, -32600, "what?")

    def tools(self, identifier):
        properties = {"place": {"type": "string"}}
        if FAULT != "new-headers" or state["went"]:
            properties["place"]["x-mcp-header"] = "Place"
        properties["deep"] = {"type": "object", "properties": {"n": {"type": "integer", "x-mcp-header": "N"}}}
        odd = {"type": "object", "properties": {"x": {"type": "number", "x-mcp-header": "X"}}}
        self.answer(identifier, {"tools": [
            {"name": "go", "inputSchema": {"type": "object", "properties": properties}},
            {"name": "good", "inputSchema": {"type": "object"}}, {"name": "seen", "inputSchema": {"type": "object"}},
            {"name": "odd", "inputSchema": odd},
        ]})

    def go(self, identifier, params, fields):
        state["went"] += 1
        state["identifier"] = identifier
        good = {"content": [{"type": "text", "text": "gone"}]}
        match FAULT:
            case "wrong-id":
                self.answer(identifier + 1_000, good)
            case "wrong-id-in-stream":
                self.stream(self.event({"id": identifier + 1_000, "result": good}))
            case "cut-json":
                self.reply(200, b'{"jsonrpc": "2.0", "id": ')
            case "not-utf8":
                self.reply(200, b'{"jsonrpc": "2.0", "id": %d, "result": {"a": "\xff"}}' % identifier)
            case "not-json-in-stream":
                self.stream(b"data: hello\n\n")
            case "page":
                self.reply(200, b"<html>Welcome</html>", "text/html")
            case "status-500":
                self.reply(500, b"<html>no</html>", "text/html")
            case "status-503":
                self.reply(503, b"", Retry_After="7")
            case "taken":
                self.reply(202)
            case "redirect":
                self.reply(307, b"", Location="http://127.0.0.1:1/mcp")
            case "error-in-body":
                self.refuse(400, identifier, -32602, "Unknown tool")
            case "closes":
                self.close_connection = True
                self.connection.close()
            case "stream-without-answer":
                self.stream(self.event({"method": "notifications/message", "params": {"level": "info", "data": "x"}}))
            case "request-in-stream":
                self.stream(self.event({"id": 1, "method": "roots/list", "params": {}}))
            case "too-large":
                self.reply(200, b" " * (17 << 20))
            case "endless-notes":
                self.stream(*[self.event({"method": "notifications/message", "params": {"data": 1}})] * 10_002)
            case "hang":
                time.sleep(60)
            case "hang-in-stream":
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                self.wfile.write(b": waiting\n\n")
                self.wfile.flush()
                time.sleep(60)
            case "resumable":
                self.stream(b"id: e1\ndata:\n\n", b"retry: 10\ndata: \n\n")
            case "cut-for-ever":
                self.stream(b"id: e1\nretry: 10\ndata:\n\n")
            case "forgets-session" if state["went"] == 1:
                sessions.append("another")
                self.reply(404)
            case "forgets-every-session":
                self.reply(404)
            case "new-headers" if "mcp-param-place" not in fields:
                self.refuse(400, identifier, -32020, "Header mismatch: Mcp-Param-Place is missing")
            case _:
                self.answer(identifier, good)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
