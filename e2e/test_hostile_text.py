"""Hostile text wherever pages show what others wrote: it stays text, it deceives nobody, and nothing of the page breaks.

One server holds such text in everything that plans, models, tools, people and settings can fill in; each page is looked at in a
narrow window with all of it unfolded. `WebTests` holds the same for single fragments.
"""

import json
import urllib.parse

import pytest
from conftest import PATIENCE_MS, launch_server
from engine import eventually
from people import Person
from playwright.sync_api import expect

MARKUP = """<img src=x onerror="window.isHurt=true"><script>window.isHurt=true</script>"><b>bold</b>&lt;</pre></details>"""
# Turned around, coloured, rung, not to be seen; and signs that are made of several.
SIGNS = "\u202etxt.exe\u202c \x1b[31mred\x1b[0m\x07 \u200b\u2066| 👩‍👩‍👧‍👦🏳️‍🌈 Z͑ͫ̓a̴l"
TEXT = f"{MARKUP} {SIGNS}"
LINES = f"{TEXT}\r\n\r\nid: 7\rdata: <b>\n{{{{ 7 * 7 }}}} ${{x}}\u0000end"
WORD = "W" * 100_000
ALL = f"{LINES} {WORD}"

SETTINGS = {
    "providers": {
        "evil": {"kind": "openai", "base_url": f"http://127.0.0.1:9/{'w' * 300}"},
        "w" * 60: {"kind": "openai", "base_url": "http://127.0.0.1:9"}},
    "mcp_servers": {
        "evil": {"command": ["/bin/sh", "-c", f"echo '<b>{'W' * 500}' >&2; exit 3"]},
        "w" * 30: {"url": f"http://127.0.0.1:9/<b>{'W' * 300}"}},
}
CLERK = {"answers": [
    {"when": "turn == 1", "thinking": ALL, "text": ALL, "tool_calls": [
        {"name": "write_file", "arguments": {
            "path": "a<b>.txt", "content": ALL, "reason": TEXT, "confidence": 0.5, "alternatives": [TEXT]}},
        {"name": "read_file", "arguments": {"path": TEXT[:80]}},
        {"name": "nothing<b>", "arguments": {TEXT: ALL}}]},
    {"text": ALL}]}
ASKING = {"answers": [{"text": TEXT, "tool_calls": [{"name": "ask_question", "arguments": {
    "question": TEXT + WORD[:300], "choices": [TEXT[:150], WORD[:150]], "reason": LINES}}]}]}
FORM = {"type": "object", "required": ["a"], "properties": {
    "a": {"type": "string", "title": TEXT, "description": TEXT, "default": LINES},
    "b": {"type": "string", "title": WORD[:150], "enum": [TEXT, WORD[:300]]},
    "c": {"type": "boolean", "title": TEXT},
    "d": {"type": "array", "title": TEXT, "items": {"type": "string"}}}}
ROWS = [{TEXT: LINES, "b": WORD}, {TEXT: 2, "b": 3}]
# A file by each kind of name, and a table.
FILES = "mkdir -p out; echo hi > 'out/<img src=x onerror=alert(1)>.txt'; echo a > out/$1.txt; printf 'a,b\\n\"<b>\",2\\n' > out/t.csv"
REPORT = "# {0}\n\n| a | b |\n|---|---|\n| {0} | 2 |\n\n[link](javascript:alert(1)) ![x](https://evil.example/x.png) `{0}"

