"""Signalbox beside OpenAI's Agents SDK and LangGraph: what a turn of an agent costs beyond its model.

    compare_agents.py --signalbox .build/release/signalbox

All talk to the same fake model server with the same script, 16 agents at once, 20 model calls each, every one but the last
followed by a call of the same tool. The server notes when it answered and when the next request came; what a client takes
for it that does nothing but the HTTP exchange is measured by Signalbox in the same run and taken off from all.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import measure

HERE = Path(__file__).resolve().parent
TIMEOUT = 600


def last_line(command, **options):
    result = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False, **options)
    if result.returncode:
        raise SystemExit(f"bench-peers: {command[0]} failed:\n{result.stdout}{result.stderr}")
    return json.loads(result.stdout.splitlines()[-1])


@contextlib.contextmanager
def fake_model(signalbox, directory):
    """The address of a server with the script that Signalbox is measured with."""
    script = Path(directory) / "script.yaml"
    script.write_text(subprocess.run(
        [signalbox, "bench", "agents", "--print-script"], capture_output=True, text=True, check=True).stdout)
    command = [signalbox, "fake-model", "--port", "0", "--json", "--script", script]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())["address"]
    finally:
        process.terminate()
        process.wait(timeout=20)


def signalbox(directory, options):
    figures = last_line([options.signalbox, "bench", "agents", "--json", "--dir", directory])
    return {
        "turn_gap_p50_ms": figures["turn_gap_p50_ms"],
        "turn_gap_p95_ms": figures["turn_overhead_p95_ms"] + figures["bare_gap_p50_ms"],
        "bare_gap_p50_ms": figures["bare_gap_p50_ms"], "turns": figures["turns"],
        "durability": "journal_mode=wal, synchronous=2",
    }


def peer(program):
    def run(directory, options):
        environment = {**os.environ, "no_proxy": "127.0.0.1", "OPENAI_AGENTS_DISABLE_TRACING": "1"}
        with fake_model(options.signalbox, directory) as address:
            return last_line(
                [sys.executable, HERE / program, address, str(Path(directory) / "peer.db")], env=environment)

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signalbox", required=True, help="the release binary")
    parser.add_argument("--directory", help="measure on the disk of this directory (default: that of temporary files)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="one of signalbox, agents_sdk, langgraph")
    options = parser.parse_args()
    options.signalbox = str(Path(options.signalbox).resolve())
    known = {
        "signalbox": ("Signalbox", signalbox),
        "agents_sdk": (f"OpenAI Agents SDK {version('openai-agents')}", peer("peer_agents_sdk.py")),
        "langgraph": (f"LangGraph {version('langgraph')}", peer("peer_langgraph_agents.py")),
    }
    known = {key: value for key, value in known.items() if options.only in (None, key)}
    rounds = {key: [] for key in known}
    for number in range(options.rounds):
        for key, (name, run) in known.items():
            print(f"round {number + 1} of {options.rounds}: {name}", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix=f"{key}-", dir=options.directory) as directory:
                fsync = measure.fsync_p50_us(directory)
                rounds[key].append({**run(directory, options), "fsync_p50_us": fsync})

    def median(key, figure):
        return statistics.median(result[figure] for result in rounds[key])

    bare = median("signalbox", "bare_gap_p50_ms") if "signalbox" in rounds else 0.0
    figures = {key: {
        "turn_overhead_p50_ms": round(median(key, "turn_gap_p50_ms") - bare, 3),
        "turn_overhead_p95_ms": round(median(key, "turn_gap_p95_ms") - bare, 3),
        "fsync_p50_us": round(median(key, "fsync_p50_us")), "durability": rounds[key][0]["durability"],
    } for key in known}
    print("| framework | overhead a turn, p50 | p95 | fdatasync before, p50 | durability |\n|---|---:|---:|---:|---|")
    for key, result in figures.items():
        print(
            f"| {known[key][0]} | {result['turn_overhead_p50_ms']:.2f} ms | {result['turn_overhead_p95_ms']:.2f} ms "
            f"| {result['fsync_p50_us']} µs | {result['durability']} |")
    print(json.dumps({
        "rounds": options.rounds, "bare_gap_p50_ms": round(bare, 3), "processors": os.cpu_count(), "frameworks": figures}))


if __name__ == "__main__":
    main()
