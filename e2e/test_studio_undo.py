"""What the studio publishes is taken back by the sentence that tells of it, unless something else was published meanwhile."""

import json

import pytest
from playwright.sync_api import expect
from test_studio import PLAN, save, text_of, write

MORNING = PLAN.replace("Hello", "Good morning")


@pytest.fixture
def server(start_server):
    return start_server()


def undo(page, saying):
    page.locator("#toast .toast", has_text=saying).get_by_role("button", name="Undo").click()


def versions(server):
    return {version["hash"]: version for version in server.request("/api/plans/letters/versions")["versions"]}


def standing(server):
    return server.request("/api/plans/letters").get("published")


def test_save_and_publish_is_taken_back_and_the_text_stays(server, page):
    first = save(server, PLAN)["hash"]
    server.request("/api/plans/letters/publish", {"version": first})
    page.goto(f"{server.address}/plans/letters/edit")
    write(page, MORNING)
    page.get_by_role("button", name="Save & publish").click()
    expect(page.locator("#toast")).to_contain_text("Saved and published")
    second = standing(server)
    assert second != first
    # What is typed meanwhile is left alone.
    write(page, MORNING + "# more\n")
    undo(page, "Saved and published")
    expect(page.locator("#toast")).to_contain_text(f"Published {first[:8]} again")
    assert standing(server) == first and second in versions(server)
    assert text_of(page) == MORNING + "# more\n"
    expect(page.locator("#unsaved")).to_be_visible()
    write(page, MORNING)


def test_the_first_publication_leaves_a_draft(server, page):
    page.goto(f"{server.address}/plans/new")
    write(page, PLAN)
    page.get_by_role("button", name="Save & publish").click()
    expect(page.locator("#toast")).to_contain_text("Saved and published")
    assert standing(server) in versions(server)
    undo(page, "Saved and published")
    expect(page.locator("#toast")).to_contain_text("is not published any more")
    assert standing(server) is None and len(versions(server)) == 1


@pytest.mark.parametrize("where", ["editor", "page"])
def test_what_somebody_else_has_published_since_is_left_alone(server, page, complaints, where):
    first = save(server, PLAN)["hash"]
    third = save(server, PLAN.replace("Hello", "Good night"))["hash"]
    if where == "editor":
        page.goto(f"{server.address}/plans/letters/edit")
        write(page, MORNING)
        page.get_by_role("button", name="Save & publish").click()
    else:
        page.goto(f"{server.address}/plans/letters?version={third}")
        page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#toast").get_by_role("button", name="Undo")).to_be_visible()
    server.request("/api/plans/letters/publish", {"version": first})
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#toast .bad")).to_contain_text(f"Nothing was taken back. Version {first[:8]} is published meanwhile.")
    assert standing(server) == first
    complaints[:] = [text for text in complaints if "status of 409" not in text]


def test_a_new_app_is_taken_back(server, page):
    save(server, PLAN)
    page.goto(f"{server.address}/plans/letters/app")
    page.get_by_label("Name").fill("letter")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/plans/letters")
    undo(page, "Published the app letter")
    expect(page.get_by_role("button", name="Restore the app letter")).to_be_visible()
    # It is said once.
    page.reload()
    expect(page.locator("#connection")).to_have_text("Live")
    expect(page.locator("#toast .toast")).to_have_count(0)


def test_a_change_of_an_app_is_taken_back_however_long_it_is(server, page):
    save(server, PLAN)
    long = "Greets whoever is named, and says so at length. " * 20
    names = [f"scan_{number}" for number in range(12)]
    server.request("/api/apps", {"name": "letter", "plan": "letters", "description": "Greets", "parameters": [
        {"name": "who", "type": "text", "default": "Ada"},
        *({"name": name, "type": "file", "description": long[:500]} for name in names)]})
    before = server.request("/api/apps/letter")
    assert len(json.dumps(before)) > 6_500
    page.goto(f"{server.address}/plans/letters/app?app=letter")
    page.get_by_label("Description").fill("Greets everybody")
    page.get_by_role("button", name="Publish the change").click()
    page.wait_for_url("**/plans/letters")
    undo(page, "Published the change of letter")
    expect(page.locator("#toast")).to_contain_text("is as it was before")
    after = server.request("/api/apps/letter")
    assert {**after, "published": 0} == {**before, "published": 0}


def test_a_change_of_an_app_is_taken_back_with_all_that_it_was(server, page, complaints):
    save(server, PLAN.replace("who: {type: string", "who: {type: string, schema: {enum: [Ada, Eve]}"))
    server.request("/api/apps", {"name": "letter", "plan": "letters", "description": "Greets", "parameters": [
        {"name": "who", "type": "choice", "choices": ["Ada", "Eve"], "default": "Eve", "description": "Whom"},
        {"name": "scan", "type": "file"}]})
    before = server.request("/api/apps/letter")
    save(server, MORNING)

    def change(description):
        page.goto(f"{server.address}/plans/letters/app?app=letter")
        page.get_by_label("Description").fill(description)
        page.get_by_role("button", name="Publish the change").click()
        page.wait_for_url("**/plans/letters")
        expect(page.locator("#toast")).to_contain_text("Published the change of letter")

    change("Greets everybody")
    assert server.request("/api/apps/letter")["description"] == "Greets everybody"
    undo(page, "Published the change")
    expect(page.locator("#toast")).to_contain_text("is as it was before")
    after = server.request("/api/apps/letter")
    assert {**after, "published": 0} == {**before, "published": 0}

    change("Greets some")
    server.request("/api/apps", {"name": "letter", "plan": "letters", "description": "By somebody else"})
    undo(page, "Published the change")
    expect(page.locator("#toast .bad")).to_contain_text("somebody has changed the app letter meanwhile")
    assert server.request("/api/apps/letter")["description"] == "By somebody else"
    complaints[:] = [text for text in complaints if "status of 409" not in text]
