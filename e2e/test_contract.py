"""The API against its own OpenAPI document, by Schemathesis: what fits the document, what does not fit it, and calls one
after the other on what earlier ones have made. No 5xx, no status, type or member that the document does not tell.

Schemathesis brings plugins for pytest, so it lives in an environment of its own: scripts/setup makes `.venv-schemathesis`.
"""

import os
import subprocess
from pathlib import Path

from engine import ROOT

PROGRAM = Path(os.environ.get("SIGNALBOX_SCHEMATHESIS", ROOT / ".venv-schemathesis" / "bin" / "schemathesis"))
CONFIGURATION = ROOT / "e2e" / "schemathesis" / "schemathesis.toml"
PLAN = """
name: asking
steps:
  each:
    for_each: "${{ [1, 2] }}"
    steps: { one: { set: { value: "${{ item }}" } } }
  sure:
    approval: { title: Sure?, proposal: { letters: 2 } }
"""


def test_the_api_does_what_its_document_says(start_server, tmp_path):
    assert PROGRAM.exists(), f"{PROGRAM} is missing: `scripts/setup test` installs it"
    server = start_server("--plans", ROOT / "examples")
    # Something to find: tasks that wait and a plan that is saved.
    for _ in range(3):
        server.submit(PLAN)
    command = [
        PROGRAM, "--config-file", CONFIGURATION, "--no-color", "run", f"{server.address}/api/openapi.json",
        "--checks", "all", "--max-examples", "8", "--seed", "1", "--request-timeout", "10", "--continue-on-failure",
        "--no-shrink", "--generation-database", "none", "--workers", "1",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    # It has really called every operation.
    count = sum(len(path) for path in server.request("/api/openapi.json")["paths"].values())
    assert f"Tested: {count}\n" in done.stdout, done.stdout[-5_000:]


def test_the_reference_tells_all_of_the_document(page, start_server):
    server = start_server()
    document = server.request("/api/openapi.json")
    operations = [entry["operationId"] for path in document["paths"].values() for entry in path.values()]
    page.goto(f"{server.address}/api/docs")
    shown = page.eval_on_selector_all("article.operation", "all => all.map(one => one.id)")
    assert sorted(shown) == sorted(operations)
    schemas = page.eval_on_selector_all("[id^=schema-]", "all => all.map(one => one.id.slice(7))")
    assert sorted(schemas) == sorted(document["components"]["schemas"])
    links = page.eval_on_selector_all(".reference a[href^='#']", "all => all.map(one => one.getAttribute('href'))")
    assert links and all(page.locator(link).count() == 1 for link in set(links))
    page.get_by_role("heading", name="tasks", exact=True).wait_for()
