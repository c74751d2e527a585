"""What happens while a document is being saved: it goes on being typed, and nothing of that is lost."""

import time

import pytest
from playwright.sync_api import expect
from test_studio import PLAN, WITHOUT_ANSWERS, forgive, save, text_of, write


class Held:
    """Keeps the answers of an address back until they are let go."""

    def __init__(self, page, address):
        self.routes = []
        self.page = page
        page.route(address, self._hold)

    def _hold(self, route):
        if route.request.method == "POST":
            self.routes.append(route)
        else:
            route.continue_()

    def let_go(self):
        """Lets the first one go on that was held."""
        self.wait(1)
        self.routes.pop(0).continue_()

    def wait(self, count):
        deadline = time.monotonic() + 15
        while len(self.routes) < count:
            assert time.monotonic() < deadline, f"{len(self.routes)} of {count} requests came"
            self.page.wait_for_timeout(10)


def versions(server, name):
    return server.request(f"/api/plans/{name}/versions")["total"]


def test_a_second_save_waits_for_the_first_and_sends_what_was_typed_meanwhile(page, start_server):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    held = Held(page, "**/plans/letters/edit")
    note = page.get_by_label("What is new")
    write(page, PLAN + "# A\n")
    note.fill("First")
    page.keyboard.press("Control+s")
    held.wait(1)
    write(page, PLAN + "# B\n")
    note.fill("Second")
    page.keyboard.press("Control+s")
    expect(page.locator("#unsaved")).to_be_visible()
    assert len(held.routes) == 1
    held.let_go()
    held.wait(1)
    # The first answer is there: B is not saved yet, and its note is still in its field.
    expect(page.locator("#unsaved")).to_be_visible()
    expect(note).to_have_value("Second")
    held.let_go()
    expect(page.locator("#unsaved")).to_be_hidden()
    expect(page.locator("#verdict")).to_contain_text("No mistakes")
    expect(note).to_have_value("")
    found = server.request("/api/plans/letters/versions")["versions"]
    assert [version.get("note") for version in found] == ["Second", "First", None]
    assert server.request("/api/plans/letters")["text"] == PLAN + "# B\n"


def test_what_is_typed_while_it_is_saved_is_not_taken_for_saved(page, start_server):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    held = Held(page, "**/plans/letters/edit")
    write(page, PLAN + "# A\n")
    page.keyboard.press("Control+s")
    held.wait(1)
    write(page, PLAN + "# B\n")
    held.let_go()
    expect(page.locator("#toast")).to_contain_text("Saved as version")
    expect(page.locator("#unsaved")).to_be_visible()
    assert text_of(page) == PLAN + "# B\n"


