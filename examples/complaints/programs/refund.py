"""Books a refund: writes refund.csv, as the bank's program takes it. stdin: {"order", "amount"}. stdout: the same.

It is not repeatable. After a crash in the middle of it nobody but a person can say whether the money is on its way."""

import csv
import json
import os
import sys
from decimal import Decimal

refund = json.load(sys.stdin)
amount = f"{Decimal(str(refund['amount'])):.2f}"
with open("refund.csv", "w", encoding="utf-8", newline="") as file:
    # The bank knows a refund again by the key, should it ever come twice.
    csv.writer(file, lineterminator="\n").writerow([refund["order"], amount, os.environ["SIGNALBOX_IDEMPOTENCY_KEY"]])
json.dump({"order": refund["order"], "amount": amount}, sys.stdout)
