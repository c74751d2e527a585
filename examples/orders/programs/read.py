"""Reads in/orders.csv, which has a row per line of an order. stdout: the orders with their lines."""

import csv
import json
import sys

orders = {}
with open("in/orders.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        order = orders.setdefault(row["order"], {"order": row["order"], "country": row["country"], "lines": []})
        order["lines"].append({"article": row["article"], "quantity": int(row["quantity"])})
json.dump(list(orders.values()), sys.stdout)
