"""Files that are given as URLs: on the command line, with a server and without, and in the form that starts tasks."""

import json
import re
import subprocess

import pytest
from playwright.sync_api import expect

from web_files import web_files

PLAN = """
name: reading
steps:
  read: { command: [sh, -c, "cat in/*"], repeatable: true }
outputs:
  names: "${{ task.files.map(f, f.name) }}"
  text: "${{ steps.read.output }}"
"""
FILES = {"/a/one.txt": b"one\n", "/a/two.txt": b"two\n", "/large.txt": 2 << 30}


@pytest.fixture
def web():
    with web_files(FILES) as served:
        yield served


@pytest.fixture
def allowed(monkeypatch):
    monkeypatch.setenv("SIGNALBOX_PRIVATE_HOSTS", "127.0.0.1")


def run(binary, tmp_path, *arguments):
    plan = tmp_path / "reading.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    return subprocess.run(
        [binary, "run", plan, "--json", "--data", tmp_path / "data", *arguments],
        capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("is_served", [False, True], ids=["alone", "through a server"])
def test_run_has_urls_fetched(binary, tmp_path, web, allowed, start_server, is_served):
    address, asked = web
    if is_served:
        start_server()
    (tmp_path / "here.txt").write_text("here\n", encoding="utf-8")
    done = run(
        binary, tmp_path, "--file", tmp_path / "here.txt", "--url", address + "/a/one.txt", "--url", address + "/a/two.txt")
    assert done.returncode == 0, done.stdout + done.stderr
    outputs = json.loads(done.stdout)["outputs"]
    assert outputs == {"names": ["here.txt", "one.txt", "two.txt"], "text": "here\none\ntwo"}
    assert asked == ["/a/one.txt", "/a/two.txt"]


def test_run_says_why_a_url_is_not_fetched(binary, tmp_path, web, monkeypatch):
    address, asked = web
    refused = run(binary, tmp_path, "--url", address + "/a/one.txt")
    assert refused.returncode != 0
    assert "loopback address" in refused.stderr and "private_hosts" in refused.stderr
    assert asked == []

    monkeypatch.setenv("SIGNALBOX_PRIVATE_HOSTS", "127.0.0.0/8")
    assert "answered with status 404" in run(binary, tmp_path, "--url", address + "/nowhere").stderr
    assert "larger than 1073741824 bytes" in run(binary, tmp_path, "--url", address + "/large.txt").stderr
    assert "Connection refused" in run(binary, tmp_path, "--url", "http://127.0.0.1:1/a").stderr
    assert "not a URL" in run(binary, tmp_path, "--url", "words").stderr
    # None of them has become a task.
    listed = subprocess.run(
        [binary, "tasks", "list", "--json", "--data", tmp_path / "data"], capture_output=True, text=True, check=True)
    assert json.loads(listed.stdout)["total"] == 0


def outputs(server, page):
    page.wait_for_url(re.compile(r"/tasks/\d+$"))
    return server.wait_for(int(page.url.rsplit("/", 1)[1]), "completed")["outputs"]


def test_a_url_is_added_in_the_form(web, allowed, start_server, page, complaints):
    address, _ = web
    server = start_server()
    server.request("/api/plans", {"text": PLAN})
    page.goto(server.address + "/tasks/new?mode=plan&plan=reading")
    field = page.get_by_label("Add a URL")
    field.fill(address + "/a/nowhere.txt")
    field.press("Enter")
    problem = page.locator(".url-field .problem")
    expect(problem).to_have_text("127.0.0.1 answered with status 404.")
    complaints[:] = [text for text in complaints if "502" not in text]
    # It is put right where it was typed.
    expect(field).to_have_value(address + "/a/nowhere.txt")
    expect(field).to_be_focused()
    field.fill(address + "/a/one.txt")
    page.get_by_role("button", name="Fetch").click()
    expect(page.locator(".upload .name")).to_have_text(["one.txt"])
    expect(page.locator(".upload .size")).to_have_text(["4 bytes"])
    expect(problem).to_have_count(0)
    expect(field).to_have_value("")
    # What was typed and not fetched yet is fetched before the task is made.
    field.fill(address + "/a/two.txt")
    page.keyboard.press("Control+Enter")
    assert outputs(server, page)["names"] == ["one.txt", "two.txt"]


@pytest.mark.parametrize("mode", ["instructions", "plan&plan=reading", "from&from=1", "json"])
def test_every_mode_takes_urls(web, allowed, start_server, page, mode):
    server = start_server()
    server.request("/api/plans", {"text": PLAN})
    server.submit(PLAN)
    page.goto(f"{server.address}/tasks/new?mode={mode}")
    page.get_by_label("Add a URL").fill(web[0] + "/a/one.txt")
    page.get_by_role("button", name="Fetch").click()
    expect(page.locator(".upload .name")).to_have_text(["one.txt"])


def test_the_form_takes_urls_without_a_script(web, start_server, browser):
    address, asked = web
    server = start_server()
    server.request("/api/plans", {"text": PLAN})
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server.address + "/tasks/new?mode=plan&plan=reading")
    page.get_by_label("Name").fill("Kept")
    page.get_by_label("Add a URL").fill(address + "/a/one.txt")
    page.get_by_role("button", name="Start task").click()
    expect(page.locator(".url-field .problem")).to_contain_text("loopback address")
    expect(page.get_by_label("Add a URL")).to_have_value(address + "/a/one.txt")
    expect(page.get_by_label("Name")).to_have_value("Kept")
    assert asked == [] and server.request("/api/tasks")["total"] == 0
    page.context.close()
