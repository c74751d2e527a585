"""What is measured of every framework for agents, in the same way: the same conversations with the fake model server,
so many agents at once, and of the server's own record the time between its answer and the next request."""

import json
import os
import statistics
import time
import urllib.request

AGENTS = 16
TURNS = 20
ROUNDS = 5


def prompts(round_):
    """What the agents are asked in a round; the first round warms up."""
    return [f"agent {agent} round {round_}" for agent in range(AGENTS)]


def list_files(path: str) -> list[str]:
    """Lists the files of a directory."""
    return sorted(os.listdir(path))


def gaps_ms(address):
    """Between the answer of a turn and the request of the next, of all turns but those of the first round."""
    # Nothing of this machine's proxies: it is asked on the loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address + "/fake/times", timeout=30) as answer:
        turns = json.load(answer)["turns"]
    answered, gaps = {}, []
    for turn in turns:
        name = turn["conversation"]
        before = answered.get(name)
        if before and before["turn"] + 1 == turn["turn"] and not name.endswith("round 0"):
            gaps.append((turn["arrived_us"] - before["answered_us"]) / 1_000)
        answered[name] = turn
    expected = AGENTS * ROUNDS * (TURNS - 1)
    assert len(gaps) == expected, f"{len(gaps)} turns were seen, not {expected}"
    return sorted(gaps)


def report(address, durability, started):
    """The last line of a peer's process, for the one that compares."""
    gaps = gaps_ms(address)
    print(json.dumps({
        "turn_gap_p50_ms": statistics.median(gaps), "turn_gap_p95_ms": gaps[len(gaps) * 95 // 100],
        "turns": len(gaps), "seconds": time.perf_counter() - started, "durability": durability}))
