"""The API against its own OpenAPI document, by Schemathesis: what fits the document, what does not fit it, and calls one
after the other on what earlier ones have made. No 5xx, no status, type or member that the document does not tell.

Schemathesis brings plugins for pytest, so it lives in an environment of its own: scripts/setup makes `.venv-schemathesis`.
"""

import json
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
    """The document is handed over as a file: Schemathesis leaves out the address that it reads one from."""
    assert PROGRAM.exists(), f"{PROGRAM} is missing: `scripts/setup test` installs it"
    server = start_server("--plans", ROOT / "examples")
    # Something to find: tasks that wait and a plan that is saved.
    for _ in range(3):
        server.submit(PLAN)
    document = server.request("/api/openapi.json")
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    command = [
        PROGRAM, "--config-file", CONFIGURATION, "--no-color", "run", tmp_path / "openapi.json",
        "--url", server.address, "--checks", "all", "--max-examples", "8", "--seed", "1", "--request-timeout", "10", "--continue-on-failure",
        "--no-shrink", "--generation-database", "none", "--workers", "1",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    # It has really called every operation.
    count = sum(len(path) for path in document["paths"].values())
    assert f"Tested: {count}\n" in done.stdout, done.stdout[-5_000:]


# The specification's own schema, which Schemathesis carries; schemas inside a document are checked as draft 2020-12.
VALIDATION = """
import json, sys
import jsonschema_rs
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
document = json.load(sys.stdin)
schemas = []
def collect(value):
    if isinstance(value, dict):
        schemas.extend(value[name] for name in ("schema",) if name in value)
        for inner in value.values():
            collect(inner)
    elif isinstance(value, list):
        for inner in value:
            collect(inner)
collect(document["paths"])
schemas += document["components"]["schemas"].values()
faults = [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(document)]
for schema in schemas:
    try:
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    except jsonschema_rs.ValidationError as error:
        faults.append(str(error))
print(json.dumps({"schemas": len(schemas), "faults": faults}))
"""


def validated(document):
    done = subprocess.run(
        [PROGRAM.with_name("python3"), "-c", VALIDATION], input=json.dumps(document), capture_output=True, text=True,
        timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_document_is_valid_openapi(start_server):
    document = start_server().request("/api/openapi.json")
    assert document["openapi"] == "3.1.0"
    found = validated(document)
    assert found["schemas"] > 100 and found["faults"] == []
    names = [entry["operationId"] for path in document["paths"].values() for entry in path.values()]
    assert len(names) == len(set(names))

    def references(value):
        if isinstance(value, dict):
            yield from [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            value = list(value.values())
        if isinstance(value, list):
            for inner in value:
                yield from references(inner)

    schemas = document["components"]["schemas"]
    assert {name.removeprefix("#/components/schemas/") for name in references(document)} == set(schemas)
    # The check can fail, also deep inside.
    document["info"].pop("title")
    schemas["Task"]["properties"]["name"]["type"] = "word"
    assert len(validated(document)["faults"]) >= 2


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
