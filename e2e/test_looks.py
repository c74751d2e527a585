"""Where things stand on the pages: what a person would call broken at a glance, at the widths that people have."""

import pytest
from playwright.sync_api import expect

QUICK = """
name: quick
description: Makes a note of what was said, so that there is something in the list to read over more than a few words
steps: { note: { set: { said: "hello" } } }
"""
# Half a second of work around some seconds of waiting.
PAUSED = """
name: paused
steps:
  first: { command: [sleep, "0.3"] }
  pause: { needs: [first], wait: 4s }
  last: { needs: [pause], command: [sleep, "0.3"] }
"""
PAGES = ["/tasks", "/approvals", "/plans", "/agents", "/playground", "/settings", "/tasks/new", "/tasks/1"]


@pytest.fixture
def server(start_server):
    server = start_server()
    server.wait_for(server.submit(QUICK)["number"], "completed")
    return server


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_lists_of_plans_fill_their_width(server, page):
    server.request("/api/plans", {"text": QUICK})
    page.goto(server.address + "/plans")
    cell, table = box(page, ".library td.what"), box(page, ".library table")
    assert cell["width"] > table["width"] * 0.35
    # A row is as high as its highest cell, and all of them reach to its edges.
    row = box(page, ".library tbody tr")
    assert abs(cell["height"] - row["height"]) <= 1
    button = page.locator(".library tbody .button", has_text="Run").first
    assert button.bounding_box()["height"] < 36


@pytest.mark.parametrize("width", [1280, 1680])
def test_the_header_stands_still_from_page_to_page(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    places = set()
    for path in PAGES:
        page.goto(server.address + path)
        content = page.locator("main").evaluate(
            "main => main.getBoundingClientRect().left + parseFloat(getComputedStyle(main).paddingLeft)")
        places.add((round(box(page, ".brand")["x"]), round(box(page, ".top nav")["x"]), round(content)))
    assert len(places) == 1, places
    assert {brand for brand, _, content in places} == {content for _, _, content in places}


def test_states_are_one_line_on_a_phone(server, page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(server.address + "/plans")
    for link in page.locator(".states a").all():
        assert link.bounding_box()["height"] < 34
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_menu_of_actions_stays_on_a_phone(server, page):
    """It opens beside a single button as well, whatever else can be done to the task."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{server.address}/tasks/1")
    page.locator(".task-actions summary", has_text="More").click()
    sheet = page.locator(".actions-sheet").bounding_box()
    assert sheet["x"] >= 0 and sheet["x"] + sheet["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_fields_of_limits_are_as_high_as_what_they_hold(server, page):
    page.goto(server.address + "/tasks/new")
    page.locator(".limits > summary").first.click()
    fields = page.locator(".limit-fields input")
    expect(fields.first).to_be_visible()
    heights = [field.bounding_box()["height"] for field in fields.all()]
    assert max(heights) - min(heights) < 1 and max(heights) < 40
    tops = [field.bounding_box()["y"] for field in fields.all()][:2]
    assert tops[0] == tops[1]


def test_names_of_steps_are_read_across_on_a_phone(server, page):
    task = server.submit(QUICK.replace("note:", "handle-the-letters:"))
    server.wait_for(task["number"], "completed")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{server.address}/tasks/{task['number']}")
    figures = page.locator(".station-head .figures").first
    # Whatever figures there are.
    figures.evaluate("figures => figures.prepend(...['12,345 tokens', '$0.0138', '3 runs'].map(text => "
                     "Object.assign(document.createElement('span'), {textContent: text})))")
    name = box(page, ".station-head > .name")
    assert name["height"] < 26 and name["width"] > 100
    assert figures.bounding_box()["y"] >= name["y"] + name["height"] - 1


def test_more_models_are_counted_beside_a_long_name(server, page):
    page.goto(server.address + "/tasks")
    page.locator("#task-1 .column-trigger").evaluate(
        "cell => cell.insertAdjacentHTML('beforeend', '<div class=\"reason\"><span class=\"label\">script</span> '"
        " + '<span class=\"model\">clerk-of-the-office.yaml</span> <span class=\"dim\" title=\"a\">+1</span></div>')")
    more, cell = box(page, "#task-1 .column-trigger .dim"), box(page, "#task-1 .column-trigger")
    assert more["x"] + more["width"] <= cell["x"] + cell["width"] - 4
    assert box(page, "#task-1 .column-trigger .model")["width"] > 20


def test_only_what_can_be_done_to_the_selected_is_offered(server, page):
    page.goto(server.address + "/tasks")
    page.locator("#task-1 .pick").click()
    bar = page.locator("#bulk")
    for word in ("Cancel", "Kill", "Retry"):
        expect(bar.get_by_role("button", name=word)).to_be_disabled()
    for word in ("Rerun", "Tag…", "Delete"):
        expect(bar.get_by_role("button", name=word)).to_be_enabled()


def test_a_file_that_is_refused_for_itself_is_not_offered_again(server, page, complaints):
    page.goto(server.address + "/tasks/new")
    page.route("**/api/files?name=*", lambda route: route.fulfill(
        status=422, content_type="application/problem+json", body='{"detail": "A name has no such characters."}'))
    page.set_input_files("[data-files] input[type=file]",
                         [{"name": "a\u202egpj.txt", "mimeType": "text/plain", "buffer": b"x"}])
    row = page.locator(".upload.wrong")
    expect(row.locator(".problem")).to_have_text("A name has no such characters.")
    expect(row.locator(".name")).to_have_text("a<U+202E>gpj.txt")
    expect(row.get_by_role("button", name="Try again")).to_have_count(0)
    expect(row.get_by_role("button", name="Remove a<U+202E>gpj.txt")).to_be_visible()
    complaints[:] = [text for text in complaints if "422" not in text]


def test_waits_do_not_hide_the_work_of_a_waterfall(server, page):
    number = server.submit(PAUSED)["number"]
    server.wait_for(number, "completed")
    page.goto(f"{server.address}/tasks/{number}?part=waterfall")
    width = lambda: box(page, "#wf-step-first .wf-bar")["width"]
    axis = lambda: box(page, ".wf-bars")["width"]
    expect(page.locator(".wf-fold")).to_have_count(1)
    assert width() > axis() * 0.25
    page.get_by_role("link", name="Wall time").click()
    expect(page.locator(".wf-fold")).to_have_count(0)
    assert width() < axis() * 0.2
    page.get_by_role("link", name="Active time").click()
    expect(page.locator(".wf-fold")).to_have_count(1)
