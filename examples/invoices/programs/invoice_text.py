"""Invoices as plain text: letters, e-mails that quote an invoice, and what pdftotext makes of a PDF. The letterhead
stands first, columns are at least two spaces apart, and the sums stand in lines of their own with a known label."""

import re

import invoice
import money

_NUMBER = re.compile(
    r"(?:Rechnung(?:s?-?\s?Nr\.?|snummer| Nr\.?)|Gutschrift Nr\.?|Invoice (?:number|no\.?))\s*:?\s*(\S+)", re.IGNORECASE
)
_DATE = re.compile(r"(?:Rechnungsdatum|Invoice date|Datum)\s*:?\s*(.+)", re.IGNORECASE)
_RATE = r"(?P<rate>\d+(?:[.,]\d+)?)\s?%"
_MONEY = "(?:EUR|USD|GBP|CHF|[€$£])"
_AMOUNT = rf"\s(?P<amount>(?:{_MONEY}\s*)?[-−]?\d[\d.,'’]*[.,]\d\d(?:\s?{_MONEY})?)$"
_SUMS = [
    ("net", re.compile(r"(?:Summe netto|Nettobetrag|Zwischensumme|Subtotal|Total exkl)\b.*" + _AMOUNT, re.IGNORECASE)),
    ("total", re.compile(
        r"(?:Gesamtbetrag|Rechnungsbetrag|Gutschriftsbetrag|Total inkl|Total due)\b.*" + _AMOUNT, re.IGNORECASE
    )),
    ("vat", re.compile(r"(?:zzgl\. )?(?:USt|MwSt|VAT)\b.*?" + _RATE + ".*" + _AMOUNT, re.IGNORECASE)),
    ("vat", re.compile(r"(?:zzgl\. )?" + _RATE + r" (?:USt|MwSt|VAT)\b.*" + _AMOUNT, re.IGNORECASE)),
]
_QUANTITY = re.compile(r"(-?\d[\d.,'’]*)(?: (\S+))?")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")


def read(file, text):
    text = _quoted(text)
    mark = money.decimal_mark(text)
    rows = [row.strip() for row in text.replace("\f", "\n").splitlines() if row.strip()]
    if not rows:
        raise invoice.Unreadable("it holds no text (a scan?)")
    sums, items, rates = {}, [], []
    for row in rows:
        found = _sum(row, mark)
        if found:
            name, value, rate = found
            sums[name] = sums.get(name, 0) + value
            rates += [rate] if rate is not None else []
        elif not sums:
            item = _item(row, mark)
            items += [item] if item else []
    number, date = _NUMBER.search(text), _DATE.search(text)
    fields = {
        "vendor": re.split(r"\s{2,}", rows[0])[0],
        "number": number.group(1) if number else None,
        "date": invoice.date(date.group(1)) if date else None,
        "currency": invoice.currency(text),
        **sums,
    }
    return invoice.record(file, fields, [_with_rate(item, rates) for item in items])


def _quoted(text):
    """What a forwarded mail quotes, if it quotes something: the letter around it is not the invoice."""
    quoted = [line[1:].removeprefix(" ") for line in text.splitlines() if line.startswith(">")]
    return "\n".join(quoted) if quoted else text


def _sum(row, mark):
    for name, pattern in _SUMS:
        found = pattern.match(row)
        value = money.amount(found["amount"], mark) if found else None
        if value is not None:
            rate = found.groupdict().get("rate")
            return name, value, rate and money.amount(rate, "," if "," in rate else ".")
    return None


def _item(row, mark):
    """A line item: description, quantity with unit, price, perhaps a tax rate, amount. None for any other row."""
    cells = re.split(r"\s{2,}", row)
    rate = next((cell for cell in cells if _PERCENT.fullmatch(cell)), None)
    cells = [cell for cell in cells if cell != rate]
    if len(cells) > 2 and re.fullmatch(r"[\d.]+", cells[0]):
        cells = cells[1:]
    if len(cells) < 4:
        return None
    description, quantity = cells[0], _QUANTITY.fullmatch(" ".join(cells[1:-2]))
    price, net = money.amount(cells[-2], mark), money.amount(cells[-1], mark)
    count = money.amount(quantity.group(1), mark) if quantity else None
    if count is None or price is None or net is None:
        return None
    return description, count, quantity.group(2), price, net, money.amount(rate, mark) if rate else None


def _with_rate(item, rates):
    """Most invoices have one tax rate and state it only beside the sum."""
    *values, rate = item
    if rate is None and len(rates) != 1:
        raise invoice.Unreadable("its line items have no tax rate")
    return invoice.line(*values, rates[0] if rate is None else rate)
