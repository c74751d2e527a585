"""What pages say of time, of other tasks and of what was done meanwhile stays true while they are open."""

import re

import pytest
from playwright.sync_api import expect
from test_list_page import ASKING, DONE, FAILING, House

pytestmark = pytest.mark.usefixtures("open_commands")

WORKING = "name: slow\nsteps:\n  load: {set: {a: 1}}\n  work: {needs: [load], command: [sleep, '400']}\n"
ALONE = "name: alone\nconcurrency: {max: 1, key: one}\nsteps:\n  work: {wait: {signal: go, key: '%s'}}\n"
QUEUED = "name: alone\nconcurrency: {max: 1, key: one}\nsteps:\n  work: {command: [sleep, '400']}\n"


@pytest.fixture
def house(start_server, page):
    return House(start_server(), page)


def test_durations_and_ages_do_not_jump_back(house, page):
    number = house.add(WORKING, "running")
    # The clock of the page goes on, and nothing comes from the server meanwhile.
    page.clock.install()
    house.open(f"/tasks/{number}")
    page.clock.fast_forward(60_000)
    since = page.locator("[data-since]").first
    expect(since).to_have_text(re.compile(r"^1m "))
    page.locator("#step-load > details > summary").click()
    expect(page.locator("#step-load .step-contents, #step-load .inside, #step-load .payload").first).to_be_visible()
    expect(since).to_have_text(re.compile(r"^1m "))
    house.open("/tasks")
    page.clock.fast_forward(60_000)
    age = page.locator("[data-row] time[data-show=age]").first
    expect(age).to_have_text(re.compile("min ago$"))
    page.get_by_role("checkbox", name=re.compile(f"{number}")).check()
    page.get_by_role("button", name="Tag").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(age).to_have_text(re.compile("min ago$"))


def test_moments_are_told_in_full_in_the_time_zone_of_the_viewer(browser, start_server):
    server = start_server()
    house = House(server, None)
    number = house.add(DONE % "invoices", "completed")
    context = browser.new_context(timezone_id="Asia/Tokyo", locale="en-GB")
    page = context.new_page()
    page.goto(f"{server.address}/tasks")
    row = page.locator(f"#task-{number}")
    age = row.locator("time[data-show=age]").first
    in_tokyo = page.evaluate("""moment => new Date(moment).toLocaleString("en-GB", {
        timeZone: "Asia/Tokyo", dateStyle: "full", timeStyle: "long" })""", age.get_attribute("datetime"))
    expect(age).to_have_attribute("title", in_tokyo)
    # The row comes anew, with the server's words for the moment.
    server.request(f"/api/tasks/{number}", {"name": "Renamed"}, method="PATCH")
    expect(row).to_contain_text("Renamed")
    expect(age).to_have_attribute("title", in_tokyo)
    context.close()


@pytest.mark.parametrize("part", ["", "?part=timeline"])
def test_a_queue_and_the_count_of_requests_are_those_of_now(house, page, part):
    first, second = (house.add(ALONE % key, status) for key, status in (("a", "waiting"), ("b", "queued")))
    third = house.add(QUEUED, "queued")
    house.open(f"/tasks/{third}{part}")
    place = page.locator(".situation")
    expect(place).to_contain_text(f"Behind #{first} and 1 more")
    house.server.request("/api/signals/go", {"key": "a", "payload": {}})
    expect(place).to_contain_text(f"Behind #{second}")
    expect(place).not_to_contain_text("more")
    count = page.locator("#approvals-count")
    expect(count).to_be_hidden()
    asking = house.add(ASKING, "waiting")
    expect(count).to_have_text("1")
    house.server.request(f"/api/approvals/{asking}-1/decision", {"verdict": "approve"})
    expect(count).to_be_hidden()


def test_back_closes_the_trace_and_forward_opens_it(house, page):
    number = house.add(FAILING, "failed")
    link = page.locator("a[data-trace]").first
    address = f"{house.server.address}/tasks/{number}?step=compare"
    house.open("/tasks")
    page.goto(address)
    link.click()
    dialog = page.locator(".trace-dialog")
    expect(dialog).to_be_visible()
    expect(page).to_have_url(re.compile(r"/trace"))
    page.go_back()
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"step=compare$"))
    page.go_forward()
    expect(dialog).to_be_visible()
    # Escape is the same way back: it leaves no step behind.
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"step=compare$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/tasks$"))
    expect(page.locator("#connection")).to_have_text("Live")


