"""The tool refund: books that a customer gets money back. Booking the same call again changes nothing."""

import json
import os
import pathlib
import sys

from orders import ORDERS

asked = json.load(sys.stdin)
order, cents = asked["order"], asked["cents"]
# What a model must not do is prevented here, not by its instructions.
if order not in ORDERS:
    sys.exit(f"there is no order {order}")
if cents > ORDERS[order][2]:
    sys.exit(f"{ORDERS[order][2]} cents were paid for order {order}, no more can go back")
key = os.environ["SIGNALBOX_IDEMPOTENCY_KEY"]
booked = pathlib.Path("refunds.csv")
if not booked.exists() or key not in booked.read_text(encoding="utf-8"):
    with booked.open("a", encoding="utf-8") as file:
        file.write(f"{order},{cents},{key}\n")
print(f"{cents / 100:.2f} EUR go back for order {order}.")
