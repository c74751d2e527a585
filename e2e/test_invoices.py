"""The main example gives the right result: compared with figures keyed in by hand from the documents."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "invoices"
EXPECTED = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))
DOCUMENTS = {document["file"]: document for document in EXPECTED["documents"]}
COUNTED = [document for document in EXPECTED["documents"] if "duplicate_of" not in document]
AMOUNTS = ("net", "vat", "total")


def cents(amount):
    """Cents of an amount such as `-462.91`. Amounts must be strings with two places: a float would be a mistake."""
    assert isinstance(amount, str) and amount[-3] == ".", f"{amount!r} is no exact amount"
    return int(amount.replace(".", ""))


def added_up(documents, *keys):
    sums = defaultdict(lambda: {"invoices": 0, **dict.fromkeys(AMOUNTS, 0)})
    for document in documents:
        entry = sums[tuple(document[key] for key in keys)]
        entry["invoices"] += 1
        for name in AMOUNTS:
            entry[name] += document[name]
    return dict(sums)


def stated(entries, *keys):
    return {
        tuple(entry[key] for key in keys): {
            "invoices": entry["invoices"],
            **{name: cents(entry[name]) for name in AMOUNTS},
        }
        for entry in entries
    }


@pytest.fixture(scope="module")
def outputs(run_plan):
    """The outputs of one run of the example on its own files."""
    result = run_plan(EXAMPLE / "plan.yaml", files=sorted((EXAMPLE / "in").iterdir()))
    assert result["status"] == "completed", result
    return result["outputs"]


def test_every_file_is_in_the_hand_made_table():
    files = {path.name for path in (EXAMPLE / "in").iterdir()}
    assert files == set(DOCUMENTS) | set(EXPECTED["no_invoices"])


def test_totals_per_vendor(outputs):
    found = stated(outputs["totals"]["vendors"], "vendor", "currency")
    assert found == added_up(COUNTED, "vendor", "currency")


def test_totals_per_currency(outputs):
    assert stated(outputs["totals"]["currencies"], "currency") == added_up(COUNTED, "currency")


def test_invoices_with_errors_are_named_beside_the_totals(outputs):
    wrong = {number for entry in outputs["totals"]["vendors"] for number in entry["wrong"]}
    assert wrong == {DOCUMENTS[problem["file"]]["number"] for problem in EXPECTED["problems"]}


def test_arithmetic_errors(outputs):
    found = [
        {
            "file": problem["file"],
            "kind": problem["kind"],
            "stated": cents(problem["stated"]),
            "computed": cents(problem["computed"]),
        }
        for problem in outputs["findings"]["problems"]
    ]
    assert sorted(found, key=str) == sorted(EXPECTED["problems"], key=str)


def test_duplicates(outputs):
    found = {frozenset(entry["files"]) for entry in outputs["findings"]["duplicates"]}
    expected = {
        frozenset((document["file"], document["duplicate_of"]))
        for document in EXPECTED["documents"]
        if "duplicate_of" in document
    }
    assert found == expected
    assert all(entry["same_total"] for entry in outputs["findings"]["duplicates"])


def test_same_amount_under_another_number_is_only_possibly_a_duplicate(outputs):
    found = [sorted(entry["files"]) for entry in outputs["findings"]["possible"]]
    assert found == [sorted(files) for files in EXPECTED["possible_duplicates"]]


def test_files_that_are_no_invoices_are_reported(outputs):
    assert [entry["file"] for entry in outputs["findings"]["unreadable"]] == EXPECTED["no_invoices"]
    assert outputs["findings"]["files"] == len(DOCUMENTS) + len(EXPECTED["no_invoices"])
    assert outputs["findings"]["invoices"] == len(DOCUMENTS)


def test_report_shows_the_figures_and_says_who_wrote_the_summary(outputs):
    report = outputs["report"]
    for (currency,), sums in added_up(COUNTED, "currency").items():
        row = f"| {currency} | {sums['invoices']} | " + " | ".join(f"{sums[name] / 100:,.2f}" for name in AMOUNTS)
        assert row + " |" in report
    assert "(written by a script, not by a model)" in report
    for problem in EXPECTED["problems"]:
        assert DOCUMENTS[problem["file"]]["number"] in report
