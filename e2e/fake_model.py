"""The fake model server as another process."""

import contextlib
import json
import subprocess
import threading


@contextlib.contextmanager
def fake_model(binary, *arguments):
    """A running server on a free port; the address that the base URLs begin with."""
    command = [binary, "fake-model", "--port", "0", "--json", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # One that says nothing would block the reading for ever.
    deadline = threading.Timer(20, process.kill)
    deadline.start()
    try:
        line = process.stdout.readline()
        deadline.cancel()
        assert line, f"it has ended: {process.communicate()[1]}"
        yield json.loads(line)["address"]
    finally:
        deadline.cancel()
        process.terminate()
        process.communicate(timeout=15)
