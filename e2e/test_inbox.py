"""The inbox as people work through it: by keys, several at once, and with what was asked before beside it."""

import pytest
from engine import eventually
from playwright.sync_api import expect
from test_decision_page import LETTER, REVIEW, open_request

pytestmark = pytest.mark.usefixtures("open_commands")

PAYMENT = "name: payments\nsteps:\n  pay: {approval: {title: Pay Acme Corp?, proposal: {amount: 120}}}\n"


def ask(server, *plans):
    """Starts a task of each plan; their numbers once each asks somebody."""
    numbers = []
    for plan in plans:
        numbers.append(server.submit(plan)["number"])
        server.wait_for(numbers[-1], "waiting")
    return numbers


def open_inbox(page, server, query=""):
    page.goto(f"{server.address}/approvals{query}")
    expect(page.locator("#connection")).to_have_text("Live")


def cards(page):
    return page.locator("[data-request]")


def test_kinds_and_plans_are_filters_in_the_address(page, start_server):
    server = start_server()
    letter, review, payment = ask(server, LETTER, REVIEW, PAYMENT)
    open_inbox(page, server)
    expect(cards(page)).to_have_count(3)
    # The oldest first.
    assert cards(page).evaluate_all("all => all.map((card) => card.id)") == [
        f"request-{number}-1" for number in (letter, review, payment)]
    kinds = page.get_by_role("navigation", name="Kinds")
    kinds.get_by_role("link", name="Review 1").click()
    page.wait_for_url("**/approvals?kind=review")
    expect(cards(page)).to_have_count(1)
    kinds.get_by_role("link", name="Budget 0").click()
    expect(page.get_by_role("heading", name="0 of 3 requests fit")).to_be_visible()
    page.get_by_role("link", name="Show all kinds and plans").click()
    page.locator("#plan-menu > summary").click()
    page.get_by_role("link", name="payments 1").click()
    page.wait_for_url("**/approvals?plan=payments")
    expect(cards(page)).to_have_count(1)
    # What comes meanwhile and does not fit is counted and not shown.
    ask(server, REVIEW)
    expect(page.locator("#approvals-count")).to_have_text("4")
    expect(cards(page)).to_have_count(1)


def test_several_are_decided_after_it_was_said_what_follows(page, start_server):
    server = start_server()
    letter, first, second = ask(server, LETTER, PAYMENT, PAYMENT)
    open_inbox(page, server)
    for number in (letter, first, second):
        page.get_by_label(f"Select request {number}-1").check()
    expect(page.locator("#selected-count")).to_have_text("3 selected")
    page.locator("#bulk").get_by_role("button", name="Approve").click()
    dialog = page.locator("#together-dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Approve 2 requests?")
    # The letter has a form: nobody can approve it without filling it in.
    expect(dialog).to_contain_text("Something must be filled in: Copies, Tone.")
    expect(dialog).to_contain_text("The task goes on.")
    server.wait_for(first, "waiting")
    dialog.get_by_label("Feedback for all of them").fill("As agreed")
    dialog.get_by_role("button", name="Approve").click()
    expect(page.locator(".toast")).to_contain_text("Approved 2 requests")
    expect(dialog).to_have_count(0)
    expect(cards(page)).to_have_count(1)
    for number in (first, second):
        server.wait_for(number, "completed")
    expect(page.locator("#bulk")).to_be_hidden()
    page.get_by_role("link", name="Settled").click()
    expect(page.locator(".settled li")).to_have_count(2)
    expect(page.locator(".settled li").first).to_contain_text("Approved by")
    expect(page.locator(".settled li").first).to_contain_text("As agreed")
    expect(page.locator(".settled li").first).to_contain_text("after")


DEPLOY = """
name: deploy
steps:
  push:
    command: [sh, -c, "rsync -a build/ web@host:/srv"]
    consent: true
"""
PRESET = """
name: letters
steps:
  sign:
    approval:
      title: Send it?
      form: {type: object, properties: {copies: {type: integer, title: Copies, default: 2}}}
"""


