"""The shift list of an anchor: worked out by a job, kept with its day and weights, settled again as officers answer."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from ... import jobs
from ...extensions import db
from ...models import Enterprise, Job, Organisation, ShiftRow, ShiftRun
from ...spend.shift import Bought, Reckoning, give_out, reckon
from ...spend.shift_rules import LEFT_OUT, OPEN, About, rule_of
from .. import audit, own
from ..actors import Actor
from ..enterprises import offers
from ..errors import RefusedError
from ..ranking.proposals import weights_in_force
from ..shares import areas, spend_stamps
from . import shift_answers
from .shift_matching import Asked, Found, Suppliers, ask_all
from .shift_money import Purchase, Year, last_year, purchases_of, texts_of, titles_of
from .shift_plans import able_of, with_carriers

KIND = "shift list"
MOST_IN_WORDS = 2_000
"""Rows asked about by what their payment lines say, the largest; smaller ones are asked by their category alone."""
CHUNK = 400
HOMES = ("home_low_pence", "home_high_pence", "home_expected_pence")
REPLACED = (
    "local_pence", "doubtful_pence", "left_pence", "payments", "descriptions", "trades", "asked", "rule",
    "is_influenceable", "candidates", "has_candidate", "plan", "probability", "expected_pence", *HOMES, "cpv",
)  # fmt: skip
"""What a working out writes anew; who and what a row is about stays, and so does its address."""


def current(of: int) -> ShiftRun | None:
    """The newest working out; None before the first."""
    return db.session.scalar(
        select(ShiftRun).where(ShiftRun.organisation_id == of).order_by(ShiftRun.id.desc()).limit(1)
    )


def is_stale(run: ShiftRun) -> bool:
    """Whether money, payees, enterprises, the area or the weights moved since."""
    return run.made_of != made_of(run.organisation_id)


def open_job(of: int) -> Job | None:
    """A working out that waits or runs."""
    return jobs.open_job(KIND, organisation_id=of)


def queue(*, by: Actor) -> Job | None:
    """Have the list worked out; None where one waits already. Wake the job after the commit.

    errors  RefusedError where there is no area or no confirmed spend
    """
    if areas.headline(by.acting_for) is None:
        raise RefusedError("Say first what local means for you")
    if last_year(by.acting_for) is None:
        raise RefusedError("Confirm a ledger first")
    waiting = open_job(by.acting_for)
    if waiting is not None and waiting.state == "queued":
        return None
    return jobs.queue_job(KIND, organisation_id=by.acting_for, subject_id=None, person_id=by.person_id)


@jobs.work(KIND, counts="rows looked at")
def _work_out(turn: jobs.Turn) -> None:
    work_out(turn.organisation_id, turn.report)


def work_out(of: int, report: Callable[[int, int], None] | None = None) -> ShiftRun | None:
    """Ask the engine about everything that left in the last year, and keep what it says; None with nothing to ask."""
    area, year = areas.headline(of), last_year(of)
    if area is None or year is None:
        return None
    stamp, shape = made_of(of), areas.shape(area)
    purchases = purchases_of(of, shape, year)
    questions = _questions(of, year, purchases)
    suppliers = Suppliers(offers.enterprises_on_offer(), shape)
    definition = shape.definition
    area_name = area.name
    db.session.rollback()  # the engine thinks with no transaction open, so that others may write meanwhile
    found = ask_all(suppliers, questions, report)
    rows = [_row(of, *each) for each in zip(purchases, questions, found, strict=True)]
    run = ShiftRun(
        organisation_id=of,
        first_month=year.first,
        last_month=year.last,
        area_name=area_name,
        area_definition=definition,
        made_of=stamp,
        weights=weights_in_force(),
        enterprises=len(suppliers),
        asked=suppliers.asked,
        **_sums(Reckoning()),
    )
    db.session.add(run)
    _keep(of, rows)
    settle(of, run)
    audit.note(None, "shift list worked out", run, rows=len(rows), asked=suppliers.asked)
    return run


def settle(of: int, run: ShiftRun | None = None) -> None:
    """Apply what officers said, and give out the capacity again; only rows that change are written."""
    run = run or current(of)
    if run is None:
        return
    said = shift_answers.influence_of(of)
    kept = db.session.execute(
        select(
            ShiftRow.id, ShiftRow.payee_id, ShiftRow.category, ShiftRow.local_pence, ShiftRow.doubtful_pence,
            ShiftRow.left_pence, ShiftRow.rule, ShiftRow.is_influenceable, ShiftRow.candidates, ShiftRow.plan,
            *(getattr(ShiftRow, name) for name in HOMES),
        ).where(ShiftRow.organisation_id == of, ShiftRow.rule.not_in(LEFT_OUT))
    ).all()  # fmt: skip
    rows, changes = [], []
    for row in kept:
        is_open = said.get((row.payee_id, row.category), row.rule == OPEN)
        able = tuple(able_of(one) for one in row.candidates)
        rows.append(Bought(_key(row.id), row.local_pence, row.doubtful_pence, row.left_pence, is_open, able))
    homes = give_out(rows)
    for row, bought in zip(kept, rows, strict=True):
        home = homes[bought.key]
        plan = with_carriers(row.plan, home)
        after = (bought.is_influenceable, plan, home.low, home.high, home.expected)
        if after != (row.is_influenceable, row.plan, *(getattr(row, name) for name in HOMES)):
            changes.append({"id": row.id, **dict(zip(("is_influenceable", "plan", *HOMES), after, strict=True))})
    _write(of, changes)
    for name, pence in _sums(reckon(rows)).items():
        setattr(run, name, pence)
    db.session.flush()


def find(row_id: int, *, of: int) -> ShiftRow:
    """A row of this anchor's list.

    errors  NotFoundError
    """
    return own.find(ShiftRow, row_id, of=of)


def row_about(payee_id: int, category: str, *, of: int) -> ShiftRow | None:
    """The row that something was said about; None where the list has none any more."""
    return db.session.scalar(
        select(ShiftRow).where(
            ShiftRow.organisation_id == of, ShiftRow.payee_id == payee_id, ShiftRow.category == category
        )
    )


def made_of(of: int) -> str:
    """Digest of everything a working out stands on; equal digests would give the same list."""
    area = areas.headline(of)
    on_offer = (
        select(func.count(), func.sum(Enterprise.version), func.max(Enterprise.updated_at))
        .select_from(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
    )
    told = [areas.shape(area).key if area else "", spend_stamps.stamp(of), weights_in_force()]
    told += [str(value) for value in db.session.execute(on_offer).one()]
    return sha256("/".join(told).encode()).hexdigest()[:32]


def _questions(of: int, year: Year, purchases: Sequence[Purchase]) -> list[Asked]:
    """What to ask about each purchase; the largest that left are asked about in the words of their payment lines."""
    gone = sorted(
        (one for one in purchases if one.left > 0 and not one.left_out), key=lambda one: (-one.left, one.key)
    )[:MOST_IN_WORDS]
    texts = texts_of(of, year, gone)
    titles = titles_of({code for one in gone for code in one.sic})
    closely = {one.key for one in gone}
    return [
        Asked(
            one.category,
            tuple(texts.get(one.key, ())),
            tuple(titles[code] for code in one.sic if code in titles) if one.key in closely else (),
            max(0, one.left),
            one.enterprise_id,
        )
        for one in purchases
    ]


def _row(of: int, purchase: Purchase, asked: Asked, found: Found) -> dict[str, Any]:
    """One row as it is kept; money that did not leave, or does not count, needs nobody."""
    if purchase.left <= 0 or purchase.left_out:
        found = Found()
    about = About(purchase.category, purchase.kind, purchase.left, asked.texts, purchase.sic, purchase.left_out)
    rule = rule_of(about)
    return {
        "organisation_id": of,
        "payee_id": purchase.payee_id,
        "category": purchase.category,
        "local_pence": purchase.local,
        "doubtful_pence": purchase.doubtful,
        "left_pence": purchase.left,
        "payments": purchase.payments,
        "descriptions": list(asked.texts),
        "trades": list(asked.trades),
        "asked": asked.how,
        "rule": rule,
        "is_influenceable": rule == OPEN,
        "candidates": list(found.candidates),
        "has_candidate": bool(found.candidates),
        "plan": found.plan,
        "probability": found.probability,
        "expected_pence": found.expected_pence,
        **dict.fromkeys(HOMES, 0),
        "cpv": found.cpv,
    }


def _keep(of: int, rows: Sequence[dict[str, Any]]) -> None:
    """Put the rows in the place of those that were there. A row about the same payee and category keeps its address."""
    before = {
        (payee, category): number
        for number, payee, category in db.session.execute(
            select(ShiftRow.id, ShiftRow.payee_id, ShiftRow.category).where(ShiftRow.organisation_id == of)
        )
    }
    keys = {(row["payee_id"], row["category"]) for row in rows}
    gone = sorted(number for key, number in before.items() if key not in keys)
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        db.session.execute(delete(ShiftRow).where(ShiftRow.organisation_id == of, ShiftRow.id.in_(part)))
    changed = [
        {"id": before[key], **{name: row[name] for name in REPLACED}}
        for row in rows
        if (key := (row["payee_id"], row["category"])) in before
    ]
    new = [row for row in rows if (row["payee_id"], row["category"]) not in before]
    _write(of, changed)
    if new:
        db.session.execute(insert(ShiftRow), new)
    db.session.expire_all()


def _write(of: int, changes: Sequence[dict[str, Any]]) -> None:
    """Change rows by their id; all changes name the same columns."""
    if not changes:
        return
    given: dict[str, Any] = {name: bindparam(f"new_{name}") for name in changes[0] if name != "id"}
    statement = update(ShiftRow).where(ShiftRow.id == bindparam("row"), ShiftRow.organisation_id == of).values(given)
    rows = [{"row": row["id"], **{f"new_{name}": row[name] for name in given}} for row in changes]
    db.session.flush()
    db.session.connection().execute(statement, rows)
    db.session.expire_all()


def _key(row_id: int) -> str:
    return f"{row_id:012d}"


def _sums(sums: Reckoning) -> dict[str, int]:
    """The sums of a run, by the names of its columns."""
    return {
        "local_pence": sums.local,
        "doubtful_pence": sums.doubtful,
        "stays_pence": sums.stays,
        "with_somebody_pence": sums.with_somebody,
        "with_nobody_pence": sums.with_nobody,
        "home_low_pence": sums.home.low,
        "home_high_pence": sums.home.high,
        "home_expected_pence": sums.home.expected,
    }
