"""An agent that searches the web by its provider: what was found is handed back, shown, counted and charged."""

import json

import pytest
from agent_lab import nano_dollars, one_agent
from playwright.sync_api import expect

# A search costs $10 a thousand, which is 10,000,000 nano-dollars each; tokens as in the lab.
PRICES = {"name": "with-searches", "models": {"fake/*": {
    "input": "2", "cache_read": "0.5", "cache_write": "2.5", "output": "8", "web_search": "10"}}}
INPUT, OUTPUT, SEARCH = 2_000, 8_000, 10_000_000
QUERIES = ("signal boxes", "signal boxes <b>museum</b>")
FOUND = [
    {"type": "web_search_result", "title": "Signal box", "url": "https://example.org/box",
     "encrypted_content": "ErkeCioI", "page_age": None},
    {"type": "web_search_result", "title": "<i>Museum</i>", "url": "https://example.org/museum",
     "encrypted_content": "ErkeCioJ", "page_age": "2 days ago"},
]
CITATION = {"type": "web_search_result_location", "cited_text": "A box.", "url": "https://example.org/box",
            "title": "Signal box", "encrypted_index": "Eo8B"}
TEXT = "It is a box, and there is a museum."


def event(kind, **members):
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **members})}\n\n"


def block(index, content, *deltas):
    return "".join([
        event("content_block_start", index=index, content_block=content),
        *(event("content_block_delta", index=index, delta=delta) for delta in deltas),
        event("content_block_stop", index=index)])


def search(index, number):
    """A search as Anthropic streams it: a block for what is looked for, and one for what was found."""
    query = json.dumps({"query": QUERIES[number - 1]})
    pieces = [{"type": "input_json_delta", "partial_json": piece} for piece in (query[:9], query[9:])]
    return (
        block(index, {"type": "server_tool_use", "id": f"srvtoolu_{number}", "name": "web_search", "input": {}}, *pieces)
        + block(index + 1, {"type": "web_search_tool_result", "tool_use_id": f"srvtoolu_{number}",
                            "content": [FOUND[number - 1]]}))


def searching_turn():
    """An answer with two searches, a text that cites, and a call of an own tool: so the conversation goes on."""
    usage = {"input_tokens": 1200, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "any", "content": [], "stop_reason": None,
               "stop_sequence": None, "usage": usage}
    return "".join([
        event("message_start", message=message), search(0, 1), search(2, 2),
        block(4, {"type": "text", "text": "", "citations": []}, {"type": "citations_delta", "citation": CITATION},
              {"type": "text_delta", "text": TEXT}),
        block(5, {"type": "tool_use", "id": "toolu_1", "name": "list_files", "input": {}},
              {"type": "input_json_delta", "partial_json": '{"path": "."}'}),
        event("message_delta", delta={"stop_reason": "tool_use", "stop_sequence": None},
              usage={**usage, "output_tokens": 60, "server_tool_use": {"web_search_requests": 2}}),
        event("message_stop")])


def test_what_a_search_finds_is_handed_back_shown_and_charged(lab, page):
    lab.start(kind="anthropic", script={"answers": [
        {"when": "turn == 1", "malformed": searching_turn(), "headers": {"content-type": "text/event-stream"}},
        {"text": "Go there.", "tokens": {"input": 1500, "output": 5}}]})
    lab.engine.stop()
    lab.start_engine(prices=PRICES)
    task = lab.finished(one_agent("web_search", "list_files"))
    assert (task["status"], task["outputs"]) == ("completed", {"text": "Go there."}), task.get("sentence")
    number = task["number"]

    # The provider is offered the search beside the tools that are ours, and gets its own blocks back word for word.
    first, second = lab.requests()
    assert {"type": "web_search_20250305", "name": "web_search"} in [
        {name: tool.get(name) for name in ("type", "name")} for tool in first["tools"]]
    (said,) = [message["content"] for message in second["messages"] if message["role"] == "assistant"]
    assert [part["type"] for part in said] == [
        "server_tool_use", "web_search_tool_result", "server_tool_use", "web_search_tool_result", "text", "tool_use"]
    for number_of_search, place in ((1, 0), (2, 2)):
        assert said[place] == {"type": "server_tool_use", "id": f"srvtoolu_{number_of_search}", "name": "web_search",
                               "input": {"query": QUERIES[number_of_search - 1]}}
        assert said[place + 1] == {"type": "web_search_tool_result", "tool_use_id": f"srvtoolu_{number_of_search}",
                                   "content": [FOUND[number_of_search - 1]]}
    assert (said[4]["text"], said[4]["citations"]) == (TEXT, [CITATION])

    # Two searches are charged beside the tokens: 2,400,000 + 480,000 + 20,000,000 nano-dollars.
    costs = [1200 * INPUT + 60 * OUTPUT + 2 * SEARCH, 1500 * INPUT + 5 * OUTPUT]
    assert costs == [22_880_000, 3_040_000]
    assert [nano_dollars(turn["cost"]) for turn in lab.turns(number)] == costs
    assert (task["cost"]["amount"], task["tokens"]["web_searches"]) == ("0.02592", 2)
    run = lab.engine.get(f"/api/tasks/{number}/runs/latest/turns?step=work")
    turn = run["turns"][0]
    assert (turn["cost"]["amount"], turn["tokens"]["web_searches"]) == ("0.02288", 2)
    assert turn["price"]["rates"]["web_search"] == "10"
    searches = [part["web_search"] for part in turn["response"]["parts"] if "web_search" in part]
    assert [(found["query"], found["results"]) for found in searches] == [
        (query, [{"url": found["url"], "title": found["title"]}]) for query, found in zip(QUERIES, FOUND)]
    assert json.loads(lab.cli("tasks", "trace", number, "work", "--json"))["turns"] == run["turns"]

    shown = lab.cli("tasks", "trace", number, "work")
    for query, found in zip(QUERIES, FOUND):
        assert f"searched  {query}" in shown and f"{found['title']}: {found['url']}" in shown
    assert "2 web searches" in shown and "$0.02288" in shown and "$0.02592" in shown

    page.goto(f"http://127.0.0.1:{lab.engine.port}/tasks/{number}#step-work")
    row = page.locator("#step-work .turn").first
    expect(row.locator(".turn-head .cost")).to_have_text("$0.02288")
    expect(row.locator(".turn-head")).to_contain_text("2 web searches")
    blocks = row.locator(".search")
    expect(blocks).to_have_count(2)
    for place, (query, found) in enumerate(zip(QUERIES, FOUND)):
        expect(blocks.nth(place).locator("q")).to_have_text(query)
        blocks.nth(place).locator("summary").click()
        expect(blocks.nth(place)).to_contain_text(found["title"])
        expect(blocks.nth(place)).to_contain_text(found["url"])
        expect(blocks.nth(place).locator("i, b, img")).to_have_count(0)


