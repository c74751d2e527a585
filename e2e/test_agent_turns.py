"""Agents take their turns with every kind of provider, each against the fake model's own reading of its interface."""

import json
import os
import subprocess

import pytest
from fake_model import fake_model

KINDS = {"openai": "/v1", "openai-responses": "/v1", "anthropic": "/v1", "gemini": "/v1beta"}
PLAN = """
name: turns
agents: { clerk: { model: fake/any, system: You are brief., tools: [write_file, list_files] } }
steps: { look: { agent: clerk, prompt: Look around. } }
outputs: { text: "${{ steps.look.output }}" }
"""
SCRIPT = """
answers:
  - when: turn == 1
    thinking: Two files first.
    text: I will write them.
    tool_calls:
      - { name: write_file, arguments: { path: one.txt, content: "1" } }
      - { name: write_file, arguments: { path: two.txt, content: "2" } }
    tokens: { input: 100, output: 30, reasoning: 10 }
  - when: turn == 2
    tool_calls: [{ name: list_files, arguments: { path: . } }]
    tokens: { input: 40, cache_read: 100, output: 20 }
  - text: '${{ results[0].contains("one.txt") && results[0].contains("two.txt") ? "Both are there." : results[0] }}'
    tokens: { input: 50, cache_read: 140, output: 5 }
"""


def run(binary, directory, kind, address, plan=PLAN):
    settings = directory / "signalbox.yaml"
    settings.write_text(f"providers: {{ fake: {{ kind: {kind}, base_url: '{address}{KINDS[kind]}' }} }}\n")
    path = directory / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    result = subprocess.run(
        [binary, "run", path, "--json", "--data", directory / "data", "--config", settings], capture_output=True,
        text=True, timeout=60, check=False, env={**os.environ, "no_proxy": "127.0.0.1"})
    assert result.stdout, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_tools_are_called_and_answered(binary, tmp_path, kind):
    script = tmp_path / "script.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    with fake_model(binary, "--script", script) as address:
        task = run(binary, tmp_path, kind, address)
    assert task["status"] == "completed", task.get("sentence")
    assert task["outputs"] == {"text": "Both are there."}
    tokens = task["tokens"]
    assert (tokens["input"], tokens["cache_read"], tokens["output"]) == (190, 240, 55)
    assert task["model_calls"] == 3


@pytest.mark.parametrize("kind", KINDS)
def test_an_overloaded_provider_is_asked_again(binary, tmp_path, kind):
    script = tmp_path / "script.yaml"
    script.write_text(
        "answers: [{ repeat: 1, status: 529, headers: { retry-after: '0' } }, { text: Well. }]\n", encoding="utf-8")
    with fake_model(binary, "--script", script) as address:
        task = run(binary, tmp_path, kind, address)
    assert task["status"] == "completed", task.get("sentence")
    assert task["outputs"] == {"text": "Well."}
