"""Writes packing.csv. stdin: the packed orders. stdout: how many."""

import csv
import json
import sys

orders = json.load(sys.stdin)
with open("packing.csv", "w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, ["order", "by", "grams", "cents"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(orders)
json.dump(len(orders), sys.stdout)
