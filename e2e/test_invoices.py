"""The main example gives the right result: compared with figures keyed in by hand from the documents."""

import csv
import io
import json
import re
import subprocess
import urllib.request
from collections import defaultdict
from pathlib import Path

import pytest
from people import INVOICE_FORMS as FORMS, Person

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
    """The outputs of one run of the example on its own files, with everything approved."""
    result = run_plan(EXAMPLE / "plan.yaml", files=sorted((EXAMPLE / "in").iterdir()), forms=FORMS)
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


def payable():
    """What may be paid, worked out from the hand-made table: wrong invoices and second copies are left out."""
    wrong = {problem["file"] for problem in EXPECTED["problems"]}
    return sorted(
        (entry["vendor"].lower(), entry["number"], entry["total"], entry["currency"])
        for entry in COUNTED if entry["file"] not in wrong
    )  # fmt: skip


def payments(entries):
    return sorted(
        (entry["vendor"].lower(), entry["number"], cents(entry["amount"]), entry["currency"]) for entry in entries
    )


def test_what_was_released_is_what_may_be_paid(outputs):
    assert outputs["payments"]["released"] is True
    assert payments(outputs["payments"]["payments"]) == payable()


class TestPeople:
    """What the example asks, and what becomes of the answers."""

    @pytest.fixture
    def server(self, start_server):
        return start_server()

    @pytest.fixture
    def person(self, server):
        return Person(server.address)

    @pytest.fixture
    def number(self, server):
        return server.submit_example(EXAMPLE)["number"]

    def file(self, server, task, name):
        """The text of a kept file, or None."""
        for step in task["steps"]:
            for file in step.get("files", []):
                if file["name"] == name:
                    with urllib.request.urlopen(server.address + file["url"], timeout=10) as answer:
                        return answer.read().decode()
        return None

    def test_the_summary_is_sent_back_and_payments_are_released(self, server, person, number):
        review = person.asked(number)
        assert (review["kind"], review["step"]) == ("review", "summary")
        person.decide(review, "retry", feedback="Half as long, please.")
        second = person.asked(number)
        assert second["proposal"] != review["proposal"]
        assert "which was told:\nHalf as long, please." in second["proposal"]
        person.decide(second, "approve")

        release = person.asked(number)
        assert release["title"] == "Release these payments?"
        assert payments(release["proposal"]) == payable()
        # Paid by card long ago, which only a person knows.
        chosen = [entry for entry in release["proposal"] if entry["vendor"] != "Cloudharbor Inc."]
        assert len(chosen) == len(release["proposal"]) - 1
        person.decide(release, "approve", edits=chosen, values=FORMS["release"])

        task = person.approve_all(number)
        assert task["status"] == "completed"
        assert second["proposal"].strip() in task["outputs"]["report"]
        rows = list(csv.DictReader(io.StringIO(self.file(server, task, "payments.csv"))))
        assert [row["Invoice"] for row in rows] == [entry["number"] for entry in chosen]
        assert {(row["Pay on"], row["Note"]) for row in rows} == {("2026-10-12", "as agreed with Jana")}
        sums = defaultdict(int)
        for row in rows:
            sums[row["Currency"]] += cents(row["Amount"])
        assert {currency: cents(total) for currency, total in task["outputs"]["payments"]["totals"].items()} == sums

    def test_what_is_not_released_is_not_written(self, server, person, number):
        person.decide(person.asked(number), "approve")
        release = person.asked(number)
        person.decide(release, "reject", feedback="not before the audit")
        task = person.approve_all(number)
        assert task["status"] == "completed"
        assert self.file(server, task, "payments.csv") is None
        assert self.file(server, task, "report.md") == task["outputs"]["report"]
        assert task["outputs"]["payments"]["released"] is False
        assert task["outputs"]["payments"]["reason"].endswith(" did not release them: not before the audit")

    def test_a_report_without_an_accepted_summary(self, person, number):
        person.decide(person.asked(number), "reject")
        task = person.approve_all(number, FORMS)
        assert "*No summary was accepted.*" in task["outputs"]["report"]


def test_a_broken_file_holds_up_no_other(run_plan, tmp_path):
    """pdftotext is tried again, then the file is reported, and the others are read."""
    broken = tmp_path / "a broken one.pdf"
    broken.write_bytes(b"%PDF-1.4 and then nothing")
    sound = EXAMPLE / "in" / "Reinigung_August.txt"
    result = run_plan(EXAMPLE / "plan.yaml", files=[broken, sound], forms=FORMS)
    assert result["status"] == "completed", result
    assert result["outputs"]["findings"]["invoices"] == 1
    assert [entry["file"] for entry in result["outputs"]["findings"]["unreadable"]] == [broken.name]
    convert = next(step for step in result["steps"] if step["path"] == "documents/0/text/pdf/convert")
    assert (convert["status"], convert["runs"]) == ("failed", 3)
    assert result["outputs"]["payments"]["totals"] == {"EUR": "827.05"}


def test_nothing_came_in(run_plan):
    result = run_plan(EXAMPLE / "plan.yaml", files=[], forms=FORMS)
    assert result["status"] == "completed", result
    assert result["outputs"]["totals"] == {"vendors": [], "currencies": []}
    assert result["outputs"]["payments"] == {"released": False, "reason": "There is nothing to be paid."}


def test_without_a_terminal_it_says_how_to_decide(binary, tmp_path):
    def signalbox(*arguments, code):
        command = [binary, *arguments, "--data", tmp_path]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert result.returncode == code, f"{result.stdout}\n{result.stderr}"
        return result.stdout + result.stderr

    said = signalbox("run", EXAMPLE, "--file", EXAMPLE / "in", code=4)
    assert re.search(r"signalbox approvals approve 1-1\b", said)
    signalbox("approvals", "approve", "1-1", code=0)
    said = signalbox("tasks", "watch", "1", code=4)
    assert re.search(r"signalbox approvals approve 1-2 --value pay_on=", said)
    assert "pay_on" in signalbox("approvals", "approve", "1-2", "--value", "pay_on=tomorrow", code=2)
    signalbox("approvals", "approve", "1-2", "--value", "pay_on=2026-10-12", code=0)
    assert "payments.csv" in signalbox("tasks", "watch", "1", code=0)
