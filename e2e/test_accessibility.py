"""axe-core on every page and in every state, wide and narrow, light and dark: no serious and no critical issue. And by keyboard:
everything that can be pressed is reached, and where the focus is can be seen.

Whoever adds a page or a state adds a line to PAGES, or to STATES when something has to be done before it looks like that.
`{name}` stands for the number of a task of TASKS.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PATIENCE_MS, launch_server
from engine import eventually
from people import Person
from playwright.sync_api import expect
from test_decision_page import LETTER, REVIEW

PAGES = {
    "list": "/tasks",
    "list, filtered": "/tasks?status=failed&sort=-cost",
    "list, groups": "/tasks?layout=groups&open={completed},{failed}",
    "list, nothing fits": "/tasks?search=zebra",
    "list, failed to load": "/tasks?status=nonsense",
    "task, completed": "/tasks/{completed}",
    "task, failed": "/tasks/{failed}",
    "task, running": "/tasks/{running}",
    "task, nested": "/tasks/{nested}",
    "task, timeline": "/tasks/{nested}?part=timeline",
    "task, flow": "/tasks/{nested}?part=flow",
    "task, waterfall": "/tasks/{nested}?part=waterfall",
    "task, costs": "/tasks/{nested}?part=costs",
    "trace": "/tasks/{failed}/steps/compare/trace",
    "composer, instructions": "/tasks/new",
    "composer, plan": "/tasks/new?mode=plan",
    "composer, from": "/tasks/new?mode=from",
    "composer, JSON": "/tasks/new?mode=json",
    "restart": "/tasks/{completed}/restart",
    "compare, choose": "/tasks/{completed}/compare",
    "compare": "/tasks/{completed}/compare/{failed}",
    "plans": "/plans",
    "plan, new": "/plans/new",
    "agents": "/agents",
    "agent, new": "/agents/new",
    "playground": "/playground",
    "settings": "/settings",
    "secrets": "/settings/secrets",
    "providers": "/settings/providers",
    "MCP servers": "/settings/mcp",
    "prices": "/settings/prices",
    "task, approval": "/tasks/{asking}",
    "task, kill": "/tasks/{running}/kill",
    "inbox": "/approvals",
    "inbox, filtered": "/approvals?kind=review",
    "inbox, nothing fits": "/approvals?kind=budget",
    "inbox, settled": "/approvals?show=settled",
    "request": "/approvals/{asking}-1",
    "request, settled": "/approvals/{again}-1",
    "request, asked again": "/approvals/{again}-2",
    "proposal": "/approvals/{asking}-1/proposal",
    "turn": "/tasks/{agent}/steps/look/runs/1/turns/1",
    "turn, failed call": "/tasks/{agent}/steps/look/runs/1/turns/2",
    "trace, agent": "/tasks/{agent}/steps/look/trace",
    "task, agent": "/tasks/{agent}",
    "task, agent's timeline": "/tasks/{agent}?part=timeline",
    "task, agent's costs": "/tasks/{agent}?part=costs",
    "task, timeline, nothing fits": "/tasks/{completed}?part=timeline&kind=asked",
    "task, flow, open loop": "/tasks/{nested}?part=flow&open=each%2F1",
    "task, waterfall, a loop by itself": "/tasks/{nested}?part=waterfall&in=each",
    "plan": "/plans/letters",
    "plan, archived": "/plans?state=archived",
    "plan, editor": "/plans/letters/edit",
    "plan, changes": "/plans/letters/diff",
    "plan, app": "/plans/letters/app",
    "agent": "/agents/clerk",
    "agent, editor": "/agents/clerk/edit",
    "app": "/playground/letter",
    "composer, a saved plan": "/tasks/new?mode=plan&plan=letters",
    "composer, from a task": "/tasks/new?mode=from&from={completed}",
    "rerun": "/tasks/{completed}/rerun",
    "delete": "/tasks/{completed}/delete",
    "restart, refused": "/tasks/{running}/restart",
    "secret, removed": "/settings/secrets/BANK/remove",
    "forget what an agent keeps": "/agents/clerk/memory/forget?entry=tax",
    "palette without scripts": "/palette?q=letter",
    "not found": "/tasks/999999",
    "API reference": "/api/docs",
}


def _palette(page):
    page.keyboard.press("Control+k")
    page.keyboard.type("letter")
    expect(page.locator("#palette-results [role=option]").first).to_be_visible()


def _keys(page):
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def _menu(page):
    page.locator("#filter-menu > summary").click()


def _marked(page):
    page.locator("#live .pick input").first.check()
    expect(page.locator("#selected-count")).to_be_visible()


def _together(page):
    _marked(page)
    page.locator("#bulk").get_by_role("button", name="Reject").click()
    expect(page.locator("#together-dialog")).to_be_visible()


def _wrong(page):
    page.get_by_label("Copies").first.fill("many")
    expect(page.locator(".field.wrong .problem").first).to_be_visible()


def _wrong_json(page):
    expect(page.locator(".CodeMirror")).to_be_visible()
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('{\\n  \"plan\": 3\\n}')")
    expect(page.locator(".CodeMirror .mistake")).to_be_visible()


def _unfolded(page):
    page.evaluate("document.querySelectorAll('#page details').forEach((fold) => { fold.open = true; })")


def _actions(page):
    page.locator(".task-actions summary", has_text="More").click()
    expect(page.locator(".actions-sheet")).to_be_visible()


def _delete(page):
    _actions(page)
    page.locator(".actions-sheet").get_by_text("Delete…").click()
    expect(page.locator("dialog[open]")).to_be_visible()


def _kill(page):
    page.locator(".task-actions [data-dialog=kill-dialog]").click()
    expect(page.locator("#kill-dialog")).to_be_visible()


def _bulk(page):
    _marked(page)
    page.locator("#bulk").get_by_role("button", name="Tag…").click()
    expect(page.locator("#bulk-dialog")).to_be_visible()


def _panel(page):
    page.set_viewport_size({"width": 1680, "height": 900})
    page.locator("#list-rows .cover").first.click()
    expect(page.frame_locator("#panel iframe").locator("h1")).to_be_visible()


def _trace(page):
    page.locator("a[data-trace], a.trace-link").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()


def _mistakes(page):
    page.evaluate("document.getElementById('document').signalboxEditor.setValue('name: letters\\nsteps:\\n  a: {sett: 1}\\n')")
    expect(page.locator("#verdict .findings li").first).to_be_visible()


def _unsent(page):
    page.locator("[data-start]").click()
    expect(page.locator(".field.wrong .problem").first).to_be_visible()


def _refused_setting(page):
    row = page.locator(".setting").filter(has=page.get_by_role("heading", name="turns", exact=True))
    row.get_by_role("textbox").fill("many")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_be_visible()


def _refused_secret(page):
    page.locator("#secret-new, .secret-form").get_by_label("Name").first.fill("a b")
    page.get_by_label("Value").first.fill("x")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator(".secret-form .problem")).to_be_visible()


def _no_results(page):
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzz nothing of this name")
    expect(page.locator("#palette")).to_contain_text("No task and no page fits")


def _views(page):
    page.locator("#views-menu > summary").click()


def _edited(page):
    page.locator(".recorded").get_by_text("Change", exact=True).first.click()
    expect(page.locator(".recorded textarea").first).to_be_visible()


def _cut(page):
    page.evaluate("document.documentElement.dataset.connection = 'lost'")


def _toast(page):
    page.evaluate("signalboxSay('Saved as “x”', false, { path: '/tasks/views/delete', fields: {} })")
    page.evaluate("signalboxSay('Not done: the server cannot be reached', true)")
    # It comes in by and by, and what is half there has no colours yet.
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})))")


STATES = {
    "palette": ("/tasks", _palette),
    "keys": ("/approvals", _keys),
    "filter menu": ("/tasks", _menu),
    "marked rows": ("/tasks", _marked),
    "decide together": ("/approvals", _together),
    "wrong field": ("/tasks/{asking}", _wrong),
    "wrong JSON": ("/tasks/new?mode=json", _wrong_json),
    "unfolded task": ("/tasks/{nested}", _unfolded),
    "unfolded record": ("/tasks/{completed}", _unfolded),
    "toasts": ("/tasks", _toast),
    "actions of a task": ("/tasks/{completed}", _actions),
    "question before a task is deleted": ("/tasks/{completed}", _delete),
    "question before a task is killed": ("/tasks/{running}", _kill),
    "tags of several": ("/tasks", _bulk),
    "task beside the list": ("/tasks", _panel),
    "trace over the task": ("/tasks/{agent}?part=timeline", _trace),
    "unfolded agent": ("/tasks/{agent}", _unfolded),
    "unfolded timeline": ("/tasks/{agent}?part=timeline", _unfolded),
    "unfolded trace": ("/tasks/{agent}/steps/look/trace", _unfolded),
    "unfolded turn": ("/tasks/{agent}/steps/look/runs/1/turns/1", _unfolded),
    "unfolded flow": ("/tasks/{nested}?part=flow", _unfolded),
    "unfolded plan": ("/plans/letters", _unfolded),
    "unfolded comparison": ("/tasks/{completed}/compare/{failed}", _unfolded),
    "unfolded restart": ("/tasks/{completed}/restart", _unfolded),
    "output to be changed": ("/tasks/{completed}/restart", _edited),
    "plan with mistakes": ("/plans/letters/edit", _mistakes),
    "app that lacks something": ("/playground/letter", _unsent),
    "composer that lacks something": ("/tasks/new?mode=plan&plan=letters", _unsent),
    "refused setting": ("/settings", _refused_setting),
    "refused secret": ("/settings/secrets", _refused_secret),
    "palette, nothing fits": ("/tasks", _no_results),
    "views": ("/tasks?status=failed", _views),
    "connection lost": ("/tasks/{running}", _cut),
}

TASKS = {
    "completed": ("completed", """
