"""The list of prices that LiteLLM itself ships, imported whole: each price that a call is charged by, digit by digit.

Names and numbers of the list are read here once more, in another language and with decimal arithmetic.
"""

import json
import re
import subprocess
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from litellm_proxy import PROGRAM

KINDS = {
    "input_cost_per_token": "input", "output_cost_per_token": "output", "cache_read_input_token_cost": "cache_read",
    "cache_creation_input_token_cost": "cache_write", "cache_creation_input_token_cost_above_1hr": "cache_write_1h",
    "cache_creation_input_token_cost_above_12hr": "cache_write_1h", "output_cost_per_reasoning_token": "reasoning",
    "input_cost_per_audio_token": "audio_input", "output_cost_per_audio_token": "audio_output",
    "cache_read_input_audio_token_cost": "audio_cache_read", "input_cost_per_image_token": "image_input",
    "output_cost_per_image_token": "image_output",
}
TIERS = {"batches": "batch", "flex": "flex", "priority": "priority", "ultrafast": "ultrafast"}
FIELD = re.compile(
    rf"({'|'.join(sorted(KINDS, key=len, reverse=True))})(?:_above_(\d+)k_tokens)?(?:_({'|'.join(TIERS)}))?")
FEMTO = Decimal("1e-15")


def femto(number):
    """The price of one token, as exact as we keep it: in steps of a femto-dollar."""
    try:
        value = Decimal(str(number))
    except ArithmeticError:
        return None
    return value.quantize(FEMTO, ROUND_HALF_EVEN) if value.is_finite() and value >= 0 else None


def provider_of(entry):
    name = entry.get("litellm_provider")
    if not isinstance(name, str) or not name or "/" in name:
        return None
    if name.startswith("vertex_ai-"):
        return "vertex_ai"
    return {"text-completion-openai": "openai"}.get(name, name)


def stated(entry):
    """The prices of LiteLLM's entry by tier, bound and kind; those of tiers that have none for prompts are no tiers."""
    prices = {}

    def note(name, value, bound=None):
        field = FIELD.fullmatch(name)
        if field and (bound is None or field[2] is None) and (price := femto(value)) is not None:
            above = int(field[2]) * 1000 if field[2] else bound or 0
            prices.setdefault(TIERS.get(field[3], "standard"), {}).setdefault(above, {})[KINDS[field[1]]] = price

    for name, value in entry.items():
        note(name, value)
    for part in entry.get("tiered_pricing") or []:
        if isinstance(part.get("range"), list):
            for name, value in part.items():
                note(name, value, int(part["range"][0]))
    return {tier: rates for tier, rates in prices.items() if tier == "standard" or "input" in rates.get(0, {})}


def kept(model):
    """The same of what we have made of it: there prices are dollars for a million."""
    (period,) = model["prices"]

    def rates(part):
        return {kind: (Decimal(part[kind]) / 1_000_000).quantize(FEMTO) for kind in KINDS.values() if kind in part}

    def schedule(part):
        return {0: rates(part), **{long["tokens"]: rates(long) for long in part.get("above", [])}}

    return {"standard": schedule(period), **{name: schedule(tier) for name, tier in period.get("tiers", {}).items()}}


def is_priced(entry):
    return (provider_of(entry) and femto(entry.get("input_cost_per_token")) is not None
            and (femto(entry.get("output_cost_per_token")) is not None or entry.get("mode") == "embedding"))


@pytest.fixture(scope="module")
def lists(binary, tmp_path_factory):
    """LiteLLM's models by the names that they have here, and what we have made of them."""
    python = PROGRAM.with_name("python3")
    found = subprocess.run(
        [python, "-c", "import importlib.util; print(importlib.util.find_spec('litellm').submodule_search_locations[0])"],
        capture_output=True, text=True, timeout=60, check=True).stdout.strip()
    path = f"{found}/model_prices_and_context_window_backup.json"
    data = tmp_path_factory.mktemp("prices")
    subprocess.run([binary, "prices", "import", path, "--name", "litellm", "--data", data], timeout=60, check=True,
                   capture_output=True)
    theirs = {}
    with open(path, encoding="utf-8") as file:
        for name, entry in json.load(file, parse_float=Decimal).items():
            if name != "sample_spec" and is_priced(entry):
                provider = provider_of(entry)
                whole = name if name.startswith(provider + "/") else f"{provider}/{name}"
                # Some have two names that are one here: the first one holds.
                theirs.setdefault(whole.lower(), (whole, entry))
    ours = json.loads((data / "prices.imported.json").read_text(encoding="utf-8"))["models"]
    return dict(theirs.values()), ours


def test_every_price_of_the_real_list_is_taken_over_to_the_digit(lists):
    theirs, ours = lists
    assert len(ours) > 2000 and set(ours) <= set(theirs)
    wrong = {name: (stated(theirs[name]), kept(model)) for name, model in ours.items()
             if stated(theirs[name]) != kept(model)}
    assert wrong == {}
    # And there is something of each sort to compare.
    schedules = [schedule for model in ours.values() for schedule in kept(model).items()]
    assert sum(len(rates) > 1 for _, rates in schedules) > 50
    assert {name for name, _ in schedules} >= {"standard", "batch", "flex", "priority"}


def test_no_model_with_prices_is_left_out(lists):
    theirs, ours = lists
    assert sorted(set(theirs) - set(ours)) == []
