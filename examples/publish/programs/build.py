"""Writes index.html. stdin: {"title", "text"}."""

import html
import json
import pathlib
import sys

page = {name: html.escape(value) for name, value in json.load(sys.stdin).items()}
pathlib.Path("index.html").write_text(
    f"<!doctype html>\n<title>{page['title']}</title>\n<h1>{page['title']}</h1>\n<p>{page['text']}</p>\n",
    encoding="utf-8",
)
