"""A task opens beside the list on wide windows, and has the window to itself on others."""

import re

import pytest
from playwright.sync_api import expect

DONE = "name: invoices\nsteps:\n  load: {set: {month: M11}}\n  report: {needs: [load], set: {text: done}}\n"
WAITING = "name: reminder\nsteps:\n  hold: {wait: 3h}\n"


@pytest.fixture
def house(start_server, page):
    """A server with two finished tasks, and their list in a wide window."""
    server = start_server()
    for _ in range(2):
        server.wait_for(server.submit(DONE)["number"], "completed")
    page.set_viewport_size({"width": 1680, "height": 900})
    page.goto(f"{server.address}/tasks?plan=invoices")
    expect(page.locator("#connection")).to_have_text("Live")
    return server


def inside(page):
    return page.frame_locator("#panel iframe")


def test_a_task_opens_beside_the_list_and_goes_again(house, page):
    page.click("#task-1 .cover")
    expect(page).to_have_url(f"{house.address}/tasks/1")
    expect(inside(page).locator("h1")).to_contain_text("invoices")
    expect(inside(page).locator(".top")).to_be_hidden()
    expect(page.locator("#task-1")).to_have_attribute("data-shown", "")
    page.click("#task-2 .cover")
    expect(page).to_have_url(f"{house.address}/tasks/2")
    expect(inside(page).locator("h1 .ordinal")).to_have_text("#2")
    page.go_back()
    expect(page).to_have_url(f"{house.address}/tasks?plan=invoices")
    expect(page.locator("#panel")).to_be_hidden()
    page.go_forward()
    expect(inside(page).locator("h1 .ordinal")).to_have_text("#2")


def test_escape_closes_it_from_both_sides(house, page):
    page.focus("#task-2 .cover")
    page.keyboard.press("Enter")
    expect(inside(page).locator("h1 .ordinal")).to_have_text("#2")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page).to_have_url(f"{house.address}/tasks?plan=invoices")
    page.click("#task-1 .cover")
    inside(page).locator("h1").click()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_the_focus_comes_back_to_the_row(house, page):
    page.focus("#task-2 .cover")
    page.keyboard.press("Enter")
    expect(inside(page).locator("h1 .ordinal")).to_have_text("#2")
    page.evaluate("document.addEventListener('htmx:after:swap', ({ target }) => { window.isBack ||= target === document.body; })")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    # Also when the list has been loaded anew, as for every step back.
    page.wait_for_function("() => window.isBack")
    expect(page.locator("#task-2 .cover")).to_be_focused()


def test_list_and_panel_both_stay_live(house, page):
    number = house.submit(WAITING.replace("reminder", "invoices"))["number"]
    page.click(f"#task-{number} .cover")
    expect(inside(page).locator(".task-head .badge").first).to_contain_text("Waiting")
    house.request(f"/api/tasks/{number}/cancel", {})
    expect(inside(page).locator(".task-head .badge").first).to_contain_text("Cancelled")
    expect(page.locator(f"#task-{number} .badge")).to_contain_text("Cancelled")
    expect(page.locator(f"#task-{number}")).to_have_attribute("data-shown", "")


def test_the_address_opens_the_whole_page(house, page):
    page.click("#task-1 .cover")
    expect(inside(page).locator("h1")).to_be_visible()
    page.reload()
    expect(page.locator("#panel")).to_have_count(0)
    expect(page.locator("h1 .ordinal")).to_have_text("#1")
    page.click(".back a")
    expect(page).to_have_url(f"{house.address}/tasks?plan=invoices")


def test_other_places_take_the_whole_window(house, page):
    page.click("#task-1 .cover")
    page.click("#panel a:text('Open as a page')")
    expect(page).to_have_url(f"{house.address}/tasks/1")
    expect(page.locator("#panel")).to_have_count(0)


def test_a_narrow_window_has_no_panel(house, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("#task-1 .cover")
    expect(page).to_have_url(re.compile(r"/tasks/1$"))
    expect(page.locator("#panel")).to_have_count(0)


def test_a_window_that_becomes_narrow_shows_the_task_alone(house, page):
    page.click("#task-1 .cover")
    expect(inside(page).locator("h1")).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 900})
    expect(page.locator("#content h1 .ordinal")).to_have_text("#1")
    expect(page.locator("#panel")).to_have_count(0)
