"""What a sheet that is no ledger seems to be, and what to upload instead."""

import re
from collections.abc import Sequence

from procure.sheets.cells import show
from procure.sheets.columns import Layout
from procure.sheets.headings import normalise, score
from procure.sheets.table import Row

WANTED = "Upload the list of payments: one line for each, with who was paid, how much and when"
_LACKS = {
    "supplier": "a column that says who was paid",
    "amount": "a column of amounts",
    "paid_on": "a column of payment dates",
}
_REGISTER = re.compile(
    r"\bcontract (?:title|value|number|name|start|end|reference|description|term|status|type|period)\b|"
    r"\b(?:start|end|expiry|award|review|commencement) date\b|\bdate of award\b|\bextension\b|"
    r"\btender\b|\bprocurement process\b"
)
_SURE_OF_PAYMENT = 0.9


def is_contract_register(layout: Layout) -> bool:
    """Whether the headings are those of a list of contracts, even if one of its dates could pass for a payment's."""
    told = sum(bool(_REGISTER.search(normalise(heading))) for heading in layout.headings)
    paid_on = layout.columns.get("paid_on", "")
    return told >= 3 and score(paid_on, "paid_on") < _SURE_OF_PAYMENT


def refuse_sheet(layout: Layout | None, rows: Sequence[Row]) -> str:
    """Why a sheet is not read as a ledger, in a sentence or two for the person who uploaded it."""
    if not any(any(show(cell) for cell in row) for row in rows):
        return f"The sheet is empty. {WANTED}"
    if layout is None or len(layout.missing) == len(_LACKS):
        return f"No heading row was found that names who was paid, how much and when. {WANTED}"
    if is_contract_register(layout):
        return f"This seems to be a contract register, not a list of payments. {WANTED}"
    if layout.missing == ("paid_on",):
        return f"This seems to be totals by supplier: there is no column of payment dates. {WANTED}"
    lacks = " and ".join(_LACKS[name] for name in layout.missing)
    return f"Under the headings in row {layout.header_row} we did not find {lacks}. {WANTED}"


def refuse_nil_return(layout: Layout) -> str:
    return (
        f"The headings in row {layout.header_row} have no payments under them, so this seems to be a nil return. "
        "There is nothing to add up; upload the file of a month with payments"
    )
