"""What kind of payee everybody is, each with the grade of its evidence."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from ...extensions import db
from ...models import Enterprise, Payee, RegisteredBody
from ...spend.kinds import VCSE_FORMS, Kind, Told, kind_of
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
