"""The links that lead on in lists of a task that are too long for one page."""

import pytest
from playwright.sync_api import expect

PLAN = """
name: long
steps:
  each:
    for_each: { times: 130 }
    steps:
      note: { set: { mark: "${{ index }}" } }
"""


@pytest.fixture
def task(start_server):
    """The address of a finished task with a long loop."""
    server = start_server()
    number = server.submit(PLAN)["number"]
    server.wait_for(number, "completed")
    return f"{server.address}/tasks/{number}"


def indexes(page, rows):
    """The iterations whose rows are shown, by the names that stand in them."""
    return [int(text.removeprefix("#")) for text in page.locator(rows).all_inner_texts() if text.startswith("#")]


def test_a_loop_is_gone_through_by_keyboard(page, task):
    page.goto(task)
    loop = page.locator("#step-each")
    loop.locator("> details > summary").press("Enter")
    pager = page.get_by_role("navigation", name="Iterations of each")
    rows = "#step-each-parts > .track > li > details > summary > .name"
    expect(pager).to_contain_text("#0–#49 of 130")
    pager.get_by_role("link", name="Next").focus()
    # The same key leads on, until there is nothing more that way; the focus is never lost.
    for first, last, focused in [(50, 99, "Next"), (100, 129, "First"), (0, 49, "Next")]:
        page.keyboard.press("Enter")
        expect(pager).to_contain_text(f"#{first}–#{last} of 130")
        assert indexes(page, rows) == list(range(first, last + 1))
        expect(pager.get_by_role("link", name=focused, exact=True)).to_be_focused()
    for word, first, last in [("Latest", 100, 129), ("Previous", 50, 99), ("First", 0, 49)]:
        pager.get_by_role("link", name=word, exact=True).click()
        expect(pager).to_contain_text(f"#{first}–#{last} of 130")
    expect(loop.locator("> details")).to_have_attribute("open", "")


def test_a_waterfall_goes_on_where_it_stopped(page, task):
    page.goto(f"{task}?part=waterfall&in=each")
    pager = page.get_by_role("navigation", name="Iterations")
    name = ".wf-row .name"
    pages = [indexes(page, name)]
    while pager.get_by_role("link", name="Later iterations").count():
        pager.get_by_role("link", name="Later iterations").click()
        expect(page.locator(name).first).not_to_have_text(f"#{pages[-1][0]}")
        shown = indexes(page, name)
        assert shown[0] == pages[-1][-1] + 1
        pages.append(shown)
    assert [index for shown in pages for index in shown] == list(range(130)) and len(pages) > 1
    pager.get_by_role("link", name="Earlier iterations").click()
    expect(page.locator(name).first).not_to_have_text(f"#{pages[-1][0]}")
    assert indexes(page, name) == pages[-2]


def test_recorded_outputs_come_in_place(page, task):
    page.goto(f"{task}/restart")
    rows, more = page.locator(".recorded > li[id]"), page.get_by_role("link", name="Show more")
    expect(rows).to_have_count(100)
    field = page.get_by_label("Name", exact=True)
    field.fill("another")
    more.click()
    expect(rows).to_have_count(200)
    more.press("Enter")
    expect(rows).to_have_count(261)
    expect(more).to_have_count(0)
    # What was typed meanwhile is still there, and no row came twice.
    expect(field).to_have_value("another")
    ids = rows.evaluate_all("rows => rows.map(row => row.id)")
    assert len(set(ids)) == len(ids)
