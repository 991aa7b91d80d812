"""Where the money of a shift list's twelve months is: every penny of the confirmed ledgers in one part."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from ...extensions import db
from ...models import Payee, ShiftRow, ShiftRun
from ...spend.shift_rules import LEFT_OUT

LEFT_OUT_WORDS = "Left out by your own rules"


def parts_of(run: ShiftRun) -> list[tuple[str, int]]:
    """What each part is, and its pence: the five that add up to what counts, then what does not, where a rule is on."""
    out = left_out_pence(run)
    five = [
        ("Local already", run.local_pence),
        ("Not placed, or placed but uncertain", run.doubtful_pence),
        ("Left, and cannot be moved", run.stays_pence),
        ("Left, could be moved, and somebody here could do it", run.with_somebody_pence),
        ("Left, could be moved, and nobody here is known to do it", run.with_nobody_pence),
    ]
    return five if out is None else [*five, (LEFT_OUT_WORDS, out)]


def rows_that_left(of: int, *, can_move: bool) -> Select[ShiftRow]:
    """Rows with money that left and counts, most pounds first, with who was paid; those that can be moved or cannot."""
    return (
        select(ShiftRow)
        .join(ShiftRow.payee)
        .options(
            contains_eager(ShiftRow.payee).joinedload(Payee.enterprise),
            contains_eager(ShiftRow.payee).joinedload(Payee.body),
        )
        .where(
            ShiftRow.organisation_id == of,
            Payee.organisation_id == of,
            ShiftRow.left_pence > 0 if can_move else ShiftRow.left_pence != 0,
            ShiftRow.is_influenceable.is_(can_move),
            ShiftRow.rule.not_in(LEFT_OUT),
        )
        .order_by(ShiftRow.left_pence.desc(), ShiftRow.id)
    )


def left_out_pence(run: ShiftRun) -> int | None:
    """Money of these months that the anchor's rules leave out of its local share; None where they leave nothing out."""
    whole = ShiftRow.local_pence + ShiftRow.doubtful_pence + ShiftRow.left_pence
    found = db.session.scalar(
        select(func.sum(whole)).where(ShiftRow.organisation_id == run.organisation_id, ShiftRow.rule.in_(LEFT_OUT))
    )
    return None if found is None else int(found)
