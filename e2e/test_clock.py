"""Somebody sets the machine's clock while an agent is at work: what has not passed counts for nothing.

The clock is that of `clock_leap.c`, which is put between the server and the system.
"""

import json
import os
import shutil
import subprocess

import pytest

from engine import ROOT, eventually


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
    if compiler is None:
        pytest.skip("without a C compiler no clock can be set")
    library = tmp_path_factory.mktemp("shim") / "clock_leap.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, ROOT / "e2e" / "clock_leap.c"], check=True)
    return library


PLAN = json.dumps({
    "name": "two", "agents": {"clerk": {"model": "fake/any"}},
    "steps": {
        "first": {"agent": "clerk", "prompt": "Take your time."},
        "second": {"agent": "clerk", "prompt": "Now you.", "needs": ["first"]},
    },
})


@pytest.mark.parametrize("seconds", [7_200, -7_200])
def test_the_clock_is_set_in_the_middle_of_an_answer(lab, shim, tmp_path, seconds):
    leap = tmp_path / "leap"
    lab.extra = {"LD_PRELOAD": str(shim), "CLOCK_LEAP": str(leap)}
    lab.start({"answers": [
        {"when": "prompt == 'Take your time.'", "text": "word " * 20, "delay": "100ms"},
        {"text": "Done."}]})
    number = lab.submit(PLAN)
    eventually(lambda: lab.requests(), "the model is asked")
    leap.write_text(str(seconds))
    task = lab.engine.wait(number)
    assert task["status"] == "completed", task.get("sentence")
    # An hour is the bound; two have not passed.
    assert task["active_ms"] < 60_000
    notices = [event["data"]["text"] for event in lab.events(number, "agent_noticed")]
    assert notices == []
    leaps = [event["data"]["ms"] for event in lab.events(number, "clock_leapt")]
    assert (len(leaps) == 1 and abs(leaps[0] - 7_200_000) < 2_000) if seconds > 0 else leaps == []
