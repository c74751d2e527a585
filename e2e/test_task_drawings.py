"""The parts of a task's page that draw: flowchart, waterfall and costs, while the task runs and when it has ended."""

import os
import json
import re

import pytest
from agent_lab import one_agent
from engine import eventually
from people import Person
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("open_commands")


def plan(gate):
    """A branch whose path asks a person, and a loop whose fourth iteration fails; it begins when the gate is there."""
    wait = json.dumps(["sh", "-c", f"until [ -e {gate} ]; do sleep 0.02; done; echo 6"])
    work = json.dumps(["sh", "-c", "[ $0 != 3 ]", "${{ string(item) }}"])
    return f"""
name: parcels
inputs: {{ weight: 30 }}
steps:
  count: {{ command: {wait}, repeatable: true }}
  each:
    for_each: ${{{{ lists.range(6) }}}}
    needs: [count]
    on_item_error: continue
    steps:
      pack: {{ command: {work} }}
  route:
    needs: [each]
    branch:
      heavy:
        when: inputs.weight > 20
        steps:
          ask: {{ approval: {{ title: Send it? }} }}
      light:
        when: inputs.weight > 1
        steps:
          stamp: {{ set: {{ postage: 180 }} }}
outputs: {{ done: true }}
"""


@pytest.fixture
def opened(start_server, page, tmp_path):
    """A task that waits before its gate, and its flowchart."""
    server = start_server()
    number = server.submit(plan(tmp_path / "gate"))["number"]
    page.goto(f"{server.address}/tasks/{number}")
    page.get_by_role("navigation", name="Parts of the task").get_by_role("link", name="Flowchart").click()
    return server, number


def box(page, name):
    return page.locator(f"#flow-{name}")


def test_flowchart_lives(opened, page, tmp_path):
    server, number = opened
    expect(page.get_by_role("link", name="count: command, Running")).to_be_visible()
    expect(box(page, "route-2flight")).to_have_accessible_name(re.compile("^Path light, inputs.weight > 1"))
    page.get_by_role("button", name="Larger").click()
    expect(page.locator(".flow-percent")).to_have_text("120 %")
    box(page, "count").focus()
    (tmp_path / "gate").touch()

    # The news have come, and neither zoom nor focus has gone.
    expect(box(page, "route-2fheavy-2fask")).to_have_accessible_name("ask: approval, Approval required")
    expect(box(page, "each")).to_have_accessible_name("each: for each, 6 of 6, 1 failed")
    expect(page.locator(".flow-percent")).to_have_text("120 %")
    expect(box(page, "count")).to_be_focused()

    # What holds nothing but what waits, waits; on the list of steps as well.
    expect(box(page, "route")).to_have_accessible_name(re.compile("^route: branch.*Approval required"))
    # So do the line of lamps above it and the story.
    expect(page.get_by_role("list", name="The steps at a glance").get_by_title("route: Approval required")).to_be_visible()
    steps = page.request.get(f"{server.address}/tasks/{number}").text()
    assert steps.count('class="approvalRequired tone-amber" id="step-route') >= 2

    # Arrows go along the lines, past the loop, to the branch.
    for name in ("each", "route"):
        page.keyboard.press("ArrowDown")
        expect(box(page, name)).to_be_focused()
    page.keyboard.press("0")
    expect(page.locator(".flow-percent")).not_to_have_text("120 %")

    # What was not taken says so, and why.
    expect(page.locator(".flow-path.untaken")).to_have_count(1)
    box(page, "route-2flight").click()
    expect(page.locator("#path-route-2flight details")).to_have_attribute("open", "")
    page.locator("#path-route-2fheavy summary").click()
    expect(page.locator("#path-route-2fheavy")).to_contain_text("inputs.weight > 20 was true")

    Person(server.address).approve_all(number)
    expect(page.locator(".flow-node.kind-approval")).to_have_class(re.compile("completed"))


