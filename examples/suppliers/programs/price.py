"""Stands in for the systems of three suppliers.

Arguments: supplier, article. stdout: {"supplier", "article", "cents"}."""

import json
import pathlib
import sys
import time

supplier, article = sys.argv[1:]
if supplier == "north":
    # It has let two requests pass by before it takes one. What was asked before is in the task's directory.
    requests = pathlib.Path("north-requests")
    count = int(requests.read_text(encoding="ascii")) + 1 if requests.exists() else 1
    requests.write_text(str(count), encoding="ascii")
    if count < 3:
        sys.exit(f"503: too busy for request {count}")
if supplier == "south":
    time.sleep(600)
cents = {"north": 31, "south": 24, "west": 35}[supplier] * len(article)
json.dump({"supplier": supplier, "article": article, "cents": cents}, sys.stdout)
