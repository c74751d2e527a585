"""Sets Signalbox beside other engines for durable work, on one machine, one disk, in one run.

    compare.py --signalbox PROGRAM [--directory DIR] [--rounds 3] [--workflows 1280] [--latencies 200]

Every round measures every engine once, in turn, so that a disk that becomes slower meets all of them; the figures are the
medians of the rounds. The last line is one JSON document. Nothing else should run meanwhile.
"""

import argparse
import importlib.metadata
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import measure
import postgres

HERE = Path(__file__).resolve().parent
# Seconds that one engine may take in one round.
TIMEOUT = 900


def output_of(command):
    """The JSON document in the last line that a program prints."""
    result = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if result.returncode:
        sys.exit(f"bench-peers: {command[0]} ended with {result.returncode}:\n{result.stdout}{result.stderr}")
    return json.loads(result.stdout.splitlines()[-1])


def peer(script, place, options):
    return output_of([sys.executable, HERE / script, place, str(options.workflows), str(options.latencies)])


def signalbox(directory, options):
    figures = output_of([options.signalbox, "bench", "engine", "--json", "--dir", directory])
    return {
        "steps_per_second": figures["durable_steps_per_second"],
        "dispatched_steps_per_second": figures["dispatched_steps_per_second"],
        "three_step_p50_ms": figures["three_step_p50_ms"],
        # A setting of its connection, which nobody can ask from outside: SQLiteDatabase.open in StoreSQLite.
        "durability": "journal_mode=wal, synchronous=2",
    }


def dbos_sqlite(directory, options):
    return peer("peer_dbos.py", f"sqlite:///{directory}/dbos.sqlite", options)


def dbos_postgres(directory, options):
    with postgres.cluster(directory) as url:
        return peer("peer_dbos.py", url, options)


def langgraph_sqlite(directory, options):
    return peer("peer_langgraph.py", f"{directory}/langgraph.sqlite", options)


def engines():
    """Name, version and measurement of each."""
    dbos, langgraph = (importlib.metadata.version(name) for name in ("dbos", "langgraph"))
    server = subprocess.run([postgres.programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return {
        "signalbox": ("Signalbox", signalbox),
        "dbos_sqlite": (f"DBOS {dbos}, SQLite", dbos_sqlite),
        "dbos_postgres": (f"DBOS {dbos}, PostgreSQL {server.stdout.split()[2]}", dbos_postgres),
        "langgraph_sqlite": (f"LangGraph {langgraph}, SQLite, durability sync", langgraph_sqlite),
    }


def measured(parent, name, run, options):
    """One engine in one round, in a directory that is removed afterwards; the disk is measured just before."""
    directory = tempfile.mkdtemp(prefix=f"{name}-", dir=parent)
    # The account of a database server must get through to its own directory in it.
    os.chmod(directory, 0o755)
    try:
        fsync = measure.fsync_p50_us(directory)
        return {**run(directory, options), "fsync_p50_us": fsync}
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def median(rounds):
    """Of every number; texts are the same in all rounds."""
    return {
        key: round(statistics.median(figures[key] for figures in rounds), 2) if isinstance(value, (int, float)) else value
        for key, value in rounds[0].items()
    }


def table(names, figures):
    lines = [
        "| engine | durable steps a second | 3-step workflow, p50 | fdatasync before, p50 | durability |",
        "|---|---:|---:|---:|---|",
    ]
    for key, result in figures.items():
        lines.append(
            f"| {names[key]} | {result['steps_per_second']:,.0f} | {result['three_step_p50_ms']:.2f} ms "
            f"| {result['fsync_p50_us']:.0f} µs | {result['durability']} |")
        if "dispatched_steps_per_second" in result:
            lines.append(
                f"| {names[key]}, steps that are dispatched and executed | {result['dispatched_steps_per_second']:,.0f} "
                f"| | {result['fsync_p50_us']:.0f} µs | {result['durability']} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signalbox", required=True, help="the release binary")
    parser.add_argument("--directory", help="measure on the disk of this directory (default: that of temporary files)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workflows", type=int, default=1_280, help="of each peer and round, 64 at once")
    parser.add_argument("--latencies", type=int, default=200, help="workflows one after the other")
    options = parser.parse_args()
    known = engines()
    rounds = {key: [] for key in known}
    with tempfile.TemporaryDirectory(prefix="signalbox-peers-", dir=options.directory) as parent:
        os.chmod(parent, 0o755)
        for number in range(options.rounds):
            for key, (name, run) in known.items():
                print(f"round {number + 1} of {options.rounds}: {name}", file=sys.stderr, flush=True)
                rounds[key].append(measured(parent, key, run, options))
    figures = {key: median(results) for key, results in rounds.items()}
    print(table({key: name for key, (name, _) in known.items()}, figures))
    print(json.dumps({
        "rounds": options.rounds, "workflows": options.workflows, "processors": os.cpu_count(), "engines": figures}))


if __name__ == "__main__":
    main()
