"""Every page says whether the server is there, and how many requests wait for a person, also where nothing else changes."""

import re

import pytest
from playwright.sync_api import expect
from test_list_page import ASKING, DONE, FAILING

pytestmark = pytest.mark.usefixtures("open_commands")

PAGES = [
    "/settings", "/settings/secrets", "/settings/providers", "/settings/prices", "/plans", "/plans/letters", "/plans/new",
    "/plans/letters/edit", "/plans/letters/app", "/agents", "/agents/new", "/playground", "/playground/letter",
    "/tasks/new?mode=plan&plan=letters", "/tasks/new?mode=json", "/tasks/1/restart", "/tasks/1/compare/2", "/tasks/1/rerun",
    "/tasks/3/steps/load/trace", "/approvals/together?verdict=approve", "/palette?q=a", "/api/docs", "/tasks/999", "/nowhere",
]
LETTERS = "name: letters\ninputs: { to: { type: string } }\nsteps:\n  write: { set: { said: \"${{ inputs.to }}\" } }\n"


@pytest.fixture
def server(start_server):
    server = start_server()
    server.request("/api/plans", {"text": LETTERS})
    server.request("/api/apps", {"name": "letter", "plan": "letters"})
    for text, status in [(DONE % "one", "completed"), (DONE % "two", "completed"), (FAILING, "failed")]:
        server.wait_for(server.submit(text)["number"], status)
    return server


@pytest.fixture
def count(page):
    return page.get_by_role("navigation", name="Main").locator("#approvals-count")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_connected_and_counts_what_waits(server, page, count, complaints, path):
    page.goto(server.address + path)
    complaints[:] = [text for text in complaints if not re.search("status of 40[04]", text)]
    expect(page.locator("#connection")).to_have_text("Live")
    expect(count).to_be_hidden()
    server.submit(ASKING)
    expect(count).to_have_text("1")


def test_the_count_follows_what_happens_elsewhere(server, page, count):
    page.goto(server.address + "/settings")
    expect(page.locator("#connection")).to_have_text("Live")
    for number in range(2):
        server.submit(ASKING)
        expect(count).to_have_text(str(number + 1))
    expect(page.locator("#news")).to_have_text("2 requests wait for a person")
    server.request("/api/approvals/4-1/decision", {"verdict": "approve"})
    expect(count).to_have_text("1")
    # In place to another part of the settings, and the stream goes on.
    page.get_by_role("link", name="Secrets").click()
    expect(page.get_by_role("heading", name="Secrets", exact=True)).to_be_visible()
    expect(count).to_have_text("1")
    server.request("/api/approvals/5-1/decision", {"verdict": "approve"})
    expect(count).to_be_hidden()


@pytest.mark.parametrize("path", ["/settings", "/tasks/new?mode=plan&plan=letters", "/nowhere"])
def test_a_server_that_is_gone_is_said_within_five_seconds(server, start_server, page, count, complaints, path):
    page.goto(server.address + path)
    expect(page.locator("#connection")).to_have_text("Live")
    server.stop()
    expect(page.locator("html")).to_have_attribute("data-connection", "lost", timeout=5_000)
    expect(page.locator("#connection")).to_contain_text(re.compile(r"Reconnecting….*since"))
    again = start_server(data=server.data, port=int(server.address.rsplit(":", 1)[1]))
    again.submit(ASKING)
    # Nothing that happened meanwhile is missing.
    expect(page.locator("html")).to_have_attribute("data-connection", "live", timeout=15_000)
    expect(count).to_have_text("1")
    complaints.clear()


def test_what_was_typed_outlives_a_cut(server, page, count, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letters")
    expect(page.locator("#connection")).to_have_text("Live")
    page.get_by_label("to", exact=True).fill("Ada")
    page.context.set_offline(True)
    expect(page.locator("html")).to_have_attribute("data-connection", "lost", timeout=5_000)
    server.submit(ASKING)
    page.context.set_offline(False)
    expect(count).to_have_text("1", timeout=15_000)
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    expect(page.get_by_label("to", exact=True)).to_be_focused()
    complaints.clear()
