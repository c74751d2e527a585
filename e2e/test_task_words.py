"""What the page of a task says of loops, branches and outputs, at a glance and where one looks closer."""

import pytest
from playwright.sync_api import expect

LOOPS = """
name: loops
steps:
  outer:
    for_each: { times: 2 }
    steps:
      inner:
        for_each: { times: 3 }
        steps:
          check: { command: [sh, -c, 'test "$1" != 1', check, "${{ string(index) }}"] }
  route:
    needs: [outer]
    branch:
      large: { when: size(steps.outer.output) > 1, steps: { ask: { set: { who: manager } } } }
    otherwise: { steps: { give: { set: { who: clerk } } } }
"""
CLERK = """
answers:
  - text: '{"path": "refund", "reason": "It asks for the money.", "confidence": 0.9}'
"""
WRITER = """
answers:
  - text: "# Letter\\n\\nWe are **sorry**."
    tokens: { input: 1200, cache_read: 300, output: 90, reasoning: 20, web_searches: 2 }
"""
AGENTS = """
name: letters
agents: { clerk: { model: script/clerk.yaml }, writer: { model: script/writer.yaml } }
steps:
  sort:
    branch:
      refund: { description: The money back, steps: { give: { set: { deep: [[[{ paid: 5 }]]] } } } }
      search: { description: Where it is, steps: { look: { set: { found: false } } } }
    choose: { agent: clerk, prompt: What does it ask for? }
  write: { needs: [sort], agent: writer, prompt: Answer. }
"""


@pytest.fixture
def failed(start_server):
    """The address of a task that has failed in a loop in a loop."""
    server = start_server()
    number = server.submit(LOOPS)["number"]
    server.wait_for(number, "failed")
    return f"{server.address}/tasks/{number}"


@pytest.fixture
def written(start_server):
    """The address of a task whose agent has chosen and written."""
    server = start_server()
    plan = {"path": "plan.yaml", "text": AGENTS, "files": {"clerk.yaml": CLERK, "writer.yaml": WRITER}}
    number = server.request("/api/tasks", {"plan": plan})["number"]
    server.wait_for(number, "completed")
    return f"{server.address}/tasks/{number}"


def test_what_failed_inside_says_it_alone(page, failed):
    page.goto(failed)
    steps = page.locator(".steps")
    expect(steps.locator("#step-outer-2f0-2finner-2f1-2fcheck .error")).to_contain_text("exit code 1")
    expect(steps).not_to_contain_text("Nothing was recorded")
    # Below all that stands in it, each says what it means by its actions.
    expect(page.get_by_label("Show paths not taken")).to_have_count(0)
    for name in ("outer", "#0", "inner", "#1", "here"):
        expect(steps.get_by_role("button", name=f"Rerun from {name}", exact=True).first).to_be_visible()
    page.locator("#step-outer-2f0-2finner-2f1-2fcheck").get_by_role("link", name="Trace").click()
    expect(page.locator(".trace-dialog .error")).to_contain_text("tool error:")


def test_a_flowchart_says_what_was_never_come_to(page, failed):
    page.goto(f"{failed}?part=flow")
    expect(page.locator("#flow-route")).to_contain_text("Cancelled")
    expect(page.locator(".flow-node", has_text="ask")).to_contain_text("Not reached")
    expect(page.locator(".flow")).not_to_contain_text("Queued")
    branches = page.locator(".flow-branches > li")
    expect(branches.first).to_contain_text("Not reached")
    branches.first.locator("summary").press("Enter")
    expect(branches.first).to_contain_text("The task has ended before the branch chose a path.")
    # Nothing has led from the loop that failed to the branch behind it.
    expect(page.locator(".flow-edge.passed")).to_have_count(1)


def test_who_chose_another_path_is_said(page, written):
    page.goto(written)
    page.get_by_label("Show paths not taken").check()
    path = page.locator("#step-sort-2fsearch")
    path.locator("summary").press("Enter")
    expect(path).to_contain_text("clerk chose another path.")


def test_an_output_is_shown_as_it_is_meant(page, written):
    page.goto(f"{written}?step=write")
    expect(page.locator("#step-write-output strong")).to_have_text("sorry")
    # A folded member takes one line, and what is copied is the whole.
    page.goto(f"{written}?step=sort%2Frefund%2Fgive")
    tree = page.locator("#step-sort-2frefund-2fgive-output")
    folded = tree.locator("details:not([open]) > summary").first
    line = page.evaluate("tree => parseFloat(getComputedStyle(tree).lineHeight)", tree.element_handle())
    assert folded.bounding_box()["height"] < line * 1.5
    assert '[\n' in tree.evaluate("tree => tree.textContent")


@pytest.mark.parametrize("width", [390, 360])
def test_figures_of_a_turn_stay_in_the_window(page, written, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{written}?step=write")
    expect(page.locator("#step-write")).to_contain_text("90 output (20 reasoning)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
