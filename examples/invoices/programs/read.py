"""Reads one file into a record of its invoice. What is no invoice is reported, never left out silently.

stdin: {"file", "path"}, its name and where its text is. stdout: {"invoice"} or {"unreadable"}."""

import csv
import json
import pathlib
import sys

import invoice
import invoice_csv
import invoice_text

READERS = {".csv": invoice_csv, ".txt": invoice_text, ".eml": invoice_text, ".pdf": invoice_text}


def decoded(path):
    """UTF-8 with or without a byte order mark; else Windows-1252, which older programs still export."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise invoice.Unreadable("its text is neither UTF-8 nor Windows-1252")


def read(name, path):
    kind = pathlib.Path(name).suffix.lower()
    if kind not in READERS:
        raise invoice.Unreadable(f"files of type {kind or 'none'} are not read")
    return READERS[kind].read(name, decoded(path))


task = json.load(sys.stdin)
try:
    result = {"invoice": read(task["file"], pathlib.Path(task["path"]))}
except (invoice.Unreadable, csv.Error) as error:
    result = {"unreadable": {"file": task["file"], "reason": str(error)}}
json.dump(result, sys.stdout, ensure_ascii=False)
