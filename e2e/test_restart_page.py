"""Somebody changes what a task was given and restarts it, and holds two tasks against each other, on the page."""

import re
import sqlite3

from playwright.sync_api import expect

CHAIN = """
name: chain
description: Counts what it reads
inputs:
  text: { type: string, default: "one two" }
  factor: { type: integer, default: 2 }
steps:
  read:
    command: [sh, -c, 'sleep 0.05; printf "{\\"text\\": \\"%s\\"}" "$0"', "${{ inputs.text }}"]
    repeatable: true
  count:
    command: [sh, -c, 'echo "$0" | wc -w', "${{ steps.read.output.text }}"]
    repeatable: true
  times:
    set: { result: "${{ int(steps.count.output) * inputs.factor }}", said: "${{ steps.read.output.text }}" }
outputs: { result: "${{ steps.times.output.result }}", said: "${{ steps.times.output.said }}" }
"""


def run(server, **members):
    made = server.request("/api/tasks", {"plan": "chain", **members})
    return server.wait_for(made["number"], "completed")


def start(start_server):
    server = start_server()
    server.request("/api/plans", {"text": CHAIN})
    return server


def ended(server, page):
    page.wait_for_url(re.compile(r"/tasks/\d+$"))
    return server.wait_for(int(page.url.rsplit("/", 1)[1]), "completed")


def test_a_task_is_changed_and_restarted(start_server, page, complaints):
    server = start(start_server)
    run(server, name="Counting", inputs={"factor": 3}, tags=["march"], limits={"duration": "10m"})
    page.goto(server.address + "/tasks/1/restart")
    expect(page.get_by_label("Name")).to_have_value("Counting")
    expect(page.get_by_label("Tags")).to_have_value("march")
    expect(page.get_by_label("factor")).to_have_value("3")
    expect(page.get_by_label("Longest active time")).to_have_value("10m")
    expect(page.get_by_label("Model", exact=True)).to_have_value("")
    expect(page.get_by_label("Model", exact=True)).to_have_attribute("placeholder", re.compile("^Use default"))
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Is taken over 3")

    page.get_by_label("factor").fill("5")
    expect(preview).to_contain_text("Is taken over 2")
    expect(preview.locator("li", has_text="times")).to_contain_text("factor")
    expect(preview).to_contain_text("Saves")

    page.get_by_label("Longest active time").fill("25h")
    page.click("text=Save & restart")
    expect(page.locator(".limits .problem")).to_contain_text("max_duration")
    expect(page.get_by_label("factor")).to_have_value("5")
    complaints.clear()
    page.get_by_label("Longest active time").fill("5m")
    page.click("text=Save & restart")
    task = ended(server, page)
    assert task["outputs"]["result"] == 10
    assert task["rerun_of"]["task"] == 1
    assert server.request("/api/tasks/1")["inputs"]["factor"] == 3
    # Links both ways.
    page.click(".facts >> text=#1")
    expect(page.locator(".facts")).to_contain_text("#2")


def test_the_preview_names_what_cannot_be(start_server, page):
    server = start_server()
    server.request("/api/plans", {"text": CHAIN.replace("default: 2 }", "default: 2, schema: { maximum: 9 } }")})
    run(server)
    page.goto(server.address + "/tasks/1/restart")
    page.get_by_label("factor").fill("12")
    expect(page.locator("#preview .problem")).to_have_text("“factor” must be at most 9, not 12.")


def test_a_recorded_output_is_put_right(start_server, page, complaints):
    server = start(start_server)
    run(server)
    page.goto(server.address + "/tasks/1/restart")
    page.get_by_label("Change the output of read").click()
    field = page.locator("textarea[name='/outputs/read']")
    expect(field).to_have_value(re.compile('"text": "one two"'))
    expect(page.locator("#preview")).to_contain_text("Is taken over 3")
    field.fill('{"text": ')
    expect(page.locator("#preview .problem")).to_contain_text("line", ignore_case=True)
    field.fill('{"text": "a b c d"}')
    expect(page.locator("#preview li.tone-green", has_text="read")).to_contain_text("with your output")
    page.click("text=Save & restart")
    assert ended(server, page)["outputs"] == {"result": 8, "said": "a b c d"}


def test_the_plan_as_it_is_now(start_server, page):
    server = start(start_server)
    run(server)
    server.request("/api/plans", {"text": CHAIN.replace("* inputs.factor", "+ inputs.factor")})
    page.goto(server.address + "/tasks/1/restart")
    page.get_by_text("As it is now").click()
    expect(page.locator("#preview")).to_contain_text("The plan has changed")
    expect(page.locator("#preview .unified ins")).to_contain_text("+ inputs.factor")
    page.click("text=Save & restart")
    assert ended(server, page)["outputs"]["result"] == 4


def test_a_task_that_still_runs_is_not_restarted(start_server, page):
    server = start(start_server)
    server.submit('name: slow\nsteps: { wait: { command: [sleep, "100"] } }\n')
    page.goto(server.address + "/tasks/1/restart")
    expect(page.locator("main")).to_contain_text("Finish, cancel or kill this task first")


def test_a_task_of_a_schedule_says_that_the_schedule_goes_on(start_server, tmp_path, page):
    server = start(start_server)
    run(server)
    server.stop()
    with sqlite3.connect(tmp_path / "data" / "signalbox.db") as database:
        database.execute("UPDATE task SET trigger = 'schedule' WHERE number = 1")
    database.close()
    server = start_server()
    page.goto(server.address + "/tasks/1/restart")
    expect(page.locator(".notice.amber")).to_contain_text("This task was born from a schedule.")
    page.click("text=Save & restart")
    ended(server, page)
    assert server.request("/api/tasks/2")["trigger"] == "user"


def test_tasks_are_compared_word_by_word(start_server, page):
    server = start(start_server)
    run(server, inputs={"text": "pay the bills of march"})
    run(server, inputs={"text": "pay all bills of march"})
    page.goto(server.address + "/tasks/2")
    page.click("text=Compare with the last good one")
    expect(page.locator(".compared-figures thead")).to_contain_text("#1")
    expect(page.locator("#inputs-0 del")).to_have_text("the")
    expect(page.locator("#inputs-0 ins")).to_have_text("all")
    expect(page.locator(".compared-steps")).to_contain_text("changed")
    # The markers are no colour alone.
    style = page.locator("#inputs-0 del").evaluate("e => getComputedStyle(e).textDecorationLine")
    assert style == "line-through"
    page.click("text=Compare with another task")
    page.fill("#search", "#1")
    page.locator("#picks .cover").first.click()
    page.wait_for_url(re.compile(r"/tasks/2/compare/1"))
    expect(page.locator("#inputs-0 ins")).to_have_text("all")


def test_a_single_task_has_nothing_to_be_compared_with(start_server, page):
    server = start(start_server)
    run(server)
    page.goto(server.address + "/tasks/1/compare")
    expect(page.locator(".empty")).to_contain_text("Nothing to compare it with yet")
