"""Made in/Brandt_Rechnung_2026-1187.pdf, once, with ReportLab 5.1. Kept so that the file's origin can be seen:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install reportlab==5.1.0
    /tmp/venv/bin/python make_pdf.py
"""

import pathlib

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

TARGET = pathlib.Path(__file__).parent / "in" / "Brandt_Rechnung_2026-1187.pdf"
ITEMS = [
    ("Arbeitszeit Geselle", "14,5 Std", "62,50", "906,25"),
    ("Arbeitszeit Meister", "3,0 Std", "78,00", "234,00"),
    ("LED-Hallenstrahler 150 W, IP65", "12 Stk", "118,75", "1.425,00"),
    ("Mantelleitung NYM-J 5x2,5 mm², 100 m", "3 Ring", "164,20", "492,60"),
    ("Klein- und Befestigungsmaterial", "1 psch", "85,00", "85,00"),
    ("Anfahrt", "2 Stk", "35,00", "70,00"),
]
SUMS = [("Nettobetrag", "3.212,85"), ("USt 19 %", "610,44"), ("Rechnungsbetrag", "3.823,29 EUR")]

page = Canvas(str(TARGET), pagesize=A4, invariant=1)
page.setTitle("Rechnung 2026-1187")
page.setAuthor("Brandt Elektrotechnik e.K.")
page.setFillColorRGB(0.05, 0.25, 0.45)
page.setFont("Helvetica-Bold", 18)
page.drawString(25 * mm, 270 * mm, "Brandt Elektrotechnik e.K.")
page.setFillColorRGB(0, 0, 0)
page.setFont("Helvetica", 9)
page.drawString(25 * mm, 264 * mm, "Großenhainer Straße 140 · 01129 Dresden · Tel. 0351 555 0188 · HRA 0000 Dresden")
page.line(25 * mm, 261 * mm, 185 * mm, 261 * mm)
page.setFont("Helvetica", 10)
for row, text in enumerate(["Havel & Stern Möbelwerkstatt GmbH", "Spinnereistraße 7", "04179 Leipzig"]):
    page.drawString(25 * mm, (246 - 5 * row) * mm, text)
page.drawString(130 * mm, 246 * mm, "Rechnungsdatum:  30.09.2026")
page.drawString(130 * mm, 241 * mm, "Leistung: 21.-25.09.2026")
page.setFont("Helvetica-Bold", 13)
page.drawString(25 * mm, 218 * mm, "Rechnung Nr. 2026-1187")
page.setFont("Helvetica", 10)
page.drawString(25 * mm, 210 * mm, "Erneuerung der Hallenbeleuchtung, Werkstatt Spinnereistraße")

columns = [(25, "Pos"), (37, "Leistung"), (125, "Menge"), (155, "Preis EUR"), (185, "Betrag EUR")]
page.setFont("Helvetica-Bold", 9)
for position, (left, heading) in enumerate(columns):
    (page.drawString if position < 2 else page.drawRightString)(left * mm, 199 * mm, heading)
page.line(25 * mm, 197 * mm, 185 * mm, 197 * mm)
page.setFont("Helvetica", 10)
height = 191
for number, item in enumerate(ITEMS, start=1):
    for position, ((left, _), text) in enumerate(zip(columns, (str(number), *item))):
        (page.drawString if position < 2 else page.drawRightString)(left * mm, height * mm, text)
    height -= 6.5
page.line(25 * mm, (height + 3) * mm, 185 * mm, (height + 3) * mm)
for label, text in SUMS:
    page.setFont("Helvetica-Bold" if label == SUMS[-1][0] else "Helvetica", 10)
    page.drawString(115 * mm, (height - 3) * mm, label)
    page.drawRightString(185 * mm, (height - 3) * mm, text)
    height -= 6.5
page.setFont("Helvetica", 9)
page.drawString(25 * mm, 40 * mm, "Zahlbar ohne Abzug bis 14.10.2026. IBAN DE00 8505 0300 0044 5566 77, BIC XXXXDE00XXX")
page.drawString(25 * mm, 35 * mm, "Umsatzsteuer-Identifikationsnummer DE000000000")
page.save()
