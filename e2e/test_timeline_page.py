"""The timeline of a task in a browser, the trace of its steps, what it hands out, and its story in words."""

import json
import re
import threading

import pytest
from agent_lab import one_agent
from playwright.sync_api import expect
from raw_provider import chat, on_raw

REASON = {"reason": "The order is asked for.", "confidence": 0.9, "alternatives": ["ask the customer"]}
TOOLS = [{"mcp": "tools"}, "read_file"]
ANSWERS = {"answers": [
    {"when": "turn == 1", "thinking": "First the order.", "text": "I look it **up**.",
     "tool_calls": [{"name": "tools__find", "arguments": {"order": "7", "gate": "open", **REASON}}],
     "tokens": {"input": 1000, "output": 20}},
    {"when": "turn == 2", "tool_calls": [{"name": "read_file", "arguments": {"path": "none.txt"}}],
     "tokens": {"input": 200, "cache_read": 900, "output": 30}},
    {"text": "Order 7 is known.\nSTATUS: completed\nSUMMARY: It was sent yesterday.",
     "tokens": {"input": 50, "cache_read": 1100, "output": 11}}]}
# It gives up in its first run, and does it in the second.
SECOND_TRY = {"answers": [
    {"when": "turn == 1", "repeat": 1, "text": "I give up today.\nSTATUS: failed\nSUMMARY: There is no file.",
     "tokens": {"input": 150, "output": 10}},
    {"text": "I give in today.\nSTATUS: completed\nSUMMARY: Fine.", "tokens": {"input": 100, "output": 5}}]}
TABLES = """
name: tables
steps:
  make:
    set:
      vendors: [{name: Acme, total: 12.5}, {name: Berg, total: 7}]
      csv: "vendor;total\\nAcme;12.5\\n"
      note: "# Done\\n\\nAll is **paid**."
outputs:
  vendors: ${{ steps.make.output.vendors }}
  csv: ${{ steps.make.output.csv }}
  note: ${{ steps.make.output.note }}
"""


def address(lab, number, query=""):
    return f"http://127.0.0.1:{lab.engine.port}/tasks/{number}{query}"


def entries(page):
    return page.locator("#timeline-scroll li[id^=event-]")


def is_at_the_end(page):
    """Waits until the newest is in sight."""
    page.wait_for_function("""() => {
        const box = document.getElementById("timeline-scroll");
        return box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    }""")


def test_the_timeline_follows_an_agent(lab, page):
    lab.start(ANSWERS)
    number = lab.submit(one_agent(*TOOLS))
    lab.began("find")
    page.goto(address(lab, number, "?part=timeline"))
    # The call is under way, with the turn that wants it before it.
    call = page.locator(".tool", has_text="tools__find")
    expect(call).to_contain_text("under way")
    expect(page.locator(".entry.turned strong", has_text="up")).to_be_visible()
    expect(page.locator(".entry.turned", has_text="Thinking").locator("details")).not_to_have_attribute("open", "")
    lab.open_gate("open")
    expect(page.locator(".entry.result")).to_contain_text("Task completed")
    expect(page.locator(".entry.result")).to_contain_text("It was sent yesterday.")
    is_at_the_end(page)
    # What came of it stands with the call, which was not opened anew.
    expect(page.locator(".tool", has_text="tools__find")).to_have_count(1)
    failed = page.locator(".tool.tone-red")
    expect(failed).to_contain_text("error")
    page.locator(".tool", has_text="tools__find").locator("summary").first.click()
    page.get_by_text("View tool details").first.click()
    expect(page.get_by_text("ask the customer")).to_be_visible()


def test_what_is_said_is_shown_as_it_is_said(lab, page):
    rest = threading.Event()

    def answer(number, body):
        events = chat(*({"content": f"word{place} "} for place in range(60)))
        yield from events[:30]
        rest.wait(60)
        yield from events[30:]

    with on_raw(lab, answer):
        number = lab.submit(one_agent())
        page.goto(address(lab, number, "?part=timeline"))
        said = page.locator("#timeline-said .saying")
        expect(said).to_contain_text("word1")
        expect(said).not_to_contain_text("word30")
        # Who comes in the middle has the text so far.
        other = page.context.new_page()
        other.goto(address(lab, number, "?part=timeline"))
        expect(other.locator("#timeline-said .saying")).to_contain_text("word0 word1")
        other.close()
        # The turn takes its place.
        rest.set()
        expect(page.locator(".entry.turned")).to_contain_text("word59")
        expect(said).to_have_count(0)


