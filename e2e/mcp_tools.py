"""An MCP server of the official package, with tools that a test holds back and watches.

mcp_tools.py stdio
mcp_tools.py http     prints its port on a line of its own, once it listens

TOOL_DIRECTORY has `log`, a line of JSON for each call that has begun or ended, and the gates: files that calls wait for.
What it gives out to be given back with an answer is sealed with TOOL_STATE_KEY, else with a key that ends with the process.
"""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve
from mcp.server.request_state import RequestStateSecurity
from mcp.types import ToolAnnotations
from pydantic import BaseModel

DIRECTORY = Path(os.environ["TOOL_DIRECTORY"])
HARMLESS = ToolAnnotations(read_only_hint=True)
KEY = os.environ.get("TOOL_STATE_KEY")
server = MCPServer(
    "tools", version="1", request_state_security=RequestStateSecurity(keys=[KEY]) if KEY else None)


def note(what, tool, ctx, **members):
    meta = ctx.request_context.meta or {}
    key = dict(meta).get("signalbox/idempotencyKey")
    with (DIRECTORY / "log").open("a") as log:
        log.write(json.dumps({"what": what, "tool": tool, "key": key, "pid": os.getpid(), **members}) + "\n")


async def passed(gate):
    """Waits until a test opens the gate."""
    while not (DIRECTORY / gate).exists():
        await asyncio.sleep(0.01)


@server.tool()
async def book(order: str, ctx: Context, gate: str = "") -> str:
    """Books an order: not to be done twice."""
    note("began", "book", ctx, order=order)
    if gate:
        await passed(gate)
    note("ended", "book", ctx, order=order)
    return f"booked {order}"


@server.tool(annotations=HARMLESS)
async def find(order: str, ctx: Context, gate: str = "") -> str:
    """Finds an order."""
    note("began", "find", ctx, order=order)
    if gate:
        await passed(gate)
    note("ended", "find", ctx, order=order)
    return f"found {order}"


@server.tool()
async def say(text: str, ctx: Context) -> str:
    """Says what it is told; of `@NAME` what that file has."""
    note("began", "say", ctx, text=text)
    return (DIRECTORY / text[1:]).read_text() if text.startswith("@") else text


class Address(BaseModel):
    street: str
    number: int


async def ask_address(what: str) -> Elicit[Address]:
    return Elicit(f"Where to with {what}?", Address)


@server.tool()
async def send(what: str, address: Annotated[Address, Resolve(ask_address)], ctx: Context) -> str:
    """Sends something: a person is asked for the address before it begins (`input_required`)."""
    note("began", "send", ctx, to=f"{address.street} {address.number}")
    return f"{what} sent to {address.street} {address.number}"


@server.tool()
async def fail(why: str, ctx: Context) -> str:
    """Does not work."""
    note("began", "fail", ctx, why=why)
    raise ValueError(why)


@server.tool(annotations=HARMLESS)
async def count(ctx: Context, gate: str) -> str:
    """Says how far it has come."""
    note("began", "count", ctx)
    await ctx.report_progress(1, 4, "one of four")
    await passed(gate)
    await ctx.report_progress(4, 4, "all")
    return "counted"


@server.tool(annotations=HARMLESS)
async def crash(ctx: Context) -> str:
    """Takes the whole server with it."""
    note("began", "crash", ctx)
    os._exit(3)


@server.tool(annotations=HARMLESS)
async def hang(ctx: Context) -> str:
    """Never answers."""
    note("began", "hang", ctx)
    await asyncio.Event().wait()
    return "never"


@server.tool(annotations=HARMLESS)
async def babble(ctx: Context) -> str:
    """Writes to stderr without end."""
    note("began", "babble", ctx)
    while True:
        os.write(2, b"x" * 65536)
        await asyncio.sleep(0)


async def serve_http() -> None:
    import uvicorn

    listener = socket.create_server(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    app = server.streamable_http_app(host="127.0.0.1")
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="error")).serve(sockets=[listener])


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    asyncio.run(serve_http())
