"""What kind of payee everybody is, each with the grade of its evidence, and how the money divides among kinds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from ..extensions import db
from ..models import Enterprise, MonthlySpend, Payee, RegisteredBody
from ..places import Area, Location
from ..spend import Payment, Share, local_share
from ..spend.kinds import GRADES, KINDS, UNKNOWN, VCSE_FORMS, Kind, Told, kind_of
from . import payee_places

BATCH = 500


def kind_of_payee(payee: Payee) -> Kind:
    return kinds_of(payee.organisation_id, [payee.id])[payee.id]


def kinds_of(of: int, payee_ids: Sequence[int] | None = None) -> dict[int, Kind]:
    """The kind of every payee of an organisation, or of some of them, by id."""
    rows = _linked(of, payee_ids)
    also = _forms_by_company({row.number for row in rows if row.number})
    return {row.id: kind_of(_told(row, also)) for row in rows}


def _linked(of: int, payee_ids: Sequence[int] | None) -> Sequence[Any]:
    joins, bodies = payee_places.linked_payees()
    company_number = func.coalesce(bodies.company.number, bodies.named.number, Enterprise.company_number)
    query = joins.add_columns(
        Payee.id,
        Payee.name,
        Payee.state,
        Payee.kind,
        Enterprise.legal_form,
        Enterprise.legal_form_grade,
        Enterprise.workforce,
        Enterprise.turnover_pence,
        Enterprise.shares_details_at,
        company_number.label("number"),
        bodies.named.form.label("named"),
        bodies.company.form.label("company"),
        bodies.charity.form.label("charity"),
    ).where(Payee.organisation_id == of)
    if payee_ids is not None:
        query = query.where(Payee.id.in_(payee_ids))
    return db.session.execute(query).all()


def _forms_by_company(numbers: set[str]) -> dict[str, str]:
    """Of companies that are charities or societies too: what the other register calls them."""
    found: dict[str, str] = {}
    listed = sorted(numbers)
    for start in range(0, len(listed), BATCH):
        part = listed[start : start + BATCH]
        rows = db.session.execute(
            select(RegisteredBody.company_number, RegisteredBody.form)
            .where(RegisteredBody.company_number.in_(part), RegisteredBody.is_listed)
            .order_by(RegisteredBody.id)
        )
        for number, form in rows:
            if number and form in VCSE_FORMS:
                found.setdefault(number, form)
    return found


def _told(row: Any, also: dict[str, str]) -> Told:
    forms = [form for form in (row.named, row.company, row.charity, also.get(row.number or "")) if form]
    return Told(
        name=row.name,
        settled=row.state if row.state in ("person", "public_body") else None,
        read_as=row.kind,
        register_form=next((form for form in forms if form in VCSE_FORMS), forms[0] if forms else None),
        declared_form=row.legal_form,
        declared_grade=row.legal_form_grade or "declared",
        workforce=row.workforce,
        turnover_pence=row.turnover_pence if row.shares_details_at else None,
    )


def shares_by_kind(of: int, area: Area) -> list[tuple[tuple[str, str | None], Share]]:
    """The local share of each kind of payee and grade of evidence, in a fixed order; together they are the whole."""
    kinds = kinds_of(of)
    paid: dict[tuple[str, str | None], list[Payment]] = defaultdict(list)
    for payee, payment in _spend_by_payee(of):
        paid[kinds[payee].group, kinds[payee].grade].append(payment)
    found = {key: local_share(payments, area) for key, payments in paid.items()}
    order = [(group, grade) for group in KINDS if group != UNKNOWN for grade in GRADES]
    return [(key, found[key]) for key in (*order, (UNKNOWN, None)) if key in found]


def _spend_by_payee(of: int) -> Iterator[tuple[int, Payment]]:
    joins, where = payee_places.placed_spend([of])
    found = db.session.execute(
        joins.add_columns(
            MonthlySpend.payee_id,
            *where.labelled,
            func.sum(MonthlySpend.pence),
        ).group_by(MonthlySpend.payee_id, *where.labels)
    )
    for payee, written, _source, doubt, pence in found:
        known = payee_places.readable(written)
        yield payee, Payment(int(pence), Location(postcode=known), bool(doubt and known))


def sme_pence(of: int) -> dict[bool | None, int]:
    """Money by whether the payee is an SME as far as it has said; None counts what is not known or does not apply."""
    kinds = kinds_of(of)
    sums: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    rows = db.session.execute(
        select(MonthlySpend.payee_id, func.sum(MonthlySpend.pence))
        .where(MonthlySpend.organisation_id == of)
        .group_by(MonthlySpend.payee_id)
    )
    for payee, pence in rows:
        sums[kinds[payee].is_sme] += int(pence)
    return sums
