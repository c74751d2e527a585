"""Reads every file under in/ into one record per invoice. What cannot be read is reported, never left out silently.

stdin: the output of pdf.py. stdout: {"files", "invoices", "unreadable"}."""

import csv
import json
import pathlib
import sys

import invoice
import invoice_csv
import invoice_text


def decoded(path):
    """UTF-8 with or without a byte order mark; else Windows-1252, which older programs still export."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise invoice.Unreadable("its text is neither UTF-8 nor Windows-1252")


def read(path, text_of_pdf):
    kind = path.suffix.lower()
    if kind == ".pdf":
        return invoice_text.read(path.name, decoded(pathlib.Path(text_of_pdf[path.name])))
    if kind == ".csv":
        return invoice_csv.read(path.name, decoded(path))
    if kind in (".txt", ".eml"):
        return invoice_text.read(path.name, decoded(path))
    raise invoice.Unreadable(f"files of type {kind or 'none'} are not read")


def main():
    pdfs = json.load(sys.stdin)
    text_of_pdf = {entry["file"]: entry["text"] for entry in pdfs["converted"]}
    broken = {entry["file"]: entry["reason"] for entry in pdfs["failed"]}
    files = sorted(path for path in pathlib.Path("in").glob("*") if path.is_file())
    if not files:
        sys.exit("There are no files under in/. Give the task some: signalbox run PLAN --file invoice.csv")
    invoices, unreadable = [], []
    for path in files:
        try:
            if path.name in broken:
                raise invoice.Unreadable(broken[path.name])
            invoices.append(read(path, text_of_pdf))
        except (invoice.Unreadable, csv.Error) as error:
            unreadable.append({"file": path.name, "reason": str(error)})
    json.dump({"files": len(files), "invoices": invoices, "unreadable": unreadable}, sys.stdout, ensure_ascii=False)


main()
