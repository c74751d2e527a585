"""Invoices as CSV. Two layouts are common: one row per line item that repeats the invoice's data in every row, and a
sheet with labelled rows above and below a table."""

import csv
import io
import re

import invoice
import money

# What columns and labels are called, without case, digits, spaces and signs.
_NAMES = {
    "number": "rechnung rechnungsnr rechnungsnummer belegnummer invoiceno invoicenumber",
    "date": "datum rechnungsdatum date invoicedate",
    "vendor": "lieferant kreditor supplier vendor",
    "currency": "währung currency",
    "text": "beschreibung bezeichnung leistung description",
    "quantity": "menge anzahl quantity qty",
    "unit": "einheit unit",
    "price": "einzelpreis preis unitprice",
    "amount": "betrag positionsbetrag linetotal",
    "rate": "ust ustsatz mwst mwstsatz vatrate",
    "net": "netto nettosumme summenetto nettotal",
    "vat": "ustbetrag mwstbetrag vattotal",
    "total": "brutto bruttosumme gesamtbetrag rechnungsbetrag invoicetotal",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}


def _field(cell):
    return _FIELDS.get(re.sub(r"[\W\d_]", "", cell.lower()))


def read(file, text):
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if text.count(";") > text.count(",") / 2 else ","))
    mark = money.decimal_mark(text)
    top = next((index for index, row in enumerate(rows) if {"text", "amount"} <= {_field(cell) for cell in row}), None)
    if top is None:
        raise invoice.Unreadable("no table of line items found")
    columns = [_field(cell) for cell in rows[top]]
    items, labelled = [], {}
    for row in rows[top + 1 :]:
        cells = dict(zip(columns, (cell.strip() for cell in row)))
        if cells.get("text"):
            items.append(cells)
        else:
            _add_label(labelled, row)
    for row in rows[:top]:
        _add_label(labelled, row)
    fields = {**labelled, **({name: items[0].get(name) for name in _NAMES if items[0].get(name)} if items else {})}
    lines = [_line(cells, mark, number) for number, cells in enumerate(items, start=1)]
    return invoice.record(
        file,
        {
            "vendor": fields.get("vendor"),
            "number": fields.get("number"),
            "date": invoice.date(fields.get("date", "")),
            "currency": invoice.currency(fields.get("currency", "")),
            **{name: money.amount(fields.get(name, ""), mark) for name in ("net", "vat", "total")},
        },
        lines,
    )


def _add_label(labelled, row):
    """Notes a row such as `Lieferant;Müller Büro GmbH` or `;;;;;USt 19 %;796,40;`."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) == 2 and _field(cells[0]):
        field = _field(cells[0])
        # Below a table `USt 19 %` stands for the tax, not for the rate.
        labelled["vat" if field == "rate" else field] = cells[1]


def _line(cells, mark, number):
    values = {name: money.amount(cells.get(name) or "", mark) for name in ("quantity", "price", "amount", "rate")}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise invoice.Unreadable(f"line item {number} has no readable {', '.join(missing)}")
    return invoice.line(
        cells["text"], values["quantity"], cells.get("unit") or None, values["price"], values["amount"], values["rate"]
    )
