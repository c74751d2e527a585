"""Plans and agents on their pages: written with a mistake, mended, published, compared, archived, and run."""

import html
import json
import subprocess
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

PLAN = """name: letters
description: Writes a letter
inputs:
  who: {type: string, description: Whom it greets}
steps:
  greet:
    set: {text: "Hello, ${{ inputs.who }}"}
outputs:
  letter: ${{ steps.greet.output.text }}
"""
AGENT = "name: clerk\ndescription: Answers letters\nmodel: script/clerk.yaml\nsystem: You answer letters.\n"
WITHOUT_ANSWERS = AGENT.replace("model: script/clerk.yaml\n", "")


def write(page, text):
    """Puts a text into the editor as somebody would who pastes it."""
    page.evaluate("text => document.getElementById('document').signalboxEditor.setValue(text)", text)


def text_of(page):
    return page.evaluate("document.getElementById('document').signalboxEditor.getValue()")


def forgive(complaints, status):
    """A refusal that the test has provoked is also in the console."""
    expected = [complaint for complaint in complaints if f"status of {status}" in complaint]
    assert expected, complaints
    for complaint in expected:
        complaints.remove(complaint)


def save(server, text, **members):
    return server.request("/api/plans", {"text": text, **members})


def test_a_plan_is_written_with_a_mistake_mended_and_published_as_an_app(page, start_server, complaints):
    server = start_server()
    page.goto(f"{server.address}/plans")
    expect(page.get_by_role("heading", name="No plans yet")).to_be_visible()
    page.get_by_role("link", name="Write one").click()
    page.wait_for_url("**/plans/new")
    expect(page.locator("#verdict")).to_contain_text("No mistakes")

    # A name that is not there: told while it is typed, marked in the text, with its place and what to do.
    write(page, PLAN.replace("inputs.who", "inputs.whom"))
    finding = page.locator("#verdict .findings li")
    expect(finding).to_have_count(1)
    expect(finding).to_contain_text("plan.yaml:7:")
    expect(finding).to_contain_text("whom")
    expect(page.locator(".CodeMirror .mistake")).to_be_visible()
    expect(page.locator(".CodeMirror .mistaken")).to_be_visible()
    finding.locator("a").click()
    assert page.evaluate("document.getElementById('document').signalboxEditor.getCursor().line") == 6
    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name="Save", exact=True).click()
    assert server.request("/api/plans")["total"] == 0
    assert "inputs.whom" in text_of(page)

    write(page, PLAN)
    expect(page.locator("#verdict")).to_contain_text("No mistakes")
    expect(page.locator(".CodeMirror .mistake")).to_have_count(0)
    expect(page.locator("#drawing svg.flow")).to_contain_text("greet")
    page.get_by_label("What is new").fill("The first one")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/plans/letters/edit")
    forgive(complaints, 422)
    [version] = server.request("/api/plans/letters/versions")["versions"]
    assert version["note"] == "The first one"

    page.goto(f"{server.address}/plans/letters")
    expect(page.locator(".task-head")).to_contain_text("Draft")
    page.get_by_role("link", name="Publish as an app").click()
    page.get_by_label("Name").fill("letter")
    page.get_by_label("What to fill in").fill("Who gets it")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/plans/letters")
    expect(page.locator(".task-head .standing")).to_have_text("App")
    app = server.request("/api/apps/letter")
    assert app["parameters"][0]["description"] == "Who gets it" and app["parameters"][0]["required"]
    run = server.request("/api/apps/letter/runs", {"parameters": {"who": "Ada"}})
    assert server.wait_for(run["number"], "completed")["outputs"] == {"letter": "Hello, Ada"}


