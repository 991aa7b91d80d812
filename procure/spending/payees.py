"""Payees: whom the money went to, most money first, and how far they are settled."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, func, select

from .. import jobs
from ..extensions import db
from ..models import Organisation, Payee, RegisteredBody
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services.payees import payee_checks, payee_progress, payees
from ..services.reference import reference
from ..services.shares import shares
from .journey import FINANCE, READERS, journey

WITHHELD = "Name withheld: a person"
IN_LEDGER = "In the ledger"
"""Heads how a ledger spells a supplier that calls itself otherwise."""


@journey.route("/payees")
@who(*READERS)
def list_payees() -> ResponseReturnValue:
    me = actor()
    answer = _listing(me.acting_for).answer()
    if isinstance(answer, Response):
        return answer
    return render_template(
        "spending/payees.html",
        page=answer,
        total_pence=shares.confirmed_pence(me.acting_for),
        settling=payee_progress.settling(me.acting_for),
        first=payee_progress.next_to_settle(me.acting_for),
        stale=payee_checks.count_stale(me.acting_for),
        job=payee_checks.open_job(me.acting_for),
        has_registers=reference.has_registers(),
        may_decide=me.may(*FINANCE),
    )


def _folded(of: int) -> Any:
    """Payee > what was paid under all its names, how many those are, and the names."""
    paid = payee_progress.paid_by_name(of)
    head = payee_progress.head()
    return (
        select(
            head.label("payee_id"),
            func.sum(paid.c.pence).label("pence"),
            func.sum(paid.c.payments).label("payments"),
            func.count(Payee.id).label("names"),
            func.aggregate_strings(Payee.name, " ").label("spellings"),
        )
        .join(paid, paid.c.payee_id == Payee.id)
        .where(Payee.organisation_id == of)
        .group_by(head)
        .subquery()
    )


def _listing(of: int) -> Listing:
    paid = _folded(of)
    linked = func.coalesce(Organisation.name, RegisteredBody.name)
    return Listing(
        name="payees",
        query=select(Payee, linked.label("linked"), paid.c.pence, paid.c.payments, paid.c.names)
        .join(paid, paid.c.payee_id == Payee.id)
        .outerjoin(Organisation, Organisation.id == Payee.enterprise_id)
        .outerjoin(RegisteredBody, RegisteredBody.id == Payee.body_id)
        .where(Payee.organisation_id == of)
        .order_by(Payee.id),
        columns=(
            Column("name", "Payee", _name, Payee.name, link=_link),
            Column("paid", "Paid", lambda row: int(row.pence), paid.c.pence, show="pounds"),
            Column("payments", "Payments", lambda row: int(row.payments), paid.c.payments, show="count"),
            Column("state", "State", _state, Payee.state, tag=True),
            Column("linked", "Linked to", lambda row: row.linked, linked),
            Column("reason", "Why", _reason),
        ),
        search_in=(paid.c.spellings, Organisation.name, RegisteredBody.name),
        default_sort="-paid",
        choices=_choices(),
    )


def _choices() -> dict[str, Choice]:
    band = payee_progress.band()
    is_neither = and_(Payee.enterprise_id.is_(None), Payee.body_id.is_(None), Payee.kind.is_(None))
    return {
        "state": Choice("State", {state: (words, Payee.state == state) for state, words in payees.STATES.items()}),
        "kind": Choice(
            "Kind",
            {
                "enterprise": ("Enterprise here", Payee.enterprise_id.is_not(None)),
                "register": ("On a register", Payee.body_id.is_not(None)),
                **{kind: (words, Payee.kind == kind) for kind, words in payees.KINDS.items()},
                "unknown": ("Not known", is_neither),
            },
        ),
        "band": Choice("How sure", {code: (words, band == code) for code, words in payee_progress.BANDS.items()}),
    }


def _link(row: Any) -> str:
    return url_for(".show_payee", payee_id=row[0].id)


def _name(row: Any) -> str:
    """The name, and how many others it stands for; a person's name stays out of downloads."""
    if row[0].state == "person" and request.args.get("download"):
        return WITHHELD
    others = row.names - 1
    return f"{row[0].name} (and {others} other {'spelling' if others == 1 else 'spellings'})" if others else row[0].name


def _state(row: Any) -> str:
    payee = row[0]
    if payee.state == "unlinked" and payee.kind in payees.KINDS:
        return payees.KINDS[payee.kind]
    return payees.STATES[payee.state]


def _reason(row: Any) -> str | None:
    """The engine's reason, where the engine's word still stands."""
    return row[0].reason if row[0].state in ("accepted", "review") else None


@journey.route("/payees/check", methods=["POST"])
@who(*FINANCE)
def check_payees() -> ResponseReturnValue:
    form = ProcureForm()
    if not form.validate_on_submit():
        abort(400)
    job = payee_checks.queue(of=actor().acting_for, person_id=actor().person_id)
    db.session.commit()
    if job:
        jobs.wake(job.id)
    return redirect(url_for(".list_payees"))
