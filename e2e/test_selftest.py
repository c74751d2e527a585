"""`signalbox selftest` kills a real server; that its audit finds what is wrong is a unit test (ChaosAuditTests)."""

import json
import os
import signal
import subprocess
from pathlib import Path

from engine import eventually

FIGURES = {"kills", "tasks", "steps_completed", "lost", "duplicated", "repeated_in_flight", "slowest_resume_ms"}


def test_nothing_is_lost_or_duplicated(binary, tmp_path):
    result = subprocess.run(
        [binary, "selftest", "--chaos", "5s", "--dir", tmp_path, "--json"], capture_output=True, text=True, timeout=120,
        check=False)  # fmt: skip
    assert result.returncode == 0, result.stderr
    figures = json.loads(result.stdout)
    assert set(figures) == FIGURES
    assert (figures["lost"], figures["duplicated"]) == (0, 0)
    # Each server lives for a second at most.
    assert figures["kills"] >= 4
    assert figures["tasks"] > 0
    assert figures["steps_completed"] == 6 * figures["tasks"], "every step of every task has finished, and once"
    assert figures["repeated_in_flight"] > 0, "kills met steps that were under way"
    assert figures["slowest_resume_ms"] > 0
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_ctrl_c_ends_it_with_its_server(binary, tmp_path):
    with subprocess.Popen(
        [binary, "selftest", "--chaos", "10m", "--dir", tmp_path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        eventually(lambda: servers_below(tmp_path), "a server runs")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
    assert servers_below(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def servers_below(directory):
    """The processes that serve data below that directory."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            arguments = Path("/proc", process, "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"serve" in arguments and any(str(directory).encode() in argument for argument in arguments):
            found.append(int(process))
    return found
