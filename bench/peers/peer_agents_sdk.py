"""OpenAI's Agents SDK, a SQLiteSession for each conversation: `peer_agents_sdk.py ADDRESS FILE`."""

import asyncio
import sqlite3
import sys
import time

import turns
from agents import Agent, OpenAIChatCompletionsModel, Runner, SQLiteSession, function_tool, set_tracing_disabled
from openai import AsyncOpenAI


async def work(agent, prompt, path):
    session = SQLiteSession(prompt, path)
    try:
        result = await Runner.run(agent, prompt, session=session, max_turns=turns.TURNS + 1)
        assert result.final_output == "That is all."
    finally:
        session.close()


async def run(address, path):
    # Traces would be sent to OpenAI.
    set_tracing_disabled(True)
    client = AsyncOpenAI(base_url=address + "/v1", api_key="none")
    model = OpenAIChatCompletionsModel(model="any", openai_client=client)
    agent = Agent(name="worker", model=model, tools=[function_tool(turns.list_files)])
    for round_ in range(turns.ROUNDS + 1):
        await asyncio.gather(*(work(agent, prompt, path) for prompt in turns.prompts(round_)))


def main():
    address, path = sys.argv[1], sys.argv[2]
    started = time.perf_counter()
    asyncio.run(run(address, path))
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT count(*) FROM agent_messages").fetchone()[0]
    assert rows > turns.AGENTS * turns.TURNS, f"only {rows} messages were kept"
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    # The session sets nothing but the mode, so its connections have what any new one has.
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    turns.report(address, f"SQLiteSession, journal_mode={mode}, synchronous={synchronous}", started)


if __name__ == "__main__":
    main()
