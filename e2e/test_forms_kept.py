"""Forms lose nothing: neither what is typed, nor a task to a broken connection, nor to a second click."""

import concurrent.futures
import re
import threading
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect
from test_composer import LETTER, choose, outputs
from test_fetch import allowed, web  # noqa: F401 - fixtures
from web_files import web_files

FORM = """
name: pay
steps:
  ask:
    approval:
      title: Pay Acme Corp?
      form: { type: object, properties: { amount: { type: integer, maximum: 100 } }, required: [amount] }
"""
READING = """
name: reading
inputs: { scan: { type: string } }
steps: { names: { set: { of: "${{ task.files.map(f, f.name) }}" } } }
outputs: { names: "${{ steps.names.output.of }}" }
"""


@pytest.fixture
def server(start_server):
    server = start_server()
    server.request("/api/plans", {"text": LETTER})
    return server


def total(server):
    return server.request("/api/tasks")["total"]


def lose_the_answer(page, pattern):
    """The server hears the next form, and its answer gets lost."""

    def lose(route):
        if route.request.method != "POST":
            return route.continue_()
        route.fetch(max_redirects=0)
        return route.abort()

    page.route(pattern, lose)


def test_a_start_whose_answer_was_lost_makes_one_task(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    lose_the_answer(page, "**/tasks/new*")
    page.click("text=Start task")
    expect(page.locator(".start-bar .problem")).to_contain_text("the server cannot be reached")
    assert total(server) == 1
    page.unroute("**/tasks/new*")
    complaints.clear()
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Ada"
    assert total(server) == 1 and page.url.endswith("/tasks/1")


def test_other_inputs_and_what_is_started_once_more_are_other_tasks(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    lose_the_answer(page, "**/tasks/new*")
    page.click("text=Start task")
    expect(page.locator(".start-bar .problem")).to_be_visible()
    page.unroute("**/tasks/new*")
    complaints.clear()
    page.get_by_label("to", exact=True).fill("Eve")
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Eve"
    # Back in the form, the same once more is meant as it is said.
    page.go_back()
    page.get_by_label("to", exact=True).fill("Eve")
    page.click("text=Start task")
    assert outputs(server, page)["said"][0] == "Eve"
    assert total(server) == 3


@pytest.mark.parametrize("path", ["/playground/send", "/tasks/1/restart", "/tasks/new?mode=from&from=1"])
def test_the_other_forms_start_once_too(server, page, complaints, path):
    server.request("/api/apps", {"name": "send", "plan": "letter", "parameters": [{"name": "to"}]})
    server.request("/api/tasks", {"plan": "letter", "inputs": {"to": "Ada"}})
    server.wait_for(1, "completed")
    page.goto(server.address + path)
    page.get_by_label("to", exact=True).fill("Eve")
    pattern = server.address + path.split("?")[0] + "*"
    lose_the_answer(page, pattern)
    page.locator("[data-start]").click()
    expect(page.locator(".start-bar .problem")).to_contain_text("the server cannot be reached")
    page.unroute(pattern)
    complaints.clear()
    page.locator("[data-start]").click()
    assert outputs(server, page)["said"][0] == "Eve"
    assert total(server) == 2


@pytest.mark.parametrize("then", [b"another", None], ids=["another file", "no file"])
@pytest.mark.parametrize("path", ["/tasks/new?mode=plan&plan=reading", "/playground/read", "/tasks/1/restart"])
def test_a_url_that_leads_to_something_else_by_then_starts_no_second_task(
    allowed, start_server, page, complaints, path, then  # noqa: F811
):
    server = start_server()
    server.request("/api/plans", {"text": READING.replace("type: string", "type: string, default: none")})
    server.request("/api/apps", {"name": "read", "plan": "reading", "parameters": [
        {"name": "scan", "type": "file", "required": True}]})
    server.request("/api/tasks", {"plan": "reading"})
    server.wait_for(1, "completed")
    files = {"/one.txt": b"one"}
    with web_files(files) as (address, asked):
        page.goto(server.address + path)
        page.get_by_label("Or its URL" if "playground" in path else "Add a URL").fill(address + "/one.txt")
        pattern = server.address + path.split("?")[0] + "*"
        lose_the_answer(page, pattern)
        page.locator("[data-start]").click()
        expect(page.locator(".start-bar .problem")).to_contain_text("the server cannot be reached")
        assert total(server) == 2
        page.unroute(pattern)
        complaints.clear()
        files["/one.txt"] = then
        page.locator("[data-start]").click()
        assert outputs(server, page)["names"] == ["one.txt"]
        assert page.url.endswith("/tasks/2") and total(server) == 2
        assert asked == ["/one.txt"]


@pytest.mark.parametrize("then", [b"another", None], ids=["another file", "no file"])
@pytest.mark.parametrize("path", ["/tasks/new?mode=plan&plan=reading", "/playground/read", "/tasks/1/restart"])
def test_a_form_that_is_sent_twice_at_once_starts_one_task_whatever_its_url_leads_to(
    allowed, start_server, path, then  # noqa: F811
):
    server = start_server()
    server.request("/api/plans", {"text": READING.replace("type: string", "type: string, default: none")})
    server.request("/api/apps", {"name": "read", "plan": "reading", "parameters": [
        {"name": "scan", "type": "file", "required": True}]})
    server.request("/api/tasks", {"plan": "reading"})
    server.wait_for(1, "completed")
    # Both have asked before the first gets its file; the second gets its own when the task is made.
    both_ask, first_is_made = threading.Barrier(2, timeout=20), threading.Event()
    turn = iter([True, False])

    def content():
        is_first = next(turn)
        both_ask.wait()
        if is_first:
            return b"one"
        assert first_is_made.wait(20)
        return then

    def send(address):
        target = "scan" if "playground" in path else None
        url = f"url:/parameters/{target}" if target else "url:/files"
        form = urllib.parse.urlencode({"once": "7", "do": "start", url: address + "/one.txt"})
        with urllib.request.urlopen(server.address + path, form.encode(), timeout=30) as answer:
            if answer.url.endswith("/tasks/2"):
                first_is_made.set()
            return answer.url

    with web_files({"/one.txt": content}) as (address, _), concurrent.futures.ThreadPoolExecutor(2) as both:
        answers = [both.submit(send, address) for _ in range(2)]
        assert [answer.result(60) for answer in answers] == [f"{server.address}/tasks/2"] * 2
    assert total(server) == 2


def test_without_scripts_a_form_that_is_sent_twice_starts_once(server, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.click("text=Start task")
    request = sent.value
    page.wait_for_url(re.compile(r"/tasks/1$"))
    answer = page.request.post(request.url, headers=request.headers, data=request.post_data_buffer, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (303, "/tasks/1")
    assert total(server) == 1
    page.context.close()


def test_what_is_wrong_with_a_field_goes_when_it_is_changed(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("copies").fill("many")
    page.click("text=Start task")
    wrong = page.locator(".field.wrong")
    expect(wrong).to_have_count(2)
    complaints.clear()
    copies = page.get_by_label("copies")
    expect(copies).to_have_attribute("aria-invalid", "true")
    copies.fill("2")
    expect(wrong).to_have_count(1)
    expect(page.locator("#form-field--2finputs-2fcopies-problem")).to_have_count(0)
    assert copies.get_attribute("aria-invalid") is None
    # What explains the field still does.
    assert copies.get_attribute("aria-describedby").endswith("-note")
    page.get_by_label("to", exact=True).fill("Ada")
    expect(wrong).to_have_count(0)


def test_what_is_wrong_with_a_setting_and_a_file_goes_too(server, page, complaints):
    page.goto(server.address + "/settings")
    row = page.locator("#setting-field-turns")
    row.get_by_role("textbox").fill("many")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".problem")).to_be_visible()
    row.get_by_role("textbox").fill("7")
    expect(row.locator(".problem")).to_have_count(0)
    server.request("/api/apps", {"name": "send", "plan": "letter", "parameters": [
        {"name": "to"}, {"name": "enclosure", "type": "file", "required": True}]})
    page.goto(server.address + "/playground/send")
    page.get_by_label("to", exact=True).fill("Ada")
    page.locator("[data-start]").click()
    expect(page.locator(".file-field.wrong > .problem")).to_be_visible()
    choose(page, ("a.txt", b"one"))
    expect(page.locator(".file-field > .problem")).to_have_count(0)
    expect(page.locator(".file-field.wrong")).to_have_count(0)
    complaints.clear()


@pytest.mark.parametrize("way", [["Instructions", "Plan"], ["JSON", "Plan"], ["JSON", "Instructions", "JSON", "Plan"]])
def test_a_box_without_a_tick_stays_without_one(server, page, way):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("to", exact=True).fill("Ada")
    page.get_by_label("urgent").uncheck()
    for mode in way:
        page.click(f".task-parts >> text={mode}")
        expect(page.locator(".task-parts [aria-current]")).to_have_text(mode)
    if page.locator("a", has_text="letter").count():
        page.locator("a", has_text="letter").first.click()
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    expect(page.get_by_label("urgent")).not_to_be_checked()
    page.click("text=Start task")
    assert outputs(server, page)["said"][3] is False


def test_an_app_takes_the_file_of_a_url(web, allowed, start_server, page, complaints):  # noqa: F811
    address, _ = web
    server = start_server()
    server.request("/api/plans", {"text": READING})
    server.request("/api/apps", {"name": "read", "plan": "reading", "parameters": [
        {"name": "scan", "type": "file", "required": True}]})
    page.goto(server.address + "/playground/read")
    field = page.get_by_label("Or its URL")
    field.fill(address + "/a/nowhere.txt")
    field.press("Enter")
    expect(page.locator(".url-field .problem")).to_have_text("127.0.0.1 answered with status 404.")
    complaints[:] = [text for text in complaints if "502" not in text]
    field.fill(address + "/a/one.txt")
    expect(page.locator(".url-field .problem")).to_have_count(0)
    page.get_by_role("button", name="Fetch").click()
    expect(page.locator(".upload .name")).to_have_text(["one.txt"])
    # One file is asked for: another takes its place.
    field.fill(address + "/a/two.txt")
    page.get_by_role("button", name="Fetch").click()
    expect(page.locator(".upload .name")).to_have_text(["two.txt"])
    page.keyboard.press("Control+Enter")
    assert outputs(server, page)["names"] == ["two.txt"]


def test_an_app_takes_the_file_of_a_url_without_scripts(web, allowed, start_server, browser):  # noqa: F811
    server = start_server()
    server.request("/api/plans", {"text": READING})
    server.request("/api/apps", {"name": "read", "plan": "reading", "parameters": [
        {"name": "scan", "type": "file", "required": True}]})
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server.address + "/playground/read")
    page.get_by_label("Or its URL").fill(web[0] + "/a/nowhere.txt")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".url-field .problem")).to_contain_text("status 404")
    page.get_by_label("Or its URL").fill(web[0] + "/a/one.txt")
    page.get_by_role("button", name="Run").click()
    assert outputs(server, page)["names"] == ["one.txt"]
    page.context.close()


