"""LangGraph with its SQLite checkpointer, durability "sync": `peer_langgraph.py FILE WORKFLOWS LATENCIES`."""

import sqlite3
import sys
from typing import TypedDict

import measure
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    number: int


def graph(steps, saver):
    """A chain of nodes that each add one."""
    builder = StateGraph(State)
    before = START
    for place in range(steps):
        name = f"step{place}"
        builder.add_node(name, lambda state: {"number": state["number"] + 1})
        builder.add_edge(before, name)
        before = name
    builder.add_edge(before, END)
    return builder.compile(checkpointer=saver)


def runner(steps, saver):
    compiled = graph(steps, saver)

    def run(number):
        thread = {"configurable": {"thread_id": f"{steps}-{number}"}}
        # "sync": "changes are persisted synchronously before the next step starts".
        assert compiled.invoke({"number": number}, thread, durability="sync")["number"] == number + steps

    return run


def main():
    path, workflows, latencies = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    connection = sqlite3.connect(path, check_same_thread=False)
    saver = SqliteSaver(connection)
    saver.setup()
    rate = measure.steps_per_second(runner(measure.STEPS, saver), workflows)
    latency = measure.latency_p50_ms(runner(measure.LATENCY_STEPS, saver), latencies)
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    measure.report(rate, latency, f"journal_mode={mode}, synchronous={synchronous}")


if __name__ == "__main__":
    main()
