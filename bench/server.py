"""What measurements of a running server have in common: the server on a directory of its own, tasks in it, requests."""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.request

PLAN = """
name: invoice
description: Reads an invoice and books it
inputs: { file: invoice-0017.pdf, amount: 119.0 }
steps:
  read: { set: { text: "${{ inputs.file }}", total: "${{ inputs.amount }}" } }
  check: { set: { fits: "${{ steps.read.output.total > 100 }}" } }
  book: { set: { account: 4400, fits: "${{ steps.check.output.fits }}" } }
outputs: { account: "${{ steps.book.output.account }}" }
"""


def request(address, path, document=None, method="POST"):
    """The answer as JSON; without a document it is a GET."""
    body = None if document is None else json.dumps(document).encode()
    headers = {} if body is None else {"Content-Type": "application/json"}
    with urllib.request.urlopen(
            urllib.request.Request(address + path, body, headers, method=method if body else "GET"), timeout=30) as answer:
        return json.load(answer)


@contextlib.contextmanager
def serving(program, directory, tasks):
    """A server with so many completed tasks; its address."""
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--data", f"{directory}/data", "--log-level", "warning"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "SIGNALBOX_SANDBOX": "none"})
    try:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        for number in range(tasks):
            request(address, "/api/tasks", {"plan": {"path": "invoice.yaml", "text": PLAN}, "name": f"Invoice {number}"})
        while request(address, f"/api/tasks/{tasks}")["status"] != "completed":
            pass
        yield address
    finally:
        server.terminate()
        server.wait(30)


def figures(documentation, measure, **defaults):
    """What is measured in a new directory with the options of the command line, numbers by name; the options too."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signalbox", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="signalbox-bench-", dir=".")
    try:
        return measure(options, directory), options
    finally:
        shutil.rmtree(directory)
