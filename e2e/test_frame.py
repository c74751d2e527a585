"""What stands around every page: the palette, the keys, what is said and taken back, and how narrow windows hold it."""

import re

import pytest
from playwright.sync_api import expect
from test_decision_page import LETTER
from test_list_page import DONE, WAITING, House

pytestmark = pytest.mark.usefixtures("open_commands")


@pytest.fixture
def house(start_server, page):
    return House(start_server(), page)


def chosen(page):
    return page.locator("#palette-list [aria-selected=true]")


def test_a_number_and_enter_go_to_the_task(house, page):
    numbers = house.done(3)
    house.open("/approvals")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type(f"#{numbers[1]}")
    expect(chosen(page)).to_contain_text(f"#{numbers[1]}")
    expect(field).to_have_attribute("aria-activedescendant", f"palette-task-{numbers[1]}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{numbers[1]}")


def test_enter_waits_for_what_was_typed_last(house, page):
    number = house.done(name="Invoices of November")[0]
    house.done(name="Minutes of the board")
    house.open()
    page.keyboard.press("Control+k")
    page.keyboard.type("november")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{number}")


def test_words_find_tasks_pages_and_what_the_page_offers(house, page):
    number = house.add(WAITING, "waiting", name="Wait for the disk")
    house.open(f"/tasks/{number}")
    page.keyboard.press("Control+k")
    options = page.locator("#palette-list [role=option]")
    expect(options.filter(has_text="Wait for the disk")).to_have_count(1)
    # Before anything is typed, nothing is chosen, so Enter starts nothing.
    expect(chosen(page)).to_have_count(0)
    page.keyboard.type("kil")
    expect(options.first).to_have_text("Kill")
    page.keyboard.press("Enter")
    expect(page.locator("#kill-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Go to…").click()
    page.keyboard.type("approv")
    expect(options.filter(has_text="Approvals").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("Approvals")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approvals")


def test_the_palette_does_what_the_list_offers_and_leads_to_the_keys(house, page):
    house.done()
    house.open("/tasks?status=completed")
    page.keyboard.press("Control+k")
    options = page.locator("#palette-list [role=option]")
    expect(options.filter(has_text="Load the list again")).to_have_count(1)
    # Nothing is selected, so nothing can be done to it.
    expect(options.filter(has_text="the selected")).to_have_count(0)
    page.keyboard.type("groups")
    expect(options.first).to_have_text("Show groups")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "layout=groups" in url and "status=completed" in url)
    page.keyboard.press("Control+k")
    page.keyboard.type("clear all")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "layout=groups" in url and "status" not in url)
    page.keyboard.press("Control+k")
    expect(page.locator(".palette-foot .of-empty")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    # Behind other words it is a letter like any other.
    page.keyboard.press("Control+k")
    page.keyboard.type("why?")
    expect(page.get_by_role("combobox")).to_have_value("why?")
    expect(page.locator(".palette-foot .of-empty")).to_be_hidden()


def test_the_palette_says_when_nothing_fits_and_when_the_server_is_gone(house, page, complaints):
    house.done()
    house.open()
    opener = page.locator("#search")
    opener.focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("zebra")
    status = page.locator("#palette-status")
    expect(status).to_have_text("No task and no page fits “zebra”.")
    expect(page.locator("#palette-list")).to_be_hidden()
    house.server.stop()
    page.keyboard.type("s")
    expect(status).to_have_text("Tasks and pages were not searched: the server cannot be reached.")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(opener).to_be_focused()
    # It would go on to complain.
    page.goto("about:blank")
    complaints.clear()


def test_the_palette_is_a_page_without_scripts(house, browser):
    number = house.done(name="Invoices of November")[0]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.server.address + "/tasks")
    page.get_by_role("link", name="Go to…").click()
    page.get_by_label("Task number").fill("november")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("link", name="Invoices of November").click()
    assert page.url.endswith(f"/tasks/{number}")
    context.close()


