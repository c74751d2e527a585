"""What must be seen of two agents that are killed in the middle of a tool call: each turn, its tokens and its exact cost.

By the command line, by the API and on the page, on the fake model and behind the LiteLLM proxy.
"""

import json
from dataclasses import dataclass, field

import pytest
import test_agents
import test_litellm
from agent_lab import KEY as LAB_KEY
from agent_lab import one_agent, tool_answers
from litellm_proxy import KEY, litellm_proxy
from playwright.sync_api import expect
from test_agents import CACHE_READ, CACHE_WRITE, INPUT, OUTPUT


@dataclass
class Turn:
    """What must be seen of a turn: its tokens, what they cost in nano-dollars, and the tools it calls."""

    tokens: dict
    cost: int
    tools: list = field(default_factory=list)


# Tokens times prices, in nano-dollars, worked out by hand: 2,160,000; 1,090,000; 838,000; 722,000; 960,000.
ON_THE_FAKE = {
    "book": [
        Turn({"input": 1000, "output": 20}, 1000 * INPUT + 20 * OUTPUT, ["tools__find"]),
        Turn({"input": 200, "cache_read": 900, "output": 30}, 200 * INPUT + 900 * CACHE_READ + 30 * OUTPUT, ["tools__book"]),
        Turn({"input": 50, "cache_read": 1100, "cache_write": 40, "output": 11},
             50 * INPUT + 1100 * CACHE_READ + 40 * CACHE_WRITE + 11 * OUTPUT)],
    "write": [
        Turn({"input": 333, "output": 7}, 333 * INPUT + 7 * OUTPUT, ["remote__find"]),
        Turn({"input": 444, "output": 9}, 444 * INPUT + 9 * OUTPUT)],
}
BEHIND_THE_PROXY = {
    "book": [
        Turn({"input": 1000, "output": 20}, test_litellm.COSTS[0], ["tools__find"]),
        Turn({"input": 400, "cache_read": 800, "output": 5}, test_litellm.COSTS[1])],
    "write": [
        Turn({"input": 300, "output": 10}, test_litellm.COSTS[2], ["tools__book"]),
        Turn({"input": 350, "output": 9}, test_litellm.COSTS[3])],
}
STOPPED = "The server stopped in the middle; the run went on where it was."


def dollars(nano):
    whole, part = divmod(nano, 10**9)
    return f"{whole}.{part:09}".rstrip("0")


def counts(tokens):
    """The kinds of tokens of the API that there were any of."""
    return {kind: count for kind, count in tokens.items() if count and kind != "total"}


def words(tokens):
    """The same as the page and the command line write them."""
    return [f"{count:,} {kind.replace('_', ' ')}" for kind, count in tokens.items()]


def summed(turns):
    kinds = {kind for turn in turns for kind in turn.tokens}
    return {kind: sum(turn.tokens.get(kind, 0) for turn in turns) for kind in kinds}


def the_call(turns, tool):
    """Number of the turn that calls the tool."""
    return next(number for number, turn in enumerate(turns, 1) if tool in turn.tools)


# -- by the API


