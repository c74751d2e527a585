"""The server of official.py built with the last official package of the line before (`mcp` 1.x): it knows no revision later
than 2025-11-25, and nothing of `server/discover`.

earlier.py stdio
earlier.py http [--json] [--stateless]   prints the port on a line of its own, once it listens
"""

import asyncio
import socket
import sys

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import AudioContent, EmbeddedResource, ImageContent, ResourceLink, TextResourceContents, ToolAnnotations
from pydantic import BaseModel

server = FastMCP(
    "workshop", instructions="Add numbers with add.", json_response="--json" in sys.argv,
    stateless_http="--stateless" in sys.argv, log_level="ERROR")
# The package has no other way to say it.
server._mcp_server.version = "7.1"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Sum(BaseModel):
    sum: int


class Address(BaseModel):
    street: str
    number: int = 1


@server.tool(title="Add", annotations=ToolAnnotations(readOnlyHint=True, idempotentHint=True))
def add(a: int, b: int) -> Sum:
    """Adds two numbers."""
    return Sum(sum=a + b)


@server.tool()
def fail() -> str:
    raise ValueError("the tape is torn")


@server.tool(structured_output=False)
def show() -> list:
    """Gives one piece of each kind."""
    return [
        "text",
        ImageContent(type="image", data=PIXEL, mimeType="image/png"),
        AudioContent(type="audio", data="UklGRg==", mimeType="audio/wav"),
        EmbeddedResource(
            type="resource", resource=TextResourceContents(uri="note://1", mimeType="text/plain", text="inside")),
        ResourceLink(type="resource_link", uri="note://2", name="second", mimeType="text/plain"),
    ]


@server.tool()
async def count(to: int, ctx: Context) -> str:
    for step in range(1, to + 1):
        await ctx.report_progress(step, to, f"step {step}")
    return f"counted to {to}"


@server.tool()
async def speak(ctx: Context) -> str:
    await ctx.info("said on the side")
    return "spoken"


cancelled = asyncio.Event()


@server.tool()
async def hang(ctx: Context) -> str:
    """Says that it has begun, and waits until it is cancelled."""
    await ctx.report_progress(1)
    try:
        await asyncio.Event().wait()
    finally:
        cancelled.set()
    return "never"


@server.tool()
async def await_cancellation() -> str:
    """Tells once `hang` was cancelled."""
    await cancelled.wait()
    return "cancelled"


@server.tool()
async def send(what: str, ctx: Context) -> str:
    """Asks a person for the address."""
    answer = await ctx.elicit("Where to?", Address)
    if answer.action != "accept":
        raise ValueError(f"the elicitation was {answer.action}")
    return f"{what} to {answer.data.street} {answer.data.number}"


@server.tool()
async def learn(ctx: Context) -> str:
    """Adds the tool `learned`."""
    server.add_tool(lambda: "I know", name="learned", description="New")
    await ctx.session.send_tool_list_changed()
    return "learned"


@server.resource("note://first", name="first", mime_type="text/plain")
def first_note() -> str:
    return "the first note"


@server.resource("note://{name}/bytes", name="bytes", mime_type="application/octet-stream")
def bytes_of(name: str) -> bytes:
    return name.encode()


@server.prompt(title="Greeting")
def greet(name: str) -> str:
    """Greets."""
    return f"Greet {name}."


async def serve_http() -> None:
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    app = server.streamable_http_app()
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="error")).serve(sockets=[listener])


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    asyncio.run(serve_http())
