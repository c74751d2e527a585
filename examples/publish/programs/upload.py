"""Copies index.html to published/SITE/. Argument: the site."""

import pathlib
import shutil
import sys

target = pathlib.Path("published", sys.argv[1])
target.mkdir(parents=True, exist_ok=True)
shutil.copy("index.html", target)
