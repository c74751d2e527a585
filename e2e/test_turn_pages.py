"""The turns of an agent in a browser: as they come, run by run, and what the model was sent in each."""

import json
import urllib.error
import urllib.request

import pytest
from agent_lab import one_agent
from playwright.sync_api import expect

HOSTILE = "<img src=x onerror=alert(1)> Order 7, please."
REASON = {"reason": "The order is asked for.", "confidence": 0.9, "alternatives": ["ask the customer"]}
TOOLS = [{"mcp": "tools"}, "read_file"]
ANSWERS = {"answers": [
    {"when": "turn == 1", "thinking": "First the order.", "text": "I look it **up**.",
     "tool_calls": [{"name": "tools__find", "arguments": {"order": "7", "gate": "open", **REASON}}],
     "tokens": {"input": 1000, "output": 20}},
    {"when": "turn == 2", "tool_calls": [{"name": "read_file", "arguments": {"path": "none.txt"}}],
     "tokens": {"input": 200, "cache_read": 900, "output": 30}},
    {"text": "Order 7 is known.", "tokens": {"input": 50, "cache_read": 1100, "output": 11}}]}
# It gives up in its first run, and does it in the second.
SECOND_TRY = {"answers": [
    {"when": "turn == 1", "repeat": 1, "tool_calls": [{"name": "read_file", "arguments": {"path": "none.txt"}}],
     "tokens": {"input": 100, "output": 10}},
    {"when": "turn == 2", "repeat": 1, "text": "I give up.\nSTATUS: failed\nSUMMARY: There is no file.",
     "tokens": {"input": 150, "output": 10}},
    {"text": "It works now.", "tokens": {"input": 100, "output": 5}}]}


def open_step(page, lab, number, query="", step="work"):
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}{query}#step-{step}")
    return page.locator(f"#step-{step}")


def runs_of(lab, number, step="work"):
    """What the API says of each run."""
    latest = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step={step}")
    return [lab.engine.get(f"/api/tasks/{number}/runs/{run}/turns?step={step}") for run in latest["runs"]]


def check_figures(turns, told):
    """Each turn says the tokens and the exact cost that the API does."""
    expect(turns).to_have_count(len(told))
    for place, turn in enumerate(told):
        head = turns.nth(place).locator(".turn-head")
        expect(head.locator(".cost")).to_have_text(f"${turn['cost']['amount']}")
        tokens = turn["tokens"]
        expect(head).to_contain_text(f"{tokens['input']:,} input")
        if tokens["cache_read"]:
            expect(head).to_contain_text(f"{tokens['cache_read']:,} cache read")
        expect(head).to_contain_text(f"{tokens['output']:,} output")


def test_the_turns_of_an_agent_appear_as_they_come(lab, page):
    lab.start(ANSWERS)
    number = lab.submit(one_agent(*TOOLS, prompt=HOSTILE))
    lab.began("find")
    step = open_step(page, lab, number)
    turns = step.locator(".turn")
    expect(turns).to_have_count(1)
    expect(turns).to_contain_text("I look it up.")
    call = turns.locator(".tool")
    expect(call).to_contain_text("under way")
    call.locator("summary").first.click()
    for words in ("The order is asked for.", "90 %", "ask the customer", '"order": "7"'):
        expect(call).to_contain_text(words)
    lab.open_gate("open")
    expect(turns).to_have_count(3)
    expect(page.locator(".task-head .badge")).to_have_text("Completed")
    # What was opened stays open, and has its result now.
    expect(call.first).to_have_attribute("open", "")
    expect(turns.nth(0).locator(".tool")).to_have_class("tool tone-green")
    failed = turns.nth(1).locator(".tool")
    expect(failed).to_have_class("tool tone-red")
    expect(failed.locator(".label.bad")).to_have_text("error")
    red = page.evaluate("() => getComputedStyle(document.querySelector('.turn .label.bad')).color")
    assert red == page.evaluate("""() => {
        const probe = document.createElement("i");
        probe.style.color = "var(--red)";
        document.body.append(probe);
        return getComputedStyle(probe).color;
    }"""), "an error is red"
    expect(turns.nth(2)).to_contain_text("Order 7 is known.")
    (run,) = runs_of(lab, number)
    check_figures(turns, run["turns"])
    expect(step.locator(".attempts li")).to_have_count(1)
    expect(step.locator(".attempts")).to_contain_text("Completed")


