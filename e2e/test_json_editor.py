"""The body of a request is written in an editor: coloured, its mistakes marked while one types; a plain field without scripts."""

import re

import pytest
from playwright.sync_api import expect
from test_composer import LETTER, outputs, write_json

WRITTEN = '{\n  "plan": "letter",\n  "inputs": {\n    "to": "Ada", "copies": 3, "urgent": false\n  }\n}'


@pytest.fixture
def server(start_server):
    server = start_server()
    server.request("/api/plans", {"text": LETTER})
    return server


@pytest.fixture
def editor(page):
    return page.get_by_role("textbox", name="Body of POST /api/tasks")


def text_of(page):
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_json_is_coloured_and_its_mistakes_are_marked_while_it_is_typed(server, page, editor, complaints):
    page.goto(server.address + "/tasks/new?mode=json")
    write_json(page, WRITTEN)
    expect(page.locator("#json-check")).to_contain_text("This can be started")
    for kind, text in [("property", '"inputs"'), ("string", '"Ada"'), ("number", "3"), ("atom", "false")]:
        expect(page.locator(f".CodeMirror .cm-{kind}", has_text=text).first).to_be_visible()
    expect(page.locator(".CodeMirror .mistake")).to_have_count(0)
    # By the keyboard alone.
    editor.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.type(', "tone": "loud"')
    expect(page.locator(".CodeMirror .mistake")).to_have_count(1)
    expect(page.locator(".CodeMirror .mistaken")).to_be_visible()
    expect(page.locator(".CodeMirror .mistake")).to_have_attribute("title", re.compile("tone.*must"))
    # From the sentence to its place.
    page.get_by_role("button", name="Go to line 4").click()
    expect(editor).to_be_focused()
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line") == 3
    # The tabulator goes on, so nobody is caught.
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    write_json(page, WRITTEN)
    expect(page.locator(".CodeMirror .mistake")).to_have_count(0)
    editor.focus()
    page.keyboard.press("Control+Enter")
    assert outputs(server, page)["said"][:2] == ["Ada", 3]


def test_the_editor_comes_with_the_mode_and_stays_with_what_is_wrong(server, page, editor, complaints):
    asked = []
    page.on("request", lambda request: "/assets/json." in request.url and asked.append(request.url))
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    expect(page.locator("#connection")).to_have_text("Live")
    assert asked == []
    page.click(".task-parts >> text=JSON")
    expect(page.locator(".CodeMirror")).to_be_visible()
    assert '"to": "Ada"' in text_of(page) and len(asked) == 2
    write_json(page, '{"plan": ')
    page.click("text=Start task")
    expect(page.locator("#form-field-json-problem")).to_contain_text("Line 1")
    complaints.clear()
    expect(page.locator(".CodeMirror")).to_be_visible()
    # The editor of the form that came, with the focus and with what screen readers are told.
    expect(editor).to_be_focused()
    expect(editor).to_have_attribute("aria-invalid", "true")
    assert text_of(page) == '{"plan": '
    page.keyboard.press("Control+End")
    page.keyboard.type('"letter", "inputs": {"to": "Eve"}}')
    expect(page.locator("#form-field-json-problem")).to_have_count(0)
    assert editor.get_attribute("aria-invalid") is None
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Eve"


def test_a_label_leads_to_the_editor(server, page, editor):
    page.goto(server.address + "/tasks/new?mode=json")
    expect(page.locator(".CodeMirror")).to_be_visible()
    page.locator("label[for=form-field-json]").click()
    expect(editor).to_be_focused()


def test_without_its_script_the_field_is_plain(server, page, complaints):
    page.route("**/assets/json.*.js", lambda route: route.abort())
    page.goto(server.address + "/tasks/new?mode=json")
    field = page.locator("textarea[name=json]")
    field.fill(WRITTEN)
    expect(page.locator("#json-check")).to_contain_text("This can be started")
    complaints.clear()
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Ada"


def test_without_scripts_the_field_is_plain(server, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server.address + "/tasks/new?mode=json")
    page.locator("textarea[name=json]").fill(WRITTEN)
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Ada"
    page.context.close()