def test_a_command_that_needs_consent_stands_there_once(page, start_server):
    server = start_server()
    stdin = DEPLOY.replace("consent:", "stdin: {host: web}\n    consent:")
    fetch = "name: pay\nsteps: {post: {http: {method: POST, url: 'http://127.0.0.1:9/pay', body: {sum: 5}}, consent: true}}\n"
    plain, fed, call = ask(server, DEPLOY, stdin, fetch)
    open_inbox(page, server)
    command = "sh -c 'rsync -a build/ web@host:/srv'"
    for number, line in ((plain, command), (fed, command), (call, "POST http://127.0.0.1:9/pay")):
        what = page.locator(f"#request-{number}-1 .what")
        expect(what.locator("pre")).to_have_text(line)
        expect(what.get_by_role("button", name="Copy what it is about to do")).to_be_visible()
    expect(page.locator(f"#request-{plain}-1 .tree")).to_have_count(0)
    expect(page.locator(f"#request-{fed}-1 .what .tree")).to_contain_text("host")
    expect(page.locator(f"#request-{fed}-1 .what .tree")).not_to_contain_text("rsync")
    expect(page.locator(f"#request-{call}-1 .what .tree")).to_contain_text("sum")
    expect(page.locator(f"#request-{call}-1 .what .tree")).not_to_contain_text("127.0.0.1")


def test_what_forms_hold_is_said_before_several_are_approved(page, start_server):
    server = start_server()
    (number,) = ask(server, PRESET)
    open_inbox(page, server)
    page.get_by_label(f"Select request {number}-1").check()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.locator("#together-dialog li")).to_contain_text("Copies: 2. The task goes on.")


def test_a_step_in_doubt_is_not_approved_among_others(engine, page, tmp_path):
    begun = tmp_path / "begun"
    number = engine.submit(f"name: send\nsteps: {{send: {{command: [sh, -c, 'touch {begun}; sleep 40']}}}}\n")
    eventually(begun.exists, "the step has begun")
    engine.kill()
    engine.start()
    engine.wait(number, "waiting")
    page.goto(f"http://127.0.0.1:{engine.port}/approvals")
    page.get_by_label(f"Select request {number}-1").check()
    dialog = page.locator("#together-dialog")
    for verb in ("Approve", "Send back"):
        page.locator("#bulk").get_by_role("button", name=verb).click()
        expect(dialog).to_contain_text("Find out whether this one has happened, and say so on its own card.")
        expect(dialog.get_by_role("button", name=verb)).to_have_count(0)
        page.keyboard.press("Escape")
    page.locator("#bulk").get_by_role("button", name="Stop the tasks").click()
    expect(dialog.get_by_role("button", name="Stop the tasks")).to_be_visible()
    # The server ends before the page does.
    page.goto("about:blank")


def test_sending_several_back_needs_a_word(page, complaints, start_server):
    server = start_server()
    review, payment = ask(server, REVIEW, PAYMENT)
    open_inbox(page, server)
    for number in (review, payment):
        page.get_by_label(f"Select request {number}-1").check()
    page.locator("#bulk").get_by_role("button", name="Send back").click()
    dialog = page.locator("#together-dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Send back 1 request?")
    expect(dialog).to_contain_text("This cannot be decided about it.")
    dialog.get_by_role("button", name="Send back").click()
    expect(dialog.get_by_role("alert")).to_have_text("Say what is to be different.")
    dialog.get_by_label("Feedback for all of them").fill("Longer")
    dialog.get_by_role("button", name="Send back").click()
    expect(page.locator(f"#request-{review}-2")).to_be_visible()
    complaints[:] = [text for text in complaints if "422" not in text]


def test_what_is_asked_again_shows_what_changed(page, start_server):
    server = start_server()
    (number,) = ask(server, REVIEW)
    card = open_request(page, server, number)
    expect(card.locator(".asked-before")).to_have_count(0)
    card.get_by_label("Feedback").fill("Two lines, please")
    card.get_by_role("button", name="Send back").click()
    expect(page.locator(f"#request-{number}-2")).to_be_visible()
    for path in (f"/tasks/{number}", "/approvals", f"/approvals/{number}-2"):
        page.goto(server.address + path)
        before = page.locator(f"#request-{number}-2 .asked-before")
        expect(before).to_contain_text("Two lines, please")
        expect(before.locator("del")).to_have_text("1")
        expect(before.locator("ins")).to_have_text("2")


