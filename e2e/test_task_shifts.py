"""What one looks at stays where it is while a task goes on and its result comes."""

import pytest
from playwright.sync_api import expect

PLAN = """
name: shifting
steps:
  gather: { command: [sh, -c, "sleep 1.2; seq 1 60"] }
  each:
    for_each: { times: 3 }
    steps:
      look: { command: [sh, -c, "sleep 0.2; echo found"] }
  write:
    needs: [gather, each]
    command: [sh, -c, "sleep 0.4; printf '# Report\\n\\nAll is well.\\n' > report.md; echo written"]
    outputs: { files: [report.md] }
outputs:
  numbers: ${{ steps.gather.output }}
  found: ${{ steps.each.output }}
  words: ${{ steps.write.output }}
"""

# The browser's own measure, without what somebody has just clicked for.
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const sources = entry.sources.map(({ node, previousRect: from, currentRect: to }) =>
      `${node?.nodeName}.${node?.className} ${from.y}+${from.height} -> ${to.y}+${to.height}`);
    window.shifts.push({ value: entry.value, sources });
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_result_comes_without_moving_what_is_read(page, start_server, width):
    server = start_server()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH)
    number = server.submit(PLAN)["number"]
    page.goto(f"{server.address}/tasks/{number}")
    results = page.locator(".results")
    expect(results).to_contain_text("It comes when the task completes.")
    expect(page.locator(".task-head .badge")).to_contain_text("Completed", timeout=30_000)
    expect(results).to_contain_text("report.md")
    # Two frames, so that all that was drawn has been measured.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    total = sum(shift["value"] for shift in shifts)
    assert total < 0.05, "\n".join(f"{shift['value']:.4f} {shift['sources']}" for shift in shifts)

    # What does not fit its place is shown when somebody asks for it.
    high = results.bounding_box()["height"]
    results.get_by_role("button", name="Show all of it").click()
    expect(page.locator("html.holds-result")).to_have_count(0)
    assert results.bounding_box()["height"] > high
    # Who comes later finds it as it is.
    page.reload()
    expect(results.get_by_role("button", name="Show all of it")).to_be_hidden()
    assert results.bounding_box()["height"] > high