def test_filters_and_pages_are_addresses(lab, page):
    lab.start({"answers": [{"text": "Done.", "tokens": {"input": 1, "output": 1}}]})
    plan = json.dumps({"name": "many", "steps": {"each": {
        "for_each": "${{ inputs.list }}", "steps": {"add": {"set": {"sum": "${{ item }}"}}}}},
        "inputs": {"list": list(range(200))}})
    number = lab.finished(plan)["number"]
    page.goto(address(lab, number, "?part=timeline"))
    expect(entries(page)).to_have_count(100)
    expect(page.locator(".entry.result")).to_be_visible()
    page.get_by_role("link", name="Earlier events").click()
    expect(page).to_have_url(re.compile(r"before=\d+"))
    expect(page.locator(".entry.result")).to_have_count(0)
    page.reload()
    expect(entries(page)).to_have_count(100)
    page.get_by_role("link", name="Newest events").click()
    expect(page.locator(".entry.result")).to_be_visible()
    # One kind of events, in place, and the same from the address.
    page.locator(".chip", has_text="Task").click()
    expect(page).to_have_url(re.compile(r"show=task"))
    expect(entries(page)).to_have_count(2)
    page.reload()
    expect(entries(page)).to_have_count(2)
    expect(page.get_by_label("Task", exact=True)).to_be_checked()
    # One iteration.
    page.goto(address(lab, number, "?part=timeline&step=each%2F3"))
    assert 0 < entries(page).count() < 8
    page.goto(address(lab, number, "?part=timeline&tool=none"))
    expect(page.get_by_text(re.compile("None of .* events is shown"))).to_be_visible()


def test_nothing_moves_while_one_reads_further_up(lab, page):
    lab.start({"answers": [{"text": "Done.", "tokens": {"input": 1, "output": 1}}]})
    plan = json.dumps({"name": "slow", "steps": {
        "each": {"for_each": "${{ inputs.list }}", "steps": {"add": {"set": {"sum": "${{ item }}"}}}},
        "wait": {"needs": ["each"], "wait": {"signal": "go", "key": "x"}}, "end": {"needs": ["wait"], "set": {"a": 1}}},
        "inputs": {"list": list(range(60))}})
    number = lab.submit(plan)
    page.goto(address(lab, number, "?part=timeline"))
    expect(page.locator(".entry", has_text="waits")).to_be_visible()
    box = page.locator("#timeline-scroll")
    box.evaluate("e => { e.scrollTop = 0; }")
    page.wait_for_function("() => document.getElementById('timeline-scroll').scrollTop === 0")
    lab.person().signal("go", "x", {})
    news = page.locator("#timeline-new")
    expect(news).to_have_text(re.compile(r"\d+ new events?"))
    assert box.evaluate("e => e.scrollTop") == 0
    news.click()
    expect(news).to_be_hidden()
    is_at_the_end(page)


def test_the_trace_is_a_dialog_and_a_page(lab, page):
    lab.start(SECOND_TRY)
    number = lab.submit(one_agent(step={"retry": {"max": 1, "backoff": "1ms", "on": ["agent"]}}))
    lab.engine.wait(number)
    page.goto(address(lab, number, "?part=timeline"))
    expect(page.locator(".entry.result")).to_contain_text("Task completed")
    page.locator("a[data-trace]").last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You are brief.", use_inner_text=False)
    expect(page).to_have_url(re.compile(r"/steps/work/trace\?run=2"))
    dialog.get_by_role("link", name="run 1", exact=True).click()
    expect(dialog.locator("ins, del").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"run=2&with=1"))
    page.reload()
    # The same as a page of its own.
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#trace del", has_text="in").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Run 1")).first.click()
    expect(page.locator(".trace-facts")).to_contain_text("Failed")
    # Escape leads back to where it was opened.
    page.goto(address(lab, number, "?part=timeline"))
    page.locator("a[data-trace]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"part=timeline$"))


def test_the_trace_of_a_program_needs_no_scripts(run_server_page):
    server, page = run_server_page
    task = server.submit(json.dumps({"name": "shell", "steps": {
        "list": {"command": ["sh", "-c", "cat; echo 'to stderr' >&2"], "stdin": {"a": 1}}}}))
    number = task["number"]
    server.wait_for(number, "completed")
    page.goto(f"{server.address}/tasks/{number}/steps/list/trace")
    trace = page.locator("#trace")
    for text in ("exit code 0", "to stderr", "stdin", "stdout"):
        expect(trace).to_contain_text(text)


def test_outputs_show_what_they_are(lab, page):
    lab.start({"answers": [{"text": "Nothing."}]})
    number = lab.finished(TABLES)["number"]
    page.goto(address(lab, number))
    results = page.locator(".results")
    expect(results.locator("td", has_text="Acme").first).to_be_visible()
    page.get_by_text("csv", exact=True).first.click()
    expect(results.locator("th:visible", has_text="vendor")).to_be_visible()
    page.get_by_text("note", exact=True).first.click()
    expect(results.locator("strong:visible", has_text="paid")).to_be_visible()
    # What happened, in words.
    story = page.locator(".story")
    expect(story).to_contain_text("ran the plan")
    expect(story).to_contain_text("make completed.")
    expect(story).to_contain_text("It completed after")


@pytest.fixture
def run_server_page(start_server, browser):
    server = start_server()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    yield server, page
    context.close()
