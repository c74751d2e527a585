#!/usr/bin/env python3
"""Measures the pages in a real browser: what a cold one loads and when it paints, and how long a change takes to be seen.

    bench/page.py --signalbox PROGRAM [--rounds 15] [--changes 200] [--json]

Starts a server on a new data directory with a list of tasks. A cold page is one in a browser context that has kept
nothing: its bytes are those that came over the network, headers included, and its first contentful paint is the
browser's own entry; that of a page of one word, from a server of Python's, says what of it is the browser's. The window
has been open for a second before: while a window opens, Chromium loads pages of its own for its address bar, with
scripts of their own, in a process beside; the paint in a window just opened is measured too. A change is a new name of a
task; it is seen in the first frame after the name has changed in the list, and counts from the moment that the journal
gave its event, so that the commit to the disk is part of it. Browser and server share the machine.
"""

import contextlib
import datetime
import http.server
import json
import random
import shutil
import statistics
import threading
import time

from playwright.sync_api import sync_playwright
from server import figures, request, serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# Notes the time of the frame after which each name is in sight.
WATCH = """
window.seen = {};
const look = () => {
  const name = document.querySelector('[data-row] .name')?.textContent ?? '';
  if (!/^Change \\d+$/.test(name) || name in seen) return;
  seen[name] = 0;
  requestAnimationFrame(() => { seen[name] = performance.timeOrigin + performance.now(); });
};
new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
"""
PAINT = """
new Promise((resolve) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (paint) resolve(paint.startTime);
}).observe({ type: 'paint', buffered: true }))
"""
PATHS = {"list": "/tasks", "task": "/tasks/1"}
# Seconds in which a new window has loaded what is its own.
REST = 1


def cold(browser, address, path, rest=REST):
    """Bytes over the network and milliseconds to the first contentful paint, with nothing kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    time.sleep(rest)
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    sizes = []
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address + path)
    page.wait_for_selector("[data-connection=live]")
    paint = page.evaluate(PAINT)
    context.close()
    return sum(sizes), paint


def changes(browser, address, count):
    """Milliseconds from the journal's time of each change to the frame that shows it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "/tasks")
    page.wait_for_selector("[data-connection=live]")
    page.evaluate(WATCH)
    newest = request(address, "/api/tasks?size=1")["tasks"][0]["number"]
    dice = random.Random(1)
    for place in range(count):
        request(address, f"/api/tasks/{newest}", {"name": f"Change {place}"}, "PATCH")
        page.wait_for_function("name => window.seen[name]", arg=f"Change {place}", timeout=10_000)
        # Not in step with the server's own rhythm.
        time.sleep(dice.uniform(0.1, 0.3))
    seen = page.evaluate("window.seen")
    page.close()
    return [seen[name] - at for name, at in journal_times(address, newest).items() if name in seen]


def journal_times(address, task):
    """When each name was given, in milliseconds since 1970."""
    times, after = {}, ""
    while True:
        answer = request(address, f"/api/tasks/{task}/events?limit=1000{after}")
        for event in answer["events"]:
            if event["type"] == "task_renamed":
                at = datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
                times[event["data"]["name"]] = at.timestamp() * 1000
        if not answer["has_more"]:
            return times
        after = f"&after={answer['next']}"


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@contextlib.contextmanager
def one_word():
    """The address of a page with nothing to load and nothing to lay out."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><html data-connection=live><title>One</title><p>One")

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def measure(options, directory):
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with serving(options.signalbox, directory, 25) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        cold(browser, address, "/tasks")
        measured = {}
        for name, path in PATHS.items():
            rounds = [cold(browser, address, path) for _ in range(options.rounds)]
            measured[f"{name}_page_kb"] = round(statistics.median(size for size, _ in rounds) / 1024, 1)
            measured[f"{name}_first_contentful_paint_ms"] = round(statistics.median(paint for _, paint in rounds), 1)
            opening = [cold(browser, address, path, rest=0)[1] for _ in range(options.rounds)]
            measured[f"{name}_first_contentful_paint_opening_ms"] = round(statistics.median(opening), 1)
        with one_word() as other:
            paints = [cold(browser, other, "/")[1] for _ in range(options.rounds)]
        measured["one_word_first_contentful_paint_ms"] = round(statistics.median(paints), 1)
        latencies = changes(browser, address, options.changes)
        browser.close()
    measured["changes"] = len(latencies)
    measured["commit_to_visible_p50_ms"] = round(statistics.median(latencies), 1)
    measured["commit_to_visible_p95_ms"] = round(percentile(latencies, 0.95), 1)
    return measured


def main():
    measured, options = figures(__doc__, measure, rounds=15, changes=200)
    if options.json:
        print(json.dumps(measured))
    else:
        for name, figure in measured.items():
            print(f"{name.replace('_', ' '):<46}{figure:>10}")


if __name__ == "__main__":
    main()
