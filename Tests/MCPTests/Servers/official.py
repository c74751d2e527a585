"""A server built with the official package: one tool, resource or prompt for each thing that the client must understand.

official.py stdio
official.py http [--json] [--stateless]   prints the port on a line of its own, once it listens
"""

import asyncio
import socket
import sys
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve
from mcp.types import AudioContent, EmbeddedResource, ImageContent, ResourceLink, TextResourceContents, ToolAnnotations
from pydantic import BaseModel

server = MCPServer("workshop", version="7.1", instructions="Add numbers with add.")
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Sum(BaseModel):
    sum: int


class Address(BaseModel):
    street: str
    number: int = 1


@server.tool(title="Add", annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True))
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
        ImageContent(type="image", data=PIXEL, mime_type="image/png"),
        AudioContent(type="audio", data="UklGRg==", mime_type="audio/wav"),
        EmbeddedResource(
            type="resource", resource=TextResourceContents(uri="note://1", mime_type="text/plain", text="inside")),
        ResourceLink(type="resource_link", uri="note://2", name="second", mime_type="text/plain"),
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


async def ask_address() -> Elicit[Address]:
    return Elicit("Where to?", Address)


@server.tool()
async def send(what: str, address: Annotated[Address, Resolve(ask_address)]) -> str:
    """Asks a person for the address."""
    return f"{what} to {address.street} {address.number}"


@server.tool()
async def learn(ctx: Context) -> str:
    """Adds the tool `learned`."""
    server.add_tool(lambda: "I know", name="learned", description="New")
    await ctx.notify_tools_changed()
    if ctx.protocol_version and ctx.protocol_version < "2026":
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
    app = server.streamable_http_app(
        json_response="--json" in sys.argv, stateless_http="--stateless" in sys.argv, host="127.0.0.1")
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="error")).serve(sockets=[listener])


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    asyncio.run(serve_http())
