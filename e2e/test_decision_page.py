"""What people decide on the pages: typed forms, what is wrong with them, first come first served; with and without scripts."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from engine import eventually
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("open_commands")

LETTER = """
name: letter
description: Writes a reminder and sends it when somebody agrees
steps:
  draft:
    set: {to: anna@example.com, amount: 1200, text: "Dear Anna, your invoice is open."}
  sign:
    approval:
      title: Send this letter to ${{ steps.draft.output.to }}?
      proposal: ${{ steps.draft.output }}
      form:
        type: object
        required: [copies, tone]
        properties:
          copies: {type: integer, title: Copies, minimum: 1, maximum: 5}
          tone: {type: string, title: Tone, enum: [friendly, firm]}
          note: {type: string, title: Note for the file, maxLength: 500}
          urgent: {type: boolean, title: Send it today}
outputs:
  signed: ${{ steps.sign.output }}
"""


def open_request(page, server, number):
    page.goto(f"{server.address}/tasks/{number}")
    card = page.locator(f"#request-{number}-1")
    expect(card).to_be_visible()
    expect(page.locator("#connection")).to_have_text("Live")
    return card


def post(server, path, fields, **headers):
    """Sends a form as a browser without scripts does; status, body and address after redirects."""
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(server.address + path, data, {"Accept": "text/html", **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.url


def test_a_typed_form_is_checked_at_its_fields_and_approves(page, complaints, start_server):
    server = start_server()
    number = server.submit(LETTER)["number"]
    server.wait_for(number, "waiting")
    card = open_request(page, server, number)
    expect(page.locator(".task-head .badge")).to_have_text("Approval required")
    expect(page.locator("#approvals-count")).to_have_text("1")
    expect(card.get_by_role("heading", level=2)).to_have_text("Send this letter to anna@example.com?")
    copies = card.get_by_label("Copies")
    copies.fill("1,5")
    card.get_by_label("Note for the file").fill("Line one\nline <two>")
    card.get_by_label("Send it today").check()
    card.get_by_role("button", name="Approve").click()
    problem = card.locator(".field:has-text('Copies') .problem")
    expect(problem).to_have_text("It must be a whole number, not \"1,5\"")
    expect(card.locator("fieldset .problem")).to_have_text("Choose one.")
    # Nothing that was typed is lost, and the first mistake has the focus.
    expect(copies).to_have_value("1,5")
    expect(copies).to_be_focused()
    expect(card.get_by_label("Note for the file")).to_have_value("Line one\nline <two>")
    expect(card.get_by_label("Send it today")).to_be_checked()
    copies.fill("7")
    card.get_by_label("firm").check()
    card.get_by_role("button", name="Approve").click()
    expect(problem).to_have_text("It must be at most 5, not 7")
    # The check while one types says the same; only with the answer does the focus come back.
    expect(copies).to_be_focused()
    expect(card.get_by_label("firm")).to_be_checked()
    copies.fill("2")
    card.get_by_text("Change the proposal").click()
    proposal = card.get_by_label("What is proposed, as JSON")
    changed = json.loads(proposal.input_value())
    changed["text"] = "Dear Anna!"
    proposal.fill(json.dumps(changed))
    card.get_by_role("button", name="Approve with changes").click()
    expect(page.locator(".task-head .badge")).to_have_text("Completed")
    expect(card.locator("summary").first).to_contain_text("Approved with changes by")
    expect(page.locator("#approvals-count")).to_be_hidden()
    signed = server.wait_for(number, "completed")["outputs"]["signed"]
    assert signed["values"] == {"copies": 2, "tone": "firm", "note": "Line one\nline <two>", "urgent": True}
    assert signed["proposal"] == {"to": "anna@example.com", "amount": 1200, "text": "Dear Anna!"}
    # The browser notes each 422 in its console.
    complaints[:] = [text for text in complaints if "422" not in text]


def test_the_page_of_one_request_shows_what_becomes_of_it(page, complaints, start_server):
    server = start_server()
    number = server.submit("name: ask\nsteps: {go: {approval: {title: Go on?}}}\n")["number"]
    server.wait_for(number, "waiting")
    page.goto(f"{server.address}/approvals/{number}-1")
    expect(page.locator("#connection")).to_have_text("Live")
    expect(page.locator("#approvals-count")).to_have_text("1")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("form.decision")).to_have_count(0)
    expect(page.get_by_text("It is settled: nothing more can be decided about it.")).to_be_visible()
    expect(page.locator(".settled")).to_contain_text("Approved by")
    expect(page.locator("#approvals-count")).to_be_hidden()


def test_a_step_in_doubt_says_what_was_cut_off(engine, page, tmp_path):
    begun = tmp_path / "begun"
    script = f"echo sending; touch {begun}; sleep 40"
    plan = f"name: send\nsteps: {{send: {{command: [sh, -c, '{script}'], stdin: to anna}}}}\n"
    number = engine.submit(plan)
    eventually(begun.exists, "the step has begun")
    engine.kill()
    engine.start()
    engine.wait(number, "waiting")
    page.goto(f"http://127.0.0.1:{engine.port}/approvals/{number}-1")
    card = page.locator(f"#request-{number}-1")
    expect(card.locator(".argv")).to_have_text(f"sh -c '{script}'")
    expect(card).to_contain_text("to anna")
    expect(card).to_contain_text("Begun")
    expect(card).not_to_contain_text('"output"')
    # The server ends before the page does.
    page.goto("about:blank")


def test_a_deleted_task_says_so(engine, page, complaints):
    number = engine.submit("name: gone\nsteps: {a: {set: {b: 1}}}\n")
    engine.wait(number, "completed")
    engine.request("DELETE", f"/api/tasks/{number}")
    page.goto(f"http://127.0.0.1:{engine.port}/tasks/{number}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Task #{number} was deleted")
    complaints[:] = [text for text in complaints if "410" not in text]


REVIEW = """
name: review
steps:
  write:
    command: [sh, -c, "echo run >> runs; echo a draft of $(wc -l < runs) lines"]
    repeatable: true
    review: true