# By name: the state that it comes to, the plan, what else the request says.
TASKS = {
    "failed": ("failed", {
        "inputs": {"text": {"type": "string", "description": TEXT}, "list": {"type": "array"}, "map": {"type": "object"}},
        "steps": {
            "make": {"description": TEXT, "set": {"value": "${{ inputs.text }}", "rows": ROWS}},
            "either": {"description": TEXT, "branch": {"one": {
                "description": TEXT, "when": f"inputs.text == '<b>' || inputs.text == '{WORD[:600]}'",
                "steps": {"a": {"set": {"b": 1}}}}}},
            "each": {"for_each": "${{ [inputs.text, '<b>'] }}", "on_item_error": "continue", "steps": {"say": {
                "command": ["sh", "-c", "printf '%s' \"$1\" >&2; cat; exit 3", "<b>", TEXT + WORD[:3000]],
                "stdin": "${{ inputs.text.substring(0, 300) }}"}}},
            "fail": {"needs": ["make", "each"], "command": ["sh", "-c", "cat >&2; exit 1"], "stdin": "${{ inputs.text }}"}},
        "outputs": {"value": "${{ steps.make.output }}"}},
        {"name": TEXT[:80], "tags": [MARKUP[:40], WORD[:40]], "inputs": {
            "text": ALL, "list": [ALL, {TEXT: LINES}], "map": {WORD[:2000]: LINES, "a\u0000b": [1, None]}}}),
    "completed": ("completed", {
        "inputs": {"text": {"type": "string"}},
        "steps": {
            "make": {"description": WORD[:400], "set": {
                "value": "${{ inputs.text }}", "report": REPORT.format("${{ inputs.text }}"), "rows": ROWS, "map": {TEXT: ALL}}},
            "keep": {"command": ["sh", "-c", FILES, "keep", "w" * 200]}},
        "outputs": {name: f"${{{{ steps.make.output.{name} }}}}" for name in ("value", "report", "rows", "map")}},
        {"name": WORD[:80], "inputs": {"text": ALL}}),
    "agent": ("completed", {
        "agents": {"clerk": {"model": "script/clerk.yaml", "system": ALL, "tools": ["write_file", "read_file"]}},
        "steps": {"look": {"description": TEXT, "agent": "clerk", "prompt": ALL}},
        "outputs": {"text": "${{ steps.look.output }}"}}, {"name": TEXT[:60]}),
    "question": ("waiting", {
        "agents": {"clerk": {"model": "script/asking.yaml", "tools": ["ask_question"]}},
        "steps": {"look": {"agent": "clerk", "prompt": TEXT}}}, {}),
    "approval": ("waiting", {
        "inputs": {"text": {"type": "string"}},
        "steps": {"sign": {"description": TEXT, "approval": {
            "title": f"{TEXT} {WORD[:300]}", "by": ["anna<b>", WORD[:60]], "form": FORM,
            "proposal": {TEXT: "${{ inputs.text }}", "rows": [{"a": "${{ inputs.text }}"}]}}}}},
        {"inputs": {"text": ALL}}),
    "review": ("waiting", {
        "steps": {"draft": {
            "command": ["sh", "-c", "cat", WORD[:200], "<b>"], "stdin": TEXT + WORD[:900], "repeatable": True, "review": True}}},
        {}),
    "tool": ("failed", {"steps": {"call": {"tool": "evil/say", "arguments": {"text": TEXT}}}}, {}),
    "request": ("failed", {"steps": {"get": {"http": {
        "url": f"http://127.0.0.1:9/{WORD[:1500]}?<b>", "headers": {"x-a": f"<b>{WORD[:500]}"}}}}}, {}),
    "long names": ("completed", {"name": "n" * 60, "steps": {
        "w" * 60: {"description": WORD[:400], "set": {"a": 1}},
        "x" * 60: {"needs": ["w" * 60], "set": {WORD[:300]: WORD}}}}, {}),
}


def written(document):
    return json.dumps(document, ensure_ascii=False)


class House:
    """A server on which everybody has written the worst that is taken."""

    def __init__(self, server):
        self.server = server
        self.numbers = {}
        files = {"clerk.yaml": written(CLERK), "asking.yaml": written(ASKING)}
        for name, (status, plan, members) in TASKS.items():
            text = written({"name": "hostile", "description": TEXT, **plan})
            made = server.request("/api/tasks", {"plan": {"path": "plan.yaml", "text": text, "files": files}, **members})
            self.numbers[name] = made["number"]
            server.wait_for(made["number"], status)
        review = Person(server.address).asked(self.numbers["review"])
        server.request(f"/api/approvals/{review['id']}/decision", {"verdict": "retry", "feedback": ALL[:5000]})
        eventually(lambda: Person(server.address).asked(self.numbers["review"])["id"] != review["id"], "it asks again")
        self._fill_library()

    def _fill_library(self):
        inputs = {"a": {"type": "string", "description": TEXT, "default": LINES}, "long": {"type": "string", "default": WORD[:300]}}
        for note in (TEXT, LINES + WORD[:100], WORD[:200]):
            saved = {"note": note, "author": note[:60]}
            steps = {"make": {"description": TEXT + note, "set": {"a": ALL}}}
            plan = {"name": "hostile", "description": TEXT, "inputs": inputs, "steps": steps}
            self.server.request("/api/plans", {"text": written(plan), **saved})
            agent = {"name": "clerk", "description": TEXT + note, "model": "script/a.yaml", "system": ALL}
            self.server.request("/api/agents", {"text": written(agent), "files": {"a.yaml": written(CLERK)}, **saved})
        self.server.request("/api/apps", {"name": "send", "plan": "hostile", "description": TEXT, "parameters": [
            {"name": "a", "description": LINES, "required": False},
            {"name": "long", "description": WORD[:300], "type": "choice", "choices": [TEXT, WORD[:150]]}]})
        for name in (MARKUP[:40], WORD[:40]):
            filters = {"search": TEXT[:100], "plan": "a<b>"}
            self.server.request(f"/api/views/{urllib.parse.quote(name, safe='')}", {"filters": filters}, method="PUT")
        self.server.request(f"/api/secrets/W{'_' * 60}", {"value": TEXT}, method="PUT")


