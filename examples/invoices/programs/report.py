"""Writes report.md: the summary, then a table each for totals, findings and invoices.

stdin: {"title", "summary", "invoices", "totals", "findings"}; the summary is null when it was rejected.
stdout: {"file", "markdown"}."""

import json
import pathlib
import sys

import money


def cell(value):
    return str(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def table(headings, rows, numeric=()):
    marks = ["---:" if heading in numeric else "---" for heading in headings]
    lines = [headings, marks, *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def amounts(entry):
    return [money.shown(entry[name]) for name in ("net", "vat", "total")]


def findings_sections(findings):
    if findings["problems"]:
        yield "## Arithmetic errors"
        yield table(
            ["Vendor", "Invoice", "What is wrong", "Stated", "Computed", "Difference", ""],
            [
                [entry["vendor"], entry["number"], entry["sentence"], money.shown(entry["stated"]),
                 money.shown(entry["computed"]), money.shown(entry["difference"]), entry["currency"]]
                for entry in findings["problems"]
            ],
            ("Stated", "Computed", "Difference"),
        )
    if findings["duplicates"]:
        yield "## Received twice"
        yield table(
            ["Vendor", "Invoice", "Total", "", "Files", "Counted"],
            [
                [entry["vendor"], entry["number"], money.shown(entry["total"]), entry["currency"],
                 ", ".join(entry["files"]), "first file" if entry["same_total"] else "first file; THE TOTALS DIFFER"]
                for entry in findings["duplicates"]
            ],
            ("Total",),
        )
    if findings["possible"]:
        yield "## Same vendor and amount, other number"
        yield "All of these are counted. A monthly bill looks like this, and so does an invoice sent again."
        yield table(
            ["Vendor", "Invoices", "Total each", ""],
            [
                [entry["vendor"], ", ".join(entry["numbers"]), money.shown(entry["total"]), entry["currency"]]
                for entry in findings["possible"]
            ],
            ("Total each",),
        )
    if findings["unreadable"]:
        yield "## Not read"
        yield table(["File", "Why"], [[entry["file"], entry["reason"]] for entry in findings["unreadable"]])


task = json.load(sys.stdin)
sums = ("Invoices", "Net", "VAT", "Total")
sections = [
    f"# {task['title']}",
    (task["summary"] or "*No summary was accepted.*").strip(),
    "## Totals",
    table(
        ["Currency", *sums],
        [[entry["currency"], entry["invoices"], *amounts(entry)] for entry in task["totals"]["currencies"]],
        sums,
    ),
    "## Totals per vendor",
    table(
        ["Vendor", "Currency", *sums, "Wrong"],
        [
            [entry["vendor"], entry["currency"], entry["invoices"], *amounts(entry), ", ".join(entry["wrong"])]
            for entry in task["totals"]["vendors"]
        ],
        sums,
    ),
    *findings_sections(task["findings"]),
    "## Invoices",
    table(
        ["Date", "Vendor", "Number", "Total", "Currency", "File"],
        [
            [entry["date"], entry["vendor"], entry["number"], money.shown(entry["total"]), entry["currency"],
             entry["file"]]
            for entry in sorted(task["invoices"], key=lambda entry: (entry["date"], entry["file"]))
        ],
        ("Total",),
    ),
]
markdown = "\n\n".join(sections) + "\n"
pathlib.Path("report.md").write_text(markdown, encoding="utf-8")
json.dump({"file": "report.md", "markdown": markdown}, sys.stdout, ensure_ascii=False)
