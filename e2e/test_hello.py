"""The smallest plan of the documents runs, and its programs get what they are given as data."""

from pathlib import Path

import pytest

PLAN = Path(__file__).resolve().parent.parent / "examples" / "hello" / "plan.yaml"


@pytest.mark.parametrize(
    ("name", "letters"),
    [(None, 5), ("Ada", 3), ("Zoë", 3), ("a\"b'c$(id)\\", 11)],
    ids=["default", "plain", "umlaut", "quotes and shell signs"],
)
def test_hello(run_plan, name, letters):
    result = run_plan(PLAN, inputs={} if name is None else {"name": name})
    assert result["outputs"] == {"greeting": f"Hello, {name or 'world'}! Your name has {letters} letters."}