name: invoices
description: Reads the invoices of a month
inputs: {month: {type: string, default: "2026-11"}}
steps:
  load: {set: {month: "${{ inputs.month }}", list: [1, 2, {a: null}]}}
  report: {needs: [load], set: {text: "# Report\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\nA [link](https://example.com) and `code`."}}
outputs: {report: "${{ steps.report.output.text }}", load: "${{ steps.load.output }}"}
"""),
    "failed": ("failed", """
name: ledger
steps:
  load: {set: {month: "2026-11"}}
  compare: {needs: [load], command: [sh, -c, "echo 'no such file' >&2; exit 2"]}
"""),
    "running": ("running", "name: archive\nsteps:\n  pack: {command: [sleep, '1000']}\n  send: {needs: [pack], set: {a: 1}}\n"),
    "nested": ("completed", """
name: refunds
inputs: {amount: 1200, items: [1, 2, 0, 4]}
steps:
  route:
    branch:
      small: {when: inputs.amount < 100, steps: {note: {set: {text: fine}}}}
      large: {when: inputs.amount > 1000, steps: {note: {set: {text: a lot}}}}
  each:
    for_each: ${{ inputs.items }}
    on_item_error: continue
    steps:
      divide: {set: {result: "${{ 8 / item }}"}}
outputs: {done: "${{ steps.each.output }}"}
"""),
    "asking": ("waiting", LETTER.replace("          note:", "          day: {type: string, format: date, title: Day}\n          note:")),
    "again": ("waiting", REVIEW),
    "agent": ("completed", """