def check_api(lab, number, expected, cut):
    """Every run as the API tells it; `cut` are the step and the tool that were killed. The runs by step."""
    runs = {step: lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step={step}") for step in expected}
    for step, turns in expected.items():
        run = runs[step]
        assert [counts(turn["tokens"]) for turn in run["turns"]] == [turn.tokens for turn in turns]
        assert [turn["cost"] for turn in run["turns"]] == [
            {"amount": dollars(turn.cost), "currency": "USD"} for turn in turns]
        assert [[call["tool"] for call in turn["tool_calls"]] for turn in run["turns"]] == [turn.tools for turn in turns]
        assert (run["run"], run["runs"], run["ending"]) == (1, [1], "step_completed"), "it is one run, also after the crash"
        assert counts(run["tokens"]) == summed(turns)
        assert run["cost"]["amount"] == dollars(sum(turn.cost for turn in turns))
        assert run["model_calls"] == len(turns)
        stops = [(entry["type"], entry["after_turn"]) for entry in run["between"] if entry["type"] in ("interrupted", "resumed")]
        after = the_call(turns, cut[1]) if step == cut[0] else 0
        assert run["resumed_after_crash"] is (step == cut[0])
        assert stops == ([("interrupted", after), ("resumed", after)] if step == cut[0] else [])
        for call in (call for turn in run["turns"] for call in turn["tool_calls"]):
            assert call["arguments"]["order"] == "7" and call["error"] is False and call["finished"]
    task = lab.engine.task(number)
    everything = [turn for turns in expected.values() for turn in turns]
    assert (task["model_calls"], task["tool_calls"]) == (len(everything), sum(len(turn.tools) for turn in everything))
    assert counts(task["tokens"]) == summed(everything)
    assert task["cost"]["amount"] == dollars(sum(turn.cost for turn in everything))
    return runs


def cut_call(runs, expected, cut):
    step, tool = cut
    (call,) = runs[step]["turns"][the_call(expected[step], tool) - 1]["tool_calls"]
    return call


# -- by the command line


def check_commands(lab, number, expected, cut, runs, in_doubt):
    for step, turns in expected.items():
        assert json.loads(lab.cli("tasks", "trace", number, step, "--json")) == runs[step]
        shown = lab.cli("tasks", "trace", number, step)
        assert f"Task #{number}, step {step}, run 1: completed" in shown
        assert f"{len(turns)} model calls" in shown and f"${dollars(sum(turn.cost for turn in turns))}" in shown
        lines = shown.splitlines()
        head = next(place for place, line in enumerate(lines) if line.split()[:2] == ["Turn", "Model"])
        rows = [line.split() for line in lines[head + 1:head + 1 + len(turns)]]
        assert [(row[0], row[-2], row[-1]) for row in rows] == [
            (str(place), f"{turn.tokens['output']:,}", f"${dollars(turn.cost)}") for place, turn in enumerate(turns, 1)]
        prompts = [turn.tokens["input"] + turn.tokens.get("cache_write", 0) for turn in turns]
        assert [(row[-4], row[-3]) for row in rows] == [
            (f"{prompt:,}", f"{turn.tokens.get('cache_read', 0):,}") for prompt, turn in zip(prompts, turns)]
        for kind in words(summed(turns)):
            assert kind in shown
        if step != cut[0]:
            assert "The server stopped" not in shown and "The run goes on." not in shown
        else:
            assert STOPPED in shown and "The server stopped here." in shown
            assert ("The server stopped while" in shown) is in_doubt
        # Each call stands in its turn with what came of it.
        for turn in turns:
            for tool in turn.tools:
                assert f"→ {tool}" in shown
    shown = lab.cli("tasks", "show", number)
    everything = [turn for turns in expected.values() for turn in turns]
    assert dollars(sum(turn.cost for turn in everything)) in shown and f"{len(everything)} model calls" in shown


# -- on the page


def check_page(lab, page, number, expected, cut):
    address = f"http://127.0.0.1:{lab.engine.port}/tasks/{number}"
    for step, turns in expected.items():
        page.goto(f"{address}#step-{step}")
        panel = page.locator(f"#step-{step}")
        shown = panel.locator(".turn")
        expect(shown).to_have_count(len(turns))
        for place, turn in enumerate(turns):
            check_figures(shown.nth(place).locator(".turn-head"), turn)
            expect(shown.nth(place).locator(".tool .name")).to_have_text(turn.tools)
        total = f"Exactly ${dollars(sum(turn.cost for turn in turns))}"
        expect(panel.locator(".attempts .cost [title]")).to_have_attribute("title", total)
        expect(panel.locator(".between.cut")).to_have_count(1 if step == cut[0] else 0)
    task = f"Exactly ${dollars(sum(turn.cost for turns in expected.values() for turn in turns))}"
    expect(page.locator(".facts div", has=page.get_by_text("Est. cost")).locator("[title]")).to_have_attribute("title", task)
    # Each turn has a page of its own, one behind the other.
    for step, turns in expected.items():
        page.goto(f"{address}/steps/{step}/runs/1/turns/1")
        for place, turn in enumerate(turns, 1):
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Turn {place} of {step}")
            check_figures(page.locator(".turn-facts"), turn)
            expect(page.locator("section:has(#answer-heading) .tool .name")).to_have_text(turn.tools)
            if place < len(turns):
                page.get_by_role("link", name=f"Turn {place + 1}").click()


def check_figures(head, turn):
    expect(head.locator(".cost")).to_have_text(f"${dollars(turn.cost)}")
    for kind in words(turn.tokens):
        expect(head).to_contain_text(kind)


def cut_tool(lab, page, number, expected, cut):
    """The call that was killed, on the page of its turn, opened."""
    step, tool = cut
    turn = the_call(expected[step], tool)
    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}/steps/{step}/runs/1/turns/{turn}")
    return page.locator("section:has(#answer-heading) .tool")


def check_everything(lab, page, number, expected, cut, in_doubt=False):
    """The three ways show the same; the call that was killed as the API tells it."""
    runs = check_api(lab, number, expected, cut)
    check_commands(lab, number, expected, cut, runs, in_doubt)
    check_page(lab, page, number, expected, cut)
    return cut_call(runs, expected, cut)


def check_repeated(lab, page, number, expected, cut):
    call = check_everything(lab, page, number, expected, cut)
    assert call["repeated_after_crash"] is True and len(set(call["starts"])) == 2 and "decisions" not in call
    assert "made again after the server had stopped in the middle" in lab.cli("tasks", "trace", number, cut[0])
    expect(cut_tool(lab, page, number, expected, cut).locator(".badges")).to_contain_text("made again after a stop")


