"""Amounts as people write them: `1.234,56`, `1,234.56`, `1'234.56 CHF`, `-73,91 €`. Exact decimals, never floats."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_DECORATION = re.compile(r"EUR|USD|GBP|CHF|[€$£%\s'’\u00a0\u202f]")
# Two digits behind a mark and nothing more; a date such as 14.09.2026 has more.
_TWO_PLACES = re.compile(r"\d([.,])\d\d(?![\d.,])")


def decimal_mark(text):
    """The decimal mark of a document, told from its amounts, since `1.200` alone may be either."""
    marks = _TWO_PLACES.findall(text)
    return "," if marks.count(",") > marks.count(".") else "."


def amount(text, mark):
    """The number in a cell, or None if there is none."""
    bare = _DECORATION.sub("", text).replace("\u2212", "-")
    if bare.endswith("-"):
        bare = "-" + bare[:-1]
    if len(bare) > 20:
        return None
    thousands = "." if mark == "," else ","
    whole = r"\d{1,3}(?:%s\d{3})+|\d+" % re.escape(thousands)
    if not re.fullmatch(r"-?(?:%s)(?:%s\d+)?" % (whole, re.escape(mark)), bare):
        return None
    return Decimal(bare.replace(thousands, "").replace(mark, "."))


def cents(value):
    """Rounded as invoices round: half a cent goes up, away from zero."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def text(value):
    """An amount in JSON: a string with two places, so that no reader makes a float of it."""
    return str(cents(value))


def shown(value):
    """An amount for people: `5,013.77`."""
    return f"{Decimal(value):,.2f}"
