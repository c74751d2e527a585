"""The one shape that every invoice is brought into, and the parts that all layouts share."""

import datetime
import re

import money


class Unreadable(Exception):
    """A file that holds no invoice this program can read; the message says why."""


_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan", "februar february feb", "märz march mar", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sep", "oktober october okt oct", "november nov",
            "dezember december dez dec",
        ],
        start=1,
    )
    for name in names.split()
}


def date(text):
    """The first date in a text as ISO 8601, or None. `18/09/2026` is day first, as in the United Kingdom."""
    found = re.search(r"(\d{4})-(\d\d)-(\d\d)", text)
    if found:
        return _iso(*found.groups())
    found = re.search(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    if found:
        day, month, year = found.groups()
        return _iso(year, month, day)
    found = re.search(r"(\d{1,2})\.? ([^\W\d]+)\.? (\d{4})", text)
    if found:
        day, month, year = found.groups()
        return _iso(year, _MONTHS.get(month.lower()), day)
    found = re.search(r"([^\W\d]+)\.? (\d{1,2}), (\d{4})", text)
    if found:
        month, day, year = found.groups()
        return _iso(year, _MONTHS.get(month.lower()), day)
    return None


def _iso(year, month, day):
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except (TypeError, ValueError):
        return None


def currency(text):
    """The currency a document speaks of first, by code and then by sign."""
    code = re.search(r"\b(EUR|USD|GBP|CHF)\b", text)
    if code:
        return code.group(1)
    sign = re.search(r"[€$£]", text)
    return {"€": "EUR", "$": "USD", "£": "GBP"}[sign.group()] if sign else None


def line(text, quantity, unit, price, net, vat_rate):
    return {
        "text": text,
        "quantity": str(quantity),
        "unit": unit,
        "price": str(price),
        "net": money.text(net),
        "vat_rate": str(vat_rate),
    }


def record(file, fields, lines):
    """The record of an invoice. `fields` are vendor, number, date, currency as text; net, vat, total as decimals."""
    names = ["vendor", "number", "date", "currency", "net", "vat", "total"]
    missing = [name for name in names if fields.get(name) is None]
    if missing:
        raise Unreadable(f"it does not look like an invoice: no {', '.join(missing)} found")
    if not lines:
        raise Unreadable("no line items found")
    amounts = {name: money.text(fields[name]) for name in names[4:]}
    return {"file": file, **{name: fields[name] for name in names[:4]}, **amounts, "lines": lines}
