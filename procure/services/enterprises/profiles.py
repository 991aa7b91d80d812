"""The six questions: what an enterprise says about itself, saved one question at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...extensions import db
from ...models import Capability, Enterprise, Holding, OfferedValue, now
from ...models.enterprises import LEGAL_FORMS
from ...places import postcode_area
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from ..payees import payee_checks
from . import enterprises

TITLES = (
    "Who are you?",
    "What do you do?",
    "Where do you work?",
    "How much can you take on?",
    "What do you hold and what good do you do?",
    "How do we reach you?",
)
TITLES_OF_ANOTHER = (
    "Who they are",
    "What they do",
    "Where they work",
    "How much they can take on",
    "What they hold and what good they do",
    "How to reach them",
)
"""The same questions, on a page about somebody else."""
FORM_WORDS = {
    "cic": "Community interest company (CIC)",
    "charity": "Charity",
    "cio": "Charitable incorporated organisation (CIO)",
    "cooperative": "Co-operative or community benefit society",
    "social_enterprise": "Other social enterprise",
    "company": "Limited company",
    "sole_trader": "Sole trader",
    "partnership": "Partnership",
    "other": "Something else",
}
INSURANCES = ("Public liability", "Employers' liability", "Professional indemnity")
CERTIFICATES = (
    "CQC",
    "Cyber Essentials",
    "DBS",
    "Food hygiene 5",
    "ISO 14001",
    "ISO 9001",
    "Living Wage",
    "SSIP",
    "Two years of accounts",
)
MOST_CAPABILITIES = 8


@dataclass(frozen=True)
class Stated:
    """One capability as a person states it."""

    statement: str
    cpv: str | None = None
    unit: str | None = None
    units: int | None = None


@dataclass(frozen=True)
class Held:
    """One insurance or certificate as a person states it."""

    kind: str
    name: str
    amount_pence: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Edit:
    """Who saves an answer, and the version of the profile they had before them."""

    by: Actor
    version: int


def next_question(enterprise: Enterprise) -> int | None:
    """The first of the six that waits for an answer; None when all are answered."""
    return enterprise.answered + 1 if enterprise.answered < enterprises.QUESTIONS else None


def may_open(enterprise: Enterprise, number: int) -> bool:
    """The questions come in order the first time; an answered one may always be opened again."""
    return 1 <= number <= min(enterprise.answered + 1, enterprises.QUESTIONS)


def say_who(name: str, postcode: str, legal_form: str, *, numbers: Mapping[str, str | None], edit: Edit) -> None:
    """Question 1. Where payees may now be recognised, anchors check theirs: see `payee_checks.wake_waiting`.

    numbers  company_number and charity_number, None where there is none
    """
    if legal_form not in LEGAL_FORMS:
        raise RefusedError("Choose one of the legal forms on the page")
    taken = enterprises.same_number(**numbers, but=edit.by.acting_for)
    if taken is not None:
        raise ConflictError(_taken(taken))
    was = _recognised_by(enterprises.find(edit.by.acting_for))
    enterprise = _save(1, {"legal_form": legal_form, "legal_form_grade": "declared", **numbers}, edit=edit)
    enterprise.organisation.name = name
    enterprise.organisation.postcode = postcode
    if _recognised_by(enterprise) != was:
        enterprise.named_at = now()
        payee_checks.queue_everywhere()
    db.session.flush()


def _recognised_by(enterprise: Enterprise) -> tuple[str | None, ...]:
    """What payees are recognised by."""
    organisation = enterprise.organisation
    return organisation.name, organisation.postcode, enterprise.company_number, enterprise.charity_number


def _taken(other: Enterprise) -> str:
    words = f"{other.organisation.name} already has a profile with this number."
    if other.claimed_at is None and other.registered_by is not None:
        return f"{words} {other.registered_by.name} registered it: ask them to invite you to take it over"
    return f"{words} Check the number, or ask its administrator to invite you"


def say_what(summary: str, stated: Sequence[Stated], *, edit: Edit) -> None:
    """Question 2."""
    enterprise = _save(2, {"summary": summary}, edit=edit)
    enterprise.capabilities = [
        Capability(statement=one.statement, cpv=one.cpv, unit=one.unit, units=one.units)
        for one in stated[:MOST_CAPABILITIES]
    ]
    db.session.flush()


def say_where(outcodes: Sequence[str], *, edit: Edit) -> None:
    """Question 3."""
    _save(3, {"outcodes": sorted(set(outcodes), key=_district_order)}, edit=edit)


def _district_order(outcode: str) -> tuple[str, int, str]:
    """B2 before B18."""
    letters = postcode_area(outcode)
    digits = "".join(mark for mark in outcode[len(letters) :] if mark.isdigit())
    return letters, int(digits or 0), outcode


def say_how_much(facts: Mapping[str, int | None], *, edit: Edit) -> None:
    """Question 4. facts: capacity_pence, turnover_pence, workforce, disadvantaged_workforce."""
    _save(4, dict(facts), edit=edit)


def say_what_good(held: Sequence[Held], offered: Mapping[str, int], *, edit: Edit) -> None:
    """Question 5. A holding that stays as it was keeps its evidence grade. offered: measure > quantity."""
    enterprise = _save(5, {}, edit=edit)
    grades = {_same(one): one.grade for one in enterprise.holdings}
    enterprise.holdings = [
        Holding(
            kind=one.kind,
            name=one.name,
            amount_pence=one.amount_pence,
            expires_on=one.expires_on,
            grade=grades.get(_same(one), "declared"),
        )
        for one in held
    ]
    enterprise.offers = []
    db.session.flush()
    enterprise.offers = [OfferedValue(measure=measure, quantity=count) for measure, count in offered.items()]
    db.session.flush()


def _same(holding: Held | Holding) -> tuple[str, str, int | None, date | None]:
    return holding.kind, holding.name, holding.amount_pence, holding.expires_on


def say_how_to_reach(contact: Mapping[str, str | None], shares_details: bool, *, edit: Edit) -> None:
    """Question 6. contact: contact_name, contact_email, contact_phone."""
    enterprise = enterprises.find(edit.by.acting_for)
    agreed = (enterprise.shares_details_at or now()) if shares_details else None
    _save(6, {**contact, "shares_details_at": agreed}, edit=edit)


def _save(number: int, facts: dict[str, Any], *, edit: Edit) -> Enterprise:
    """Write one answer.

    errors  ConflictError when the profile moved on, RefusedError when an earlier question is still open
    """
    enterprise = enterprises.find(edit.by.acting_for)
    if not may_open(enterprise, number):
        raise RefusedError(f"Answer question {enterprise.answered + 1} first")
    answered = max(enterprise.answered, number)
    enterprises.change(enterprise, {**facts, "answered": answered}, version=edit.version)
    enterprises.claim(enterprise, by=edit.by)
    audit.note(edit.by, "profile changed", enterprise, question=number, facts=sorted(facts))
    return enterprise