def hold(page, pattern):
    """The forms that are sent, answered when the test says so."""
    routes = []
    page.route(pattern, lambda route: routes.append(route) if route.request.method == "POST" else route.continue_())
    return routes


def test_nothing_is_typed_into_a_decision_that_is_on_its_way(server, page, complaints):
    number = server.submit(FORM)["number"]
    server.wait_for(number, "waiting")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator("#connection")).to_have_text("Live")
    amount = page.get_by_label("amount")
    address = re.compile(rf"/approvals/{number}-1$")
    held = hold(page, address)
    amount.fill("500")
    amount.press("Enter")
    expect(amount).to_be_disabled()
    held[0].continue_()
    # What was typed is there again, with what is wrong with it, and goes on from there.
    expect(page.locator(".field.wrong")).to_have_count(1)
    expect(amount).to_be_enabled()
    expect(amount).to_have_value("500")
    expect(amount).to_be_focused()
    complaints.clear()
    page.unroute(address)

    # No answer at all: the field is as it was, with the focus.
    page.route(address, lambda route: route.abort())
    amount.fill("50")
    amount.press("Enter")
    expect(page.locator("#toast")).to_contain_text("the server cannot be reached")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("50")
    complaints.clear()
    page.unroute(address)
    amount.press("Enter")
    server.wait_for(number, "completed")


def test_what_is_typed_while_a_form_is_refused_stays(server, page, complaints):
    page.goto(server.address + "/tasks/new?mode=plan&plan=letter")
    page.get_by_label("copies").fill("many")
    held = hold(page, "**/tasks/new*")
    page.click("text=Start task")
    expect(page.get_by_role("button", name="Starting…")).to_be_visible()
    page.get_by_label("to", exact=True).fill("Ada")
    page.get_by_label("tone").select_option("cool")
    held[0].continue_()
    expect(page.locator("#form-field--2finputs-2fcopies-problem")).to_be_visible()
    expect(page.get_by_label("to", exact=True)).to_have_value("Ada")
    expect(page.get_by_label("tone")).to_have_value("cool")
    # It is no longer missing.
    expect(page.locator(".field.wrong")).to_have_count(1)
    complaints.clear()
