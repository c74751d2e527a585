"""Finds invoices that came twice: the same vendor and number, whatever the format. The same vendor and amount under
another number is only possibly a duplicate (a monthly bill looks so too), and is named apart.

stdin: {"invoices"}. stdout: {"duplicates", "possible"}."""

import json
import sys
from collections import defaultdict

import identity


def grouped(invoices, key):
    groups = defaultdict(list)
    for invoice in invoices:
        groups[key(invoice)].append(invoice)
    return groups.values()


def described(group):
    first = group[0]
    return {
        "vendor": identity.best_spelling(invoice["vendor"] for invoice in group),
        "currency": first["currency"],
        "total": first["total"],
        "files": [invoice["file"] for invoice in group],
    }


def amount_key(invoice):
    return identity.vendor_key(invoice["vendor"]), invoice["currency"], invoice["total"]


by_identity = list(grouped(json.load(sys.stdin)["invoices"], identity.invoice_key))
duplicates = [
    {
        **described(group),
        "number": group[0]["number"],
        "counted": group[0]["file"],
        "same_total": len({(invoice["currency"], invoice["total"]) for invoice in group}) == 1,
    }
    for group in by_identity
    if len(group) > 1
]
single = [group[0] for group in by_identity]
possible = [
    {**described(group), "numbers": [invoice["number"] for invoice in group]}
    for group in grouped(single, amount_key)
    if len(group) > 1
]
json.dump({"duplicates": duplicates, "possible": possible}, sys.stdout, ensure_ascii=False)
