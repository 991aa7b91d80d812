"""What could come home: every pound that left, ranked, with who here could earn it and the next lawful step."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from .. import jobs
from ..extensions import db
from ..models import Payee, ShiftRow
from ..pages.filters import LONDON, day
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services.payees import payee_suppliers
from ..services.shares import areas
from ..services.shift import shift, shift_answers, shift_parts, shift_respent, shift_steps
from ..services.shift.shift_money import last_year
from ..spend.shift import multiplier_change, share_change
from ..spend.shift_rules import LEFT_OUT, RULES
from .journey import ANCHOR, FINANCE, journey
from .payees import IN_LEDGER

MOST_CATEGORIES = 40
"""As many categories as a person can choose from, those with most money that left."""
LONGEST_CHOICE = 60
PERSON = "A person"
NEVER_LISTED = ("stayed", *LEFT_OUT)


@journey.route("/shift")
@who(*ANCHOR)
def show_shift() -> ResponseReturnValue:
    """Rows that could be moved, most pounds first."""
    return _list(can_move=True)


@journey.route("/shift/stays")
@who(*ANCHOR)
def show_stays() -> ResponseReturnValue:
    """Rows that left and cannot be moved, and why."""
    return _list(can_move=False)


@journey.route("/shift/work-out", methods=["POST"])
@who(*FINANCE)
def work_out_shift() -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    job = shift.queue(by=actor())
    db.session.commit()
    if job is not None:
        jobs.wake(job.id)
    flash("We are working it out. The page shows how far it is.", "success")
    return redirect(url_for(".show_shift"))


def _list(*, can_move: bool) -> ResponseReturnValue:
    me = actor()
    run, job = shift.current(me.acting_for), shift.open_job(me.acting_for)
    common: dict[str, Any] = {
        "run": run,
        "job": job,
        "may_answer": me.may(*FINANCE),
        "has_area": areas.headline(me.acting_for) is not None,
        "has_spend": last_year(me.acting_for) is not None,
    }
    if run is None:
        return render_template("spending/shift.html", page=None, can_move=can_move, **common)
    answer = _listing(me.acting_for, can_move=can_move).answer()
    if isinstance(answer, Response):
        return answer
    told = shift_respent.told_to(run)
    again = shift_respent.again_of(run, told)
    parts = shift_parts.parts_of(run)
    total = sum(pence for _, pence in parts)
    return render_template(
        "spending/shift.html" if can_move else "spending/shift_stays.html",
        page=answer,
        can_move=can_move,
        is_stale=shift.is_stale(run),
        parts=[(words, pence, pence / total if total > 0 else None) for words, pence in parts],
        total=total,
        told=len(told),
        share=share_change(run.home_expected_pence, run.home_high_pence, run.total_pence),
        multiplier=multiplier_change(run.home_expected_pence, run.home_high_pence, run.total_pence, again),
        **common,
    )


def _listing(of: int, *, can_move: bool) -> Listing:
    query = shift_parts.rows_that_left(of, can_move=can_move)
    what = Column("category", "What", what_of, ShiftRow.category, link=_link)
    payee = Column("payee", "Paid to", name_of, payee_suppliers.own_name(), note=spelling_of, note_heading=IN_LEDGER)
    left = Column("left", "Left", lambda row: row.left_pence, ShiftRow.left_pence, show="whole_pounds")
    choices = {"category": Choice("Category", _categories(of, can_move=can_move))}
    if can_move:
        columns: tuple[Column, ...] = (
            what, payee, left,
            Column("who", "Who could", _who),
            Column("likely", "Probability", lambda row: row.probability, ShiftRow.probability, show="percent"),
            Column("expected", "Left times probability", lambda row: row.expected_pence, ShiftRow.expected_pence,
                   show="whole_pounds"),
            Column("home", "Home, at least", lambda row: row.home_low_pence, ShiftRow.home_low_pence,
                   show="whole_pounds"),
            Column("most", "Home, at most", lambda row: row.home_high_pence, ShiftRow.home_high_pence,
                   show="whole_pounds"),
            Column("step", "Next step", _step_of(of)),
        )  # fmt: skip
        found = {"yes": ("Somebody here could", ShiftRow.has_candidate.is_(True)),
                 "no": ("Nobody known", ShiftRow.has_candidate.is_(False))}  # fmt: skip
        choices = {"found": Choice("Who could", found), **choices}
    else:
        columns = (what, payee, left, Column("why", "Why it stays", lambda row: why_of(row), ShiftRow.rule))
        rules = {rule: (words, ShiftRow.rule == rule) for rule, words in RULES.items() if rule not in NEVER_LISTED}
        choices = {"rule": Choice("Why", rules), **choices}
    return Listing(
        name="could-come-home" if can_move else "cannot-be-moved",
        query=query,
        columns=columns,
        search_in=(ShiftRow.category, Payee.name, payee_suppliers.own_name()),
        default_sort="-most" if can_move else "-left",
        choices=choices,
    )


def _step_of(of: int) -> Callable[[ShiftRow], str]:
    """The next step of a row, in a few words and with the day to begin by where it is known."""
    known, sector = shift_answers.said_of(of), shift_steps.sector_of(of)

    def step(row: ShiftRow) -> str:
        found = shift_steps.step_for(row, sector, on=today(), said=known.of(row), ends=known.ends(row))
        return f"{found.words}: begin by {day(found.by)}" if found.by else found.words

    return step


def today() -> date:
    """The day in the United Kingdom."""
    return datetime.now(LONDON).date()


def _categories(of: int, *, can_move: bool) -> Mapping[str, Any]:
    """The categories with most money that left, by their place in that order."""
    sums = db.session.execute(
        select(ShiftRow.category)
        .where(
            ShiftRow.organisation_id == of,
            ShiftRow.is_influenceable.is_(can_move),
            ShiftRow.left_pence > 0,
            ShiftRow.rule.not_in(LEFT_OUT),
        )
        .group_by(ShiftRow.category)
        .order_by(func.sum(ShiftRow.left_pence).desc(), ShiftRow.category)
        .limit(MOST_CATEGORIES)
    )
    named = sorted(sums.scalars(), key=str.casefold)
    return {name or "none": (_short(name) or "No category given", ShiftRow.category == name) for name in named}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_CHOICE else name[: LONGEST_CHOICE - 1].rstrip() + "…"


def what_of(row: ShiftRow) -> str:
    return row.category or next(iter(row.descriptions), "") or "No category given"


def name_of(row: ShiftRow) -> str:
    """Whom a row paid; a person's name stays with those who settle payees."""
    return PERSON if _is_person(row) else row.payee.called


def spelling_of(row: ShiftRow) -> str:
    """How the ledger has that name, where it is another."""
    return "" if _is_person(row) else payee_suppliers.other_spelling(row.payee.called, row.payee.name)


def _is_person(row: ShiftRow) -> bool:
    return row.rule == "person" or row.payee.state == "person"


def why_of(row: ShiftRow) -> str:
    """Why a row stays: the rule, or that an officer said so."""
    return RULES[row.rule] if row.rule != "open" else "You said so"


PLAN_WORDS = {
    "alone": "One enterprise",
    "together": "A consortium of {number}",
    "unsaid": "One that has not said how much",
    "part": "A part only",
}


def _who(row: ShiftRow) -> str:
    if not row.plan:
        return "Nobody known"
    return PLAN_WORDS[row.plan["kind"]].format(number=len(row.plan["members"]))


def _link(row: ShiftRow) -> str:
    return url_for(".show_shift_row", row_id=row.id)
