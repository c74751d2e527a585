"""What is measured of every engine, in the same way: how many steps it makes durable in a second, and how long a small
workflow takes."""

import json
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

TOGETHER = 64
STEPS = 5
LATENCY_STEPS = 3


def steps_per_second(run, workflows):
    """`run(n)` carries out a workflow of five steps. So many in all, 64 of them under way at any time, after a warm-up."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(run, range(TOGETHER)))
        started = time.perf_counter()
        list(pool.map(run, range(TOGETHER, TOGETHER + workflows)))
        return workflows * STEPS / (time.perf_counter() - started)


def latency_p50_ms(run, workflows):
    """`run(n)` carries out a workflow of three steps. From the request to the result, one after the other."""
    for number in range(10):
        run(-1 - number)
    times = []
    for number in range(workflows):
        started = time.perf_counter()
        run(number)
        times.append((time.perf_counter() - started) * 1_000)
    return statistics.median(times)


def fsync_p50_us(directory, count=300):
    """How long the disk takes to make 4 KiB durable: the floor under every durable figure."""
    path = os.path.join(directory, "fsync-probe")
    times = []
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
    try:
        for _ in range(count):
            os.write(file, b"\1" * 4_096)
            started = time.perf_counter()
            os.fdatasync(file)
            times.append((time.perf_counter() - started) * 1e6)
    finally:
        os.close(file)
        os.unlink(path)
    return statistics.median(times)


def report(rate, latency, durability):
    """The last line of a peer's process, for the one that compares."""
    print(json.dumps({"steps_per_second": rate, "three_step_p50_ms": latency, "durability": durability}))
