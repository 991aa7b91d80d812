"""Enterprises and consortia of the demonstration place."""

from datetime import UTC, date, datetime, time

from ... import demo
from ...extensions import db
from ...models import Capability, Consortium, ConsortiumMember, Enterprise, Holding, OfferedValue


def moment(day: date | None) -> datetime | None:
    """Nine in the morning of a day, UTC."""
    return None if day is None else datetime.combine(day, time(9), UTC)


def add_enterprises(place: demo.Place, keys: dict[str, int]) -> None:
    for one in place.enterprises:
        profile = Enterprise(
            organisation_id=keys[one.key],
            legal_form=one.legal_form,
            legal_form_grade=one.legal_form_grade,
            company_number=one.company_number,
            charity_number=one.charity_number,
            summary=one.summary,
            outcodes=list(one.outcodes),
            capacity_pence=one.capacity_pence,
            turnover_pence=one.turnover_pence,
            workforce=one.workforce.employees if one.workforce else None,
            disadvantaged_workforce=one.workforce.disadvantaged if one.workforce else None,
            contact_name=one.contact_name,
            contact_email=one.contact_email,
            registered_by_id=keys[one.registered_by] if one.registered_by else None,
            claimed_at=moment(one.claimed_on),
            shares_details_at=moment(one.shares_details_on),
            answered=one.answered,
        )
        profile.capabilities = [_capability(each) for each in one.capabilities]
        profile.holdings = [_holding(each) for each in one.holdings]
        profile.offers = [OfferedValue(measure=each.measure, quantity=each.quantity) for each in one.offers]
        db.session.add(profile)
    db.session.flush()


def _capability(one: demo.Capability) -> Capability:
    return Capability(statement=one.statement, cpv=one.cpv, unit=one.unit, units=one.units)


def _holding(one: demo.Holding) -> Holding:
    return Holding(
        kind=one.kind, name=one.name, amount_pence=one.amount_pence, expires_on=one.expires_on, grade=one.grade
    )


def add_consortia(place: demo.Place, keys: dict[str, int]) -> None:
    """Consortia are remembered under their own keys in the same table of ids."""
    for one in place.consortia:
        consortium = Consortium(
            name=one.name, purpose=one.purpose, formed_by_id=keys[one.formed_by], created_at=moment(one.formed_on)
        )
        consortium.members = [
            ConsortiumMember(
                organisation_id=keys[each.enterprise],
                state=each.state,
                is_lead=each.is_lead,
                share_percent=each.share_percent,
                changed_at=moment(one.formed_on),
                shares_details_at=moment(one.formed_on) if each.state == "accepted" else None,
            )
            for each in one.members
        ]
        db.session.add(consortium)
        db.session.flush()
        keys[one.key] = consortium.id
