"""How each anchor lays out its ledger.

The hospital publishes like an NHS £25k return, the council as the transparency code asks, and the university in a way
of its own.
"""

from .cells import Cell, Pounds
from .ledgers import Ledger, Payment
from .words import words

Row = list[Cell]


def ledger_rows(ledger: Ledger) -> list[Row]:
    """The rows of the file as its anchor would publish it: titles, headings, a line per payment, what stands below."""
    layout = {"hospital": _hospital, "council": _council, "university": _university}[ledger.anchor]
    return layout(ledger)


def _name(ledger: Ledger) -> str:
    return next(str(row["name"]) for row in words("organisations") if row["key"] == ledger.anchor)


def _hospital(ledger: Ledger) -> list[Row]:
    """Headings on the first row, one amount without VAT, and a total at the foot."""
    headings: Row = [
        "Department Family",
        "Entity",
        "Date of Payment",
        "Expense Type",
        "Expense Area",
        "Supplier",
        "Supplier Postcode",
        "Transaction Number",
        "Description",
        "Amount",
    ]
    name = _name(ledger)

    def line(p: Payment) -> Row:
        return [
            "Department of Health and Social Care",
            name,
            p.paid_on,
            p.category.upper(),
            p.department,
            p.payee,
            p.postcode,
            p.transaction_number,
            p.description,
            Pounds(p.net_pence),
        ]

    foot: Row = ["Total", *[None] * 8, Pounds(ledger.total_pence)]
    return [headings, *[line(p) for p in ledger.payments], foot]


def _council(ledger: Ledger) -> list[Row]:
    """Two title rows and a blank one above the headings; net, VAT and gross; a note at the foot."""
    name = _name(ledger)
    titles: list[Row] = [[name], [f"Payments to suppliers, {ledger.title}"], []]
    headings: Row = [
        "Body Name",
        "Service Area",
        "Expenses Type",
        "Payment Date",
        "Transaction Number",
        "Supplier Name",
        "Supplier Postcode",
        "Purpose",
        "Net Amount (£)",
        "VAT (£)",
        "Gross Amount (£)",
    ]

    def line(p: Payment) -> Row:
        money: Row = [Pounds(p.net_pence), Pounds(p.vat_pence), Pounds(p.gross_pence)]
        where: Row = [name, p.department, p.category, p.paid_on, p.transaction_number]
        return [*where, p.payee, p.postcode, p.description, *money]

    note: Row = ["Names of private persons are withheld under data protection law."]
    return [*titles, headings, *[line(p) for p in ledger.payments], [], note]


def _university(ledger: Ledger) -> list[Row]:
    """A title, headings of its own making, supplier numbers, and a total under the money columns."""
    headings: Row = [
        "Pay Date",
        "Supplier No",
        "Paid To",
        "Post Code",
        "Faculty or Service",
        "Account",
        "Narrative",
        "Our Ref",
        "Value ex VAT",
        "VAT",
        "Value inc VAT",
    ]

    def line(p: Payment) -> Row:
        who: Row = [p.paid_on, p.supplier_number or None, p.payee, p.postcode]
        what: Row = [p.department, p.category, p.description, p.transaction_number]
        return [*who, *what, Pounds(p.net_pence), Pounds(p.vat_pence), Pounds(p.gross_pence)]

    vat = sum(p.vat_pence for p in ledger.payments)
    gross = sum(p.gross_pence for p in ledger.payments)
    foot: Row = [*[None] * 7, "Total", Pounds(ledger.total_pence), Pounds(vat), Pounds(gross)]
    return [
        [f"{_name(ledger)}: supplier payments, {ledger.title}"],
        headings,
        *[line(p) for p in ledger.payments],
        foot,
    ]
