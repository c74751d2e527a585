"""A server on stdio that does one thing wrong when its tool `go` is called, or when its tools are listed; everything else,
such as the tool `good`, it does right. It speaks revision 2026-07-28, or 2025-11-25 when a second word says `session`.

hostile.py FAULT [session]
"""

import json
import os
import signal
import sys
import time

FAULT = sys.argv[1]
HAS_SESSIONS = sys.argv[2:] == ["session"]
out = sys.stdout.buffer
LYING = {"type": "object", "properties": {"sum": {"type": "integer"}}, "required": ["sum"]}


def send(message):
    out.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
    out.flush()


def answer(identifier, result):
    send({"id": identifier, "result": {"resultType": "complete", "ttlMs": 3_600_000, "cacheScope": "private", **result}})


def text(words, **more):
    return {"content": [{"type": "text", "text": words}], **more}


def raw(data):
    out.write(data)
    out.flush()


def flood(data):
    while True:
        raw(data)


def ask(identifier, *methods):
    """Makes requests of its own, and gives the replies as the result."""
    schema = {"type": "object", "properties": {"name": {"type": "string"}}}
    replies = {}
    for method in methods:
        send({"id": f"ask-{method}", "method": method, "params": {"message": "Who?", "requestedSchema": schema}})
        reply = json.loads(sys.stdin.readline())
        while reply.get("id") != f"ask-{method}":
            reply = json.loads(sys.stdin.readline())
        replies[method] = reply
    answer(identifier, {"content": [], "structuredContent": replies})


def go(identifier, params):
    token = params.get("_meta", {}).get("progressToken")
    progress = {"method": "notifications/progress", "params": {"progressToken": token, "progress": 1}}
    match FAULT:
        case "crash":
            print("out of cheese, the key was sesame-open", file=sys.stderr, flush=True)
            os._exit(3)
        case "signal":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            pass
        case "freeze":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "close-output":
            os.close(1)
        case "endless-line":
            flood(b"x" * 65_536)
        case "endless-message":
            raw(b'{"jsonrpc": "2.0", "id": 1, "result": {"text": "')
            flood(b"x" * 65_536)
        case "endless-notes":
            flood(json.dumps({"jsonrpc": "2.0", **progress}).encode() + b"\n")
        case "endless-words":
            flood(b"still thinking\n")
        case "wrong-id":
            answer(identifier + 1_000, text("late"))
        case "text-id":
            answer(str(identifier), text("late"))
        case "cut-json":
            raw(b'{"jsonrpc": "2.0", "id": %d, "result": {"content": \n' % identifier)
        case "not-utf8":
            raw(b'{"jsonrpc": "2.0", "id": %d, "result": {"content": [{"type": "text", "text": "\xff"}]}}\n' % identifier)
        case "deep":
            raw(b'{"jsonrpc": "2.0", "id": %d, "result": ' % identifier + b"[" * 5_000 + b"]" * 5_000 + b"}\n")
        case "batch":
            raw(b"[]\n")
        case "other-version":
            raw(b'{"jsonrpc": "1.0", "id": %d, "result": {}}\n' % identifier)
        case "result-is-array":
            send({"id": identifier, "result": []})
        case "error-without-code":
            send({"id": identifier, "error": "no"})
        case "error":
            send({"id": identifier, "error": {"code": -32000, "message": "the key is sesame-open"}})
        case "content-is-text":
            answer(identifier, {"content": "words"})
        case "unknown-content":
            answer(identifier, {"content": [{"type": "smell", "data": "roses"}]})
        case "not-base64":
            answer(identifier, {"content": [{"type": "image", "data": "###", "mimeType": "image/png"}]})
        case "unknown-result-type":
            answer(identifier, {"resultType": "someday", **text("x")})
        case "nothing-required":
            answer(identifier, {"resultType": "input_required"})
        case "asks-for-model":
            request = {"method": "sampling/createMessage", "params": {"messages": [], "maxTokens": 1}}
            answer(identifier, {"resultType": "input_required", "inputRequests": {"a": request}})
        case "again-for-ever":
            answer(identifier, {"resultType": "input_required", "requestState": "s"})
        case "request":
            send({"id": 1, "method": "roots/list", "params": {}})
        case "lies-about-schema":
            answer(identifier, text("3", structuredContent={"sum": "three"}))
        case "forgets-structure":
            answer(identifier, text("3"))
        case "asks":
            ask(identifier, "ping", "sampling/createMessage", "roots/list")
        case "asks-person":
            ask(identifier, "elicitation/create")
        case "chatter":
            raw(b"debug: going\n\n")
            answer(identifier, text("gone"))
        case _:
            answer(identifier, text("gone"))


def tools(identifier, params):
    good = {"name": "good", "inputSchema": {"type": "object"}}
    bad = {"name": "go", "inputSchema": {"type": "object"}}
    if FAULT in ("lies-about-schema", "forgets-structure"):
        bad["outputSchema"] = LYING
    page = int(params.get("cursor", "0"))
    match FAULT:
        case "million-tools":
            names = range(page * 100, page * 100 + 100)
            entries = [{"name": f"tool-{name}", "inputSchema": {"type": "object"}} for name in names]
            answer(identifier, {"tools": entries, "nextCursor": str(page + 1)})
        case "circle":
            answer(identifier, {"tools": [good], "nextCursor": "0"})
        case "tools-are-no-list":
            answer(identifier, {"tools": {}})
        case "one-bad-tool":
            odd = [{"name": "odd"}, {"name": 7, "inputSchema": {"type": "object"}}, {"name": "good", "inputSchema": {}}, "?"]
            answer(identifier, {"tools": [odd[0], good, *odd[1:], good, bad]})
        case "pages":
            answer(identifier, {"tools": [bad], "nextCursor": "1"} if page == 0 else {"tools": [good]})
        case _:
            answer(identifier, {"tools": [good, bad, {"name": "wait", "inputSchema": {"type": "object"}}]})


def serve():
    for line in sys.stdin:
        message = json.loads(line)
        method, identifier, params = message.get("method"), message.get("id"), message.get("params", {})
        if method == "server/discover" and not HAS_SESSIONS:
            versions = ["2027-01-01"] if FAULT == "future" else ["2026-07-28"]
            answer(identifier, {"supportedVersions": versions, "capabilities": {"tools": {}}})
        elif method == "initialize":
            version = {"past": "2024-11-05", "older": "2025-06-18"}.get(FAULT, "2025-11-25")
            info = {"name": "hostile", "version": "0"}
            answer(identifier, {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": info})
        elif method == "ping":
            answer(identifier, {})
        elif method == "tools/list":
            tools(identifier, params)
        elif method == "tools/call" and params["name"] == "go":
            go(identifier, params)
        elif method == "tools/call" and params["name"] == "wait":
            token = params["_meta"]["progressToken"]
            send({"method": "notifications/progress", "params": {"progressToken": token, "progress": 1}})
        elif method == "tools/call":
            answer(identifier, text(f"good by {os.getpid()}"))
        elif method == "server/discover" and FAULT == "needs-handshake":
            os._exit(1)
        elif method == "server/discover" and FAULT == "ignores-probe":
            pass
        elif identifier is not None:
            send({"id": identifier, "error": {"code": -32601, "message": "unknown"}})


if FAULT == "crash-at-start":
    sys.exit("nothing works today")
if FAULT == "slow-start":
    time.sleep(0.3)
serve()
