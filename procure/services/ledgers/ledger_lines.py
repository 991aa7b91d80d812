"""Lines of a ledger as the tables take them: payments with their payees, and refused rows."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, repeat
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...models import Payee
from ...sheets import PaymentRow, RefusedRow
from .. import bulk

NAME_LENGTH = 300
"""A payee's name beyond this many characters is cut: an index cannot hold a whole cell."""
CHUNK = 2_000
PAYMENT_COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "sheet", "row", "supplier", "pence", "paid_on", "category",
    "description", "transaction_number", "department", "supplier_postcode", "supplier_id", "vat_pence", "gross_pence",
    "company_number", "is_repeat",
)  # fmt: skip
REFUSAL_COLUMNS = ("organisation_id", "ledger_id", "sheet", "row", "column", "value", "message", "cells")
_SUPPLIER = PaymentRow._fields.index("supplier")


def payee_name(supplier: str) -> str:
    """The name a payee is kept under: as the ledger writes it, in one spacing."""
    return " ".join(supplier.split())[:NAME_LENGTH] or supplier[:NAME_LENGTH]


def payee_ids(organisation_id: int, suppliers: Iterable[str]) -> dict[str, int]:
    """Supplier as the ledger writes it > payee; new names are added."""
    names = {supplier: payee_name(supplier) for supplier in suppliers}
    known = select(Payee.name, Payee.id).where(Payee.organisation_id == organisation_id)
    ids: dict[str, int] = {name: number for name, number in db.session.execute(known)}
    missing = sorted(set(names.values()) - ids.keys())
    if missing:
        bulk.insert_missing(Payee, [{"organisation_id": organisation_id, "name": name} for name in missing])
        ids = {name: number for name, number in db.session.execute(known)}
    return {supplier: ids[name] for supplier, name in names.items()}


def payment_lines(
    owner: tuple[int, int | None], payees: Mapping[str, int], sheet: str, payments: Iterable[PaymentRow]
) -> Iterator[tuple[Any, ...]]:
    """Payments of a sheet as PAYMENT_COLUMNS take them.

    Whole columns are put together a chunk at a time: a million rows, each taken apart in Python, cost seconds more.

    owner  the organisation and its ledger
    """
    organisation_id, ledger_id = owner
    waiting = iter(payments)
    while chunk := list(islice(waiting, CHUNK)):
        columns = list(zip(*chunk, strict=True))
        who = map(payees.__getitem__, columns[_SUPPLIER])
        yield from zip(repeat(organisation_id), repeat(ledger_id), who, repeat(sheet), *columns, strict=False)


def refusal_lines(
    owner: tuple[int, int | None], place: tuple[str, int], refused: RefusedRow
) -> Iterator[tuple[Any, ...]]:
    """What is wrong with a row, as REFUSAL_COLUMNS take it; the first line keeps its cells.

    place  the sheet and row it has in the ledger's own file
    """
    cells: str | None = json.dumps(list(refused.cells))
    for problem in refused.problems:
        yield (*owner, *place, problem.column, problem.value, problem.message, cells)
        cells = None
