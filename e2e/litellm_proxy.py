"""The LiteLLM proxy as another process, on the loopback, from an environment of its own.

It pins versions of what the tests use themselves (`openai` among them), so it cannot live in theirs: scripts/setup makes
`.venv-litellm` for it.
"""

import contextlib
import http.client
import json
import os
import socket
import subprocess
from pathlib import Path

from engine import ROOT, eventually

PROGRAM = Path(os.environ.get("SIGNALBOX_LITELLM", ROOT / ".venv-litellm" / "bin" / "litellm"))
KEY = "sk-for-tests"


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextlib.contextmanager
def litellm_proxy(directory, models):
    """The base URL of a running proxy that has these models: `litellm_params` by name."""
    assert PROGRAM.exists(), f"{PROGRAM} is missing: `scripts/setup test` installs it"
    configuration = {
        "model_list": [{"model_name": name, "litellm_params": params} for name, params in models.items()],
        # Else the cost stands in a header alone, which a stream sends before it is known.
        "litellm_settings": {"include_cost_in_streaming_usage": True},
        # It would try again itself before it says that a limit is reached.
        "router_settings": {"num_retries": 0},
        "general_settings": {"master_key": KEY},
    }
    path = directory / "litellm.yaml"
    path.write_text(json.dumps(configuration), encoding="utf-8")
    # Prices as it was shipped with: it would fetch others from the network.
    environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "no_proxy": "127.0.0.1"}
    port = free_port()
    log = directory / "litellm.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "--config", path, "--host", "127.0.0.1", "--port", str(port)], stdout=output,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment, cwd=directory)

    def answers():
        assert process.poll() is None, f"it ended with {process.returncode}:\n{log.read_text(errors='replace')}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/health/liveliness")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    try:
        # It imports for half a minute on a busy machine.
        eventually(answers, "the proxy answers", seconds=180)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
