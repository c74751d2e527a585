"""When two spellings mean the same: `Müller Büro GmbH` and `MÜLLER BÜRO GMBH`, invoice 2026-1187 and 2026/1187."""

import re

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def vendor_key(name):
    return re.sub(r"[\W_]", "", name.lower().translate(_LETTERS))


def number_key(number):
    return re.sub(r"[\W_]", "", number.lower())


def invoice_key(invoice):
    return vendor_key(invoice["vendor"]), number_key(invoice["number"])


def best_spelling(names):
    """The spelling to show: the one with the fewest capitals, since all capitals are an export's doing."""
    return min(names, key=lambda name: (sum(letter.isupper() for letter in name), name))