def test_mistakes_in_an_app_stand_where_they_were_made(page, start_server, complaints):
    server = start_server()
    save(server, PLAN.replace("description: Whom it greets", "default: 3, type: integer").replace("type: string, ", ""))
    page.goto(f"{server.address}/plans/letters/app")
    page.get_by_label("Filled in already").fill("three")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".parameter .field.wrong")).to_contain_text("must be a number")
    expect(page.get_by_label("Filled in already")).to_have_value("three")
    expect(page.get_by_label("Filled in already")).to_be_focused()
    for typed, said in [("", "Fill this in."), ("has space", "cannot be the name of an app. A name starts with a letter")]:
        page.get_by_label("Name").fill(typed)
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.locator("#app-name-problem, .field.wrong .problem").first).to_contain_text(said)
        expect(page.get_by_label("Name")).to_be_focused()
    forgive(complaints, 422)


def test_the_form_of_an_app_asks_what_its_kinds_of_fields_need(page, start_server, complaints):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/app")
    kind, choices = page.get_by_label("Kind of field"), page.get_by_label("Values to choose from")
    standard = page.get_by_label("Filled in already")
    expect(choices).to_be_hidden()
    kind.select_option("choice")
    choices.fill("Ada\nEve")
    kind.select_option("text")
    expect(choices).to_be_hidden()
    # What is wrong is in sight.
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(choices).to_have_value("Ada\nEve")
    expect(page.locator(".field-choices .wrong")).to_be_visible()
    kind.select_option("file")
    expect(standard).to_be_hidden()
    forgive(complaints, 422)


def test_somebody_else_saved_meanwhile_and_nothing_is_lost(page, start_server, complaints):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit?step=greet")
    assert page.evaluate("document.getElementById('document').signalboxEditor.getCursor().line") == 5
    save(server, PLAN.replace("Writes a letter", "Writes letters"), author="jana")
    write(page, PLAN.replace("Hello", "Good morning"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#verdict")).to_contain_text("Somebody has saved another version meanwhile")
    assert "Good morning" in text_of(page)
    assert server.request("/api/plans/letters/versions")["total"] == 2
    forgive(complaints, 412)
    page.get_by_role("button", name="Save mine as the latest").click()
    expect(page.locator("#toast")).to_contain_text("Saved as version")
    expect(page.locator("#unsaved")).to_be_hidden()
    assert "Good morning" in server.request("/api/plans/letters")["text"]
    # It goes on from there.
    write(page, PLAN.replace("Hello", "Good evening"))
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit")):
        page.keyboard.press("Control+s")
    expect(page.locator("#unsaved")).to_be_hidden()
    assert server.request("/api/plans/letters/versions")["total"] == 4


def test_leaving_unsaved_changes_asks(page, start_server):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".CodeMirror").click()
    page.keyboard.type("#")
    expect(page.locator("#unsaved")).to_be_visible()
    with page.expect_event("dialog"):
        page.get_by_role("link", name="letters").click()
    expect(page.locator("#unsaved")).to_be_visible()
    assert asked == ["beforeunload"]
    page.keyboard.press("Escape")
    # Taken back, there is nothing to lose.
    write(page, PLAN)
    expect(page.locator("#unsaved")).to_be_hidden()
    page.get_by_role("link", name="letters").click()
    page.wait_for_url("**/plans/letters")
    assert asked == ["beforeunload"]


def test_versions_are_compared_published_and_archived(page, start_server):
    server = start_server()
    save(server, PLAN, author="ada", note="The first")
    save(server, PLAN.replace("Hello", "Good morning"), author="ben", note="Friendlier")
    page.goto(f"{server.address}/plans/letters")
    expect(page.locator(".versions li")).to_have_count(2)
    expect(page.locator(".versions li").first).to_contain_text("Friendlier")
    page.get_by_role("button", name="Compare the marked two").click()
    page.wait_for_url("**/plans/letters/diff?**")
    expect(page.locator(".difference del")).to_have_text("Hello")
    expect(page.locator(".difference ins")).to_have_text("Good morning")

    page.goto(f"{server.address}/plans/letters")
    page.locator(".versions li").nth(1).get_by_role("link").click()
    page.wait_for_url("**/plans/letters?version=*")
    expect(page.locator(".notice")).to_contain_text("not the latest")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("Published")
    expect(page.locator(".task-head .standing")).to_have_text("Published")
    page.get_by_role("button", name="Archive").click()
    expect(page.locator(".task-head .standing")).to_have_text("Archived")
    page.goto(f"{server.address}/plans")
    expect(page.get_by_role("heading", name="No plan fits")).to_be_visible()
    page.get_by_role("link", name="Archived 1").click()
    page.locator("[data-row] .cover").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".task-head .standing")).to_have_text("Published")


