"""What confirmed ledgers say of VAT: for how much money it is told apart, and for how much nobody can tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from ...extensions import db
from ...models import Ledger, LedgerMonth
from ...spend.statutory import basis_of
from ...spend.statutory_rules import GROSS, NET
from . import spend_rules
from .spend_periods import Period

TOLD = "told"
Said = dict[str | None, int]
"""Pence by what is said of them: TOLD, NET, GROSS, or None where nothing is."""


def said_of(sheet: Mapping[str, Any]) -> str | None:
    """TOLD where a column of VAT or two amounts tell the VAT apart; else what the heading of the amount says."""
    headings = {column.get("field"): str(column.get("heading") or "") for column in sheet.get("columns", ())}
    return TOLD if {"vat", "gross"} & headings.keys() else basis_of(headings.get("amount", ""))


def pence_by_vat(of: int) -> Said:
    """All confirmed money by what its sheets say of VAT."""
    sums = _nothing()
    for _, sheets in _confirmed(of):
        for sheet in sheets:
            sums[said_of(sheet)] += int(sheet.get("total_pence", 0))
    return sums


def pence_by_vat_in(of: int, period: Period) -> Said:
    """The period's confirmed money by what its ledgers say of VAT: of several sheets, what tells least decides."""
    said = {number: _least({said_of(sheet) for sheet in sheets}) for number, sheets in _confirmed(of)}
    sums = _nothing()
    rows = db.session.execute(
        select(LedgerMonth.ledger_id, func.sum(LedgerMonth.pence))
        .where(LedgerMonth.organisation_id == of, LedgerMonth.month.between(period.first, period.last))
        .group_by(LedgerMonth.ledger_id)
    )
    for ledger, pence in rows:
        sums[said.get(ledger)] += int(pence)
    return sums


def told_vat(of: int) -> int:
    """The VAT that the confirmed ledgers tell apart, in pence, whether it counts or not."""
    told = select(func.sum(LedgerMonth.vat_pence)).where(LedgerMonth.organisation_id == of)
    return int(db.session.scalar(told) or 0)


def words(of: int) -> str:
    """What a reader of the local share should know of VAT."""
    if not spend_rules.in_force(of).leaves_out_vat:
        return "VAT counts, where a ledger tells it apart."
    sums = pence_by_vat(of)
    if not sums[GROSS] and not sums[None]:
        return "No VAT is in what counts."
    return "VAT is left out where a ledger tells it apart. Some ledgers do not, so VAT may be in what counts."


def _confirmed(of: int) -> Iterable[tuple[int, list[dict[str, Any]]]]:
    query = select(Ledger.id, Ledger.sheets).where(Ledger.organisation_id == of, Ledger.state == "confirmed")
    return [(number, sheets) for number, sheets in db.session.execute(query)]


def _nothing() -> Said:
    return {TOLD: 0, NET: 0, GROSS: 0, None: 0}


def _least(said: set[str | None]) -> str | None:
    return next((one for one in (GROSS, None, NET) if one in said), TOLD if said else None)
