"""The list of tasks as people use it: filters, order, pages, named views, many tasks at once, keys."""

import re
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("open_commands")

DONE = """
name: %s
inputs: {month: {type: string, default: M11}}
steps:
  load: {set: {month: "${{ inputs.month }}"}}
  report: {needs: [load], set: {text: done}}
"""
FAILING = """
name: ledger
steps:
  load: {set: {month: "2026-11"}}
  compare: {needs: [load], command: [sh, -c, "echo 'no such file' >&2; exit 2"]}
"""
HOLDING = """
name: archive
steps:
  pack: {command: [sleep, "1000"]}
  send: {needs: [pack], set: {a: 1}}
"""
RETRYING = "name: rates\nsteps: {ask: {command: [sh, -c, 'exit 7'], retry: {max: 5, backoff: 10m}}}\n"
WAITING = "name: reminder\nsteps:\n  hold: {wait: 3h}\n"
ASKING = "name: payments\nsteps:\n  pay: {approval: {title: Pay Acme Corp?}}\n"


class House:
    """A server with some tasks, and the page of their list."""

    def __init__(self, server, page):
        self.server = server
        self.page = page

    def add(self, plan, status, **members):
        number = self.server.submit(plan, **members)["number"]
        self.server.wait_for(number, status)
        return number

    def done(self, count=1, plan="invoices", **members):
        return [self.add(DONE % plan, "completed", **members) for _ in range(count)]

    def open(self, path="/tasks"):
        self.page.goto(self.server.address + path)
        expect(self.page.locator("#connection")).to_have_text("Live")

    def rows(self):
        names = self.page.locator("#live [data-row]").evaluate_all("rows => rows.map((row) => row.id)")
        return [int(name.removeprefix("task-")) for name in names]

    def shows(self, *numbers):
        """Waits until exactly these rows stand there, in this order."""
        ids = [f"task-{number}" for number in numbers]
        self.page.wait_for_function(
            "ids => JSON.stringify([...document.querySelectorAll('#live [data-row]')].map((row) => row.id)) === ids",
            arg=re.sub(r", ", ",", str(ids)).replace("'", '"'))

    def query(self):
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.page.url).query))


@pytest.fixture
def house(start_server, page):
    return House(start_server(), page)


def mark(page):
    page.evaluate("window.isStillTheSame = true")


def is_marked(page):
    return page.evaluate("window.isStillTheSame === true")


def test_filters_stand_in_the_address_and_can_be_taken_back(house, page):
    done = house.done(2, tags=["month-end"])
    failed = house.add(FAILING, "failed", tags=["month-end"])
    house.open()
    house.shows(failed, *reversed(done))
    mark(page)
    page.locator("#filter-menu > summary").click()
    page.get_by_label("Status").select_option(label="Completed (2)")
    house.shows(*reversed(done))
    page.get_by_label("Tag").select_option("month-end")
    expect(page.locator(".list-chip")).to_have_count(2)
    assert house.query() == {"status": "completed", "tag": "month-end"}
    # The menu stays open while one chooses, and closes with Escape.
    expect(page.locator("#filter-menu")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("#filter-menu")).not_to_have_attribute("open", "")
    assert is_marked(page)
    # Whoever gets the address sees the same.
    page.reload()
    house.shows(*reversed(done))
    page.get_by_role("link", name="Remove the filter Status: Completed").click()
    house.shows(failed, *reversed(done))
    page.go_back()
    house.shows(*reversed(done))
    page.get_by_role("link", name="Clear all").click()
    house.shows(failed, *reversed(done))
    assert house.query() == {}


def test_typing_searches_and_what_is_typed_stays(house, page):
    first = house.done(name="Invoices of November")[0]
    second = house.done(name="Minutes of the board")[0]
    house.open()
    house.shows(second, first)
    mark(page)
    page.keyboard.press("/")
    page.keyboard.type("novem")
    house.shows(first)
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("ber")
    expect(page.locator(".list-chip")).to_contain_text("“november”")
    assert page.locator("#search").input_value() == "november"
    assert house.query() == {"search": "november"}
    # A change of some task neither takes the focus nor what is typed.
    third = house.done(name="November again")[0]
    house.shows(third, first)
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    house.shows(third, second, first)
    assert is_marked(page) and house.query() == {}
    # Typing leaves no steps in the history.
    page.keyboard.type("minutes")
    house.shows(second)
    assert page.evaluate("history.length") <= 3


