#!/usr/bin/env python3
"""Measures how many requests a second the API answers: `wrk` on one task, and on a page of 25 of the list.

    bench/api.py --signalbox PROGRAM [--tasks 1000] [--seconds 10] [--connections 64] [--json]

Starts a server on a new data directory, makes tasks in it, and measures each request with wrk on one thread. The server
and wrk share the machine. The list is measured once more (`list_25_busy`) while one task is at work, so that the page
changes with the time, and 32 others give another one name after the other.
"""

import json
import pathlib
import re
import subprocess

from server import figures, request, serving

RENAME = """
local made = 0
request = function()
    made = made + 1
    return wrk.format("PATCH", nil, {["Content-Type"] = "application/json"}, '{"name": "Name ' .. made .. '"}')
end
"""
AT_WORK = "name: at-work\nsteps: { rest: { command: [sleep, '1000'] } }\n"
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


def wrk(address, path, seconds, connections, *arguments):
    """Requests a second, and the percentiles in milliseconds. Any answer but 200 is an error."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *arguments, address + path]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"{path} was not answered well:\n{text}")
    percentiles = {share: float(number) * UNITS[unit]
                   for share, number, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s|m)\b", text)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return {"requests_per_second": round(rate), "p50_ms": percentiles["50"], "p99_ms": percentiles["99"]}


def busy_list(address, last, options, directory):
    """The list while something changes and something runs."""
    request(address, "/api/tasks", {"plan": {"path": "at-work.yaml", "text": AT_WORK}})
    while request(address, f"/api/tasks/{last + 1}")["status"] != "running":
        pass
    script = pathlib.Path(directory, "rename.lua")
    script.write_text(RENAME)
    command = [
        "wrk", "-t1", "-c32", f"-d{options.seconds + 1}s", "-s", str(script), f"{address}/api/tasks/{last}"]
    changes = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    figures = wrk(address, "/api/tasks?size=25", options.seconds, options.connections)
    text, _ = changes.communicate(timeout=60)
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"Names were not changed well:\n{text}")
    return {**figures, "changes_per_second": round(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]))}


def measure(options, directory):
    paths = {"get_task": f"/api/tasks/{options.tasks}", "list_25": "/api/tasks?size=25", "healthz": "/healthz"}
    with serving(options.signalbox, directory, options.tasks) as address:
        measured = {name: wrk(address, path, options.seconds, options.connections) for name, path in paths.items()}
        measured["list_25_busy"] = busy_list(address, options.tasks, options, directory)
        return measured


def main():
    measured, options = figures(__doc__, measure, tasks=1_000, seconds=10, connections=64)
    if options.json:
        names = {"get_per_second": "get_task", "list_per_second": "list_25"}
        print(json.dumps(
            {**{name: measured[source]["requests_per_second"] for name, source in names.items()}, **measured}))
    else:
        for name, figure in measured.items():
            print(f"{name:<12}{figure['requests_per_second']:>10,} /s   p50 {figure['p50_ms']} ms, p99 {figure['p99_ms']} ms"
                  + (f", {figure['changes_per_second']} changes /s" if "changes_per_second" in figure else ""))


if __name__ == "__main__":
    main()
