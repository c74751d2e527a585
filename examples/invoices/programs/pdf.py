"""Turns every PDF under in/ into a text file under text/, with poppler's pdftotext. Prints which is where."""

import json
import pathlib
import subprocess
import sys

folder = pathlib.Path("text")
folder.mkdir(exist_ok=True)
converted, failed = [], []
for source in sorted(pathlib.Path("in").glob("*")):
    if source.suffix.lower() != ".pdf":
        continue
    target = folder / f"{source.name}.txt"
    result = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(source), str(target)], capture_output=True, text=True, check=False
    )
    if result.returncode == 0:
        converted.append({"file": source.name, "text": str(target)})
    else:
        failed.append({"file": source.name, "reason": f"pdftotext: {result.stderr.strip()}"})
json.dump({"converted": converted, "failed": failed}, sys.stdout)
