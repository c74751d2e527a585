#!/usr/bin/env python3
"""Measures how many requests a second `signalbox fake-model` answers: `wrk` on each interface, streamed and whole.

    bench/fake_model.py --signalbox PROGRAM [--seconds 5] [--connections 32] [--json]

The fake model answers without a script. Server and wrk share the machine. `fake_model_per_second` is the least of the
figures of the chat completions, which the benchmark of agents uses; every other one is told by its interface.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import tempfile

from api import wrk

ASKED = "Please summarise this letter in one sentence: the delivery of the order 4711 is three days late."
MESSAGES = [{"role": "system", "content": "You are brief."}, {"role": "user", "content": ASKED}]
# By the name of the figure: address and body.
REQUESTS = {
    "chat": ("/v1/chat/completions", {"model": "any", "messages": MESSAGES}),
    "chat_streamed": ("/v1/chat/completions", {"model": "any", "stream": True, "messages": MESSAGES}),
    "responses_streamed": ("/v1/responses", {"model": "any", "stream": True, "input": ASKED}),
    "messages_streamed": ("/v1/messages", {
        "model": "any", "stream": True, "max_tokens": 100, "messages": [{"role": "user", "content": ASKED}]}),
    "gemini_streamed": ("/v1beta/models/any:streamGenerateContent?alt=sse", {
        "contents": [{"role": "user", "parts": [{"text": ASKED}]}]}),
}


@contextlib.contextmanager
def serving(program):
    """A running fake model; its address."""
    server = subprocess.Popen([program, "fake-model", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(server.stdout.readline())["address"]
    finally:
        server.terminate()
        server.wait(30)


def measure(options, directory):
    figures = {}
    with serving(options.signalbox) as address:
        for name, (path, body) in REQUESTS.items():
            script = pathlib.Path(directory, "post.lua")
            script.write_text(
                'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
                'wrk.headers["Authorization"] = "Bearer none"\nwrk.headers["x-api-key"] = "none"\n'
                f'wrk.headers["anthropic-version"] = "2023-06-01"\nwrk.body = [==[{json.dumps(body)}]==]\n')
            figures[name] = wrk(address, path, options.seconds, options.connections, "-s", str(script))
    least = min(figures[name]["requests_per_second"] for name in ("chat", "chat_streamed"))
    return {"fake_model_per_second": least, **figures}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signalbox", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="signalbox-bench-fake-model-") as directory:
        figures = measure(options, directory)
    if options.json:
        print(json.dumps(figures))
    else:
        print(f"fake_model_per_second {figures.pop('fake_model_per_second'):,}")
        for name, figure in figures.items():
            print(f"{name:<20}{figure['requests_per_second']:>10,} /s   p50 {figure['p50_ms']} ms, p99 {figure['p99_ms']} ms")


if __name__ == "__main__":
    main()