def test_tokens_and_cost_grow_where_one_looks(lab, page):
    """Product §7: live in list and page. By hand: 1,020, 1,130 and 1,161 tokens in three turns."""
    lab.start(ANSWERS)
    number = lab.submit(one_agent(*TOOLS))
    lab.began("find")
    address = f"http://127.0.0.1:{lab.engine.port}"
    page.goto(f"{address}/tasks?layout=table")
    row = page.locator("tr", has=page.get_by_text(f"#{number}", exact=True))
    beside = page.context.new_page()
    beside.goto(f"{address}/tasks/{number}")
    facts = {name: beside.locator(".facts div", has=beside.locator("dt", has_text=name)).locator("dd")
             for name in ("Tokens", "Est. cost")}
    for place in (row, facts["Tokens"]):
        expect(place).to_contain_text("1,020")
    before = lab.engine.task(number)["cost"]["amount"]
    expect(facts["Est. cost"].locator("[title]")).to_have_attribute("title", f"Exactly ${before}")
    lab.open_gate("open")
    for place in (row, facts["Tokens"]):
        expect(place).to_contain_text("3,311")
    after = lab.engine.wait(number)["cost"]["amount"]
    assert after != before
    expect(facts["Est. cost"].locator("[title]")).to_have_attribute("title", f"Exactly ${after}")
    expect(row.locator(".column-cost [title]")).to_have_attribute("title", f"Exactly ${after}")


