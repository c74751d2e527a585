"""What the documents show is true: their plans are valid, their requests are ones that the server knows."""

import json
import os
import re
import subprocess
import urllib.error

import pytest
from engine import ROOT
from fake_model import fake_model

DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
BLOCKS = [
    (document.name, language, text)
    for document in DOCUMENTS
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```", document.read_text(encoding="utf-8"),
                                     re.DOTALL | re.MULTILINE)
]
PLANS = [(document, text) for document, language, text in BLOCKS if language == "yaml" and text.startswith("name:")]
SETTINGS = [
    (document, text) for document, language, text in BLOCKS
    if language == "yaml" and re.search(r"^(providers|mcp_servers|retention):", text, re.MULTILINE)
]
# What a request may be answered with: done, or refused because a task has ended or because of a mistake that is shown.
EXPECTED = {200, 201, 202, 206, 304, 409, 422}


@pytest.mark.parametrize("document, text", PLANS, ids=[f"{name}:{text.splitlines()[0][6:]}" for name, text in PLANS])
def test_plans_are_valid(binary, tmp_path, document, text):
    write_files_of(document, tmp_path)
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")

    result = subprocess.run([binary, "plans", "validate", plan], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("document, name, outputs", [
    ("plans.md", "command", {"numbers": {"count": 1}, "pages": ["report.md", "out/plans.md.csv"]}),
    ("plans.md", "agent", {"summary": "2 amounts came in, the largest 120."}),
    ("plans.md", "shaped", {"number": 4}),
    ("plans.md", "look", {"said": "There is in/plans.md."}),
    ("plans.md", "tools", {"names": ["notes/today.txt"]}),
    ("plans.md", "expressions", {"ordered": ["ink"]}),
    ("tools.md", "equipped", {"said": "One is not there, the other is."}),
    ("cost.md", "bounded", {"said": "Nothing to speak of."}),
])
def test_plans_do_what_is_said(run_plan, tmp_path, document, name, outputs):
    plan = write_plan(document, name, tmp_path)

    result = run_plan(plan, files=[ROOT / "docs" / "plans.md"])

    assert result["outputs"] == outputs


def names_in_table(document, section, header):
    """The names in the first column of the tables with that header in a section."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE).split(f"\n{section}\n")[1]
    section = re.split(rf"^#{{1,{section.count('#')}}} ", text, flags=re.MULTILINE)[0]
    tables = re.findall(rf"^\| {re.escape(header)} \|.*\n\|-.*\n((?:\|.*\n)+)", section, re.MULTILINE)
    cells = [row.split("|")[1] for table in tables for row in table.splitlines()]
    return {name.split(".")[0] for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}


def assert_all_are_told(mistake, told):
    """The hint of a mistake lists what there is; of more than a dozen it says how many more."""
    listed, others = re.search(r"(?:keys|variables) are: (.*?)(?: and (\d+) more)?\n", mistake).groups()
    known = set(listed.split(", "))
    assert known <= told and len(told) == len(known) + int(others or 0), (known ^ told, others)


PLAN = "name: p\nsteps: { s: { set: { a: 1 } } }\n%s\n"
AGENT = PLAN % "agents: { a: { %s } }"


@pytest.mark.parametrize("document, section, header, text", [
    ("plans.md", "## Top level", "limit", PLAN % "limits: { unknown: 1 }"),
    ("plans.md", "### `agent`", "key of the agent", AGENT % "unknown: 1"),
    ("tools.md", "## Requests: `http`", "option", AGENT % "tools: [{ http: { unknown: 1 } }]"),
    ("tools.md", "## Programs: `command`", "option", AGENT % "tools: [{ command: { unknown: 1 } }]"),
    ("models.md", "## Providers", "key", "providers: { a: { base_url: 'http://a/v1', unknown: 1 } }"),
    ("mcp.md", "## Settings", "key", "mcp_servers: { a: { command: [a], unknown: 1 } }"),
], ids=lambda value: value if value.endswith(".md") else "")
def test_tables_name_the_keys_there_are(binary, tmp_path, document, section, header, text):
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    verb = ["plans", "validate", path] if text.startswith("name:") else [
        "settings", "list", "--config", path, "--data", tmp_path]

    result = subprocess.run([binary, *verb], capture_output=True, text=True, check=False)

    told = names_in_table(document, section, header)
    if "command" in section:
        told |= names_in_table(document, "## Writing a tool", "key")
    assert_all_are_told(result.stderr, told)


def test_tables_name_the_variables_of_scripts(binary, tmp_path):
    (tmp_path / "script.yaml").write_text("answers: [{ text: '${{ unknown }}' }]", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(AGENT % "model: script/script.yaml", encoding="utf-8")

    result = subprocess.run([binary, "plans", "validate", tmp_path / "plan.yaml"], capture_output=True, text=True,
                            check=False)

    assert_all_are_told(result.stderr, names_in_table("plans.md", "#### Scripts", "variable"))


def test_a_limit_waits_until_it_is_raised(binary, tmp_path):
    """The commands of the page in their order, each with the exit code that it says."""
    write_plan("cost.md", "bounded", tmp_path).rename(tmp_path / "bounded.yaml")
    commands = next(text for document, language, text in BLOCKS
                    if (document, language) == ("cost.md", "sh") and "bounded" in text).splitlines()

    ended = [subprocess.run([binary, *command.split("#")[0].split()[1:], "--data", tmp_path / "data"], cwd=tmp_path,
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
             for command in commands]

    assert [result.returncode for result in ended] == [4, 0, 0, 0], [result.stderr for result in ended]
    assert "Nothing to speak of." in ended[-1].stdout


@pytest.mark.parametrize("document, text", SETTINGS, ids=[document for document, _ in SETTINGS])
def test_settings_are_read(binary, tmp_path, document, text):
    settings = tmp_path / "signalbox.yaml"
    settings.write_text(text, encoding="utf-8")

    result = subprocess.run([binary, "settings", "list", "--config", settings, "--data", tmp_path / "data"],
                            capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("number, code", [(2, 0), (4, 4)])
def test_a_server_of_tools_is_connected(binary, tmp_path, number, code):
    plan = write_plan("mcp.md", "reserve", tmp_path)
    text = next(text for document, text in SETTINGS if document == "mcp.md")
    paths = {"/srv/stock/venv/bin/python3": ROOT / ".venv-mcp" / "bin" / "python3", "/srv/stock": tmp_path}
    for shown, path in paths.items():
        assert shown in text
        text = text.replace(shown, str(path))
    (tmp_path / "settings.yaml").write_text(text, encoding="utf-8")

    result = subprocess.run(
        [binary, "run", plan, "--config", tmp_path / "settings.yaml", "--data", tmp_path / "data", "--json",
         "--input", f"number={number}"], capture_output=True, text=True, timeout=60, check=False)

    assert result.returncode == code, result.stderr
    task = json.loads(result.stdout)
    if code == 0:
        page = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")
        assert task["outputs"] == json.loads(re.search(r"^gives `({.*?})`", page, re.MULTILINE).group(1))
    else:
        # More than three ask somebody.
        assert [request["kind"] for request in task["requests"]] == ["consent"]


def test_requests_are_known(start_server, tmp_path):
    """Runs all requests of the page in their order, as somebody would who tries them out."""
    blocks = [text for document, language, text in BLOCKS if (document, language) == ("api.md", "sh")]
    script = "\n".join(text for text in blocks if "signalbox serve" not in text)
    server = start_server("--plans", "examples")
    (tmp_path / "words.csv").write_text("word,count\n", encoding="utf-8")
    prices = {"acme/large": {"litellm_provider": "acme", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}}
    (tmp_path / "litellm.json").write_text(json.dumps(prices), encoding="utf-8")
    # A stream of events never ends by itself; that its time is up (28) is no failure.
    curl = r"""curl() {
        command curl --silent --max-time 1 --write-out '%{stderr}%{http_code} %{url_effective}\n' "$@" || [ $? = 28 ]
    }"""

    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{curl}\n{script}"], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "server": server.address, "no_proxy": "127.0.0.1"}, timeout=60, check=False)

    assert result.returncode == 0, result.stderr
    answers = [line.split() for line in result.stderr.splitlines()]
    assert len(answers) == len(re.findall(r"\bcurl ", script))
    assert [answer for answer in answers if int(answer[0]) not in EXPECTED] == []


def test_exports_are_checked_as_is_said(binary, tmp_path):
    """Runs the commands of the page in their order, and the check that it gives to others."""
    commands, = [text for document, language, text in BLOCKS if (document, language) == ("export.md", "sh")]
    check, = [text for document, language, text in BLOCKS if (document, language) == ("export.md", "python")]
    environment = {**os.environ, "SIGNALBOX_DATA": str(tmp_path / "data")}
    subprocess.run([binary, "run", ROOT / "examples" / "hello"], env=environment, check=True, timeout=60,
                   capture_output=True)

    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'signalbox() {{ command "{binary}" "$@"; }}\n{commands}'], cwd=tmp_path,
        capture_output=True, text=True, env=environment, timeout=60, check=False)

    assert result.returncode == 0, result.stderr
    names = {}
    exec(check, names)
    names["check"](tmp_path / "task.json")
    text = (tmp_path / "task.json").read_text(encoding="utf-8")
    (tmp_path / "task.json").write_text(text.replace("step_completed", "step_cancelled", 1), encoding="utf-8")
    with pytest.raises(AssertionError, match="is broken"):
        names["check"](tmp_path / "task.json")


def rehearse(binary, directory, address):
    """What the plan of the page prints, run as the page says."""
    settings = directory / "signalbox.yaml"
    settings.write_text(settings.read_text().replace("http://127.0.0.1:7272", address), encoding="utf-8")
    plan = next(text for document, text in PLANS if document == "fake-model.md")
    (directory / "rehearsal.yaml").write_text(plan, encoding="utf-8")
    command = next(text for document, language, text in BLOCKS
                   if (document, language) == ("fake-model.md", "sh") and " run " in text)
    result = subprocess.run(
        [binary, *command.split()[1:], "--data", directory / "data"], cwd=directory, capture_output=True, text=True,
        env={**os.environ, "no_proxy": "127.0.0.1"}, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("script, printed", [(None, "Greet Ada.\n"), ("answers.yaml", "Hello Ada.\n")])
def test_a_rehearsal_needs_no_key(binary, tmp_path, script, printed):
    write_files_of("fake-model.md", tmp_path)
    with fake_model(binary, *(["--script", tmp_path / script] if script else [])) as address:
        assert rehearse(binary, tmp_path, address) == printed


@pytest.mark.parametrize("number", [0, 1])
def test_other_clients_work_unchanged(binary, monkeypatch, number):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    blocks = [text for document, language, text in BLOCKS if (document, language) == ("fake-model.md", "python")]
    assert len(blocks) == 2
    with fake_model(binary) as address:
        exec(blocks[number].replace("http://127.0.0.1:7272", address), {})


def test_faults_come_as_they_are_written(binary, monkeypatch, tmp_path):
    import openai

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    write_files_of("fake-model.md", tmp_path)
    question = {"model": "any", "messages": [{"role": "user", "content": "?"}]}
    with fake_model(binary, "--script", tmp_path / "faults.yaml") as address:
        client = openai.OpenAI(base_url=address + "/v1", api_key="none", max_retries=2)
        with pytest.raises(openai.APIConnectionError):
            list(client.chat.completions.create(**question, stream=True))
        answer = client.chat.completions.create(**question)
    assert answer.choices[0].message.content == "All is well again."


def test_agents_do_what_is_said(binary, start_server, tmp_path):
    """Runs all commands of the page in their order, on a server that knows nothing yet."""
    write_files_of("agents.md", tmp_path)
    plan = next(text for document, text in PLANS if document == "agents.md")
    (tmp_path / "letters.yaml").write_text(plan, encoding="utf-8")
    blocks = [text for document, language, text in BLOCKS if (document, language) == ("agents.md", "sh")]
    environment = {**os.environ, "SIGNALBOX_DATA": str(tmp_path / "data"), "no_proxy": "127.0.0.1"}

    def run(script):
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f'signalbox() {{ command "{binary}" "$@"; }}\n{script}'], cwd=tmp_path,
            capture_output=True, text=True, env=environment, timeout=60, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    start_server()
    assert "clerk" in run(blocks[0])
    kept, answer, forgotten = re.fullmatch(
        r"(?s)(.*Pays within 14 days\.\n)(.*)\n(.*)\n", run(blocks[1])).groups()
    assert "It is noted." in kept and "Höfer" in kept
    assert (answer, forgotten) == ("Within 14 days.", 'clerk has forgotten "Höfer".')
    run(blocks[2])
    printed = run(blocks[3])
    task = json.loads(printed[printed.index("\n{"):])
    assert task["outputs"]["plan"] == "letters"
    assert task["outputs"]["reason"] == "It is a letter of a customer."
    general = json.loads(run("signalbox run --prompt 'Tidy up' --json"))
    assert general["outputs"] == {
        "result": "I have done it myself.", "plan": None, "reason": "No plan does that.", "confidence": 0.8}


def test_apps_do_what_is_said(binary, tmp_path):
    """Runs all commands of the page in their order."""
    write_files_of("apps.md", tmp_path)
    (tmp_path / "letter.yaml").write_text(
        next(text for document, text in PLANS if document == "apps.md"), encoding="utf-8")
    first, second = [text for document, language, text in BLOCKS if (document, language) == ("apps.md", "sh")]
    environment = {**os.environ, "SIGNALBOX_DATA": str(tmp_path / "data")}

    def run(script):
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f'signalbox() {{ command "{binary}" "$@"; }}\n{script}'], cwd=tmp_path,
            capture_output=True, text=True, env=environment, timeout=60, check=False)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout[result.stdout.index("\n{"):])

    task = run(first)
    assert (task["source"], task["app"], task["plan"]["name"]) == ("app", "send", "letter")
    assert task["outputs"] == {"text": "A cool letter to Ada", "with": None}
    assert run(second)["outputs"] == {"text": "A warm letter to Ada", "with": "letter.yaml"}


def test_the_error_is_the_real_one(start_server):
    shown = next(json.loads(text) for document, language, text in BLOCKS if (document, language) == ("api.md", "json"))
    server = start_server("--plans", "examples")

    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.request("/api/tasks", {"plan": "hello", "inputs": {"nmae": "Ada"}})

    assert json.loads(refusal.value.read()) == shown


@pytest.mark.parametrize("document", [
    *DOCUMENTS, *sorted((ROOT / "docs" / "cli").glob("*.md")), ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "examples" / "README.md",
    ROOT / "examples" / "invoices" / "README.md",
], ids=lambda document: str(document.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
        target = document.parent / path if path else document
        assert target.exists(), path
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        anchors = [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]
        assert not anchor or anchor in anchors, anchor


def write_plan(document, name, directory):
    """Writes a plan of a document with the files that stand beside it; where it is."""
    write_files_of(document, directory)
    plan = directory / "plan.yaml"
    plan.write_text(next(text for place, text in PLANS if place == document and text.startswith(f"name: {name}\n")),
                    encoding="utf-8")
    return plan


def write_files_of(document, directory):
    """Writes the files that stand beside a document's plans: the blocks that begin with their path as a comment."""
    for name, _, text in BLOCKS:
        path = re.match(r"# ([\w/]+\.\w+)\n", text)
        if name == document and path:
            (directory / path.group(1)).parent.mkdir(parents=True, exist_ok=True)
            (directory / path.group(1)).write_text(text, encoding="utf-8")
