"""Whom a payee may be: what registers and profiles say of each, side by side."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from ...extensions import db
from ...models import Classification, Enterprise, Organisation, Payee, RegisteredBody
from ..reference import reference
from .payee_changes import Target

FOUND = 10
FORMS = {
    "cic": "Community interest company",
    "charity": "Charity",
    "cio": "Charitable incorporated organisation",
    "cooperative": "Co-operative",
    "community_benefit": "Community benefit society",
    "credit_union": "Credit union",
    "society": "Registered society",
    "social_enterprise": "Social enterprise",
    "company": "Company",
    "sole_trader": "Sole trader",
    "partnership": "Partnership",
}
REGISTERS = {
    "companies": "Companies House",
    "charities-ew": "Charity Commission",
    "charities-ni": "Charity Commission for Northern Ireland",
    "charities-sc": "Scottish Charity Regulator",
    "mutuals": "Mutuals register",
}


@dataclass(frozen=True)
class Facts:
    """What is known of one candidate; None or empty is not known."""

    name: str
    kind: str | None
    numbers: tuple[str, ...]
    status: str | None
    postcode: str | None
    other_names: tuple[str, ...]
    does: tuple[str, ...]
    source: str
    is_shared_office: bool = False


@dataclass(frozen=True)
class Candidate:
    """Somebody a payee may be, with the probability and reasons of the day it was checked."""

    target: Target
    facts: Facts
    probability: float | None = None
    reasons: tuple[dict[str, Any], ...] = ()

    @property
    def fields(self) -> dict[str, int]:
        """What the form that chooses it sends."""
        both = {"enterprise_id": self.target.enterprise_id, "body_id": self.target.body_id}
        return {name: number for name, number in both.items() if number is not None}


def candidates(payee: Payee) -> list[Candidate]:
    """Those a payee may be that are still registered, best first."""
    targets = [Target(each.get("enterprise_id"), each.get("body_id")) for each in payee.candidates]
    facts = facts_of(targets)
    return [
        Candidate(target, facts[target], kept["probability"], tuple(kept["reasons"]))
        for target, kept in zip(targets, payee.candidates, strict=True)
        if target in facts
    ]


def search(words: str) -> list[Candidate]:
    """Enterprises whose names hold all these words, then registered bodies by number or by how a name begins."""
    conditions = [Organisation.name.icontains(word, autoescape=True) for word in words.split()[:10]]
    here = db.session.scalars(
        select(Organisation.id)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None), and_(*conditions))
        .order_by(Organisation.name, Organisation.id)
        .limit(FOUND)
    )
    targets = [Target(enterprise_id=number) for number in here]
    targets += [Target(body_id=body.id) for body in reference.search_bodies(words, FOUND)]
    facts = facts_of(targets)
    return [Candidate(target, facts[target]) for target in targets if target in facts]


def facts_of(targets: Collection[Target]) -> dict[Target, Facts]:
    """What is known of each target that can still be chosen. An enterprise speaks for itself first."""
    enterprises = _enterprises([each.enterprise_id for each in targets if each.enterprise_id is not None])
    bodies = reference.bodies([each.body_id for each in targets if each.body_id is not None])
    names = _other_names(bodies)
    activities = _activities(bodies.values())
    known: dict[Target, Facts] = {}
    for target in targets:
        body = bodies.get(target.body_id) if target.body_id is not None else None
        said = _of_body(body, names, activities) if body else None
        if target.enterprise_id is None and said:
            known[target] = said
        elif target.enterprise_id in enterprises:
            known[target] = _of_enterprise(*enterprises[target.enterprise_id], said)
    return known


def _enterprises(ids: Sequence[int]) -> dict[int | None, tuple[Organisation, Enterprise]]:
    found = db.session.execute(
        select(Organisation, Enterprise)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.id.in_(ids), Organisation.suspended_at.is_(None))
    )
    return {organisation.id: (organisation, enterprise) for organisation, enterprise in found}


def _other_names(bodies: Mapping[int, RegisteredBody]) -> dict[int, tuple[str, ...]]:
    return {
        body: tuple(f"{each.name} ({each.kind})" for each in names)
        for body, names in reference.other_names(list(bodies)).items()
    }


def _activities(bodies: Collection[RegisteredBody]) -> dict[str, str]:
    """SIC code > what it stands for, where the list of codes is loaded."""
    codes = {code for body in bodies for code in body.sic}
    found = select(Classification.code, Classification.title).where(
        Classification.scheme == "sic", Classification.code.in_(codes)
    )
    return {code: title for code, title in db.session.execute(found)} if codes else {}


def _of_body(body: RegisteredBody, names: Mapping[int, tuple[str, ...]], activities: Mapping[str, str]) -> Facts:
    numbers = [f"{REGISTERS.get(body.register, body.register)} {body.number}"]
    if body.company_number and body.register != "companies":
        numbers.append(f"company {body.company_number}")
    return Facts(
        name=body.name,
        kind=FORMS.get(body.form),
        numbers=tuple(numbers),
        status=body.status if body.is_listed else "No longer on the register",
        postcode=body.postcode,
        other_names=names.get(body.id, ()),
        does=tuple(activities.get(code, f"SIC {code}") for code in body.sic),
        source=REGISTERS.get(body.register, body.register),
        is_shared_office=reference.is_shared_office(body),
    )


def _of_enterprise(organisation: Organisation, enterprise: Enterprise, said: Facts | None) -> Facts:
    numbers = [f"company {enterprise.company_number}"] if enterprise.company_number else []
    numbers += [f"charity {enterprise.charity_number}"] if enterprise.charity_number else []
    return Facts(
        name=organisation.name,
        kind=FORMS.get(enterprise.legal_form),
        numbers=tuple(numbers) or (said.numbers if said else ()),
        status=said.status if said else None,
        postcode=organisation.postcode or (said.postcode if said else None),
        other_names=said.other_names if said else (),
        does=(enterprise.summary,) if enterprise.summary else (said.does if said else ()),
        source=f"Registered here, and with {said.source}" if said else "Registered here",
        is_shared_office=bool(said and said.is_shared_office),
    )
