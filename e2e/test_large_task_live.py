"""A part of a task's page that is large, while the task goes on: what it shows is never much older than what has happened, and
at the end nothing is missing (issue 6, item 7). The figures are printed; the bounds are those of a busy machine."""

import re
import time

import pytest
from playwright.sync_api import expect

# 2,000 iterations at once, so that there is much to show, and then some that come one after the other.
PLAN = """
name: paced
steps:
  each:
    for_each: { times: 2000 }
    steps:
      first: { set: { n: "${{ index }}" } }
  pace:
    needs: [each]
    for_each: { times: 150 }
    steps:
      rest: { command: ["true"] }
  other:
    needs: [each]
    for_each: { times: 150 }
    steps:
      rest: { command: ["true"] }
"""

# How old each message of the stream was when the page had taken it, by the server's own time in it.
WATCH = """() => {
  window.ages = [];
  let said = "";
  document.addEventListener("htmx:after:swap", () => {
    const now = document.getElementById("page-facts").dataset.now;
    if (now === said) return;
    said = now;
    window.ages.push(Date.now() - Number(now));
  });
}"""


@pytest.mark.parametrize("part", ["steps", "flow", "timeline", "waterfall"])
def test_a_page_keeps_up_with_its_task(page, start_server, capsys, part):
    server = start_server()
    number = server.submit(PLAN)["number"]
    page.goto(f"{server.address}/tasks/{number}?part={part}")
    page.evaluate(WATCH)
    row = server.wait_for(number, "completed", seconds=120)
    ended = time.monotonic()
    expect(page.locator(".task-head .badge")).to_contain_text("Completed", timeout=5_000)
    behind = time.monotonic() - ended
    if part == "timeline":
        expect(page.locator(f"#event-{row['position']}")).to_be_attached()
    if part == "steps":
        expect(page.locator("#step-pace > details > summary .loop")).to_contain_text(re.compile(r"150"))
    ages = sorted(page.evaluate("window.ages"))
    with capsys.disabled():
        print(f"""
  {part}: {len(ages)} messages, {ages[len(ages) // 2]} ms old at the median, {ages[-1]} ms the oldest; {behind * 1000:.0f} ms behind at the end""")
    assert ages[len(ages) // 2] <= 1_000
    assert behind < 3