name: traced
agents:
  clerk: {model: script/clerk.yaml, system: Be brief., tools: [write_file, read_file]}
steps: {look: {agent: clerk, prompt: Look around.}}
outputs: {text: "${{ steps.look.output }}"}
"""),
}
FILES = {"clerk.yaml": """
answers:
  - when: turn == 1
    thinking: A file first.
    text: I **write** it.
    tool_calls:
      - {name: write_file, arguments: {path: one.txt, content: "1", reason: To have it., confidence: 0.75, alternatives: [two]}}
  - when: turn == 2
    tool_calls: [{name: read_file, arguments: {path: none.txt}}]
  - text: Done.
"""}
LETTERS = """
name: letters
description: Writes a letter
inputs: {who: {type: string, description: Whom it greets}}
steps: {greet: {description: Says it, set: {text: "Hello, ${{ inputs.who }}"}}}
outputs: {letter: "${{ steps.greet.output.text }}"}
"""
CLERK = "name: clerk\ndescription: Answers letters\nmodel: script/clerk.yaml\ntools: [remember, recall]\n"
KEEPER = "name: keeping\nagents: {clerk: {library: clerk}}\nsteps: {work: {agent: clerk, prompt: Work.}}\n"
KEPT = """
answers:
  - {when: turn == 1, tool_calls: [{name: remember, arguments: {name: tax, text: 7 percent}}]}
  - {text: Kept.}