def test_a_page_that_comes_late_leaves_the_trace_open(house, page):
    """One has gone back, and forward again before the page below was loaded anew."""
    number = house.add(FAILING, "failed")
    page.goto(f"{house.server.address}/tasks/{number}?step=compare")
    page.locator("a[data-trace]").first.click()
    dialog = page.locator(".trace-dialog")
    expect(dialog).to_be_visible()
    held = []
    page.route(f"**/tasks/{number}?step=compare", lambda route: held.append(route))
    page.evaluate("document.addEventListener('htmx:after:swap', ({ target }) => { window.isBack ||= target === document.body; })")
    with page.expect_request(f"**/tasks/{number}?step=compare"):
        page.evaluate("history.back()")
    expect(dialog).to_have_count(0)
    page.evaluate("history.forward()")
    expect(dialog).to_be_visible()
    held[0].continue_()
    page.wait_for_function("() => window.isBack")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"step=compare$"))


def test_after_a_reload_back_leads_from_the_trace_to_the_task(house, page):
    number = house.add(FAILING, "failed")
    link, dialog = page.locator("a[data-trace]").first, page.locator(".trace-dialog")
    page.goto(f"{house.server.address}/tasks/{number}?step=compare")
    link.click()
    expect(dialog).to_be_visible()
    page.reload()
    expect(page.locator("main #trace")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"step=compare$"))
    expect(page.locator(".task-head")).to_be_visible(timeout=20_000)
    # A place on the page below is one step on from it.
    link.click()
    dialog.locator("a.name").click()
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"#step-"))


def test_taking_tags_back_leaves_those_of_others(house, page):
    number = house.add(DONE % "invoices", "completed", tags=["old"])

    def tags():
        return sorted(house.server.request(f"/api/tasks/{number}")["tags"])

    def post(**fields):
        page.evaluate(
            """([path, fields]) => fetch(path, { method: "POST", body: new URLSearchParams(fields) })""",
            [f"/tasks/{number}/tags", fields])

    house.open(f"/tasks/{number}")
    page.locator(".tags summary, .tags button, .tags a").filter(has_text=re.compile("Tag|Add")).first.click()
    page.locator("input[name=add]").fill("mine, old")
    page.keyboard.press("Enter")
    toast = page.locator(".toast").filter(has_text="Tagged")
    expect(toast).to_be_visible()
    post(add="theirs")
    assert tags() == ["mine", "old", "theirs"]
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").filter(has_text="taken back")).to_be_visible()
    assert tags() == ["old", "theirs"]


def test_a_request_that_is_gone_is_left_alone(house, page):
    number = house.add(ASKING, "waiting")
    house.open("/approvals")
    answer = page.evaluate(
        """async (id) => {
          const fields = new URLSearchParams([["verdict", "approve"], ["request", id], ["request", "999-1"]]);
          const answer = await fetch("/approvals/together", { method: "POST", body: fields });
          return [answer.status, await answer.text()];
        }""", f"{number}-1")
    assert answer[0] == 200
    left = answer[1].split("These are left alone:")[1]
    assert "999-1" in left and "It is not there any more." in left and f"{number}-1" in answer[1]


@pytest.mark.parametrize("place, opener", [("add-tag", "+ Tag"), ("rename", "Rename")])
def test_what_is_typed_at_once_goes_to_the_field_that_was_asked_for(house, page, place, opener):
    number = house.add(DONE % "invoices", "completed")
    house.open(f"/tasks/{number}")
    # The next key comes before the browser has told anybody that something was opened.
    page.evaluate("""place => {
        document.querySelector(`#${place} > summary`).click();
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true, cancelable: true }));
    }""", place)
    field = page.locator(f"#{place} input[type=text]")
    expect(field).to_be_focused()
    page.keyboard.type("new")
    expect(field).to_have_value("new")
    expect(page).to_have_url(re.compile(f"/tasks/{number}$"))
