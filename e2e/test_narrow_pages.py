"""Pages in a narrow window: what one came for is in sight, and nothing touches the edge of its card."""

import pytest
from playwright.sync_api import expect

PLAN = "name: narrow\nsteps:\n  a:\n    set: {b: 1}\noutputs: {c: '${{ steps.a.output }}'}\n"


@pytest.fixture
def narrow(page, start_server):
    page.set_viewport_size({"width": 390, "height": 800})
    server = start_server()
    for name in ("First", "Second"):
        server.wait_for(server.submit(PLAN, name=name)["number"], "completed")
    return server


def is_in_sight(page, row):
    return page.evaluate("""row => {
        const place = document.querySelector(`${row} > [aria-current]`).getBoundingClientRect();
        return place.left >= 0 && place.right <= document.documentElement.clientWidth;
    }""", row)


@pytest.mark.parametrize("address, row", [
    ("/settings", ".subnav"), ("/settings/prices", ".subnav"), ("/tasks/1", ".task-parts"), ("/tasks/1?part=costs", ".task-parts")])
def test_the_part_that_is_shown_is_in_sight(narrow, page, address, row):
    page.goto(narrow.address + address)
    expect(page.locator("#connection")).to_have_text("Live")
    assert is_in_sight(page, row)
    # Going there moves the row alone.
    assert page.evaluate("() => [scrollX, scrollY]") == [0, 0]


def test_compared_figures_keep_off_the_edge(narrow, page):
    page.goto(f"{narrow.address}/tasks/2/compare/1")
    card = page.locator(".scroll:has(> .compared-figures)")
    gaps = card.evaluate("""card => [...card.querySelectorAll("tr > :last-child")].map((cell) => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return card.getBoundingClientRect().right + card.scrollWidth - card.clientWidth - words.getBoundingClientRect().right;
    })""")
    assert min(gaps) >= 12, gaps
