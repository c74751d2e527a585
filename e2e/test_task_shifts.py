"""What one looks at stays where it is while a task goes on, stops, and its result comes."""

import re

import pytest
from playwright.sync_api import expect

PLAN = """
name: shifting
steps:
  gather: { command: [sh, -c, "sleep 1.2; seq 1 60"] }
  each:
    for_each: { times: 3 }
    steps:
      look: { command: [sh, -c, "sleep 0.2; echo found"] }
  write:
    needs: [gather, each]
    command: [sh, -c, "sleep 0.4; printf '# Report\\n\\nAll is well.\\n' > report.md; echo written"]
    outputs: { files: [report.md] }
outputs:
  numbers: ${{ steps.gather.output }}
  found: ${{ steps.each.output }}
  words: ${{ steps.write.output }}
"""
# What stops a task that somebody watches: what its second step does, and what the card then says.
STOPS = {
    "failure": ("command: [sh, -c, \"echo 'ledger.csv: no such file' >&2; exit 2\"]", "ledger.csv: no such file"),
    "approval": ("approval: { title: Pay 5 EUR?, proposal: { amount: 5 } }", "Pay 5 EUR?"),
    "timer": ("wait: 1h", "Waiting: timer"),
}
STOPPING = """
name: stopping
steps:
  gather: { command: [sh, -c, "until [ -e GATE ]; do sleep 0.02; done"] }
  next: { needs: [gather], DOES }
outputs: { said: "${{ steps.next.output }}" }
"""

# The browser's own measure, without what somebody has just clicked for.
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const sources = entry.sources.map(({ node, previousRect: from, currentRect: to }) =>
      `${node?.nodeName}.${node?.className} ${from.y}+${from.height} -> ${to.y}+${to.height}`);
    window.shifts.push({ value: entry.value, sources });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def stands_still(page):
    """Nothing to speak of has moved since the page was opened."""
    # Two frames, so that all that was drawn has been measured.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    total = sum(shift["value"] for shift in shifts)
    assert total < 0.05, "\n".join(f"{shift['value']:.4f} {shift['sources']}" for shift in shifts)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_result_comes_without_moving_what_is_read(page, start_server, width):
    server = start_server()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH)
    number = server.submit(PLAN)["number"]
    page.goto(f"{server.address}/tasks/{number}")
    results = page.locator(".results")
    expect(results).to_contain_text("It comes when the task completes.")
    expect(page.locator(".task-head .badge")).to_contain_text("Completed", timeout=30_000)
    expect(results).to_contain_text("report.md")
    stands_still(page)

    # What does not fit its place is shown when somebody asks for it.
    high = results.bounding_box()["height"]
    results.get_by_role("button", name="Show all of it").click()
    expect(page.locator("html.holds-result")).to_have_count(0)
    assert results.bounding_box()["height"] > high
    # Who comes later finds it as it is.
    page.reload()
    expect(results.get_by_role("button", name="Show all of it")).to_be_hidden()
    assert results.bounding_box()["height"] > high


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("stop", STOPS)
def test_what_stops_it_comes_without_moving_what_is_read(page, start_server, open_commands, tmp_path, stop, width):
    server, gate = start_server(), tmp_path / "gate"
    does, words = STOPS[stop]
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH)
    number = server.submit(STOPPING.replace("GATE", str(gate)).replace("DOES", does))["number"]
    server.wait_for(number, "running")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator(".live-label")).to_be_visible()
    gate.touch()
    card = page.locator("#going-on > section").first
    expect(card).to_contain_text(words)
    expect(card).to_be_in_viewport()
    expect(page.locator(".task-head .badge")).not_to_contain_text(re.compile("Running"))
    stands_still(page)
    # It hides nothing for good: the end of the page can be scrolled to above it.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end, top = page.locator(".run-again").bounding_box(), page.locator("#going-on").bounding_box()
    assert end["y"] + end["height"] <= top["y"]

    # By keyboard, it goes where who comes later finds it.
    page.get_by_role("button", name="Show it above").press("Enter")
    expect(page.get_by_role("button", name="Show it above")).to_be_hidden()
    expect(card).to_be_in_viewport()
    assert card.bounding_box()["y"] < page.locator(".facts").bounding_box()["y"]
    assert card.evaluate("card => card.contains(document.activeElement)")
    page.reload()
    expect(page.get_by_role("button", name="Show it above")).to_be_hidden()
    assert card.bounding_box()["y"] < page.locator(".facts").bounding_box()["y"]
    # The place of a result that does not come is only held for who has waited for it.
    expect(page.locator(".results.missing")).to_be_hidden()


def test_a_click_meant_for_what_was_there_decides_nothing(page, start_server, open_commands, tmp_path):
    server, gate = start_server(), tmp_path / "gate"
    number = server.submit(STOPPING.replace("GATE", str(gate)).replace("DOES", STOPS["approval"][0]))["number"]
    server.wait_for(number, "running")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator(".live-label")).to_be_visible()
    gate.touch()
    button = page.get_by_role("button", name="Show it above")
    expect(button).to_be_visible()
    place = button.bounding_box()
    # The card goes to its place with the first click, and the second comes where one of its buttons now is.
    page.evaluate("window.pressed = []; addEventListener('click', (event) => window.pressed.push(event.target.textContent))")
    page.mouse.dblclick(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(button).to_be_hidden()
    assert page.evaluate("window.pressed[0]") == "Show it above"
    assert not {"Approve", "Reject", "Stop the task"} & set(page.evaluate("window.pressed"))
    # Then it can be decided.
    page.get_by_role("button", name="Approve").click()
    server.wait_for(number, "completed")


TWO = """
name: two
steps:
  gather: { command: [sh, -c, "until [ -e GATE ]; do sleep 0.02; done"] }
  one: { needs: [gather], approval: { title: "Pay one?" } }
  two: { needs: [AFTER], approval: { title: "Pay two?" } }
"""


@pytest.mark.parametrize("place", ["task", "inbox"])
def test_a_double_click_decides_one_request(page, start_server, open_commands, tmp_path, place):
    server, gate = start_server(), tmp_path / "gate"
    # On the page of the task the second one is asked when the first is decided; in the inbox both wait.
    after = "one" if place == "task" else "gather"
    number = server.submit(TWO.replace("GATE", str(gate)).replace("AFTER", after))["number"]
    server.wait_for(number, "running")
    page.clock.install()
    page.goto(f"{server.address}/tasks/{number}" if place == "task" else f"{server.address}/approvals")
    expect(page.locator("#connection")).to_have_text("Live")
    gate.touch()
    buttons = page.get_by_role("button", name="Approve", exact=True)
    expect(buttons).to_have_count(1 if place == "task" else 2)
    # They have been there for a while.
    page.clock.fast_forward(1_000)
    box = buttons.first.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # As soon as the other one has taken its place.
    page.evaluate("""([x, y]) => document.addEventListener("htmx:after:swap", () => {
        const button = [...document.querySelectorAll("[data-request][id$='-2'] .verdicts button")].find((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left < x && x < right && top < y && y < bottom;
        });
        if (button) {
            button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 2 }));
            window.clickedTwice = true;
        }
    })""", list(middle))
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.mouse.click(*middle)
    page.wait_for_function("() => window.clickedTwice")
    expect(buttons).to_have_count(1)
    expect(buttons.first).to_be_enabled()
    assert len(sent) == 1
    assert len(server.request(f"/api/approvals?task={number}&state=open")["approvals"]) == 1
    # Who means it is heard.
    page.clock.fast_forward(1_000)
    buttons.first.click()
    server.wait_for(number, "completed")