# -- the two ways to be killed


def test_a_call_that_is_repeated_on_the_fake_model(lab, page):
    lab.start(test_agents.two_agents({"find": "open"}), kind="anthropic", remote=True)
    number = lab.submit(test_agents.TWO_AGENTS)
    (first,) = lab.began("find")
    lab.kill_and_start()
    assert lab.began("find", 2)[1]["key"] == first["key"]
    lab.open_gate("open")
    assert lab.engine.wait(number)["status"] == "completed"
    assert lab.engine.task(number)["limits"]["cost"] == {"amount": "1.00", "currency": "USD"}
    check_repeated(lab, page, number, ON_THE_FAKE, ("book", "tools__find"))


@pytest.mark.parametrize("happened", [True, False])
def test_a_call_that_is_in_doubt_on_the_fake_model(lab, page, happened):
    lab.start(test_agents.two_agents({"book": "open"}), kind="anthropic", remote=True)
    number = lab.submit(test_agents.TWO_AGENTS)
    lab.began("book")
    lab.kill_and_start()
    cut = ("book", "tools__book")
    # While nobody has decided, all three say so.
    request = lab.asked(number)
    question = "The server stopped while “book” called the tool tools__book: has it happened?"
    assert (request["kind"], request["title"]) == ("in_doubt", question)
    run = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step=book")
    (asked,) = run["turns"][1]["tool_calls"][0]["decisions"]
    assert (asked["kind"], asked["title"], asked["decided"]) == ("in_doubt", question, None)
    shown = lab.cli("tasks", "trace", number, "book")
    assert f"asked: {question}, and nobody has decided yet" in shown
    assert "in doubt: it was cut off, and whether it has happened is not known" in shown and "no result yet" not in shown
    expect(cut_tool(lab, page, number, ON_THE_FAKE, cut).locator(".decided")).to_contain_text(question)

    lab.open_gate("open")
    lab.decide(request, "approve", edits={"output": "it was booked"}) if happened else lab.decide(request, "retry")
    assert lab.engine.wait(number)["status"] == "completed"
    call = check_everything(lab, page, number, ON_THE_FAKE, cut, in_doubt=True)
    (decided,) = call["decisions"]
    assert decided["verdict"] == ("approve" if happened else "retry")
    assert call.get("repeated_after_crash", False) is not happened
    shown = lab.cli("tasks", "trace", number, "book")
    assert f"asked: {question}" in shown and ("made again" in shown) is not happened
    tool = cut_tool(lab, page, number, ON_THE_FAKE, cut)
    expect(tool.locator(".decided")).to_contain_text(question)
    expect(tool.locator(".badges", has_text="made again after a stop")).to_have_count(0 if happened else 1)
    assert len([call for call in lab.calls("began") if call["tool"] == "book"]) == (1 if happened else 2)


def test_a_call_that_is_made_again_counts_once(lab):
    """In the trace as in the figures of the task, of which the limit on tool calls is reckoned."""
    lab.start(tool_answers([("tools__find", {"order": "1", "gate": "open"})]))
    number = lab.submit(one_agent({"mcp": "tools"}))
    lab.began("find")
    lab.kill_and_start()
    lab.began("find", 2)
    lab.open_gate("open")
    task = lab.engine.wait(number)
    run = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step=work")
    assert (task["status"], task["tool_calls"], run["tool_calls"]) == ("completed", 1, 1)
    assert "2 model calls, 1 tool call," in lab.cli("tasks", "trace", number)


def test_a_call_that_is_repeated_behind_the_litellm_proxy(lab, page, tmp_path):
    lab.start(test_litellm.SCRIPT)
    lab.engine.stop()
    models = {"scripted": {"model": "openai/gpt-4o-mini", "api_base": lab.model + "/v1", "api_key": LAB_KEY}}
    with litellm_proxy(tmp_path, models) as address:
        lab.settings["providers"]["proxy"] = {"base_url": address, "key": {"env": "PROXY_KEY"}}
        lab.extra["PROXY_KEY"] = KEY
        # The proxy says what a call costs; the bound on cost needs prices before it.
        lab.start_engine(prices={"name": "bound", "models": {"proxy/scripted": {"input": "0.15", "output": "0.60"}}})
        number = lab.submit(test_litellm.AGENTS)
        (first,) = lab.began("find")
        lab.kill_and_start()
        assert lab.began("find", 2)[1]["key"] == first["key"]
        lab.open_gate("open")
        assert lab.engine.wait(number)["status"] == "completed"
    assert lab.engine.task(number)["limits"]["cost"] == {"amount": "0.50", "currency": "USD"}
    check_repeated(lab, page, number, BEHIND_THE_PROXY, ("book", "tools__find"))
    assert lab.cli("tasks", "trace", number, "book").count("cost as the provider reports it") == 2
