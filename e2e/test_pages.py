"""The pages in a real browser: live, by keyboard, on narrow windows, without a console error or a foreign request."""

import json
import re
from pathlib import Path

import pytest
from people import INVOICE_FORMS, Person
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("open_commands")

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "invoices"


class Gate:
    """Holds a step back until the test lets it go."""

    def __init__(self, path):
        self.path = path

    @property
    def command(self):
        return json.dumps(["sh", "-c", f"until [ -e {self.path} ]; do sleep 0.02; done; echo passed"])

    def open(self):
        self.path.touch()


@pytest.fixture
def gates(tmp_path):
    return [Gate(tmp_path / f"gate-{number}") for number in range(3)]


def gated_plan(gates):
    steps = "".join(
        f"  step_{number}:\n    command: {gate.command}\n    repeatable: true\n    needs: [{needs}]\n"
        for number, (gate, needs) in enumerate(zip(gates, ["", "step_0", "step_1"]))
    )
    return f"name: gates\nsteps:\n{steps}outputs:\n  last: ${{{{ steps.step_2.output }}}}\n"


def mark(page):
    """Remembers this very document: after a reload the mark is gone."""
    page.evaluate("window.isStillTheSame = true")


def is_marked(page):
    return page.evaluate("window.isStillTheSame === true")


def test_the_example_completes_live(page, start_server):
    server = start_server()
    page.goto(server.address)
    expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    expect(page.locator("#connection")).to_have_text("Live")
    mark(page)
    task = server.submit_example(EXAMPLE)
    row = page.locator(f"#task-{task['number']}")
    # Soon it asks people.
    expect(row.locator(".badge")).to_have_text(re.compile("^(Running|Approval required)$"))
    assert is_marked(page)
    row.locator(".cover").click()
    page.wait_for_url(f"**/tasks/{task['number']}")
    mark(page)
    assert Person(server.address).approve_all(task["number"], INVOICE_FORMS)["status"] == "completed"
    expect(page.locator(".task-head .badge")).to_have_text("Completed", timeout=60_000)
    # Two steps for each of fourteen files, nine beside the loop, and one of the path that pays.
    expect(page.locator(".facts")).to_contain_text("Step 38 of 38")
    expect(page.get_by_role("heading", name="Incoming invoices", exact=True)).to_be_visible()
    expect(page.locator("#output-report table").first).to_contain_text("18,714.39")
    assert page.title().startswith("Completed: invoices")
    assert is_marked(page)


def test_progress_grows_and_opened_steps_stay_open(page, start_server, gates):
    server = start_server()
    number = server.submit(gated_plan(gates))["number"]
    server.wait_for(number, "running")
    page.goto(f"{server.address}/tasks/{number}")
    mark(page)
    badge, facts = page.locator(".task-head .badge"), page.locator(".facts")
    expect(badge).to_have_text("Running")
    expect(facts).to_contain_text("Step 1 of 3")
    page.locator("#step-step_1 summary").first.click()
    opened = page.locator("#step-step_1 > details")
    for passed, gate in enumerate(gates, start=1):
        gate.open()
        expect(page.locator(f"#step-step_{passed - 1} .word")).to_have_text("Completed")
        expect(facts).to_contain_text(f"Step {min(passed + 1, 3)} of 3")
        expect(opened).to_have_attribute("open", "")
    expect(badge).to_have_text("Completed")
    expect(page.locator("#step-step_1-output")).to_contain_text("passed")
    assert is_marked(page)


def test_times_go_on_whatever_else_is_asked_for(page, start_server, gates):
    server = start_server()
    number = server.submit(gated_plan(gates))["number"]
    server.wait_for(number, "running")
    page.goto(f"{server.address}/tasks/{number}")
    running = page.locator(".facts [data-since]").first
    expect(running).to_be_visible()
    # A minute passes, and nothing happens in it.
    page.evaluate("const now = Date.now; Date.now = () => now() + 60_000")
    expect(running).to_have_text(re.compile(r"^1m "))
    page.evaluate("document.addEventListener('htmx:after:swap', () => { window.swapped = true; })")
    page.locator("#step-step_0 summary").first.click()
    page.wait_for_function("() => window.swapped")
    expect(running).to_have_text(re.compile(r"^1m "))
    for gate in gates:
        gate.open()


