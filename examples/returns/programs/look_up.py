"""The tool look_up: finds orders by number, or by the name of the customer."""

import json
import sys

from orders import ORDERS

asked = json.load(sys.stdin)
found = [
    f"{number} | {customer} | {article} | {cents} cents"
    for number, (customer, article, cents) in ORDERS.items()
    if number == asked.get("order") or customer == asked.get("customer")
]
if not found:
    sys.exit("there is no such order")
print("\n".join(found))
