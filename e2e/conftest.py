"""Fixtures of the process and browser tests. They use the debug binary, or the one that SIGNALBOX_BINARY names."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def binary():
    path = Path(os.environ.get("SIGNALBOX_BINARY", ROOT / ".build" / "debug" / "signalbox"))
    assert path.exists(), f"{path} is missing: `make e2e` builds it"
    return path


@pytest.fixture(scope="session")
def run_plan(binary, tmp_path_factory):
    """Runs a plan without a server, in a data directory of its own; the JSON document that `run --json` prints."""

    def run(plan, files=(), inputs=None):
        command = [binary, "run", plan, "--json", "--data", tmp_path_factory.mktemp("data")]
        for file in files:
            command += ["--file", file]
        for name, value in (inputs or {}).items():
            command += ["--input", f"{name}={value}"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert result.returncode == 0, f"exit code {result.returncode}\n{result.stdout}\n{result.stderr}"
        return json.loads(result.stdout)

    return run