outputs: {text: "${{ steps.write.output }}"}
"""


def test_a_review_is_sent_back_until_that_is_not_possible_any_more(page, complaints, start_server):
    server = start_server()
    number = server.submit(REVIEW)["number"]
    server.wait_for(number, "waiting")
    card = open_request(page, server, number)
    card.get_by_role("button", name="Send back").click()
    expect(card.locator(".field:has-text('Feedback') .problem")).to_contain_text("Say what is to be different")
    for ordinal in (1, 2, 3):
        card = page.locator(f"#request-{number}-{ordinal}")
        card.get_by_label("Feedback").fill(f"Shorter, please ({ordinal})")
        card.get_by_role("button", name="Send back").click()
        expect(card.locator("summary").first).to_contain_text(f"Shorter, please ({ordinal})")
    last = page.locator(f"#request-{number}-4")
    expect(last.get_by_role("button", name="Send back")).to_be_disabled()
    last.get_by_role("button", name="Approve").click()
    expect(page.locator(".task-head .badge")).to_have_text("Completed")
    page.locator("#step-write summary").first.click()
    expect(page.locator("#step-write .attempts li")).to_have_count(4)
    expect(page.locator("#step-write .attempts")).to_contain_text("Sent back: Shorter, please (2)")
    complaints[:] = [text for text in complaints if "422" not in text]


def test_live_updates_keep_what_is_typed(page, start_server, tmp_path):
    server = start_server()
    gate = tmp_path / "gate"
    work = json.dumps(["sh", "-c", f"until [ -e {gate} ]; do sleep 0.02; done; echo passed"])
    plan = LETTER.replace("outputs:", f"  work:\n    command: {work}\n  after:\n    needs: [work]\n    set: {{x: 1}}\noutputs:")
    number = server.submit(plan)["number"]
    card = open_request(page, server, number)
    # An open request counts even while other steps run.
    expect(page.locator(".task-head .badge")).to_have_text("Approval required")
    card.get_by_label("Copies").fill("4")
    card.get_by_label("friendly").check()
    feedback = card.get_by_label("Feedback")
    feedback.press_sequentially("half a sent")
    gate.touch()
    expect(page.locator("#step-after .word")).to_have_text("Completed")
    expect(card.get_by_label("Copies")).to_have_value("4")
    expect(card.get_by_label("friendly")).to_be_checked()
    expect(feedback).to_be_focused()
    feedback.press_sequentially("ence")
    expect(feedback).to_have_value("half a sentence")


def test_the_first_decision_wins_and_the_second_is_told(page, complaints, start_server):
    server = start_server()
    number = server.submit(LETTER)["number"]
    server.wait_for(number, "waiting")
    path = f"/approvals/{number}-1"
    # As if what the other one decides had not come through yet.
    page.route("**/live?*", lambda route: None)
    page.goto(server.address + path)
    status, _, url = post(server, path, {"verdict": "reject", "feedback": "No more letters"})
    assert (status, url) == (200, f"{server.address}/tasks/{number}")
    page.get_by_role("button", name="Stop the task").click()
    expect(page.locator("#toast")).to_contain_text("was decided by")
    status, body, _ = post(server, path, {"verdict": "approve"})
    assert status == 409 and "was decided by" in body
    assert server.wait_for(number, "completed")["outputs"]["signed"]["feedback"] == "No more letters"
    complaints[:] = [text for text in complaints if "409" not in text]


def test_forms_work_without_scripts(browser, start_server):
    server = start_server()
    number = server.submit(LETTER)["number"]
    server.wait_for(number, "waiting")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/approvals")
    page.get_by_label("Copies").fill("nine")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".field:has-text('Copies') .problem")).to_have_text("It must be a whole number, not \"nine\"")
    expect(page.get_by_label("Copies")).to_have_value("nine")
    page.get_by_label("Copies").fill("3")
    page.get_by_label("firm").check()
    page.get_by_role("button", name="Approve").click()
    server.wait_for(number, "completed")
    waiting = server.submit("name: pause\nsteps: {nap: {wait: 1h}}")["number"]
    server.wait_for(waiting, "waiting")
    page.goto(f"{server.address}/tasks/{waiting}")
    page.get_by_role("link", name="Kill", exact=True).click()
    expect(page.get_by_role("heading", name="Kill running task?")).to_be_visible()
    page.get_by_role("button", name="Kill").click()
    expect(page.locator(".task-head .badge")).to_have_text("Failed")
    context.close()


def test_what_is_agreed_to_is_what_is_read(page, start_server):
    server = start_server()
    plan = """