def test_publishing_and_unpublishing_are_taken_back(page, start_server):
    server = start_server()
    first = save(server, PLAN)["hash"]
    second = save(server, PLAN.replace("Hello", "Good morning"))["hash"]
    page.goto(f"{server.address}/plans/letters")
    toast, standing = page.locator("#toast"), page.locator(".task-head .standing")

    def undo(saying, text):
        toast.locator(".toast", has_text=saying).get_by_role("button", name="Undo").click()
        expect(standing).to_have_text(text)

    page.get_by_role("button", name="Publish", exact=True).click()
    expect(standing).to_have_text("Published")
    undo("Published", "Draft")
    page.goto(f"{server.address}/plans/letters?version={first}")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(standing).to_have_text("Published")
    # From one version to another, and back.
    page.goto(f"{server.address}/plans/letters?version={second}")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(toast).to_contain_text(f"Published {second[:8]}")
    undo("Published", "Published")
    expect(toast).to_contain_text(f"Published {first[:8]}")
    page.goto(f"{server.address}/plans/letters?version={first}")
    page.get_by_role("button", name="Unpublish").click()
    expect(standing).to_have_text("Draft")
    undo("Unpublished", "Published")


def test_an_app_that_was_archived_comes_back(page, start_server):
    server = start_server()
    save(server, PLAN)
    server.request("/api/apps", {"name": "letter", "plan": "letters"})
    page.goto(f"{server.address}/plans/letters")
    page.get_by_role("button", name="Archive the app letter").click()
    expect(page.get_by_role("button", name="Restore the app letter")).to_be_visible()
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Archive the app letter")).to_be_visible()


def test_plans_are_found_by_what_is_typed(page, start_server):
    server = start_server()
    save(server, PLAN)
    save(server, PLAN.replace("letters", "invoices"))
    page.goto(f"{server.address}/plans")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.type("invo")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row]")).to_contain_text("invoices")


def test_without_scripts_a_plan_is_checked_and_saved_by_plain_forms(browser, start_server):
    server = start_server()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{server.address}/plans/new")
        page.locator("#document-text").fill(PLAN.replace("inputs.who", "inputs.whom"))
        page.get_by_role("button", name="Validate").click()
        expect(page.locator("#verdict")).to_contain_text("1 mistake")
        expect(page.locator("#document-text")).to_have_value(PLAN.replace("inputs.who", "inputs.whom"))
        page.locator("#document-text").fill(PLAN)
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url("**/plans/letters")
        # The ends of lines are those of the file, whatever a form makes of them.
        assert server.request("/api/plans/letters")["text"] == PLAN
    finally:
        context.close()


def test_the_files_of_a_plan_are_kept_and_edited(page, start_server):
    server = start_server()
    files = {"say.py": "print('one')\n", "large.txt": "x" * 300_000}
    plan = PLAN.replace(
        "outputs:", "  say:\n    command: [cat, plan/say.py, plan/large.txt]\n    files: [say.py, large.txt]\noutputs:")
    save(server, plan, files=files)
    page.goto(f"{server.address}/plans/letters/edit")
    page.get_by_text("Files that it brings along").click()
    page.locator('[name="contents"]').first.fill("print('two')\n")
    page.keyboard.press("Control+s")
    expect(page.locator("#toast")).to_contain_text("Saved as version")
    saved = server.request("/api/plans/letters")
    assert saved["text"] == plan
    assert saved["files"] == {**files, "say.py": "print('two')\n"}