def test_the_runs_of_a_step_can_be_chosen(lab, page):
    lab.start(SECOND_TRY)
    plan = json.loads(one_agent("read_file"))
    plan["steps"]["sign"] = {"needs": ["work"], "approval": "Is it good?"}
    number = lab.submit(plan)
    assert lab.engine.wait(number)["status"] == "failed"
    step = open_step(page, lab, number)
    expect(step.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Retry").first.click()
    expect(page.locator(".task-head .badge")).to_have_text("Approval required")
    expect(step.locator(".turn")).to_have_count(1)
    expect(step.locator(".turn")).to_contain_text("It works now.")
    first, second = runs_of(lab, number)
    runs = step.locator(".attempts li")
    expect(runs).to_have_count(2)
    expect(runs.nth(0)).to_contain_text("Failed")
    expect(runs.nth(0)).to_contain_text("There is no file.")
    expect(runs.nth(1)).to_contain_text("because the task was retried")
    for place, run in enumerate((first, second)):
        expect(runs.nth(place)).to_contain_text(f"{run['tokens']['total']:,} tokens")
        expect(runs.nth(place).locator(".cost [title]")).to_have_attribute("title", f"Exactly ${run['cost']['amount']}")

    runs.nth(0).get_by_role("link").click()
    page.wait_for_url(f"**/tasks/{number}?step=work&run=1#step-work")
    expect(step.get_by_role("heading", name="Turns of run 1")).to_be_visible()
    check_figures(step.locator(".turn"), first["turns"])
    expect(step.locator(".turn").nth(1)).to_contain_text("I give up.")
    expect(step.locator(".attempts [aria-current]")).to_have_text("Run 1")
    # Whatever else happens on the page, the choice stands.
    expect(page.locator("#connection")).to_have_text("Live")
    lab.decide(lab.asked(number), "approve")
    expect(page.locator(".task-head .badge")).to_have_text("Completed")
    expect(step.locator(".turn").nth(1)).to_contain_text("I give up.")
    step.get_by_role("link", name="Run 2").click()
    expect(step.locator(".turn")).to_contain_text("It works now.")
    assert page.url.endswith(f"/tasks/{number}?step=work#step-work")


def test_a_run_is_chosen_without_scripts(lab, browser):
    lab.start(SECOND_TRY)
    number = lab.submit(one_agent("read_file", step={"retry": {"max": 1, "on": ["agent"], "backoff": "5ms"}}))
    assert lab.engine.wait(number)["status"] == "completed"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    step = open_step(page, lab, number, "?step=work&run=1")
    expect(step.locator(".turn").nth(1)).to_contain_text("I give up.")
    expect(step.locator(".turn").nth(1)).to_be_visible()
    expect(step.locator(".attempts li").nth(1)).to_contain_text("because the run before failed")
    step.locator(".turn").nth(1).get_by_role("link", name="Request and answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Turn 2 of work, run 1")
    context.close()


def test_the_request_of_a_turn_can_be_read(lab, page):
    lab.start(ANSWERS)
    lab.open_gate("open")
    number = lab.submit(one_agent(*TOOLS, prompt=HOSTILE))
    assert lab.engine.wait(number)["status"] == "completed"
    step = open_step(page, lab, number)
    (run,) = runs_of(lab, number)
    step.locator(".turn").nth(1).get_by_role("link", name="Request and answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Turn 2 of work")
    request = page.locator("section:has(#request-heading)")
    messages = request.locator(".messages > li")
    # New is what the tool has said; what it wants next is the answer.
    expect(messages).to_have_count(1)
    expect(messages).to_contain_text("result of tools__find")
    expect(request).not_to_contain_text("You are brief.")
    answer = page.locator("section:has(#answer-heading)")
    expect(answer.locator(".tool.tone-red[open]")).to_contain_text("none.txt")

    request.get_by_role("link", name="The whole request", exact=True).click()
    page.wait_for_url("**/turns/2?request=whole")
    told = run["turns"][1]["request"]
    expect(messages).to_have_count(len(told["messages"]))
    expect(request).to_contain_text("You are brief.")
    expect(request.locator("img")).to_have_count(0)
    expect(messages.nth(0)).to_contain_text(HOSTILE)
    expect(messages.nth(1)).to_contain_text("called tools__find")
    expect(request.locator(".tools-offered .name")).to_have_text([tool["name"] for tool in told["tools"]])
    page.get_by_role("link", name="Turn 3").click()
    expect(messages.last).to_contain_text("error of read_file")
    expect(messages.last.locator(".deed.bad")).to_be_visible()
    expect(answer).to_contain_text("Order 7 is known.")
    page.get_by_role("link", name="Turn 2").click()
    page.locator("h1").get_by_role("link", name="work").click()
    expect(step.locator(".turn")).to_have_count(3)
    expect(step.locator(".turn").first).to_be_visible()


def test_it_is_read_on_a_telephone(lab, page):
    lab.start(ANSWERS)
    lab.open_gate("open")
    number = lab.submit(one_agent(*TOOLS, prompt="word" * 500))
    assert lab.engine.wait(number)["status"] == "completed"
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (f"/tasks/{number}#step-work", f"/tasks/{number}/steps/work/runs/1/turns/1"):
        page.goto(f"http://127.0.0.1:{lab.engine.port}{address}")
        expect(page.locator(".turn").first).to_be_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, address


@pytest.mark.parametrize("path", [
    "?step=work&run=9", "?step=none&run=1", "?step=work&run=x", "/steps/work/runs/1/turns/9", "/steps/work/runs/9/turns/1",
    "/steps/none/runs/1/turns/1", "/steps/work/runs/1/turns/x"])
def test_what_is_not_there_is_not_found(lab, path):
    lab.start({"answers": [{"text": "Well."}]})
    number = lab.submit(one_agent())
    assert lab.engine.wait(number)["status"] == "completed"
    request = urllib.request.Request(
        f"http://127.0.0.1:{lab.engine.port}/tasks/{number}{path}", headers={"Accept": "text/html"})
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=10)
    assert refusal.value.code == 404
