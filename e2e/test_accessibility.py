"""axe-core on every page and in every state, wide and narrow, light and dark: no serious and no critical issue.

Whoever adds a page or a state adds a line to PAGES, or to STATES when something has to be done before it looks like that.
`{name}` stands for the number of a task of TASKS.
"""

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
}
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
            self.numbers[name] = server.submit(plan)["number"]
            server.wait_for(self.numbers[name], status)
        again = self.numbers["again"]
        server.request(f"/api/approvals/{again}-1/decision", {"verdict": "retry", "feedback": "Two lines, please"})
        eventually(lambda: Person(server.address).asked(again)["id"] == f"{again}-2", "it asks again")

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
