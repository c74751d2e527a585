"""Totals per vendor and currency, and per currency. A duplicate counts once, by its first file. An invoice with an
arithmetic error counts with what it states, since that is what the vendor asks for, and is named.

stdin: {"invoices", "duplicates", "problems"}. stdout: {"vendors", "currencies"}; amounts are strings."""

import json
import sys
from collections import defaultdict
from decimal import Decimal

import identity
import money


def summed(invoices):
    def total(name):
        return money.text(sum(Decimal(invoice[name]) for invoice in invoices))

    return {"invoices": len(invoices), **{name: total(name) for name in ("net", "vat", "total")}}


task = json.load(sys.stdin)
left_out = {file for entry in task["duplicates"] for file in entry["files"] if file != entry["counted"]}
wrong = {problem["file"] for problem in task["problems"]}
spellings, by_vendor, by_currency = defaultdict(list), defaultdict(list), defaultdict(list)
for invoice in task["invoices"]:
    vendor = identity.vendor_key(invoice["vendor"])
    spellings[vendor].append(invoice["vendor"])
    if invoice["file"] not in left_out:
        by_vendor[vendor, invoice["currency"]].append(invoice)
        by_currency[invoice["currency"]].append(invoice)
vendors = [
    {
        "vendor": identity.best_spelling(spellings[vendor]),
        "currency": currency,
        **summed(invoices),
        "wrong": [invoice["number"] for invoice in invoices if invoice["file"] in wrong],
    }
    for (vendor, currency), invoices in sorted(by_vendor.items())
]
currencies = [{"currency": currency, **summed(invoices)} for currency, invoices in sorted(by_currency.items())]
json.dump({"vendors": vendors, "currencies": currencies}, sys.stdout, ensure_ascii=False)