@pytest.mark.parametrize("press", ["Save", "Save & publish"])
def test_the_latest_text_without_a_word_keeps_its_note(page, start_server, press):
    server = start_server()
    save(server, PLAN, author="Ada", note="The first.")
    page.goto(f"{server.address}/plans/letters/edit")
    page.get_by_role("button", name=press, exact=True).click()
    expect(page.locator("#toast")).to_contain_text("as version")
    plan = server.request("/api/plans/letters")
    assert (plan["author"], plan["note"]) == ("Ada", "The first.")
    assert ("published" in plan) == (press == "Save & publish")
    [version] = server.request("/api/plans/letters/versions")["versions"]
    assert [saving.get("note") for saving in version["savings"]] == ["The first."]
    # With a word it is saved again.
    page.get_by_label("What is new").fill("Reviewed.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("What is new")).to_have_value("")
    [version] = server.request("/api/plans/letters/versions")["versions"]
    assert [saving.get("note") for saving in version["savings"]] == ["Reviewed.", "The first."]


def test_an_old_text_without_a_word_keeps_its_note_and_the_history_says_who_saved_it(page, start_server):
    server = start_server()
    first = save(server, PLAN, author="Ada", note="The first.")["hash"]
    save(server, PLAN + "# A\n", author="Zoë", note="The second.")
    page.goto(f"{server.address}/plans/letters/edit?version={first}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("as version")
    plan = server.request("/api/plans/letters")
    assert (plan["hash"], plan["author"], plan["note"]) == (first, "Ada", "The first.")
    version = server.request("/api/plans/letters/versions")["versions"][0]
    assert [saving.get("note") for saving in version["savings"]] == [None, "The first."]
    assert version["savings"][0]["author"] != "Ada" and version["savings"][1]["author"] == "Ada"
    page.goto(f"{server.address}/plans/letters")
    expect(page.locator(".versions li").first).to_contain_text(version["savings"][0]["author"])
    expect(page.locator(".versions li").first.get_by_text("The first.")).to_have_count(1)


def test_a_new_plan_goes_on_being_typed_while_it_is_saved(page, start_server):
    server = start_server()
    page.goto(f"{server.address}/plans/new")
    held = Held(page, "**/plans/new")
    write(page, PLAN)
    page.keyboard.press("Control+s")
    held.wait(1)
    write(page, PLAN + "# more\n")
    held.let_go()
    page.wait_for_url("**/plans/letters/edit")
    expect(page.get_by_role("heading", name="Edit letters")).to_be_visible()
    expect(page).to_have_title("Edit letters · Signalbox")
    expect(page.get_by_text("Begin with")).to_have_count(0)
    expect(page.locator("#unsaved")).to_be_visible()
    assert text_of(page) == PLAN + "# more\n"
    page.keyboard.press("Control+s")
    expect(page.locator("#unsaved")).to_be_hidden()
    assert versions(server, "letters") == 2
    # Checking asks under its own address from now on.
    with page.expect_request("**/plans/letters/check"):
        write(page, PLAN)
    page.keyboard.press("Control+s")
    expect(page.locator("#unsaved")).to_be_hidden()
    page.reload()
    assert text_of(page) == PLAN


def test_an_earlier_version_brings_its_own_large_files_along(page, start_server):
    server = start_server()
    plan = PLAN.replace("outputs:", "  say:\n    command: [cat, plan/run.sh]\n    files: [run.sh]\noutputs:")
    old, new = {"run.sh": "# old\n" * 60_000}, {"run.sh": "# new\n" * 60_000}
    first = save(server, plan, files=old)
    save(server, plan, files=new)
    page.goto(f"{server.address}/plans/letters/edit?version={first['hash']}")
    expect(page.get_by_text("What you save becomes the latest")).to_be_visible()
    expect(page.locator("#editor-version")).to_contain_text(first["hash"][:8])
    page.keyboard.press("Control+s")
    expect(page.locator("#toast")).to_contain_text("Saved as version")
    assert server.request("/api/plans/letters")["files"] == old


@pytest.mark.parametrize("kind, text", [("plan", PLAN.replace("letters", "new", 1)),
                                        ("agent", WITHOUT_ANSWERS.replace("clerk", "new", 1))])
def test_the_address_of_the_editor_is_no_name(page, start_server, complaints, kind, text):
    server = start_server()
    page.goto(f"{server.address}/{kind}s/new")
    write(page, text)
    page.keyboard.press("Control+s")
    expect(page.locator("#verdict")).to_contain_text(f'No {kind} of the library can be called "new"')
    assert text_of(page) == text
    assert server.request(f"/api/{kind}s")["total"] == 0
    forgive(complaints, 422)


def test_text_that_was_just_put_in_is_saved_too(page, start_server):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+End")
    # As an input method does it; the editor reads its field a moment later.
    page.evaluate("""() => {
        document.execCommand("insertText", false, "# 世界");
        document.getElementById("document").requestSubmit();
    }""")
    expect(page.locator("#toast")).to_contain_text("Saved as version")
    expect(page.locator("#unsaved")).to_be_hidden()
    assert server.request("/api/plans/letters")["text"] == PLAN + "# 世界"


def test_what_is_said_in_its_place_is_not_said_twice(page, start_server, complaints):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    save(server, PLAN.replace("Writes a letter", "Writes letters"), author="jana")
    write(page, PLAN + "# mine\n")
    page.keyboard.press("Control+s")
    expect(page.locator("#verdict")).to_contain_text("Somebody has saved another version meanwhile")
    expect(page.locator(".toast")).to_have_count(0)
    forgive(complaints, 412)


def test_a_save_with_mistakes_says_that_it_was_refused(page, start_server, complaints):
    server = start_server()
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/edit")
    write(page, PLAN.replace("inputs.who", "inputs.whom"))
    expect(page.locator("#verdict")).to_contain_text("1 mistake")
    expect(page.locator("#verdict").get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(page.locator("#verdict").get_by_role("alert")).to_have_text("Not saved: it has 1 mistake. What you typed is still here.")
    assert versions(server, "letters") == 1
    forgive(complaints, 422)


def test_an_earlier_version_is_not_unsaved_until_something_is_typed(page, start_server):
    server = start_server()
    first = save(server, PLAN)
    save(server, PLAN + "# later\n")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{server.address}/plans/letters/edit?version={first['hash']}")
    expect(page.get_by_text("What you save becomes the latest")).to_be_visible()
    expect(page.locator("#unsaved")).to_be_hidden()
    page.locator(".CodeMirror").click()
    page.goto(f"{server.address}/plans/letters")
    assert asked == []


def test_who_comes_back_is_told_how_the_text_stands(page, start_server):
    server = start_server()
    save(server, PLAN)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{server.address}/plans/letters/edit")
    page.locator(".CodeMirror").click()
    page.keyboard.type("# x")
    expect(page.locator("#unsaved")).to_be_visible()
    page.get_by_role("link", name="letters").click()
    page.wait_for_url("**/plans/letters")
    page.go_back()
    page.wait_for_function("() => document.getElementById('document')?.signalboxEditor")
    assert page.locator("#unsaved").is_visible() == (text_of(page) != PLAN)


HIDDEN = [
    ("name\u202eeman", ["<U+202E>"]), ("a\u200bb", ["<U+200B>"]), ("a\u2067b\u2069", ["<U+2067>", "<U+2069>"]),
    ("a\u200db", ["<U+200D>"]), ("a\ufe0fb", ["<U+FE0F>"]), ("a\U000e0041b", ["<U+E0041>"]), ("a\U000e0100b", ["<U+E0100>"]),
    # Ordinary where they stand: a family, a key, a heart, a form of an ideograph, Persian.
    ("👩\u200d👧", []), ("1\ufe0f\u20e3", []), ("❤\ufe0f", []), ("葛\U000e0100", []), ("می\u200cخواهم", []), ("Grüße 世界 🚂", []),
]


def test_characters_that_are_not_seen_stand_in_the_editor_by_their_names(page, start_server):
    server = start_server()
    page.goto(f"{server.address}/plans/new")
    text = PLAN + "".join(f"# {text}\n" for text, _ in HIDDEN)
    write(page, text)
    expect(page.locator("#verdict")).to_contain_text("No mistakes")
    named = page.evaluate("""() => [...document.querySelectorAll(".CodeMirror-line")].map((line) =>
        [...line.querySelectorAll(".hidden-character")].map((mark) => mark.textContent))""")
    shown = named[PLAN.count("\n"):][:len(HIDDEN)]
    assert shown == [names for _, names in HIDDEN]
    page.keyboard.press("Control+s")
    page.wait_for_url("**/plans/letters/edit")
    assert server.request("/api/plans/letters")["text"] == text
