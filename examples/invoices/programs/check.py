"""Recalculates every invoice: line amounts, their sum, the tax per rate, the total.

stdin: {"invoices", "tolerance_cents"}. stdout: {"checked", "problems"}."""

import json
import sys
from collections import defaultdict
from decimal import Decimal

import money


def problems(invoice, tolerance):
    def problem(kind, sentence, stated, computed):
        return {
            "file": invoice["file"], "vendor": invoice["vendor"], "number": invoice["number"],
            "currency": invoice["currency"], "kind": kind, "sentence": sentence, "stated": money.text(stated),
            "computed": money.text(computed), "difference": money.text(stated - computed),
        }

    net, vat, total = (Decimal(invoice[name]) for name in ("net", "vat", "total"))
    nets_by_rate = defaultdict(Decimal)
    for line in invoice["lines"]:
        stated = Decimal(line["net"])
        computed = money.cents(Decimal(line["quantity"]) * Decimal(line["price"]))
        if abs(stated - computed) > tolerance:
            yield problem("line", f"“{line['text']}” is not quantity times price", stated, computed)
        nets_by_rate[Decimal(line["vat_rate"])] += stated
    lines = sum(nets_by_rate.values(), Decimal())
    if lines != net:
        # The tax rests on the stated sum then; saying that it is wrong as well would tell the same mistake twice.
        yield problem("sum", "the line items do not add up to the stated net amount", net, lines)
        if len(nets_by_rate) == 1:
            nets_by_rate = {rate: net for rate in nets_by_rate}
    tax = sum((money.cents(amount * rate / 100) for rate, amount in nets_by_rate.items()), Decimal())
    if abs(vat - tax) > tolerance * len(nets_by_rate):
        rates = ", ".join(f"{rate.normalize():f} %" for rate in nets_by_rate)
        yield problem("vat", f"the VAT is not {rates} of the net amount", vat, tax)
    if net + vat != total:
        yield problem("total", "net amount and VAT do not add up to the stated total", total, net + vat)


task = json.load(sys.stdin)
tolerance = Decimal(task["tolerance_cents"]) * money.CENT
found = [problem for invoice in task["invoices"] for problem in problems(invoice, tolerance)]
json.dump({"checked": len(task["invoices"]), "problems": found}, sys.stdout, ensure_ascii=False)