"""
WINDOWS = {"wide": 1280, "narrow": 390}
SCHEMES = ("light", "dark")
GRAVE = ("serious", "critical")


class House:
    """A server with a task in every state, and pages in windows of each size and scheme."""

    def __init__(self, server, browser):
        self.server = server
        self.browser = browser
        self.numbers = {}
        self.pages = {}
        for name, (status, plan) in TASKS.items():
            self.numbers[name] = self._start(plan)
            server.wait_for(self.numbers[name], status)
        again = self.numbers["again"]
        server.request(f"/api/approvals/{again}-1/decision", {"verdict": "retry", "feedback": "Two lines, please"})
        eventually(lambda: Person(server.address).asked(again)["id"] == f"{again}-2", "it asks again")

        for text in (LETTERS, LETTERS.replace("Hello", "Dear")):
            server.request("/api/plans", {"text": text, "note": "More polite", "author": "ada"})
        server.request("/api/agents", {"text": CLERK, "files": {"clerk.yaml": KEPT}})
        server.wait_for(self._start(KEEPER), "completed")
        server.request("/api/apps", {"name": "letter", "plan": "letters", "parameters": [{"name": "who"}]})
        server.request("/api/secrets/BANK", {"value": "only for this test"}, method="PUT")

    def _start(self, plan):
        made = self.server.request("/api/tasks", {"plan": {"path": "plan.yaml", "text": plan, "files": FILES}})
        return made["number"]

    def page(self, window, scheme):
        if (window, scheme) not in self.pages:
            context = self.browser.new_context(
                viewport={"width": WINDOWS[window], "height": 900}, color_scheme=scheme, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE_MS)
            self.pages[window, scheme] = context.new_page()
        return self.pages[window, scheme]


@pytest.fixture(scope="module")
def house(binary, browser, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNALBOX_SANDBOX", "none")
        server = launch_server(binary, tmp_path_factory.mktemp("house") / "data")
    made = None
    try:
        made = House(server, browser)
        yield made
    finally:
        for page in made.pages.values() if made else ():
            page.context.close()
        server.end()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", [*PAGES, *STATES])
def test_nothing_serious_stands_in_the_way(house, name, window, scheme):
    page = house.page(window, scheme)
    path, act = STATES[name] if name in STATES else (PAGES[name], None)
    page.goto(house.server.address + path.format(**house.numbers))
    if page.locator("#connection").count():
        expect(page.locator("html")).to_have_attribute("data-connection", "live")
    if act:
        act(page)
    found = [violation for violation in Axe().run(page).response["violations"] if violation["impact"] in GRAVE]
    assert not found, "\n".join(
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['html'][:200]}\n  {node['failureSummary']}"
        for violation in found for node in violation["nodes"][:4])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


# What can be pressed and is on the page; folded and closed things come with what opens them.
PRESSABLE = """() => {
    window.seen = new Set();
    window.shadows = new Map([...document.querySelectorAll("*")].map((element) => [element, getComputedStyle(element).boxShadow]));
    window.pressable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((element) =>
        !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ checkVisibilityCSS: true }) &&
        element.getBoundingClientRect().width > 0 && element.type !== "radio");
}"""
# The focus shows around the element itself, what lies over its row, what it stands in, or as the edge of a drawn box.
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const isNew = !window.seen.has(element);
    window.seen.add(element);
    const around = [element];
    while (around.length < 9 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
    if (element.nextElementSibling) around.push(element.nextElementSibling);
    // A shadow that is there without the focus marks nothing.
    const isRing = (style, before = "none") => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 ||
        style.boxShadow !== "none" && style.boxShadow !== before;
    const isMarked = around.some((other) => isRing(getComputedStyle(other), window.shadows.get(other))) || isRing(getComputedStyle(element, "::after")) ||
        [...element.querySelectorAll(".box, .cost-box, rect")].some((box) => parseFloat(getComputedStyle(box).strokeWidth) >= 2);
    const box = element.getBoundingClientRect();
    const isSeen = box.bottom >= 0 && box.top <= innerHeight && box.right >= 0 && box.left <= innerWidth;
    return { isNew, isMarked, isSeen, isEditor: element.matches(".CodeMirror-code"), name: element.outerHTML.slice(0, 120) };
}"""


@pytest.mark.parametrize("name", PAGES)
def test_the_tabulator_reaches_everything_and_shows_where_it_is(house, name):
    page = house.page("wide", "light")
    page.goto(house.server.address + PAGES[name].format(**house.numbers))
    if page.locator("#connection").count():
        expect(page.locator("html")).to_have_attribute("data-connection", "live")
    # From the top, also where the page has put the focus into its search.
    page.evaluate("document.activeElement?.blur(); getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus()")
    page.evaluate(PRESSABLE)
    for _ in range(300):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused:
            break
        # Parts of a field, such as the calendar of a date, are marked by the browser.
        assert (focused["isMarked"] or not focused["isNew"]) and focused["isSeen"], focused
        if focused["isEditor"] and not focused["isNew"]:
            # It indents; the way out stands below it, for everybody.
            expect(page.locator(".CodeMirror-code")).to_have_accessible_description(re.compile("Esc leaves the text"))
            page.keyboard.press("Escape")
            assert not page.evaluate(FOCUSED)["isEditor"]
            break
    else:
        pytest.fail("the focus never leaves the page")
    if not focused:
        missed = page.evaluate(
            "window.pressable.filter((one) => one.isConnected && !window.seen.has(one)).map((one) => one.outerHTML.slice(0, 120))")
        assert not missed