def test_the_list_is_live_and_a_click_anywhere_on_a_row_opens_the_task(page, start_server, gates):
    server = start_server()
    number = server.submit(gated_plan(gates))["number"]
    page.goto(server.address)
    row = page.locator(f"#task-{number}")
    expect(row.locator(".badge")).to_have_text("Running")
    mark(page)
    for gate in gates:
        gate.open()
    expect(row.locator(".badge")).to_have_text("Completed")
    expect(row.locator(".column-steps")).to_contain_text("3 of 3")
    assert is_marked(page)
    # The link in the name covers the row, so this is a click on the link in truth.
    cell = row.locator(".column-trigger").bounding_box()
    page.mouse.click(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    page.wait_for_url(f"**/tasks/{number}")


OUTPUTS = """
name: outputs
steps:
  make:
    set:
      text: "Ünïcode & <b>text</b>\\nline two"
      report: "# Report\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n"
      value: {list: [1, 2.5, null, true], name: x}
outputs:
  text: ${{ steps.make.output.text }}
  report: ${{ steps.make.output.report }}
  value: ${{ steps.make.output.value }}
"""


@pytest.mark.parametrize(
    ("name", "suffix"), [("text", "txt"), ("report", "md"), ("value", "json")], ids=["text", "Markdown", "JSON"]
)
def test_each_output_can_be_copied_and_downloaded(page, start_server, name, suffix):
    server = start_server()
    number = server.submit(OUTPUTS)["number"]
    value = server.wait_for(number, "completed")["outputs"][name]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    page.goto(f"{server.address}/tasks/{number}")
    page.locator(f"label[for=output-{name}-tab]").click()
    page.get_by_role("button", name=f"Copy {name}", exact=True).click()
    expect(page.locator("#toast")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {name}", exact=True).click()
    assert download.value.suggested_filename == f"{name}.{suffix}"
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    for text in (copied, saved):
        assert (json.loads(text) if suffix == "json" else text) == value


HIDDEN = """
name: hidden
inputs: {file: string}
steps:
  print:
    command: [echo, "${{ inputs.file }}"]
"""


def test_hidden_characters_are_named_and_copied_as_they_are(page, start_server):
    server = start_server()
    number = server.submit(HIDDEN, inputs={"file": "invoice\u202efdp.exe"})["number"]
    server.wait_for(number, "completed")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    page.goto(f"{server.address}/tasks/{number}")
    step = page.locator("#step-print")
    step.locator("summary").first.click()
    expect(step.locator("pre.argv")).to_have_text("echo 'invoice<U+202E>fdp.exe'")
    step.get_by_role("button", name="Copy the command", exact=True).click()
    expect(page.locator("#toast")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "echo 'invoice\u202efdp.exe'"


def test_reconnects_when_the_server_comes_back(page, complaints, start_server, gates):
    server = start_server()
    number = server.submit(gated_plan(gates))["number"]
    server.wait_for(number, "running")
    page.goto(f"{server.address}/tasks/{number}")
    expect(page.locator("#connection")).to_have_text("Live")
    mark(page)
    server.stop()
    expect(page.locator("#connection")).to_contain_text("Reconnecting…")
    expect(page.locator("#connection-since")).to_contain_text(re.compile(r"since \d\d:\d\d:\d\d"))
    again = start_server(data=server.data, port=int(server.address.rsplit(":", 1)[1]))
    for gate in gates:
        gate.open()
    expect(page.locator(".task-head .badge")).to_have_text("Completed", timeout=30_000)
    expect(page.locator("#connection")).to_have_text("Live")
    assert is_marked(page)
    again.wait_for(number, "completed")
    # The stream that broke and the attempts that nobody answered are in the console, as they should be.
    expected = ("net::ERR_", "network error", "Failed to fetch")
    complaints[:] = [text for text in complaints if not any(word in text for word in expected)]


def focused(page):
    """What has the focus, and whether that can be seen."""
    return page.evaluate("""() => {
        const element = document.activeElement;
        const isVisible = [null, "::after"].some((part) => {
            const style = getComputedStyle(element, part);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        });
        return { text: element.textContent.trim(), isVisible, tag: element.tagName };
    }""")


def test_works_by_keyboard(page, start_server):
    server = start_server()
    number = server.submit(OUTPUTS)["number"]
    server.wait_for(number, "completed")
    page.goto(server.address)
    expect(page.locator(f"#task-{number}")).to_be_visible()
    seen = []
    while not seen or f"#{number}" not in seen[-1]:
        # Search, filters, views, layouts, groups and headings come first.
        assert len(seen) < 40, f"the row cannot be reached: {seen}"
        page.keyboard.press("Tab")
        focus = focused(page)
        assert focus["isVisible"], focus
        seen.append(focus["text"])
    assert seen[0] == "Skip to the content"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{number}")
    summary = page.locator("#step-make summary").first
    for _ in range(40):
        page.keyboard.press("Tab")
        assert focused(page)["isVisible"], focused(page)
        if summary.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#step-make > details")).to_have_attribute("open", "")


WIDE = """
name: wide
description: %(word)s
steps:
  %(name)s:
    description: %(word)s
    set:
      text: "%(word)s"
      report: "# %(word)s\\n\\n%(table)s\\n\\n```\\n%(word)s\\n```\\n"
outputs:
  report: ${{ steps.%(name)s.output.report }}
  text: ${{ steps.%(name)s.output.text }}
""" % {
    "word": "Donaudampfschifffahrtsgesellschaft" * 12,
    "name": "a" * 64,
    "table": "|" + " a long heading |" * 20 + "\\n|" + "---|" * 20 + "\\n|" + " value |" * 20,
}


@pytest.mark.parametrize("width", [360, 390, 760, 1000, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(page, complaints, start_server, width, scheme):
    server = start_server()
    number = server.submit(WIDE, name="N" * 80)["number"]
    server.wait_for(number, "completed")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in ("/tasks", f"/tasks/{number}", "/tasks/999"):
        response = page.goto(server.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((element) => { element.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness = sum(map(int, re.findall(r"\d+", background)[:3]))
        assert (brightness > 384) == (scheme == "light")
        if response.status == 200:
            expect(page.locator("#connection")).to_have_text("Live")
    # The page of a missing task is itself one.
    complaints[:] = [text for text in complaints if "404 (Not Found)" not in text]


HOSTILE = """<img src=x onerror="window.isHurt=true"><script>window.isHurt=true</script>"><b>bold</b>&lt;"""


def test_hostile_strings_stay_text(page, start_server):
    server = start_server()
    plan = """
name: hostile
description: %(text)s
inputs:
  given: {type: string}
steps:
  make:
    description: %(text)s
    set:
      value: ${{ inputs.given }}
      report: "${{ '# A heading\\\\n\\\\n' + inputs.given + '\\\\n\\\\n[link](javascript:alert(1)) ![x](https://evil.example/x.png)' }}"
  fail:
    needs: [make]
    command: [sh, -c, "cat >&2; exit 1"]
    stdin: ${{ inputs.given }}
outputs:
  value: ${{ steps.make.output.value }}
  report: ${{ steps.make.output.report }}
""" % {"text": json.dumps(HOSTILE)}
    failed = server.submit(plan, name=HOSTILE[:80], inputs={"given": HOSTILE})["number"]
    server.wait_for(failed, "failed")
    fine = server.submit(plan[: plan.index("  fail:")] + plan[plan.index("outputs:") :], inputs={"given": HOSTILE})
    server.wait_for(fine["number"], "completed")
    for path in ("/tasks", f"/tasks/{failed}", f"/tasks/{fine['number']}"):
        page.goto(server.address + path)
        expect(page.locator("#connection")).to_have_text("Live")
        expect(page.locator("#page")).to_contain_text("<img src=x onerror=")
        assert page.evaluate("window.isHurt") is None
        assert page.locator("#page img, #page script, #page b:text-is('bold')").count() == 0
        for link in page.locator("#page a").all():
            assert re.match(r"/|#|https://evil\.example/x\.png$", link.get_attribute("href"))


def test_pages_allow_own_files_only(page, start_server):
    server = start_server()
    for path, status in (("/tasks", 200), ("/tasks/999", 404), ("/nowhere", 404)):
        response = page.request.get(server.address + path, headers={"Accept": "text/html"})
        assert response.status == status
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'self'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"


def test_an_address_that_cannot_be_read_has_a_page_of_errors(page, complaints, start_server):
    server = start_server()
    page.goto(f"{server.address}/tasks?search=a%00b")
    expect(page.get_by_role("heading", name="This page could not be loaded")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("control characters")
    answer = page.request.get(f"{server.address}/api/tasks?search=a%00b", headers={"Accept": "text/html"})
    assert answer.status == 400 and answer.headers["content-type"] == "application/problem+json"
    complaints[:] = [text for text in complaints if "400" not in text]