name: transfer
inputs: {file: string, body: string}
steps:
  ask:
    approval:
      title: Send ${{ inputs.file }}?
      proposal:
        path: ${{ inputs.file }}
        mail: {to: [{name: Anna, address: {city: {street: {house: "the deepest value"}}}}]}
  long:
    needs: [ask]
    approval:
      title: Send the whole text?
      proposal: ${{ inputs.body }}
"""
    body = "".join(f"line {number}\n" for number in range(1, 3001)) + "and pay it to somebody else"
    number = server.submit(plan, inputs={"file": "invoice\u202efdp.exe", "body": body})["number"]
    server.wait_for(number, "waiting")
    for path in (f"/tasks/{number}", "/approvals", f"/approvals/{number}-1"):
        page.goto(server.address + path)
        card = page.locator(f"#request-{number}-1")
        expect(card.get_by_role("heading", level=2)).to_have_text("Send invoice<U+202E>fdp.exe?")
        expect(card.locator(".tree mark")).to_have_text("<U+202E>")
        expect(card.locator(".tree mark")).to_have_attribute("title", "right-to-left override (U+202E): a character that is not shown")
        expect(card.locator("p.problem")).to_contain_text("right-to-left override (U+202E)")
        # Nothing has to be opened, and no box has to be scrolled.
        expect(card.locator(".tree").get_by_text("the deepest value")).to_be_visible()
        tree = card.locator(".tree")
        assert tree.evaluate("(box) => box.scrollHeight - box.clientHeight") <= 0
    page.goto(f"{server.address}/tasks/{number}")
    page.get_by_role("button", name="Approve").click()
    card = page.locator(f"#request-{number}-2")
    expect(card.locator(".remainder")).to_contain_text("This is not all of it")
    expect(card.locator("pre.text")).not_to_contain_text("somebody else")
    card.get_by_role("link", name="Read all of it").click()
    page.wait_for_url(f"**/approvals/{number}-2/proposal")
    expect(page.locator(".whole pre").last).to_contain_text("and pay it to somebody else")
    assert page.locator(".whole pre").last.inner_text() == body


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_other_sites_cannot_decide(start_server, headers):
    server = start_server()
    number = server.submit(LETTER)["number"]
    server.wait_for(number, "waiting")
    for path in (f"/approvals/{number}-1", f"/approvals/{number}-1/check", "/approvals/together",
                 f"/tasks/{number}/kill", f"/tasks/{number}/cancel"):
        sent = {"verdict": "stop", "request": f"{number}-1", "sure": "1"}
        status, _, _ = post(server, path, sent, **headers)
        assert status == 403
    status, _, _ = post(server, f"/approvals/{number}-1", {"verdict": "stop"}, **{"Content-Type": "text/plain"})
    assert status == 415
    assert server.request(f"/api/tasks/{number}")["status"] == "waiting"


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_requests_fit_the_window(page, start_server, width):
    server = start_server()
    wide = "Donaudampfschifffahrtsgesellschaft" * 8
    plan = LETTER.replace("Send this letter", wide).replace("Note for the file", wide).replace("Dear Anna", wide)
    number = server.submit(plan)["number"]
    server.wait_for(number, "waiting")
    page.set_viewport_size({"width": width, "height": 800})
    for path in (f"/tasks/{number}", "/approvals", f"/approvals/{number}-1", "/tasks"):
        page.goto(server.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((element) => { element.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_settled_decisions_say_what_was_changed_and_keep_their_trees_whole(page, start_server):
    server = start_server()
    number = server.submit(LETTER)["number"]
    server.wait_for(number, "waiting")
    proposal = {"to": "anna@example.com", "amount": 900, "text": "Dear Anna, your invoice is open."}
    status, _, _ = post(server, f"/approvals/{number}-1", {
        "verdict": "approve", "values/copies": "2", "values/tone": "firm", "edits": json.dumps(proposal)})
    assert status == 200
    server.wait_for(number, "completed")
    for address in (f"/tasks/{number}", f"/approvals/{number}-1"):
        page.goto(server.address + address)
        line = page.locator(".settled summary").first
        expect(line).to_contain_text("amount: 1200 → 900")
        expect(line).to_contain_text('filled in: {"copies":2,"tone":"firm"')
        if not page.locator(".settled .tree").first.is_visible():
            line.click()
        # Key and value of a tree stand beside each other, its first line as high as the others.
        heights = page.locator(".settled .tree").first.evaluate("""tree =>
            [...tree.querySelectorAll("summary, div:not(.fold)")].map((line) => [getComputedStyle(line).display, line.offsetHeight])""")
        assert {display for display, _ in heights} == {"block"}
        assert max(height for _, height in heights) - min(height for _, height in heights) <= 2, heights