def test_headings_sort_and_pages_keep_filters(house, page):
    numbers = [house.done(name=f"Task {letter}", tags=["many"])[0] for letter in "cab"]
    others = house.done(26, tags=["many"], name="Z")
    house.add(FAILING, "failed")
    house.open("/tasks?tag=many")
    heading = page.get_by_role("columnheader", name="Task", exact=True)
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.wait_for_function("() => document.querySelector('#live .cover .name').textContent === 'Task a'")
    assert house.rows()[:3] == [numbers[1], numbers[2], numbers[0]]
    page.get_by_role("link", name="Next").click()
    house.shows(*others[22:])
    assert house.query() == {"tag": "many", "sort": "name", "page": "2"}
    expect(page.locator(".pager .dim")).to_have_text("26–29 of 29")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert house.query() == {"tag": "many", "sort": "-name"}
    page.get_by_role("link", name="50", exact=True).click()
    expect(page.locator("#live [data-row]")).to_have_count(29)


def test_new_tasks_come_on_top_and_elsewhere_nothing_moves(house, page):
    old = house.done(2)
    house.open()
    house.shows(*reversed(old))
    held = house.add(HOLDING, "running")
    house.shows(held, *reversed(old))
    expect(page.locator(".groups a", has_text="Running")).to_have_text("Running 1")
    house.open("/tasks?sort=created")
    house.shows(*old, held)
    new = house.done(2)
    expect(page.get_by_role("link", name="2 new tasks")).to_be_visible()
    assert house.rows() == [*old, held]
    # What stands there goes on to say how it is.
    house.server.request(f"/api/tasks/{held}/kill", {})
    expect(page.locator(f"#task-{held} .badge")).to_have_text("Failed")
    assert house.rows() == [*old, held]
    page.get_by_role("link", name="2 new tasks").click()
    house.shows(*reversed(new), held, *reversed(old))


def test_a_deleted_task_leaves_the_open_list(house, page):
    first, second, third = house.done(3)
    house.open()
    house.shows(third, second, first)
    mark(page)
    request = urllib.request.Request(f"{house.server.address}/api/tasks/{second}", method="DELETE")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
    house.shows(third, first)
    expect(page.locator(".groups a", has_text="Finished")).to_have_text("Finished 2")
    assert is_marked(page)


def test_a_view_is_saved_opened_and_forgotten(house, page, complaints):
    house.done(1)
    failed = house.add(FAILING, "failed")
    house.open("/tasks?status=failed&sort=name")
    page.locator("#views-menu > summary").click()
    page.get_by_label("Save this list as").fill("What went wrong")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#toast p")).to_have_text("Saved as “What went wrong”")
    expect(page.get_by_role("heading", level=1)).to_have_text("What went wrong")
    assert house.server.request("/api/views")["views"][0]["filters"] == {"status": "failed"}
    house.open("/tasks?status=completed")
    page.locator("#views-menu > summary").click()
    # Another list of the same name is not lost by mistake, and what was typed stays.
    page.get_by_label("Save this list as").fill("What went wrong")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#save-view .problem")).to_have_text("There is a view of this name already.")
    expect(page.get_by_label("Save this list as")).to_have_value("What went wrong")
    page.get_by_role("link", name="What went wrong").click()
    house.shows(failed)
    assert house.query() == {"status": "failed", "sort": "name"}
    page.get_by_role("button", name="Forget the view What went wrong").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tasks")
    assert house.server.request("/api/views")["views"] == []
    complaints[:] = [text for text in complaints if "422" not in text]


def test_many_tasks_are_killed_after_a_question(house, page):
    running = [house.add(HOLDING, "running") for _ in range(2)]
    done = house.done()[0]
    house.open()
    house.shows(done, *reversed(running))
    page.locator("#pick-all").check()
    expect(page.locator("#selected-count")).to_have_text("3 selected")
    page.locator("#bulk").get_by_role("button", name="Kill").click()
    dialog = page.locator("#bulk-dialog")
    expect(dialog).to_contain_text("Kill 2 running tasks?")
    expect(dialog).to_contain_text("Any work in progress will be lost.")
    expect(dialog).to_contain_text("1 other of the selected does not run and is left alone.")
    expect(dialog.get_by_role("button", name="Keep them running")).to_be_focused()
    dialog.get_by_role("button", name="Kill", exact=True).click()
    expect(dialog).not_to_be_visible()
    for number in running:
        expect(page.locator(f"#task-{number} .badge")).to_have_text("Failed")
    expect(page.locator("#bulk")).not_to_be_visible()
    assert house.server.wait_for(done, "completed")


def test_what_is_left_alone_is_said_of_several(house, page):
    running = house.add(HOLDING, "running")
    house.done(2)
    house.open()
    page.locator("#pick-all").check()
    page.locator("#bulk").get_by_role("button", name="Kill").click()
    dialog = page.locator("#bulk-dialog")
    expect(dialog).to_contain_text("2 others of the selected do not run and are left alone.")
    page.keyboard.press("Escape")
    page.locator("#bulk").get_by_role("button", name="Delete").click()
    expect(dialog).to_contain_text("1 other of the selected has not ended and is left alone.")
    page.keyboard.press("Escape")
    assert house.server.wait_for(running, "running")


