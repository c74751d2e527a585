"""Somebody starts tasks from the page: by instructions, from a plan, from a previous task, as JSON, and as an app."""

import json
import re

import pytest
from playwright.sync_api import expect

LETTER = """
name: letter
description: Writes a letter to a customer
inputs:
  to: { type: string, description: Who gets it }
  body: { type: string, default: "Dear,\\nthank you.\\n" }
  copies: { type: integer, default: 1, schema: { minimum: 1, maximum: 9 } }
  tone: { type: string, default: warm, schema: { enum: [warm, cool] } }
  urgent: { type: boolean, default: true }
  list: { type: array, default: [] }
steps:
  write:
    set: { said: ["${{ inputs.to }}", "${{ inputs.copies }}", "${{ inputs.tone }}", "${{ inputs.urgent }}", "${{ inputs.list }}"] }
  names:
    set: { of: "${{ task.files.map(f, f.name) }}" }
outputs: { said: "${{ steps.write.output.said }}", files: "${{ steps.names.output.of }}" }
"""


@pytest.fixture
def server(start_server):
    server = start_server()
    server.request("/api/plans", {"text": LETTER})
    return server


def outputs(server, page):
    page.wait_for_url(re.compile(r"/tasks/\d+$"))
    return server.wait_for(int(page.url.rsplit("/", 1)[1]), "completed")["outputs"]