def test_an_agent_is_written_archived_and_forgets(page, start_server):
    server = start_server()
    page.goto(f"{server.address}/agents/new")
    write(page, WITHOUT_ANSWERS)
    expect(page.locator("#verdict")).to_contain_text("No mistakes")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/agents/clerk/edit")
    save(server, PLAN.replace("steps:", "agents:\n  clerk: {library: clerk}\nsteps:"))
    page.goto(f"{server.address}/agents")
    row = page.locator("[data-row]")
    expect(row).to_contain_text("Answers letters")
    expect(row).to_contain_text("letters")
    row.locator(".cover").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.locator(".task-head .standing")).to_have_text("Archived")
    page.goto(f"{server.address}/agents?state=archived")
    expect(page.locator("[data-row]")).to_contain_text("clerk")
    page.goto(f"{server.address}/agents/clerk")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".task-head .standing")).to_have_count(0)
    assert [agent["name"] for agent in server.request("/api/agents")["agents"]] == ["clerk"]


def test_many_versions_of_an_agent_are_paged(page, start_server):
    server = start_server()
    for number in range(23):
        server.request("/api/agents", {"text": WITHOUT_ANSWERS.replace("answer letters", f"answer {number} letters")})
    page.goto(f"{server.address}/agents/clerk")
    expect(page.locator(".versions li")).to_have_count(20)
    expect(page.locator("#versions-heading .number")).to_have_text("23")
    expect(page.locator(".versions .label")).to_have_text(["latest"])
    page.get_by_role("navigation", name="Pages of versions").get_by_role("link", name="Next").click()
    expect(page.locator(".versions li")).to_have_count(3)
    expect(page.locator(".versions .label")).to_have_count(0)
    # The two that stand first here are marked.
    page.get_by_role("button", name="Compare the marked two").click()
    page.wait_for_url("**/agents/clerk/diff?*")


def test_what_an_agent_does_not_keep_cannot_be_forgotten(start_server, binary):
    server = start_server()

    def ask(method, path, accept="text/html", **headers):
        request = urllib.request.Request(
            server.address + path, b"entry=x" if method == "POST" else None, {"Accept": accept, **headers}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode() + refusal.headers.get("HX-Trigger", "")

    sentence = 'The agent "nobody" keeps nothing as "x".'
    status, problem = ask("DELETE", "/api/agents/nobody/memory/x", "application/json")
    assert status == 404 and json.loads(problem)["detail"] == sentence and "lists what it keeps" in json.loads(problem)["hint"]
    for method, path in [("GET", "/agents/nobody/memory/forget?entry=x"), ("POST", "/agents/nobody/memory/forget")]:
        status, text = ask(method, path)
        assert status == 404 and html.escape(sentence) in text and "Delete this from its memory?" not in text, (method, text)
        status, text = ask(method, path, **{"HX-Request": "true"})
        assert status == 409 and "keeps nothing as" in text, (method, text)
    done = subprocess.run([binary, "agents", "memory", "nobody", "--delete", "x", "--server", server.address],
                          capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2 and sentence in done.stderr and "hint:" in done.stderr


@pytest.mark.parametrize("path", ["/plans", "/plans/new", "/agents", "/settings", "/settings/secrets",
                                  "/settings/providers", "/settings/mcp", "/settings/prices"])
def test_narrow_windows_scroll_in_one_direction_only(page, start_server, path):
    server = start_server()
    save(server, PLAN, note="A rather long note about what is new in this version of the plan, and why")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_exported_can_be_imported(page, start_server, tmp_path):
    server = start_server()
    files = {"programs/say.py": "print('one')\n"}
    plan = PLAN.replace("outputs:", "  say:\n    command: [cat, plan/programs/say.py]\n    files: [programs/say.py]\noutputs:")
    save(server, plan, files=files)
    page.goto(f"{server.address}/plans/letters")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert json.loads(kept.read_text())["files"] == files
    kept.write_text(kept.read_text().replace("name: letters", "name: copies"))
    page.goto(f"{server.address}/plans/new")
    page.locator("#import-files").set_input_files(kept)
    # What new plans begin with has no mistakes either.
    page.wait_for_function("() => document.getElementById('document').signalboxEditor.getValue().includes('name: copies')")
    expect(page.locator("#verdict")).to_contain_text("No mistakes")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/plans/copies/edit")
    assert server.request("/api/plans/copies")["files"] == files