def test_all_that_fit_are_done_only_as_they_were_seen(house, page, complaints):
    numbers = house.done(3, tags=["old"])
    house.open("/tasks?tag=old")
    page.locator(f"#task-{numbers[0]} .pick").click()
    page.get_by_label("All that fit the filters").check()
    page.locator("#bulk").get_by_role("button", name="Delete").click()
    dialog = page.locator("#bulk-dialog")
    expect(dialog).to_contain_text("Delete 3 tasks?")
    house.done(tags=["old"])
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(dialog.locator(".problem")).to_contain_text("These are not the tasks that you have seen")
    expect(dialog).to_contain_text("Delete 4 tasks?")
    assert house.server.request("/api/tasks?tag=old")["total"] == 4
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    assert house.server.request("/api/tasks")["total"] == 0
    complaints[:] = [text for text in complaints if "422" not in text]


def test_tags_are_changed_and_mistakes_keep_what_was_typed(house, page, complaints):
    number = house.done(tags=["draft"])[0]
    house.open()
    page.locator(f"#task-{number} .pick").click()
    page.get_by_role("button", name="Tag…").click()
    dialog = page.locator("#bulk-dialog")
    # What one types at once goes there.
    expect(dialog.get_by_label("Add")).to_be_focused()
    dialog.get_by_label("Add").fill("x" * 200)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".problem")).to_contain_text("A tag has at most")
    expect(dialog.get_by_label("Add")).to_have_value("x" * 200)
    dialog.get_by_label("Add").fill("month-end, checked")
    dialog.get_by_label("Remove").fill("draft")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#toast p")).to_have_text("Tags changed of 1 task")
    assert house.server.request(f"/api/tasks/{number}")["tags"] == ["month-end", "checked"]
    complaints[:] = [text for text in complaints if "422" not in text]


def test_a_row_is_killed_and_cancelled_where_it_stands(house, page):
    first, second = (house.add(HOLDING, "running") for _ in range(2))
    house.open()
    page.get_by_role("link", name=f"Kill task #{first}").click()
    dialog = page.locator("#kill-dialog")
    expect(dialog).to_contain_text("Kill running task?")
    expect(dialog).to_contain_text(f"#{first}")
    dialog.get_by_role("button", name="Kill", exact=True).click()
    expect(page.locator(f"#task-{first} .badge")).to_have_text("Failed")
    page.get_by_role("button", name=f"Cancel task #{second}").click()
    expect(page.locator(f"#task-{second} .badge")).to_have_text("Cancelled")
    expect(page.get_by_role("link", name=f"Kill task #{second}")).to_have_count(0)
    assert urllib.parse.urlsplit(page.url).path == "/tasks"


def test_groups_have_counts_and_cards_unfold_to_steps(house, page):
    asking = house.add(ASKING, "waiting")
    waiting = house.add(WAITING, "waiting")
    done = house.done(7)
    house.open()
    page.get_by_role("link", name="Groups").click()
    headings = page.locator(".group h2")
    expect(headings).to_have_text([re.compile(r"Approval required 1"), re.compile(r"Waiting 1"), re.compile(r"Finished 7")])
    house.shows(asking, waiting, *reversed(done[2:]))
    page.locator(f"#chevron-{asking}").click()
    card = page.locator(f"#task-{asking}")
    expect(card.locator(".stations")).to_contain_text("pay")
    expect(page.locator(f"#chevron-{asking}")).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#chevron-{asking}")).to_be_focused()
    page.get_by_role("navigation", name="Pages of Finished").get_by_role("link", name="Next").click()
    house.shows(asking, waiting, done[1], done[0])
    # It stays unfolded while tasks change groups.
    house.server.request(f"/api/tasks/{waiting}/cancel", {})
    expect(page.locator("#group-cancelled [data-row]")).to_have_count(1)
    expect(card.locator(".stations")).to_be_visible()


def test_works_by_keys_alone(house, page):
    numbers = house.done(3)
    house.open()
    house.shows(*reversed(numbers))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f"#task-{numbers[1]} .cover")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("#selected-count")).to_have_text("2 selected")
    # A change leaves focus and marks where they are.
    new = house.done()[0]
    house.shows(new, *reversed(numbers))
    expect(page.locator(f"#task-{numbers[0]} .cover")).to_be_focused()
    expect(page.locator("#selected-count")).to_have_text("2 selected")
    # One key leads to what can be done to them, however many rows there are, and the palette does it too.
    page.keyboard.press("b")
    expect(page.locator("#bulk button[value=rerun]")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("rerun")
    option = page.locator("#palette-list [role=option]").first
    expect(option).to_have_text("Rerun the selected")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-dialog")).to_contain_text("Rerun 2 tasks?")
    page.keyboard.press("Escape")
    page.locator(f"#task-{numbers[0]} .cover").focus()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{numbers[1]}")
