"""What every change of a ledger shares: it is found for its owner, moved on once, and counted again."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from ...extensions import db
from ...models import Ledger, LeftOut, Payment
from .. import rollups
from ..errors import ConflictError, NotFoundError

LIVE_STATES = ("reading", "unconfirmed", "confirmed", "refused")


def find(ledger_id: int, *, of: int) -> Ledger:
    """A ledger of this organisation that was not discarded.

    errors  NotFoundError
    """
    ledger = db.session.scalar(
        select(Ledger).where(Ledger.id == ledger_id, Ledger.organisation_id == of, Ledger.state.in_(LIVE_STATES))
    )
    if ledger is None:
        raise NotFoundError
    return ledger


def move(ledger: Ledger, from_states: tuple[str, ...], *conditions: Any, **values: Any) -> None:
    """Change a ledger that is still in one of these states; until the commit nobody else can.

    errors  ConflictError where it moved on
    """
    result: Any = db.session.execute(
        update(Ledger)
        .where(
            Ledger.id == ledger.id,
            Ledger.organisation_id == ledger.organisation_id,
            Ledger.state.in_(from_states),
            *conditions,
        )
        .values(**(values or {"state": Ledger.state})),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("This ledger changed while you were looking at it. Look at it again before you go on")
    db.session.refresh(ledger)


def recount(ledger: Ledger, mended: Mapping[str, int] | None = None) -> None:
    """Count a ledger again after its lines changed, so that payments, refusals and the rest add up to its rows.

    mended  sheet > refused rows that became payments just now
    """
    paid, out = _by_sheet(ledger, Payment), _by_sheet(ledger, LeftOut)
    sheets = []
    for sheet in ledger.sheets:
        name = sheet["sheet"]
        payments, pence, repeats, repeats_pence = paid.get(name, (0, 0, 0, 0))
        counts = {
            **sheet["counts"],
            "payment": payments,
            "left out": out.get(name, (0, 0, 0, 0))[0],
            "refused": sheet["counts"].get("refused", 0) - (mended or {}).get(name, 0),
        }
        told = {"total_pence": pence, "repeats": repeats, "repeats_pence": repeats_pence}
        sheets.append({**sheet, **told, "counts": {kind: rows for kind, rows in counts.items() if rows}})
    ledger.sheets = sheets
    ledger.payments_count = sum(sheet["counts"].get("payment", 0) for sheet in sheets)
    ledger.refused_count = sum(sheet["counts"].get("refused", 0) for sheet in sheets)
    ledger.non_data_count = sum(sheet["rows"] for sheet in sheets) - ledger.payments_count - ledger.refused_count
    ledger.total_pence = sum(sheet["total_pence"] for sheet in sheets)
    ledger.first_date, ledger.last_date = _period(ledger)
    db.session.flush()
    if ledger.is_confirmed:
        rollups.remove(ledger)
        rollups.add(ledger)


def _by_sheet(ledger: Ledger, record: type[Payment] | type[LeftOut]) -> dict[str, tuple[int, int, int, int]]:
    """Sheet > lines, pence, and how many of them repeat an earlier line, and their pence."""
    found = db.session.execute(
        select(record.sheet, record.is_repeat, func.count(record.id), func.sum(record.pence))
        .where(record.organisation_id == ledger.organisation_id, record.ledger_id == ledger.id)
        .group_by(record.sheet, record.is_repeat)
    )
    sums: dict[str, tuple[int, int, int, int]] = {}
    for sheet, is_repeat, lines, pence in found:
        was = sums.get(sheet, (0, 0, 0, 0))
        again = (lines, int(pence)) if is_repeat else (0, 0)
        sums[sheet] = (was[0] + lines, was[1] + int(pence), was[2] + again[0], was[3] + again[1])
    return sums


def _period(ledger: Ledger) -> Any:
    return db.session.execute(
        select(func.min(Payment.paid_on), func.max(Payment.paid_on)).where(
            Payment.organisation_id == ledger.organisation_id, Payment.ledger_id == ledger.id
        )
    ).one()
