"""Writes payments.csv from what was released.

stdin: {"payments", "pay_on", "note"}. stdout: {"file", "totals"}."""

import csv
import json
import sys
from collections import defaultdict
from decimal import Decimal

import money

task = json.load(sys.stdin)
totals = defaultdict(Decimal)
with open("payments.csv", "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["Pay on", "Vendor", "Invoice", "Amount", "Currency", "Note"])
    for payment in task["payments"]:
        # A person may have typed it: what is no amount fails the step instead of reaching the bank.
        amount = money.text(Decimal(payment["amount"]))
        writer.writerow(
            [task["pay_on"], payment["vendor"], payment["number"], amount, payment["currency"], task["note"]])
        totals[payment["currency"]] += Decimal(amount)
totals = {currency: money.text(total) for currency, total in sorted(totals.items())}
json.dump({"file": "payments.csv", "totals": totals}, sys.stdout, ensure_ascii=False)
