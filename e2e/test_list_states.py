"""The list of tasks when it is empty, fits nothing, cannot be loaded, has no scripts or little room."""

import re

import pytest
from playwright.sync_api import expect
from test_list_page import FAILING, HOLDING, RETRYING
from test_list_page import house  # noqa: F401

pytestmark = pytest.mark.usefixtures("open_commands")


def test_the_way_back_keeps_the_filters(house, page):
    number = house.add(FAILING, "failed", tags=["x"])
    house.open("/tasks?tag=x&sort=name")
    page.locator(f"#task-{number} .cover").click()
    page.wait_for_url(f"**/tasks/{number}")
    page.locator(".back a").first.click()
    page.wait_for_url("**/tasks?tag=x&sort=name")


def test_empty_unfitting_and_failed_look_different(house, page, complaints):
    house.open()
    expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    number = house.done(tags=["x"])[0]
    house.open("/tasks?tag=x&search=zebra")
    expect(page.get_by_role("heading", name="0 of 1 match")).to_be_visible()
    page.get_by_role("link", name="Without Search: “zebra”").click()
    house.shows(number)
    page.goto(house.server.address + "/tasks?status=complete&search=kept")
    expect(page.get_by_role("heading", name="The list could not be loaded")).to_be_visible()
    expect(page.locator(".broken")).to_contain_text("There is no status \"complete\".")
    expect(page.locator("#search")).to_have_value("kept")
    page.locator(".broken").get_by_role("link", name="Clear all filters").click()
    house.shows(number)
    complaints[:] = [text for text in complaints if "422" not in text]


def test_a_server_that_is_gone_is_told_of_where_one_looks(house, page, complaints):
    number = house.done()[0]
    house.open()
    house.server.stop()
    page.locator("#search").fill("november")
    expect(page.locator("#list-problem")).to_contain_text("The list could not be loaded")
    # What was there and what was typed stay.
    house.shows(number)
    expect(page.locator("#search")).to_have_value("november")
    # It would go on to complain.
    page.goto("about:blank")
    complaints.clear()


def test_an_answer_that_is_no_page_of_ours_leaves_the_list_as_it_was(house, page, complaints):
    number = house.done()[0]
    house.open()
    page.route("**/tasks?sort=name", lambda route: route.fulfill(status=502, body="Bad gateway", content_type="text/html"))
    page.get_by_role("columnheader", name="Task", exact=True).get_by_role("link").click()
    expect(page.locator("#list-problem")).to_contain_text("The list could not be loaded: the answer was 502.")
    house.shows(number)
    assert house.query() == {}
    page.unroute("**/tasks?sort=name")
    page.locator("#list-problem").get_by_role("link", name="Try again").click()
    page.wait_for_url("**/tasks?sort=name")
    expect(page.locator("#list-problem")).to_be_hidden()
    complaints[:] = [text for text in complaints if "502" not in text]


def test_what_does_not_fit_in_a_row_is_told_on_hover(house, page):
    name = "Reconcile the bank statement with the ledger of every subsidiary"
    waiting = house.add(RETRYING, "waiting", name=name)
    done = house.done()[0]
    house.open()
    row = page.locator(f"#task-{waiting}")
    expect(row.locator(".cover .name")).to_have_attribute("title", name)
    expect(row.locator(".reason").first).to_contain_text("Runs again ")
    expect(row.locator(".reason").first).to_contain_text("Run 1 failed (tool error)")
    assert not re.search(r"\dT\d", row.locator(".reason").first.get_attribute("title"))
    expect(row.locator(".column-trigger")).to_have_text("API")
    # What it has waited counts by the clock and not as its duration.
    clock = row.locator(".column-duration [title]")
    expect(clock).to_have_attribute("title", re.compile(r"\ds by the clock$"))
    expect(page.locator(f"#task-{done} .column-duration [title]")).to_have_attribute("title", re.compile("s by the clock$"))
    # What tells something on hover still opens the row.
    row.locator(".cover .name").click()
    page.wait_for_url(f"**/tasks/{waiting}")


@pytest.mark.parametrize("width", [390, 1280])
def test_filters_that_are_set_stand_clear_of_what_is_above(house, page, width):
    house.done(tags=["x"])
    page.set_viewport_size({"width": width, "height": 800})
    house.open("/tasks?tag=x")
    toolbar, chips = page.locator(".toolbar").bounding_box(), page.locator(".list-chips").bounding_box()
    assert chips["y"] - (toolbar["y"] + toolbar["height"]) >= 8


def test_the_list_works_without_scripts(house, browser):
    numbers = house.done(2, tags=["a"])
    house.add(FAILING, "failed")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.server.address + "/tasks")
    page.locator("#filter-menu > summary").click()
    page.get_by_label("Tag").select_option("a")
    page.get_by_role("button", name="Apply").click()
    assert page.url.endswith("/tasks?tag=a")
    assert page.locator("#live [data-row]").count() == 2
    page.get_by_role("columnheader", name="Task", exact=True).get_by_role("link").click()
    assert page.url.endswith("/tasks?tag=a&sort=name")
    page.locator(f"#task-{numbers[0]} .pick input").check()
    page.locator("#bulk").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Delete 1 task?")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    assert page.url.endswith("/tasks?tag=a&sort=name")
    assert page.locator("#live [data-row]").count() == 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 760, 1000, 1280, 1680])
def test_nothing_is_wider_than_the_window(house, page, width, scheme):
    house.done(name="N" * 80, tags=["t" * 40])
    house.add(HOLDING, "running", name="W" * 80)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in ("/tasks", "/tasks?layout=groups&open=1,2", f"/tasks?tag={'t' * 40}&search={'N' * 80}&started=shown",
                 "/tasks?search=" + "x" * 200):
        house.open(path)
        for box in page.locator("#live .pick input").all():
            box.check()
        for menu in ("#filter-menu", "#views-menu"):
            page.locator(f"{menu} > summary").click()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, menu)
            edges = page.locator(f"{menu} .sheet").bounding_box()
            assert edges["x"] >= 0 and edges["x"] + edges["width"] <= width, (path, menu, edges)
            page.keyboard.press("Escape")


def test_figures_change_without_moving_anything(house, page):
    held = house.add(HOLDING, "running")
    house.done(5)
    house.open()
    before = page.evaluate("""() => {
        window.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
          .observe({ type: "layout-shift", buffered: true });
        return [...document.querySelectorAll("th")].map((cell) => cell.getBoundingClientRect().x);
    }""")
    house.server.request(f"/api/tasks/{held}/kill", {})
    expect(page.locator(f"#task-{held} .badge")).to_have_text("Failed")
    after = page.evaluate("[...document.querySelectorAll('th')].map((cell) => cell.getBoundingClientRect().x)")
    assert before == after
    assert page.evaluate("window.shift") < 0.02
