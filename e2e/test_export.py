"""Exports: written by the API and the command line, checked by `verify` and by a few lines of Python, opened offline."""

import base64
import hashlib
import json
import re
import subprocess
import urllib.error
import urllib.request

import pytest

HOSTILE = "</script><script>document.title='taken'</script><!-- <img src=x onerror=alert(1)> \\u003c"
PLAN = """
name: export-me
description: Looks at an order.
inputs: { text: { type: string } }
agents: { clerk: { model: script/clerk.yaml, system: Be brief. } }
steps:
  read: { set: { text: "${{ inputs.text }}" } }
  judge: { needs: [read], agent: clerk, prompt: "Judge: ${{ steps.read.output.text }}" }
  each:
    for_each: ${{ [1, 2, 3] }}
    steps: { double: { set: { value: "${{ item * 2 }}" } } }
  print: { command: [sh, -c, "cat > said.txt; cat said.txt"], stdin: "${{ inputs.text }}", outputs: { files: [said.txt] } }
  never: { if: "${{ false }}", set: { a: 1 } }
outputs:
  verdict: ${{ steps.judge.output }}
  report: "# Report\\n\\nOrder **7** is [here](https://example.org/).\\n"
"""
SCRIPT = f"answers: [{{ text: {json.dumps(HOSTILE)}, tokens: {{ input: 1200, output: 34 }} }}]"


@pytest.fixture
def signalbox(binary):
    def call(*arguments, code=0):
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout

    return call


@pytest.fixture
def server(start_server, open_commands):
    return start_server()


@pytest.fixture
def number(server):
    task = server.request("/api/tasks", {
        "name": "export-me", "plan": {"path": "plan.yaml", "text": PLAN, "files": {"clerk.yaml": SCRIPT}}, "inputs": {"text": HOSTILE}})
    return server.wait_for(task["number"], "completed")["number"]


def fetch(server, number, form="json"):
    with urllib.request.urlopen(f"{server.address}/api/tasks/{number}/export?format={form}", timeout=30) as answer:
        return answer.read(), answer.headers


def is_whole(document):
    """What the page of the documents says a check is, and nothing of ours."""
    last, count = "0" * 64, 0
    for line in document.splitlines()[1:-1]:
        stated, record = re.fullmatch(rb'\{"hash":"(\w{64})","record":(.*)\},?', line).groups()
        last = hashlib.sha256(last.encode() + record).hexdigest()
        if last != stated.decode() or json.loads(record)["sequence"] != count:
            return False
        count += 1
    end = json.loads(document)
    return (end["count"], end["hash"]) == (count, last)


def test_an_export_has_everything_and_can_be_checked_by_others(server, number):
    document, headers = fetch(server, number)

    assert is_whole(document)
    assert headers["Content-Disposition"] == "attachment; filename=\"task-1-export-me.json\"; filename*=UTF-8''task-1-export-me.json"
    records = [entry["record"] for entry in json.loads(document)["records"]]
    assert records[0]["plan"]["text"] == PLAN and records[0]["plan"]["files"] == {"clerk.yaml": SCRIPT}
    events = server.request(f"/api/tasks/{number}/events?limit=1000")["events"]
    exported = [record for record in records if record["kind"] == "event"]
    assert [record["data"] for record in exported] == [event["data"] for event in events]
    said = next(record for record in records if record["kind"] == "file")
    content = base64.b64decode(said["content"])
    # Standard input is JSON.
    assert json.loads(content) == HOSTILE and hashlib.sha256(content).hexdigest() == said["sha256"]


def test_the_command_line_writes_the_same_with_and_without_a_server(server, number, signalbox, tmp_path):
    online, offline = tmp_path / "online.json", tmp_path / "offline.json"
    signalbox("tasks", "export", number, "--data", server.data, "--output", online)
    server.stop()
    signalbox("tasks", "export", number, "--data", server.data, "--output", offline)

    # The heads tell the moments apart.
    first, second = (json.loads(path.read_bytes())["records"] for path in (online, offline))
    assert [entry["record"] for entry in first[1:]] == [entry["record"] for entry in second[1:]]
    signalbox("tasks", "export", number, "--data", server.data, "--output", online, code=2)
    for path in (online, offline):
        report = json.loads(signalbox("verify", path, "--json"))
        assert report["whole"] and report["records"] == len(first)
        assert report["hash"] == json.loads(path.read_bytes())["hash"]


@pytest.mark.parametrize("form", ["json", "html"])
def test_what_was_done_to_an_export_is_named(server, number, signalbox, tmp_path, form):
    whole, _ = fetch(server, number, form)
    file = tmp_path / f"it.{form}"
    lines = whole.splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if line.startswith(b'{"hash":"'))
    swapped = lines[:first + 4] + [lines[first + 5], lines[first + 4]] + lines[first + 6:]
    damages = {
        "changed": (3, lines[:first + 3] + [lines[first + 3].replace(b'"at":"2', b'"at":"3')] + lines[first + 4:]),
        "missing": (5, lines[:first + 5] + lines[first + 6:]),
        "extra": (5, lines[:first + 6] + [lines[first + 5]] + lines[first + 6:]),
        "out_of_order": (5, swapped),
        "cut_off": (6, lines[:first + 6]),
    }
    for problem, (sequence, damaged) in damages.items():
        file.write_bytes(b"".join(damaged))
        fault = json.loads(signalbox("verify", file, "--json", code=1))["fault"]
        assert (fault["problem"], fault["sequence"]) == (problem, sequence), fault
    file.write_bytes(whole)
    assert "Whole: " in signalbox("verify", file)


def test_an_export_is_read_from_a_pipe(server, number, binary):
    whole, _ = fetch(server, number, "json")
    result = subprocess.run([binary, "verify", "-"], input=whole, capture_output=True, timeout=30, check=False)
    assert result.returncode == 0 and b"Whole: " in result.stdout


def test_a_deleted_task_and_an_unknown_one_cannot_be_exported(server, number):
    for reference in ("99", "none"):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            fetch(server, reference)
        assert refusal.value.code == 404 and json.loads(refusal.value.read())["code"] == "not_found"


@pytest.fixture
def exported(server, number, tmp_path):
    """The page as a file, with no server behind it any more."""
    file = tmp_path / "task.html"
    file.write_bytes(fetch(server, number, "html")[0])
    server.stop()
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_opens_offline(browser, exported, tmp_path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(exported.as_uri())

    assert requests == [exported.as_uri()] and complaints == []
    assert page.title() == "export-me #1 · Signalbox"
    assert page.locator("h1").inner_text() == "export-me #1"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("main script, main img, button, form").count() == 0
    assert page.locator("#step-judge > details").get_attribute("open") is None
    page.locator("#step-judge summary").first.click()
    assert HOSTILE in page.locator("#step-judge").inner_text()
    assert "1,234" in page.locator(".facts").inner_text()
    assert len(json.loads(page.locator("#signalbox-export").text_content())["records"]) > 10
    page.screenshot(path=tmp_path / f"export-{width}-{scheme}.png", full_page=True)
    page.emulate_media(media="print")
    # What is folded on the screen is printed.
    assert page.locator("#step-print .payload pre").first.is_visible()
    assert requests == [exported.as_uri()] and complaints == []
    context.close()