def test_loops_open_to_one_iteration(opened, page, tmp_path):
    (tmp_path / "gate").touch()
    expect(box(page, "route-2fheavy-2fask")).to_have_accessible_name("ask: approval, Approval required")
    page.get_by_role("link", name="Open the loop each").click()
    # The one that failed tells most.
    expect(page.locator(".flow-loop")).to_contain_text("iteration #3")
    expect(box(page, "each-2fpack")).to_have_accessible_name("pack: command, Failed, allowed")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".flow-loop")).to_contain_text("iteration #2")
    expect(box(page, "each-2fpack")).to_have_accessible_name("pack: command, Completed")
    box(page, "each-2fpack").press("Enter")
    expect(page.locator("#step-each-2f2-2fpack")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Fold the loop each").click()
    expect(box(page, "each-2fpack")).to_have_count(0)


def test_a_loop_opens_where_it_stands(opened, page, tmp_path):
    server, number = opened
    (tmp_path / "gate").touch()
    expect(box(page, "route-2fheavy-2fask")).to_have_accessible_name("ask: approval, Approval required")
    page.evaluate("window.stayed = true")
    for _ in range(3):
        page.get_by_role("button", name="Larger").click()
    zoom = page.locator(".flow-percent").inner_text()
    opener = page.get_by_role("link", name="Open the loop each")
    opener.scroll_into_view_if_needed()
    top = box(page, "each").bounding_box()["y"]
    opener.press("Enter")
    expect(box(page, "each-2fpack")).to_have_accessible_name("pack: command, Failed, allowed")
    # The same page, as large as it was, with the loop and the focus where they were.
    assert page.evaluate("window.stayed")
    assert "open=each" in page.url
    expect(page.locator(".flow-percent")).to_have_text(zoom)
    expect(page.get_by_role("link", name="Fold the loop each")).to_be_focused()
    assert abs(box(page, "each").bounding_box()["y"] - top) < 3
    page.get_by_role("link", name="Previous").press("Enter")
    expect(page.locator(".flow-loop")).to_contain_text("iteration #2")
    expect(page.get_by_role("link", name="Previous")).to_be_focused()
    # The stream goes on, with what is open.
    Person(server.address).approve_all(number)
    expect(page.locator(".flow-node.kind-approval")).to_have_class(re.compile("completed"))
    expect(box(page, "each-2fpack")).to_have_accessible_name("pack: command, Completed")
    page.get_by_role("link", name="Fold the loop each").press("Enter")
    expect(box(page, "each-2fpack")).to_have_count(0)
    expect(page.get_by_role("link", name="Open the loop each")).to_be_focused()
    assert page.evaluate("window.stayed")


def test_waterfall(opened, page, tmp_path):
    server, number = opened
    page.get_by_role("link", name="Waterfall", exact=True).click()
    running = page.locator("#wf-step-count .wf-bar.work")
    before = float(running.get_attribute("width").rstrip("%"))
    page.wait_for_function(
        "before => parseFloat(document.querySelector('#wf-step-count .wf-bar.work').getAttribute('width')) != before",
        arg=before)
    (tmp_path / "gate").touch()
    expect(page.locator("#wf-step-route-2fheavy-2fask .wf-bar.human")).to_have_count(1)
    expect(page.locator("#wf-step-each .wf-bar.whole")).to_have_count(1)
    page.locator("#wf-step-count .wf-name").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#wf-step-each .wf-name")).to_be_focused()
    expect(page.locator("#wf-step-each .wf-detail")).to_be_visible()
    page.get_by_role("link", name="Show each by itself").click()
    expect(page.locator(".wf-row .name")).to_have_text(
        [text for index in range(6) for text in (f"#{index}", "pack")])
    Person(server.address).approve_all(number)
    page.get_by_role("link", name="Whole task").click()
    expect(page.locator(".waterfall")).not_to_have_attribute("data-running", "true")


def test_costs(lab, page):
    """The figures of the flame view add up to those of the header."""
    lab.start({"answers": [{"text": "Done.", "tokens": {"input": 400, "output": 40}}]})
    number = lab.submit(one_agent())
    lab.engine.wait(number)
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}?part=costs")
    def fact(name):
        return page.locator(".facts > div", has=page.locator("dt", has_text=name)).first.locator("dd").inner_text()

    whole = page.locator(".flame g[role=img]").first
    tokens, cost = fact("Tokens"), fact("Est. cost")
    expect(whole).to_have_accessible_name(re.compile(re.escape(cost)))
    expect(page.locator(".cost-table tfoot td").nth(4)).to_have_text(cost)
    page.get_by_role("link", name="By tokens").click()
    expect(whole).to_have_accessible_name(re.compile(f"{tokens} tokens"))
    expect(page.locator(".cost-table tfoot td").nth(3)).to_have_text(tokens)


