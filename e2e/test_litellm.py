"""Agents on models behind the LiteLLM proxy: a real provider's interface that we have not written."""

import json
import os
import subprocess

import pytest
from agent_lab import KEY as LAB_KEY, nano_dollars
from litellm_proxy import KEY, litellm_proxy

TEXT = "Hello from the proxy, to whom it may concern."
PLAN = """
name: behind-a-proxy
agents: { clerk: { model: proxy/mock, system: You are brief. } }
steps: { greet: { agent: clerk, prompt: Say hello. } }
outputs: { text: "${{ steps.greet.output }}" }
"""
# LiteLLM's table of prices, as it is shipped: gpt-4o-mini costs $0.15 and $0.60 for a million tokens.
NANODOLLARS_INPUT, NANODOLLARS_OUTPUT = 150, 600


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    models = {
        "mock": {"model": "openai/gpt-4o-mini", "api_key": "none", "mock_response": TEXT},
        "limited": {"model": "openai/gpt-4o-mini", "api_key": "none", "mock_response": "litellm.RateLimitError"},
    }
    with litellm_proxy(tmp_path_factory.mktemp("litellm"), models) as address:
        yield address


@pytest.fixture
def run(binary, tmp_path, proxy):
    """Runs a plan on the proxy; the exit code and the task as JSON."""

    def run(plan, key=KEY):
        settings = tmp_path / "signalbox.yaml"
        settings.write_text(f"providers: {{ proxy: {{ base_url: '{proxy}', key: {{ env: PROXY_KEY }} }} }}\n")
        path = tmp_path / "plan.yaml"
        path.write_text(plan, encoding="utf-8")
        result = subprocess.run(
            [binary, "run", path, "--json", "--data", tmp_path / "data", "--config", settings], capture_output=True,
            text=True, timeout=120, check=False, env={**os.environ, "PROXY_KEY": key, "no_proxy": "127.0.0.1"})
        assert KEY not in result.stdout + result.stderr
        assert result.stdout, result.stderr
        return result.returncode, json.loads(result.stdout)

    return run


def test_text_tokens_and_cost(run):
    code, task = run(PLAN)
    assert (code, task["status"]) == (0, "completed")
    assert task["outputs"] == {"text": TEXT}
    tokens = task["tokens"]
    assert tokens["input"] > 0 and tokens["output"] > 0
    # What the proxy itself says it costs wins over every table, to the nano-dollar.
    nanodollars = tokens["input"] * NANODOLLARS_INPUT + tokens["output"] * NANODOLLARS_OUTPUT
    assert task["cost"] == {"amount": f"{nanodollars / 1e9:.9f}".rstrip("0"), "currency": "USD"}


def test_a_wrong_key_is_no_reason_to_try_again(run):
    code, task = run(PLAN, key="sk-wrong-key")
    assert (code, task["status"]) == (1, "failed")
    assert "sk-wrong-key" not in json.dumps(task)
    # Without a database of keys the proxy says so, and not 401.
    assert "400" in task["sentence"] and task["steps"][0]["runs"] == 1


def test_the_limit_of_a_rate_is_told(run):
    plan = PLAN.replace("proxy/mock", "proxy/limited").replace("Say hello.", "Say hello., retry: { max: 2, backoff: 10ms }")
    code, task = run(plan)
    assert (code, task["status"], task["cause"]) == (1, "failed", "model_error")
    assert "429" in task["sentence"] and task["steps"][0]["runs"] == 3


# -- a scripted model behind the proxy: turns, tools and a crash

AGENTS = {
    "name": "behind-a-proxy",
    "limits": {"cost": 0.50},
    "agents": {
        "clerk": {"model": "proxy/scripted", "system": "You book.", "tools": [{"mcp": "tools"}]},
        "writer": {"model": "proxy/scripted", "system": "You write.", "tools": [{"mcp": "tools"}]},
    },
    "steps": {
        "book": {"agent": "clerk", "prompt": "Book it."},
        "write": {"agent": "writer", "prompt": "Write about: ${{ steps.book.output }}"},
    },
    "outputs": {"letter": "${{ steps.write.output }}"},
}
SCRIPT = {"answers": [
    {"when": 'system.contains("You book.") && turn == 1', "tokens": {"input": 1000, "output": 20},
     "tool_calls": [{"name": "tools__find", "arguments": {"order": "7", "gate": "open"}}]},
    {"when": 'system.contains("You book.")', "text": "Booked.", "tokens": {"input": 400, "cache_read": 800, "output": 5}},
    {"when": "turn == 1", "tokens": {"input": 300, "output": 10},
     "tool_calls": [{"name": "tools__book", "arguments": {"order": "7"}}]},
    {"text": "Dear customer, it is booked.", "tokens": {"input": 350, "output": 9}},
]}
# What is read from the cache costs gpt-4o-mini half. In nano-dollars, by hand: 162,000; 123,000; 51,000; 57,900.
NANODOLLARS_CACHED = 75
COSTS = [
    1000 * NANODOLLARS_INPUT + 20 * NANODOLLARS_OUTPUT,
    400 * NANODOLLARS_INPUT + 800 * NANODOLLARS_CACHED + 5 * NANODOLLARS_OUTPUT,
    300 * NANODOLLARS_INPUT + 10 * NANODOLLARS_OUTPUT,
    350 * NANODOLLARS_INPUT + 9 * NANODOLLARS_OUTPUT,
]


def test_killed_in_the_middle_of_a_tool_call(lab, tmp_path):
    lab.start(SCRIPT)
    lab.engine.stop()
    models = {"scripted": {"model": "openai/gpt-4o-mini", "api_base": lab.model + "/v1", "api_key": LAB_KEY}}
    with litellm_proxy(tmp_path, models) as address:
        lab.settings["providers"]["proxy"] = {"base_url": address, "key": {"env": "PROXY_KEY"}}
        # The proxy says what a call costs; the bound on cost needs prices before it.
        prices = {"name": "bound", "models": {"proxy/scripted": {"input": "0.15", "output": "0.60"}}}
        lab.extra["PROXY_KEY"] = KEY
        lab.start_engine(prices=prices)
        number = lab.submit(AGENTS)
        (first,) = lab.began("find")
        lab.kill_and_start()
        again = lab.began("find", 2)[1]
        assert again["key"] == first["key"]
        lab.open_gate("open")
        task = lab.engine.wait(number)
    assert (task["status"], task["outputs"]) == ("completed", {"letter": "Dear customer, it is booked."}), task
    assert len(lab.requests()) == 4 and len([call for call in lab.calls("began") if call["tool"] == "book"]) == 1
    turns = lab.turns(number)
    assert [nano_dollars(turn["cost"]) for turn in turns] == COSTS
    assert [turn["price"]["source"] for turn in turns] == ["provider"] * 4
    assert (task["tokens"]["input"], task["tokens"]["cache_read"], task["tokens"]["output"]) == (2050, 800, 44)
    assert task["cost"] == {"amount": f"{sum(COSTS) / 1e9:.9f}".rstrip("0"), "currency": "USD"}