def test_the_map_tells_the_keys_of_the_page(house, page):
    house.done()
    house.open()
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    expect(dialog.get_by_role("heading", name="In the list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # Not while one types.
    page.locator("#search").focus()
    page.keyboard.type("?")
    expect(dialog).to_be_hidden()
    expect(page.locator("#search")).to_have_value("?")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/approvals")
    page.keyboard.press("?")
    expect(dialog.get_by_role("heading", name="Requests")).to_be_visible()
    dialog.get_by_label("Keys without Ctrl work in this browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_a_forgotten_view_comes_back(house, page):
    house.done(tags=["x"])
    house.server.request("/api/views/mine", {"filters": {"tag": "x"}, "sort": "name"}, method="PUT")
    house.open()
    page.locator("#views-menu > summary").click()
    page.get_by_role("button", name="Forget the view mine").click()
    toast = page.locator(".toast").filter(has_text="Forgot “mine”")
    expect(toast).to_be_visible()
    expect(page.locator(".named")).to_have_count(0)
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").filter(has_text="“mine” is back")).to_be_visible()
    expect(toast).to_have_count(0)
    assert page.url.endswith("/tasks")
    view = house.server.request("/api/views/mine")
    assert (view["filters"], view["sort"]) == ({"tag": "x"}, "name")


def test_a_sentence_can_be_dismissed(house, page):
    number = house.add(WAITING, "waiting")
    house.open(f"/tasks/{number}")
    page.get_by_role("button", name="Cancel", exact=True).click()
    toast = page.locator(".toast")
    expect(toast).to_have_text("Cancel was asked for")
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)


def test_what_takes_long_shows_a_line(house, page):
    house.done()
    house.open()
    held = []
    page.route("**/tasks?sort=name", lambda route: held.append(route))
    page.evaluate("""() => {
        window.wasBusy = false;
        new MutationObserver(() => { window.wasBusy ||= "busy" in document.documentElement.dataset; })
          .observe(document.documentElement, { attributes: true });
    }""")
    page.get_by_role("columnheader", name="Task", exact=True).get_by_role("link").click()
    page.wait_for_function("() => window.wasBusy")
    held[0].continue_()
    page.wait_for_url("**/tasks?sort=name")
    expect(page.locator("html")).not_to_have_attribute("data-busy", "")


def test_changes_are_told_to_those_who_hear_the_page(house, page):
    number = house.add(WAITING, "waiting", name="Wait for the disk")
    house.open(f"/tasks/{number}")
    expect(page.locator("#news")).to_have_text("")
    asking = house.server.submit(LETTER)["number"]
    house.server.wait_for(asking, "waiting")
    house.server.request(f"/api/tasks/{number}/kill", {})
    expect(page.locator("#news")).to_contain_text("Failed: Wait for the disk")


@pytest.mark.parametrize("width", [360, 390, 760, 1000, 1280])
def test_the_header_holds_all_parts(house, page, width):
    number = house.server.submit(LETTER)["number"]
    house.server.wait_for(number, "waiting")
    page.set_viewport_size({"width": width, "height": 800})
    house.open()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    links = page.locator("nav[aria-label=Main] a")
    assert [re.sub(r"\d+", "", text).strip() for text in links.all_inner_texts()] == [
        "Tasks", "Approvals", "Plans", "Agents", "Playground", "Settings"]
    if width >= 390:
        for link in links.all():
            box = link.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
    boxes = [box.bounding_box() for box in page.locator(".top > *").all()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1:]:
            apart = (one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
                     or one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1)
            assert apart, (one, other)


def test_a_cut_is_shown_within_five_seconds_and_heals(house, page, complaints):
    first = house.done()[0]
    house.open()
    expect(page.locator("#connection")).to_have_text("Live")
    page.context.set_offline(True)
    expect(page.locator("html")).to_have_attribute("data-connection", "lost", timeout=5_000)
    expect(page.locator("#connection")).to_contain_text(re.compile(r"Reconnecting….*since"))
    second = house.add(DONE % "later", "completed")
    page.context.set_offline(False)
    expect(page.locator("html")).to_have_attribute("data-connection", "live", timeout=15_000)
    house.shows(second, first)
    expect(page.locator("#connection")).to_have_text("Live")
    complaints.clear()