@pytest.fixture(scope="module")
def house(binary, tmp_path_factory):
    data = tmp_path_factory.mktemp("hostile")
    (data / "signalbox.yaml").write_text(json.dumps(SETTINGS), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNALBOX_SANDBOX", "none")
        server = launch_server(binary, data)
    try:
        yield House(server)
    finally:
        server.end()


@pytest.fixture(scope="module")
def narrow(browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(narrow):
    """A narrow page that fails its test when a script of another's has run, or has tried to."""
    page = narrow.new_page()
    blamed = []

    def answer(dialog):
        # The browser's own question about what was typed and not saved.
        if dialog.type != "beforeunload":
            blamed.append(f"dialog: {dialog.message}")
        dialog.accept()

    page.on("pageerror", lambda error: blamed.append(f"script: {error}"))
    page.on("dialog", answer)
    page.on("request", lambda request: "evil.example" in request.url and blamed.append(f"request: {request.url}"))
    page.on("console", lambda message: "Content Security Policy" in message.text and blamed.append(message.text))
    yield page
    page.close()
    assert blamed == []


# What cannot be seen, and what turns the text around it, has to be named wherever it is shown.
LOOK = r"""() => {
    const content = document.querySelector("main") ?? document.body;
    const words = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    const unnamed = new Set(), isUnnamed = (text) => /[\u202a-\u202e\u2066-\u2069\u200b\u0007\u001b\u0000]/.test(text);
    if (isUnnamed(document.title)) unnamed.add(document.title);
    while (words.nextNode()) {
        const element = words.currentNode.parentElement;
        if (isUnnamed(words.currentNode.data) && !element.closest("textarea, .CodeMirror")) unnamed.add(element.outerHTML.slice(0, 200));
    }
    for (const element of content.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) {
        for (const name of ["title", "aria-label", "placeholder", "alt"]) {
            if (isUnnamed(element.getAttribute(name) ?? "")) unnamed.add(`${name} of ${element.outerHTML.slice(0, 200)}`);
        }
    }
    return {
        isHurt: window.isHurt === true,
        elements: [...content.querySelectorAll("img, script, iframe")].map((element) => element.outerHTML.slice(0, 200)),
        bold: [...content.querySelectorAll("b")].filter((element) => element.textContent === "bold").length,
        links: [...content.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))
            .filter((href) => /^\s*(javascript|data):/i.test(href)),
        unnamed: [...unnamed],
        tooWide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    };
}"""
UNFOLD = "document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"


def check(page):
    assert page.evaluate(LOOK) == {"isHurt": False, "elements": [], "bold": 0, "links": [], "unnamed": [], "tooWide": 0}


PARTS = ["?part=flow", "?part=waterfall", "?part=costs", "/compare/{failed}", "/rerun"]
PLACES = [
    *(f"/tasks/{{{name}}}{part}" for name in TASKS for part in ("", "?part=timeline")),
    *(f"/tasks/{{{name}}}{part}" for name in ("completed", "agent", "long names") for part in PARTS),
    "/tasks/{failed}?part=flow", "/tasks/{failed}?part=waterfall",
    *(f"/tasks/{{{name}}}/restart" for name in ("failed", "completed", "agent", "long names")),
    "/tasks", "/tasks?layout=groups&open={failed},{approval},{question}", "/tasks?search={text}", "/tasks?tag={text}",
    "/tasks/{failed}/steps/fail/trace", "/tasks/{failed}/steps/make/trace", "/tasks/{agent}/steps/look/trace",
    "/tasks/{agent}/steps/look/runs/1/turns/1", "/tasks/{agent}/steps/look/runs/1/turns/2", "/tasks/{completed}/delete",
    "/tasks/{approval}/kill",
    "/approvals", "/approvals?show=settled", "/approvals?plan={text}", "/approvals/{question}-1", "/approvals/{approval}-1",
    "/approvals/{approval}-1/proposal", "/approvals/{review}-1", "/approvals/{review}-2",
    "/plans", "/plans?search={text}", "/plans/hostile", "/plans/hostile/edit", "/plans/hostile/diff", "/plans/hostile/app",
    "/agents", "/agents?search={text}", "/agents/clerk", "/agents/clerk/edit", "/agents/clerk/diff",
    "/playground", "/playground?q={text}", "/playground/send", "/tasks/new", "/tasks/new?mode=plan&plan=hostile",
    "/tasks/new?mode=from&from={failed}", "/tasks/new?mode=json&from={failed}", "/tasks/new?mode=plan&q={text}",
    "/settings", "/settings/secrets", f"/settings/secrets/W{'_' * 60}/remove", "/settings/providers", "/settings/mcp",
    "/settings/prices", "/palette?q={text}", "/tasks/{text}", "/plans/{text}", "/{text}",
]


@pytest.mark.parametrize("place", PLACES)
def test_it_stays_text(house, page, place):
    page.goto(house.server.address + place.format(text=urllib.parse.quote(TEXT[:160], safe=""), **house.numbers))
    # What is folded may be loaded when it is opened, and hold folds of its own.
    for _ in range(2):
        page.evaluate(UNFOLD)
        expect(page.locator("main .fallback:visible")).to_have_count(0)
    check(page)


def test_what_is_typed_stays_text(house, page):
    """Where forms are answered: what was refused and what was taken, in the list, in the palette and on a task."""
    number = house.server.submit(written({"name": "typed", "steps": {"a": {"set": {"b": 1}}}}))["number"]
    house.server.wait_for(number, "completed")
    page.goto(f"{house.server.address}/tasks/{number}")
    expect(page.locator("html")).to_have_attribute("data-connection", "live")
    page.locator("#rename > summary").click()
    page.locator("#rename-name").fill(MARKUP[:80])
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.locator("h1")).to_contain_text(MARKUP[:40])
    page.locator("#add-tag > summary").click()
    page.locator("#tag-name").fill(f"{MARKUP[:40]}, {WORD[:200]}")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#tag-form .problem")).to_be_visible()
    check(page)
    page.locator("#tag-name").fill(MARKUP[:40])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name=MARKUP[:40], exact=True)).to_be_visible()
    check(page)

    page.keyboard.press("Control+k")
    page.keyboard.type(MARKUP[:30])
    expect(page.locator("#palette-results [role=option]").first).to_contain_text(MARKUP[:30])
    check(page)

    page.goto(f"{house.server.address}/tasks?search={urllib.parse.quote(MARKUP[:30])}")
    page.locator("#views-menu > summary").click()
    page.get_by_label("Save this list as").fill("a\u202eb<b>bold</b>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#save-view .problem")).to_be_visible()
    page.get_by_label("Save this list as").fill("<b>bold</b>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#toast p")).to_contain_text("<b>bold</b>")
    check(page)


