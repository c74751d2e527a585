"""What can be done to a task on its page, and what the page shows of branches and loops."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("open_commands")


def test_kill_asks_before_and_says_what_is_lost(page, start_server):
    server = start_server()
    number = server.submit("name: pause\nsteps: {nap: {wait: 1h}}")["number"]
    server.wait_for(number, "waiting")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator(".situation")).to_contain_text("Waiting: timer")
    page.locator("#task-menu > summary").click()
    expect(page.locator("#task-menu").get_by_role("button", name="Retry")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    dialog = page.locator("#kill-dialog")
    page.get_by_role("link", name="Kill", exact=True).click()
    expect(dialog.get_by_role("heading")).to_have_text("Kill running task?")
    expect(dialog).to_contain_text("This will immediately abort the task. Any work in progress will be lost.")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    server.wait_for(number, "waiting")
    page.get_by_role("link", name="Kill", exact=True).click()
    dialog.get_by_role("button", name="Kill", exact=True).click()
    expect(page.locator(".task-head .badge")).to_have_text("Failed")
    assert server.wait_for(number, "failed")["cause"] == "killed"


def test_cancel_and_retry(page, start_server, tmp_path):
    server = start_server()
    flag = tmp_path / "flag"
    number = server.submit(f"name: flaky\nsteps:\n  try: {{command: [ls, {flag}]}}\n")["number"]
    server.wait_for(number, "failed")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator("#connection")).to_have_text("Live")
    flag.touch()
    page.locator(".task-actions").get_by_role("button", name="Retry").click()
    expect(page.locator(".task-head .badge")).to_have_text("Completed")
    waiting = server.submit("name: pause\nsteps: {nap: {wait: 1h}}")["number"]
    server.wait_for(waiting, "waiting")
    page.goto(f"{server.address}/tasks/{waiting}")
    expect(page.locator("#connection")).to_have_text("Live")
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.locator(".task-head .badge")).to_have_text("Cancelled")


TREE = """
name: tree
inputs: {amount: 1200, items: [1, 2, 0, 4]}
steps:
  route:
    branch:
      small: {when: inputs.amount < 100, steps: {note: {set: {text: fine}}}}
      large: {when: inputs.amount > 1000 && size(inputs.items) > 2, steps: {note: {set: {text: a lot}}}}
    otherwise: {steps: {note: {set: {text: nothing}}}}
  unwanted:
    if: inputs.amount == 7
    set: {x: 1}
  each:
    for_each: ${{ inputs.items }}
    on_item_error: continue
    steps:
      divide: {set: {result: "${{ 8 / item }}"}}
outputs: {done: "${{ steps.each.output }}"}
"""


def test_branches_say_why_and_loops_fold(page, start_server):
    server = start_server()
    number = server.submit(TREE)["number"]
    server.wait_for(number, "completed")
    page.goto(f"{server.address}/tasks/{number}")
    taken = page.locator("#step-route-2flarge")
    expect(taken).to_contain_text("path taken")
    expect(page.locator("#step-route-2flarge-2fnote")).to_be_visible()
    taken.locator("summary").first.click()
    expect(taken.locator(".values").first).to_contain_text("inputs.amount")
    expect(taken.locator(".values").first).to_contain_text("1200")
    for hidden in ("route-2fsmall", "route-2fotherwise"):
        expect(page.locator(f"#step-{hidden}")).to_be_hidden()
    expect(page.locator("#step-unwanted")).to_be_hidden()
    page.get_by_label("Show paths not taken").check()
    expect(page.locator("#step-unwanted")).to_be_visible()
    small = page.locator("#step-route-2fsmall")
    small.locator("summary").click()
    expect(small).to_contain_text("inputs.amount < 100 was false")
    loop = page.locator("#step-each")
    expect(loop.locator(".what").first).to_have_text("4 of 4, 1 failed")
    expect(page.locator("#step-each-2f1")).to_be_hidden()
    loop.locator("summary").first.click()
    expect(page.locator("#step-each-2f1")).to_contain_text("#1")
    expect(page.locator("#step-each-2f2 .word").first).to_have_text("Failed, allowed")


def test_a_link_to_a_folded_step_opens_everything_around_it(page, start_server):
    server = start_server()
    number = server.submit(TREE)["number"]
    server.wait_for(number, "completed")
    page.goto(f"{server.address}/tasks/{number}#step-each-2f1-2fdivide")
    expect(page.locator("#step-each-2f1-2fdivide")).to_be_in_viewport()
    page.goto(f"{server.address}/tasks/{number}#step-unwanted")
    expect(page.locator("#step-unwanted")).to_be_visible()


HOSTILE = '<img src=x onerror="window.isHurt=true"><script>window.isHurt=true</script>"></textarea><b>bold</b>'


def test_hostile_text_in_requests_stays_text(page, start_server):
    server = start_server()
    plan = f"""
name: hostile
inputs: {{text: string}}
steps:
  ask:
    approval:
      title: ${{{{ inputs.text }}}}
      proposal: {{ text: "${{{{ inputs.text }}}}" }}
      form:
        type: object
        properties:
          one: {{type: string, title: {json.dumps(HOSTILE)}, description: {json.dumps(HOSTILE)}, default: {json.dumps(HOSTILE)}}}
          two: {{enum: [{json.dumps(HOSTILE)}, b]}}
"""
    number = server.submit(plan, inputs={"text": HOSTILE})["number"]
    server.wait_for(number, "waiting")
    for path in (f"/tasks/{number}", "/approvals", "/tasks"):
        page.goto(server.address + path)
        expect(page.locator("#connection")).to_have_text("Live")
        assert page.locator("#page img, #page script, #page b:text-is('bold')").count() == 0
    page.goto(f"{server.address}/tasks/{number}")
    page.get_by_label("Feedback").fill(HOSTILE)
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".settled .said")).to_contain_text(HOSTILE)
    assert page.evaluate("window.isHurt") is None