def choose(page, *files):
    page.set_input_files("[data-files] input[type=file]", [
        {"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files])


def write_json(page, text):
    """Puts a text into the editor as somebody would who pastes it."""
    expect(page.locator(".CodeMirror")).to_be_visible()
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def test_enter_takes_what_was_searched_for_and_not_what_stands_there_yet(server, page):
    server.request("/api/plans", {"text": LETTER.replace("name: letter", "name: zebra")})
    page.goto(server.address + "/tasks/new?mode=plan")
    expect(page.locator("#picks .cover")).to_have_count(2)
    # The answer comes late.
    search, held = "**/tasks/new?*q=zeb*", []
    page.route(search, lambda route: held.append(route), times=1)
    with page.expect_request(search):
        page.fill("#search", "zebra")
    page.keyboard.press("Enter")
    expect(page.locator("#picks .cover")).to_have_count(2)
    held[0].continue_()
    expect(page.locator("h2", has_text="zebra")).to_be_visible()


def test_a_plan_is_started_from_its_fields(server, page, complaints):
    page.goto(server.address + "/tasks")
    page.click("text=New task")
    page.click(".task-parts >> text=Plan")
    page.fill("#search", "customer")
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="letter")).to_be_visible()
    expect(page.get_by_label("copies")).to_have_value("1")
    expect(page.get_by_label("urgent")).to_be_checked()

    # Enter in a field is no wish to start; what is wrong is said where it was typed, and everything stays.
    page.get_by_label("copies").fill("many")
    page.keyboard.press("Enter")
    page.get_by_label("body").fill("Two\nlines")
    page.get_by_label("tone").select_option("cool")
    page.get_by_label("urgent").uncheck()
    choose(page, ("a.txt", b"one"), ("b.txt", b"two"))
    expect(page.locator(".upload input[type=hidden]")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#form-field--2finputs-2fto-problem")).to_contain_text("Fill this in")
    expect(page.locator("#form-field--2finputs-2fcopies-problem")).to_contain_text("It must be")
    expect(page.get_by_label("to", exact=True)).to_be_focused()
    complaints[:] = [text for text in complaints if "422" not in text]
    expect(page.get_by_label("body")).to_have_value("Two\nlines")
    expect(page.get_by_label("urgent")).not_to_be_checked()
    expect(page.locator(".upload .name")).to_have_text(["a.txt", "b.txt"])

    page.get_by_label("to", exact=True).fill("Ada")
    page.get_by_label("copies").fill("3")
    page.get_by_label("list").fill('["x", 1]')
    page.get_by_label("Name").fill("For Ada")
    page.get_by_label("Tags").fill("march, post")
    page.get_by_label("Remove a.txt").click()
    page.keyboard.press("Control+Enter")
    assert outputs(server, page) == {"said": ["Ada", 3, "cool", False, ["x", 1]], "files": ["b.txt"]}
    task = server.request("/api/tasks/1")
    assert (task["name"], task["tags"], task["trigger"]) == ("For Ada", ["march", "post"], "user")


def test_files_are_dropped_and_one_that_fails_says_so(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.route("**/api/files?name=bad.txt", lambda route: route.fulfill(
        status=507, content_type="application/problem+json", body=json.dumps({"detail": "The disk is full."})))
    data = page.evaluate_handle("""() => {
        const data = new DataTransfer();
        for (const name of ["good.txt", "bad.txt"]) data.items.add(new File(["x"], name, { type: "text/plain" }));
        return data;
    }""")
    page.dispatch_event(".drop", "drop", {"dataTransfer": data})
    expect(page.locator(".upload.wrong .problem")).to_have_text("The disk is full.")
    expect(page.locator(".upload:not(.wrong) input[type=hidden]")).to_have_count(1)
    page.unroute("**/api/files?name=bad.txt")
    page.click("text=Try again")
    expect(page.locator(".upload input[type=hidden]")).to_have_count(2)
    complaints[:] = [text for text in complaints if "507" not in text]
    page.get_by_label("to", exact=True).fill("Ada")
    page.keyboard.press("Control+Enter")
    assert sorted(outputs(server, page)["files"]) == ["bad.txt", "good.txt"]


def test_limits_and_the_cap(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    page.click("summary:has-text('Limits')")
    page.get_by_label("Longest active time").fill("2h")
    page.click("text=Start task")
    expect(page.locator(".limits .problem")).to_contain_text("at most 1h 00m (max_duration)")
    complaints.clear()
    page.get_by_label("Longest active time").fill("10m")
    page.click("text=Start task")
    outputs(server, page)
    assert server.request("/api/tasks/1")["limits"]["duration_ms"] == 600_000


def test_json_is_checked_while_it_is_typed(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    # What was typed goes along.
    page.click(".task-parts >> text=JSON")
    field = page.locator("textarea[name=json]")
    expect(field).to_have_value(re.compile('"to": "Ada"'))
    expect(page.locator("#json-check")).to_contain_text("This can be started")
    write_json(page, '{\n  "plan": "letter",\n  "inputs": {\n    "too": 1\n  }\n}')
    expect(page.locator("#json-check")).to_contain_text("4:5")
    write_json(page, '{"plan": ')
    expect(page.locator("#json-check")).to_contain_text("1 mistake")
    page.click("text=Start task")
    expect(page.locator("#form-field-json-problem")).to_contain_text("Line 1")
    expect(field).to_have_value('{"plan": ')
    complaints.clear()
    write_json(page, '{"plan": "letter", "inputs": {"to": "Eve"}}')
    choose(page, ("a.txt", b"one"))
    page.click("text=Start task")
    assert outputs(server, page)["files"] == ["a.txt"]


def test_a_previous_task_is_run_again_with_other_inputs(server, page):
    for name in ("Ada", "Ben"):
        made = server.request("/api/tasks", {"plan": "letter", "inputs": {"to": name, "copies": 4}, "name": f"For {name}"})
        server.wait_for(made["number"], "completed")
    page.goto(server.address + "/tasks/new?mode=from")
    page.fill("#search", "For Ada")
    expect(page.locator("#picks li")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("copies")).to_have_value("4")
    page.get_by_label("to", exact=True).fill("Eve")
    page.click("text=Start task")
    assert outputs(server, page)["said"][:2] == ["Eve", 4]
    assert server.request("/api/tasks/3")["rerun_of"]["task"] == 1

    page.click("text=Run again…")
    expect(page.get_by_label("to", exact=True)).to_have_value("Eve")


def test_instructions_need_a_model_and_say_so(server, page, complaints):
    page.goto(server.address + "/tasks/new")
    page.get_by_label("Instructions").fill("Write to Ada <b>\nnow.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".form-problem, .field .problem").first).to_be_visible()
    expect(page.get_by_label("Instructions")).to_have_value("Write to Ada <b>\nnow.")
    complaints.clear()


def test_an_app_is_found_filled_in_and_run(server, page, complaints):
    page.goto(server.address + "/playground")
    expect(page.locator(".empty")).to_contain_text("signalbox apps publish PLAN")
    server.request("/api/apps", {"name": "send", "plan": "letter", "description": "Send a letter", "parameters": [
        {"name": "recipient", "input": "to"}, {"name": "copies"}, {"name": "tone"}, {"name": "enclosure", "type": "file", "required": True}]})
    page.reload()
    page.fill("#search", "send")
    page.keyboard.press("Enter")
    page.get_by_label("recipient").fill("Ada")
    # Whole numbers have their digits in groups, or not.
    page.get_by_label("copies").fill("1,000")
    page.keyboard.press("Enter")
    expect(page.locator(".file-field .problem")).to_contain_text("Fill this in")
    expect(page.locator("#form-field--2fparameters-2fcopies-problem")).to_contain_text("at most 9, not 1000")
    page.get_by_label("copies").fill("1e999")
    page.keyboard.press("Enter")
    expect(page.locator("#form-field--2fparameters-2fcopies-problem")).to_have_text("It must be a number, not “1e999”, which is too large.")
    page.get_by_label("copies").fill("2")
    expect(page.get_by_label("recipient")).to_have_value("Ada")
    complaints.clear()
    choose(page, ("a.txt", b"one"))
    expect(page.locator(".upload input[type=hidden]")).to_have_count(1)
    page.get_by_label("recipient").press("Enter")
    made = outputs(server, page)
    assert (made["said"][0], made["files"]) == ("Ada", ["a.txt"])
    assert server.request("/api/tasks/1")["trigger"] == "user"


def test_forms_work_without_scripts(server, browser):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
        choose(page, ("a.txt", b"one"))
        page.click("text=Add what was chosen")
        expect(page.locator(".upload .name")).to_have_text(["a.txt"])
        choose(page, ("b.txt", b"two"))
        page.click("text=Start task")
        expect(page.locator("#form-field--2finputs-2fto-problem")).to_contain_text("Fill this in")
        expect(page.locator(".upload .name")).to_have_text(["a.txt", "b.txt"])
        page.get_by_label("to", exact=True).fill("Ada")
        page.click("text=Start task")
        assert outputs(server, page)["files"] == ["a.txt", "b.txt"]
    finally:
        context.close()


def test_a_form_outlives_a_server_that_is_away(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    page.route("**/tasks/new*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.click("text=Start task")
    expect(page.locator(".start-bar .problem")).to_contain_text("the server cannot be reached")
    expect(page.get_by_role("button", name="Start task")).to_have_attribute("aria-disabled", "false")
    # Another mode is no way to lose it either.
    page.click(".task-parts >> text=JSON")
    expect(page.locator(".start-bar .problem")).to_be_visible()
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")

    page.unroute("**/tasks/new*")
    page.get_by_label("copies").fill("many")
    page.click("text=Start task")
    expect(page.get_by_label("copies")).to_be_focused()
    page.get_by_label("copies").fill("2")
    complaints.clear()
    page.click("text=Start task")
    assert outputs(server, page)["said"][:2] == ["Ada", 2]


def test_an_answer_that_is_no_form_is_said_beside_the_button(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    page.route("**/tasks/new*", lambda route: route.fulfill(status=500, content_type="text/html", body="<p>oh</p>"))
    page.click("text=Start task")
    expect(page.locator(".start-bar .problem")).to_have_text("Not sent: the server answered 500.")
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    complaints.clear()


def test_what_is_written_as_json_goes_along_to_every_mode_and_back(server, page, complaints):
    written = '{ "prompt": "Thank Ada",\n  "name": "For Ada", "tags": ["a", "b"], "limits": {"turns": 3}, "priority": 2 }'
    page.goto(server.address + "/tasks/new?mode=json")
    field = page.locator("textarea[name=json]")
    write_json(page, written)
    page.click(".task-parts >> text=Instructions")
    expect(page.get_by_label("Instructions")).to_have_value("Thank Ada")
    expect(page.get_by_label("Name")).to_have_value("For Ada")
    expect(page.get_by_label("Tags")).to_have_value("a, b")
    expect(page.get_by_label("Turns of an agent")).to_have_value("3")
    expect(page.locator(".notice")).to_contain_text("“priority”")
    page.click(".task-parts >> text=JSON")
    expect(field).to_have_value(written)

    # Through the choice of a plan, with another name and a file.
    page.click(".task-parts >> text=From a previous task")
    expect(page).to_have_url(re.compile("mode=from"))
    page.click(".task-parts >> text=Instructions")
    page.get_by_label("Name").fill("For Eve")
    choose(page, ("a.txt", b"one"))
    expect(page.locator(".upload input[type=hidden]")).to_have_count(1)
    page.click(".task-parts >> text='Plan'")
    page.click("#picks .cover")
    expect(page.get_by_label("Name")).to_have_value("For Eve")
    page.get_by_label("to", exact=True).fill("Eve")
    page.click(".task-parts >> text=JSON")
    expect(field).to_have_value(re.compile('"name": "For Eve"'))
    made = json.loads(field.input_value())
    assert (made["plan"], made["inputs"]["to"], made["priority"], made["tags"]) == ("letter", "Eve", 2, ["a", "b"])
    expect(page.locator(".upload .name")).to_have_text(["a.txt"])

    # A plan that it names is taken with its inputs; half a text stays as it is.
    write_json(page, '{"plan": "letter", "inputs": {"to": "Ben", "urgent": false}}')
    page.click(".task-parts >> text='Plan'")
    expect(page.get_by_label("to", exact=True)).to_have_value("Ben")
    expect(page.get_by_label("urgent")).not_to_be_checked()
    page.click(".task-parts >> text=JSON")
    write_json(page, '{"plan": "letter", ')
    page.click(".task-parts >> text=Instructions")
    expect(page.locator(".notice")).to_contain_text("cannot be read yet")
    page.click(".task-parts >> text=JSON")
    expect(field).to_have_value('{"plan": "letter", ')
    complaints.clear()


def test_a_task_does_not_start_without_a_file_that_was_refused(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    choose(page, ("a.txt", b"one"), ("b\u202etxt.exe", b"two"))
    expect(page.locator(".upload.wrong .problem")).to_contain_text("cannot be the name of a file")
    expect(page.locator(".upload:not(.wrong) input[type=hidden]")).to_have_count(1)
    # The place for a URL has nothing to do with it.
    border = "field => getComputedStyle(field).borderColor"
    url, name = page.get_by_label("Add a URL"), page.get_by_label("Name", exact=True)
    assert url.evaluate(border) == name.evaluate(border)

    said = page.locator(".file-field > .problem")
    page.click("text=Start task")
    expect(said).to_have_text("Not started: “b<U+202E>txt.exe” was not taken. Remove it, or choose it again under another name.")
    bar = page.locator(".start-bar").bounding_box()["y"]
    assert all(place.bounding_box()["y"] + place.bounding_box()["height"] < bar for place in (said, page.locator(".upload.wrong")))
    # It goes along to another mode, which does not start without it either.
    page.click(".task-parts >> text=JSON")
    expect(page.locator("textarea[name=json]")).to_have_count(1)
    expect(page.locator(".upload.wrong")).to_have_count(1)
    page.click(".task-parts >> text='Plan'")
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    expect(page.locator(".upload.wrong")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(said).to_be_visible()
    expect(page.get_by_label("Remove b<U+202E>txt.exe")).to_be_focused()
    assert server.request("/api/tasks")["tasks"] == []

    page.keyboard.press("Enter")
    expect(page.locator(".upload")).to_have_count(1)
    expect(said).to_have_count(0)
    complaints[:] = [text for text in complaints if "status of 4" not in text]
    page.keyboard.press("Control+Enter")
    assert outputs(server, page)["files"] == ["a.txt"]


def test_what_cannot_be_read_goes_along_as_it_was_typed(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    page.get_by_label("copies").fill("12x")
    page.get_by_label("list").fill("[1,")
    page.click("summary:has-text('Limits')")
    page.get_by_label("Cost in US dollars").fill("0,50")
    page.click(".task-parts >> text=JSON")
    field, check = page.locator("textarea[name=json]"), page.locator("#json-check")
    expect(field).to_have_value(re.compile('"0,50"'))
    written = json.loads(field.input_value())
    assert (written["inputs"]["copies"], written["inputs"]["list"], written["limits"]) == ("12x", "[1,", {"cost": "0,50"})
    expect(check).to_contain_text("cost")
    expect(check).not_to_contain_text("This can be started")

    page.click(".task-parts >> text='Plan'")
    expect(page.get_by_label("copies")).to_have_value("12x")
    expect(page.locator("#form-field--2finputs-2fcopies-problem")).to_contain_text("It must be an integer")
    expect(page.get_by_label("list")).to_have_value("[1,")
    expect(page.locator("#form-field--2finputs-2flist-problem")).to_contain_text("Line 1, column 4")
    expect(page.get_by_label("Cost in US dollars")).to_have_value("0,50")
    expect(page.locator(".limits .problem")).to_contain_text("such as 0.50")

    # What is mended there is so in the JSON.
    page.get_by_label("copies").fill("3")
    page.get_by_label("list").fill("[1]")
    page.get_by_label("Cost in US dollars").fill("0.50")
    page.click(".task-parts >> text=JSON")
    expect(check).to_contain_text("This can be started")
    page.click("text=Start task")
    assert outputs(server, page)["said"][1:5:3] == [3, [1]]
    assert server.request("/api/tasks/1")["limits"]["cost"]["amount"] == "0.50"


def test_a_URL_with_a_password_is_told_what_helps(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("Add a URL").fill("https://ada:secret@files.example/a.txt")
    page.keyboard.press("Enter")
    expect(page.locator(".url-field .problem")).to_contain_text("Leave them out.")
    complaints[:] = [text for text in complaints if "status of 4" not in text]


@pytest.mark.parametrize("ends", ["before the form comes again", "after it"])
def test_a_file_that_is_on_its_way_goes_along_once(server, page, ends):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    uploads, forms = [], []
    page.route("**/api/files?name=*", lambda route: uploads.append(route))
    choose(page, ("a.txt", b"one"))
    expect(page.locator(".upload progress")).to_have_count(1)
    page.wait_for_function("() => document.querySelector('.upload[data-uploading]')")
    if ends == "before the form comes again":
        # The form was read when the mode was clicked, and comes again later.
        page.route("**/tasks/new**", lambda route: forms.append(route))
        page.click(".task-parts >> text=JSON")
        page.wait_for_function("() => document.querySelector('.task-parts')")
        uploads[0].continue_()
        expect(page.locator(".upload input[type=hidden]")).to_have_count(1)
        page.unroute("**/tasks/new**")
        forms[0].continue_()
        expect(page.locator("textarea[name=json]")).to_have_count(1)
    else:
        page.click(".task-parts >> text=JSON")
        expect(page.locator("textarea[name=json]")).to_have_count(1)
        uploads[0].continue_()
    field = page.locator(".upload input[type=hidden]")
    expect(field).to_have_count(1)
    # Once, also after the server has shown it.
    page.click(".task-parts >> text='Plan'")
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    expect(field).to_have_count(1)
    page.click(".task-parts >> text=JSON")
    expect(page.locator("textarea[name=json]")).to_have_count(1)
    expect(page.locator(".upload")).to_have_count(1)
    page.click("text=Start task")
    expect(page).to_have_url(re.compile(r"/tasks/\d+$"))
    files = server.request("/api/tasks/" + page.url.rsplit("/", 1)[1])["files"]
    assert [file["name"] for file in files] == ["a.txt"]


def test_a_url_that_is_being_fetched_goes_along(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    fetches = []
    page.route("**/api/files/fetch", lambda route: fetches.append(route))
    page.get_by_label("Add a URL").fill("http://files.example/a.txt")
    page.get_by_role("button", name="Fetch").click()
    expect(page.locator(".upload[data-uploading]")).to_have_count(1)
    page.click(".task-parts >> text=JSON")
    expect(page.locator("textarea[name=json]")).to_have_count(1)
    expect(page.locator(".upload[data-uploading]")).to_have_count(1)
    fetches[0].fulfill(status=422, json={"detail": "Nothing is there."})
    expect(page.get_by_label("Add a URL")).to_have_value("http://files.example/a.txt")
    expect(page.get_by_role("alert").filter(has_text="Nothing is there.")).to_be_visible()
    complaints[:] = [text for text in complaints if "422" not in text]
