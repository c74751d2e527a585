"""LangGraph's ready-made agent with its SQLite checkpointer, durability "sync": `peer_langgraph_agents.py ADDRESS FILE`."""

import sqlite3
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import turns
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.sqlite import SqliteSaver

# It has moved to the package langchain, which brings nothing that is measured here.
warnings.simplefilter("ignore")
from langgraph.prebuilt import create_react_agent  # noqa: E402


def main():
    address, path = sys.argv[1], sys.argv[2]
    connection = sqlite3.connect(path, check_same_thread=False)
    saver = SqliteSaver(connection)
    saver.setup()
    model = ChatOpenAI(model="any", base_url=address + "/v1", api_key="none")
    agent = create_react_agent(model, [tool(turns.list_files)], checkpointer=saver)

    def work(prompt):
        # Two nodes a turn: the model and its tools.
        options = {"configurable": {"thread_id": prompt}, "recursion_limit": 2 * turns.TURNS + 2}
        result = agent.invoke({"messages": [("user", prompt)]}, options, durability="sync")
        assert result["messages"][-1].content == "That is all."

    started = time.perf_counter()
    with ThreadPoolExecutor(turns.AGENTS) as pool:
        for round_ in range(turns.ROUNDS + 1):
            list(pool.map(work, turns.prompts(round_)))
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    turns.report(address, f"SqliteSaver, journal_mode={mode}, synchronous={synchronous}", started)


if __name__ == "__main__":
    main()