def test_what_settings_refuse_stays_text(house, page):
    page.goto(f"{house.server.address}/settings")
    row = page.locator(".setting").filter(has=page.get_by_role("heading", name="turns", exact=True))
    row.get_by_role("textbox").fill(TEXT)
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_be_visible()
    check(page)
    page.goto(f"{house.server.address}/settings/secrets")
    page.get_by_label("Name").fill(MARKUP)
    page.get_by_label("Value").fill(TEXT)
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator(".secret-form .problem")).to_contain_text("<img src=x")
    check(page)
    page.goto(f"{house.server.address}/settings/mcp")
    page.get_by_role("button", name="Test").first.click()
    expect(page.locator("main")).to_contain_text("exit code 3")
    check(page)


def test_what_the_editor_finds_stays_text(house, page):
    page.goto(f"{house.server.address}/plans/new")
    text = written({"name": MARKUP[:30], TEXT: 1, "steps": {MARKUP: {"set": "${{ inputs.%s }}" % WORD[:300], MARKUP: 1}}})
    page.evaluate("text => document.getElementById('document').signalboxEditor.setValue(text)", text)
    expect(page.locator("#verdict .findings li").first).to_be_visible()
    check(page)


def test_what_is_wrong_with_json_stays_text(house, page):
    page.goto(f"{house.server.address}/tasks/new?mode=json")
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", json.dumps({MARKUP: WORD[:300]}))
    expect(page.locator(".CodeMirror .mistake").first).to_be_visible()
    check(page)


def test_what_is_said_with_a_decision_stays_text(house, page):
    number = house.server.submit(written({"name": "asks", "steps": {"ask": {"approval": {"title": TEXT}}}}))["number"]
    house.server.wait_for(number, "waiting")
    page.goto(f"{house.server.address}/approvals/{number}-1")
    page.get_by_label("Feedback").fill(TEXT + WORD[:300])
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".settled")).to_contain_text("<img src=x")
    check(page)
