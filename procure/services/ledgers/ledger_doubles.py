"""Payments that would count twice: recognised before they count, left out where the officer says so, and put back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Integer,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from ...extensions import db
from ...models import Ledger, LeftOut, Payment, PaymentLine, Upload
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError
from . import ledger_changes

PAID, REPEAT = "paid", "repeat"
"""Why a line may count twice: it stands in another confirmed ledger; an earlier line of its sheet is the same."""
COLUMNS = ("organisation_id", "ledger_id", "payee_id", *PaymentLine.__annotations__)


@dataclass(frozen=True)
class Doubles:
    """How many lines, and what they come to in pence."""

    payments: int = 0
    pence: int = 0


@dataclass(frozen=True)
class LeftOutFor:
    """Lines of one ledger that were left out because another holds them."""

    ledger: Ledger
    payments: int
    pence: int


def find_paid(ledger: Ledger) -> Doubles:
    """Payments of this ledger that stand in another confirmed ledger.

    The same payee, day, amount and transaction number. Where the others hold one and this ledger three, one is meant.
    """
    others = _others_of_those_days(ledger)
    if not others:
        return Doubles()
    line = _lines(ledger, others).subquery()
    mine, counted = func.sum(line.c.is_mine), func.sum(line.c.counted)
    alike = (
        select(line.c.pence, case((mine < counted, mine), else_=counted).label("lines"))
        .group_by(*_key(line.c))
        .having(mine > 0, counted > 0)
        .subquery()
    )
    lines, pence = db.session.execute(select(func.sum(alike.c.lines), func.sum(alike.c.lines * alike.c.pence))).one()
    return Doubles(int(lines or 0), int(pence or 0))


def find_repeats(ledger: Ledger) -> Doubles:
    """Payments every cell of which equals an earlier line of the same sheet."""
    return Doubles(
        sum(sheet.get("repeats", 0) for sheet in ledger.sheets),
        sum(sheet.get("repeats_pence", 0) for sheet in ledger.sheets),
    )


def _key(line: Any) -> tuple[Any, ...]:
    """What makes two payments the same."""
    return line.payee_id, line.paid_on, line.pence, line.number


def _others_of_those_days(ledger: Ledger) -> list[int]:
    """Confirmed ledgers that have payments in the days of this one: only they can hold the same. A ledger that does
    not say its days may hold any."""
    confirmed = select(Ledger.id).where(
        Ledger.organisation_id == ledger.organisation_id, Ledger.state == "confirmed", Ledger.id != ledger.id
    )
    if ledger.first_date is not None and ledger.last_date is not None:
        confirmed = confirmed.where(
            or_(Ledger.first_date.is_(None), Ledger.first_date <= ledger.last_date),
            or_(Ledger.last_date.is_(None), Ledger.last_date >= ledger.first_date),
        )
    return list(db.session.scalars(confirmed))


def _lines(ledger: Ledger, others: list[int]) -> Any:
    """Lines of this ledger and those that count already, one under the other, so that one sort finds all alike.

    A join of the two would be as quick only where the database guesses well how many are alike. A line that was left
    out because it counts already takes one of those away.
    """
    of = ledger.organisation_id

    def told(record: Any, number: Any, is_mine: int, counted: int, held_by: Any) -> Any:
        reference = func.coalesce(record.transaction_number, literal_column("''"))
        return select(
            number.label("id"),
            record.payee_id,
            record.paid_on,
            record.pence,
            reference.label("number"),
            literal_column(str(is_mine)).label("is_mine"),
            literal_column(str(counted)).label("counted"),
            held_by.label("held_by"),
        ).where(record.organisation_id == of)

    nothing = cast(null(), Integer)
    return union_all(
        told(Payment, Payment.id, 1, 0, nothing).where(Payment.ledger_id == ledger.id),
        told(Payment, nothing, 0, 1, Payment.ledger_id).where(
            Payment.ledger_id.in_(others), Payment.paid_on.between(ledger.first_date, ledger.last_date)
        ),
        told(LeftOut, nothing, 0, -1, nothing).where(LeftOut.ledger_id == ledger.id, LeftOut.why == PAID),
    )


def _paid(ledger: Ledger, after: int = 0) -> Any:
    """The id of each payment that counts already, and the confirmed ledger that holds it."""
    line = _lines(ledger, _others_of_those_days(ledger)).subquery()
    alike = select(
        line.c.id,
        line.c.is_mine,
        func.row_number().over(partition_by=(*_key(line.c), line.c.is_mine), order_by=line.c.id).label("rank"),
        func.sum(line.c.counted).over(partition_by=_key(line.c)).label("counted"),
        func.min(line.c.held_by).over(partition_by=_key(line.c)).label("held_by"),
    ).subquery()
    return select(alike.c.id, alike.c.held_by).where(
        alike.c.is_mine == 1, alike.c.rank <= alike.c.counted, alike.c.id > after
    )


def leave_out(ledger_id: int, why: str, seen: int, *, by: Actor) -> Ledger:
    """Keep the lines that would count twice from counting; they stay in the ledger's counts, named.

    why     PAID or REPEAT
    seen    how many the officer saw and agreed to
    errors  NotFoundError; ConflictError where the ledger moved on or the lines are other ones by now
    """
    ledger = ledger_changes.find(ledger_id, of=by.acting_for)
    if why not in (PAID, REPEAT):
        raise NotFoundError
    ledger_changes.move(ledger, ("unconfirmed",))
    found = find_paid(ledger) if why == PAID else find_repeats(ledger)
    if found.payments != seen or not seen:
        raise ConflictError("There are other payments of this kind by now. Look at the ledger again before you go on")
    _take_out(ledger, why)
    ledger_changes.recount(ledger)
    audit.note(by, "ledger lines left out", ledger, why=why, payments=found.payments, pence=found.pence)
    return ledger


def leave_out_added(ledger: Ledger, after: int) -> None:
    """Leave out those payments just added to a confirmed ledger that stand in another; count the ledger afterwards.

    after  the greatest id of a payment before
    """
    _take_out(ledger, PAID, after)


def _take_out(ledger: Ledger, why: str, after: int = 0) -> None:
    of = ledger.organisation_id
    line = [getattr(Payment, name) for name in COLUMNS]
    if why == PAID:
        paid = _paid(ledger, after).subquery()
        lines = select(*line, literal(why), paid.c.held_by).join(paid, paid.c.id == Payment.id)
    else:
        lines = select(*line, literal(why), null()).where(Payment.is_repeat)
    lines = lines.where(Payment.organisation_id == of, Payment.ledger_id == ledger.id)
    _copy(LeftOut, [*COLUMNS, "why", "paid_in_id"], lines)
    _drop(Payment, LeftOut, ledger)


def _copy(to: type[Payment] | type[LeftOut], columns: list[str], lines: Any) -> None:
    db.session.connection().execute(insert(to).from_select(columns, lines))


def _drop(record: type[Payment] | type[LeftOut], instead: type[Payment] | type[LeftOut], ledger: Ledger) -> None:
    """Delete the lines of a ledger that stand in the other table now."""
    twin = exists().where(
        instead.organisation_id == ledger.organisation_id,
        instead.ledger_id == ledger.id,
        instead.sheet == record.sheet,
        instead.row == record.row,
    )
    db.session.execute(
        delete(record).where(record.organisation_id == ledger.organisation_id, record.ledger_id == ledger.id, twin),
        execution_options={"synchronize_session": False},
    )


def put_back(ledger_id: int, why: str, *, by: Actor) -> Ledger:
    """Let lines that were left out be payments again; in a confirmed ledger they count at once.

    errors  NotFoundError; ConflictError where they are back already
    """
    ledger = ledger_changes.find(ledger_id, of=by.acting_for)
    ledger_changes.move(ledger, ("unconfirmed", "confirmed"))
    mine = (LeftOut.organisation_id == by.acting_for, LeftOut.ledger_id == ledger.id, LeftOut.why == why)
    payments, pence = db.session.execute(select(func.count(LeftOut.id), func.sum(LeftOut.pence)).where(*mine)).one()
    if not payments:
        raise ConflictError("These payments are back already")
    lines = select(*(getattr(LeftOut, name) for name in COLUMNS)).where(*mine)
    _copy(Payment, list(COLUMNS), lines)
    _drop(LeftOut, Payment, ledger)
    ledger_changes.recount(ledger)
    audit.note(by, "ledger lines put back", ledger, why=why, payments=payments, pence=int(pence))
    return ledger


def left_out(ledger: Ledger) -> dict[str, Doubles]:
    """Why > the lines of this ledger that were left out."""
    found = db.session.execute(
        select(LeftOut.why, func.count(LeftOut.id), func.sum(LeftOut.pence))
        .where(LeftOut.organisation_id == ledger.organisation_id, LeftOut.ledger_id == ledger.id)
        .group_by(LeftOut.why)
    )
    return {why: Doubles(lines, int(pence)) for why, lines, pence in found}


def counts_nowhere(ledger: Ledger) -> Doubles:
    """Lines left out because another ledger held them that was discarded since: now they count nowhere."""
    lines, pence = db.session.execute(
        select(func.count(LeftOut.id), func.sum(LeftOut.pence))
        .join(Ledger, Ledger.id == LeftOut.paid_in_id)
        .where(
            LeftOut.organisation_id == ledger.organisation_id,
            Ledger.organisation_id == ledger.organisation_id,
            LeftOut.ledger_id == ledger.id,
            Ledger.state != "confirmed",
        )
    ).one()
    return Doubles(lines, int(pence or 0))


def left_out_for(ledger: Ledger) -> list[LeftOutFor]:
    """Ledgers whose lines were left out because this one holds them."""
    found = db.session.execute(
        select(Ledger, func.count(LeftOut.id), func.sum(LeftOut.pence))
        .join(LeftOut, and_(LeftOut.ledger_id == Ledger.id, LeftOut.organisation_id == ledger.organisation_id))
        .join(Upload, and_(Upload.id == Ledger.upload_id, Upload.organisation_id == ledger.organisation_id))
        .where(Ledger.organisation_id == ledger.organisation_id, LeftOut.paid_in_id == ledger.id)
        .group_by(Ledger.id)
        .order_by(Ledger.id)
    )
    return [LeftOutFor(each, lines, int(pence)) for each, lines, pence in found]