def test_a_field_says_what_is_wrong_while_one_types(page, start_server):
    server = start_server()
    (number,) = ask(server, LETTER)
    card = open_request(page, server, number)
    copies, problem = card.get_by_label("Copies"), card.locator(".field:has-text('Copies') .problem")
    copies.press_sequentially("9")
    expect(problem).to_have_text("It must be at most 5, not 9")
    expect(copies).to_have_attribute("aria-invalid", "true")
    expect(copies).to_be_focused()
    # What nobody has touched yet is not blamed.
    expect(card.locator("fieldset .problem")).to_have_count(0)
    copies.fill("3")
    expect(problem).to_have_count(0)
    card.get_by_text("Change the proposal").click()
    proposal = card.get_by_label("What is proposed, as JSON")
    proposal.fill(proposal.input_value().replace("1200", '"much"'))
    expect(card.locator(".change .problem")).to_contain_text("amount")
    proposal.fill(proposal.input_value().replace('"much"', "7"))
    expect(card.locator(".change .problem")).to_have_count(0)
    server.wait_for(number, "waiting")


def test_the_inbox_works_by_keys_alone(page, start_server):
    server = start_server()
    first, second, third = ask(server, PAYMENT, PAYMENT, PAYMENT)
    open_inbox(page, server)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f"#request-{second}-1 .open-request")).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator(f"#request-{second}-1 .change textarea")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    # One key decides nothing.
    page.keyboard.press("a")
    expect(page.locator(f"#request-{second}-1").get_by_role("button", name="Approve")).to_be_focused()
    server.wait_for(second, "waiting")
    page.keyboard.press("a")
    server.wait_for(second, "completed")
    # The next one gets the focus.
    expect(cards(page)).to_have_count(2)
    expect(page.locator(f"#request-{third}-1 .open-request")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.get_by_label(f"Select request {first}-1")).to_be_checked()
    page.keyboard.press("f")
    page.keyboard.type("not now")
    page.keyboard.press("Tab")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(1)
    assert server.wait_for(first, "completed")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/approvals/{third}-1")


def test_marks_and_typing_survive_what_comes(page, start_server):
    server = start_server()
    (first,) = ask(server, LETTER)
    open_inbox(page, server)
    page.get_by_label(f"Select request {first}-1").check()
    page.get_by_label("Copies").press_sequentially("4")
    (second,) = ask(server, PAYMENT)
    expect(page.locator(f"#request-{second}-1")).to_be_visible()
    expect(page.get_by_label(f"Select request {first}-1")).to_be_checked()
    expect(page.get_by_label("Copies")).to_be_focused()
    expect(page.get_by_label("Copies")).to_have_value("4")


def test_what_somebody_else_settles_is_said(page, start_server):
    server = start_server()
    first, second = ask(server, PAYMENT, PAYMENT)
    open_inbox(page, server)
    page.locator(f"#request-{first}-1").get_by_label("Feedback").fill("half a sent")
    server.request(f"/api/approvals/{first}-1/decision", {"verdict": "approve"})
    expect(page.locator(".toast.bad")).to_contain_text(f"Request {first}-1 was settled meanwhile.")
    expect(page.locator(f"#request-{second}-1 .open-request")).to_be_focused()


def test_several_are_decided_without_scripts(browser, start_server):
    server = start_server()
    numbers = ask(server, PAYMENT, PAYMENT)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + "/approvals")
    for number in numbers:
        page.get_by_label(f"Select request {number}-1").check()
    page.locator("#bulk").get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", name="Reject 2 requests?")).to_be_visible()
    page.get_by_role("button", name="Reject").click()
    page.wait_for_url("**/approvals")
    for number in numbers:
        server.wait_for(number, "completed")
    page.get_by_role("link", name="Settled").click()
    expect(page.locator(".settled li")).to_have_count(2)
    context.close()