CAPS = {
    "anthropic": lambda body: next(tool["max_uses"] for tool in body["tools"] if tool["name"] == "web_search"),
    "openai-responses": lambda body: body["max_tool_calls"]}


def test_a_budget_bounds_searches_by_what_is_left_of_it(lab):
    """4,096 tokens of answer are $0.0328 and a search is $0.01: of $0.079 there is room for four, and then for two."""
    lab.start(kind="anthropic", script={"answers": [
        {"when": "turn == 1", "malformed": searching_turn(), "headers": {"content-type": "text/event-stream"}},
        {"text": "Go there.", "tokens": {"input": 1500, "output": 5}}]})
    lab.engine.stop()
    lab.start_engine(prices=PRICES)
    task = lab.finished(one_agent("web_search", "list_files"), limits={"cost": "0.079"})
    assert (task["status"], task["cost"]["amount"]) == ("completed", "0.02592"), task.get("sentence")
    assert [CAPS["anthropic"](body) for body in lab.requests()] == [4, 2]
    turns = lab.engine.get(f"/api/tasks/{task['number']}/runs/latest/turns?step=work")["turns"]
    assert [turn["request"]["parameters"]["web_searches_reserved"] for turn in turns] == [4, 2]
    assert "room for only 2 searches of the web" in lab.cli("tasks", "trace", task["number"], "work")


@pytest.mark.parametrize("kind", CAPS)
def test_searches_are_bounded_where_cost_is(lab, kind):
    lab.start(kind=kind, script={"answers": [{"text": "Done.", "tokens": {"input": 100, "output": 5}}]})
    lab.engine.stop()
    lab.start_engine(prices=PRICES)
    assert lab.finished(one_agent("web_search"), limits={"cost": "1.00"})["status"] == "completed"
    assert lab.finished(one_agent("web_search"))["status"] == "completed"
    bounded, free = lab.requests()
    assert CAPS[kind](bounded) == 5
    assert "max_uses" not in json.dumps(free) and "max_tool_calls" not in free


def test_searches_that_do_not_fit_wait_for_a_person(lab):
    """An interface without a bound of its own is reckoned with five searches, or with as many as there is room for; where
    there is none, room for one is asked for."""
    lab.start(kind="openai", script={"answers": [{"text": "Done.", "tokens": {"input": 100, "output": 5}}]})
    lab.engine.stop()
    lab.settings["providers"]["fake"]["web_search"] = True
    lab.start_engine(prices=PRICES)
    number = lab.submit(one_agent("web_search"), limits={"cost": "0.04"})
    request = lab.asked(number)
    assert request["kind"] == "budget"
    assert 0.0428 < float(request["subject"]["cost"]["next_call"]) < 0.05
    lab.decide(request, "approve")
    assert lab.engine.wait(number)["status"] == "completed"


def test_searches_without_a_price_cannot_be_kept_within_a_limit_on_cost(lab):
    lab.start(kind="anthropic", script={"answers": [{"text": "Done."}]})
    task = lab.finished(one_agent("web_search"), limits={"cost": "1.00"})
    assert (task["status"], task["cause"]) == ("failed", "budget")
    assert "What a search of the web costs with fake/any is not known" in task["sentence"]
    assert lab.requests() == []


def test_searches_without_a_price_leave_the_cost_unknown(lab):
    lab.start(kind="anthropic", script={"answers": [
        {"when": "turn == 1", "malformed": searching_turn(), "headers": {"content-type": "text/event-stream"}},
        {"text": "Go there.", "tokens": {"input": 1500, "output": 5}}]})
    task = lab.finished(one_agent("web_search", "list_files"))
    assert (task["status"], task["cost"]) == ("completed", None), task.get("sentence")
    assert [nano_dollars(turn.get("cost")) for turn in lab.turns(task["number"])] == [None, 3_040_000]
    assert "2 web searches" in lab.cli("tasks", "trace", task["number"], "work")