def facts(page, name):
    return page.locator(".facts > div", has=page.locator("dt", has_text=name)).first.locator("dd")


FAMILY = """
name: family
agents: { clerk: { model: fake/any } }
steps:
  own: { agent: clerk, prompt: Work. }
  each:
    for_each: ${{ lists.range(3) }}
    steps:
      kid: { task: kid }
  route:
    branch:
      large:
        when: "true"
        steps:
          kid: { task: kid }
"""
KID = """
name: kid
agents: { clerk: { model: fake/any } }
steps:
  work: { agent: clerk, prompt: Work. }
"""


def test_costs_of_child_tasks_stand_where_they_were_made(lab, page):
    """In loops and branches too; header, story, drawing and table speak of the same tokens."""
    lab.start({"answers": [{"text": "Done.", "tokens": {"input": 400, "output": 40}}]})
    status, _, body = lab.engine.request("POST", "/api/plans", {"text": KID})
    assert status in (200, 201), body
    number = lab.finished(FAMILY)["number"]
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}?part=costs&by=tokens")
    expect(page.get_by_role("link", name=re.compile("^each, for each, 1,320 tokens, 60 %$"))).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^#[012], iteration, 440 tokens, 20 %$"))).to_have_count(3)
    expect(page.get_by_role("link", name=re.compile("^large, path, 440 tokens, 20 %$"))).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile(r"^kid, task #\d+, 440 tokens, 20 %$"))).to_have_count(4)
    for step in ("each/0/kid", "each/1/kid", "each/2/kid", "route/large/kid"):
        line = page.locator(".cost-table tbody th", has_text=re.compile(rf"#\d+ kid, made by {step}$"))
        expect(line).to_have_count(1)
    expect(page.locator(".cost-table", has_text="Not listed")).to_have_count(0)
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}")
    expect(facts(page, "Tokens")).to_have_text("2,200 own 440")
    expect(page.locator(".story")).to_contain_text("with the tasks it started 2,200 tokens")


def test_a_lost_call_is_seen(lab, page):
    """Of a call that a crash has cut off nothing is known, not that there was none."""
    lab.start({"answers": [{"text": "word", "delay": "60s"}]})
    number = lab.submit(one_agent())
    eventually(lambda: len(lab.requests()) == 1, "the model is asked")
    lab.kill_and_start()
    eventually(lambda: lab.events(number, "step_interrupted"), "the call is known to be lost")
    lab.engine.request("POST", f"/api/tasks/{number}/kill", {})
    lab.engine.wait(number)
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}?part=costs&by=cost")
    expect(page.locator(".cost-table tfoot td").nth(4)).to_have_text("unknown")
    expect(page.locator(".flame").get_by_label(re.compile("^Task #.*unknown$"))).to_have_count(1)
    expect(page.locator(".flame").get_by_label(re.compile("^work, agent, unknown$"))).to_have_count(1)
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}")
    expect(page.locator("#step-work .cost").first).to_have_text("unknown")


def test_the_data_directory_may_be_named_from_where_one_stands(page, start_server, tmp_path):
    server = start_server(data=os.path.relpath(tmp_path / "data"))
    number = server.submit("name: small\nsteps: {a: {set: {x: 1}}}\n")["number"]
    page.goto(f"{server.address}/tasks/{number}?part=flow")
    expect(page.locator(".flow-node").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("absolute path")
