"""Agents on models behind the LiteLLM proxy: a real provider's interface that we have not written."""

import json
import os
import subprocess

import pytest
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
