"""Tools of an MCP server that was built with the official package of the line before (`mcp` 1.x), as people still run them.

mcp_earlier.py stdio
mcp_earlier.py http     prints its port on a line of its own, once it listens

TOOL_DIRECTORY has `log`, a line of JSON for each call that has begun or ended, and the gates: files that calls wait for.
"""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import ToolAnnotations
from pydantic import BaseModel

DIRECTORY = Path(os.environ["TOOL_DIRECTORY"])
HARMLESS = ToolAnnotations(readOnlyHint=True)
server = FastMCP("earlier", log_level="ERROR")


def note(what, tool, **members):
    with (DIRECTORY / "log").open("a") as log:
        log.write(json.dumps({"what": what, "tool": tool, "pid": os.getpid(), **members}) + "\n")


async def passed(gate):
    while not (DIRECTORY / gate).exists():
        await asyncio.sleep(0.01)


@server.tool(annotations=HARMLESS)
async def find(order: str, ctx: Context, gate: str = "") -> str:
    """Finds an order."""
    note("began", "find", order=order)
    if gate:
        await ctx.report_progress(1, 2, "half of it")
        await passed(gate)
    note("ended", "find", order=order)
    return f"found {order}"


@server.tool()
async def fail(why: str) -> str:
    """Does not work."""
    note("began", "fail", why=why)
    raise ValueError(why)


class Address(BaseModel):
    street: str
    number: int


@server.tool()
async def send(what: str, ctx: Context) -> str:
    """Sends something: a person is asked for the address while the call is under way."""
    answer = await ctx.elicit(f"Where to with {what}?", Address)
    if answer.action != "accept":
        raise ValueError(f"elicitation was {answer.action}")
    note("began", "send", to=f"{answer.data.street} {answer.data.number}")
    return f"{what} sent to {answer.data.street} {answer.data.number}"


@server.resource("note://first", name="first", mime_type="text/plain")
def first_note() -> str:
    return "the first note"


async def serve_http() -> None:
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(server.streamable_http_app(), log_level="error")).serve(sockets=[listener])


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    asyncio.run(serve_http())
