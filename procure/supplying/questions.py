"""The six questions as pages: which form each is, how it is filled, and how it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..matching.categories import Suggestion, suggest_cpv
from ..models import Enterprise
from ..places import OUTCODE_CENTRES, miles_between
from ..services.enterprises import profiles
from ..services.enterprises.profiles import CERTIFICATES, INSURANCES, Edit, Held, Stated
from ..social_value import MEASURES
from . import forms
from .forms import district_of, filled

NEAR_MILES = 4.0
LEAST_SURE = 0.3
"""A CPV division less probable than this is not worth suggesting."""
MOST_NEAR = 12


@dataclass(frozen=True)
class Question:
    """One of the six."""

    title: str
    form: type[forms.QuestionForm]
    fill: Callable[[Any, Enterprise], None]
    save: Callable[[Any, Edit], None]


def districts_near(postcode: str | None) -> list[str]:
    """The enterprise's own district and the nearest others we know, nearest first."""
    home = district_of(postcode)
    centre = OUTCODE_CENTRES.get(home or "")
    if home is None or centre is None:
        return [home] if home else []
    distances = {code: miles_between(centre, other) for code, other in OUTCODE_CENTRES.items()}
    near = sorted((miles, code) for code, miles in distances.items() if miles <= NEAR_MILES and code != home)
    return [home, *(code for _, code in near[: MOST_NEAR - 1])]


def _fill_who(form: forms.WhoForm, enterprise: Enterprise) -> None:
    form.name.data = enterprise.organisation.name
    form.legal_form.data = enterprise.legal_form if enterprise.answered else None
    form.company_number.data = enterprise.company_number
    form.charity_number.data = enterprise.charity_number
    form.postcode.data = enterprise.organisation.postcode


def _save_who(form: forms.WhoForm, edit: Edit) -> None:
    numbers = {
        "company_number": form.company_number.data or None,
        "charity_number": form.charity_number.data or None,
    }
    profiles.say_who(form.name.data, form.postcode.data, form.legal_form.data, numbers=numbers, edit=edit)


def _fill_what(form: forms.WhatForm, enterprise: Enterprise) -> None:
    form.summary.data = enterprise.summary
    for entry, kept in zip(form.capabilities, enterprise.capabilities, strict=False):
        for name in ("statement", "units", "unit", "cpv"):
            getattr(entry, name).data = getattr(kept, name)


def _save_what(form: forms.WhatForm, edit: Edit) -> None:
    stated = [
        Stated(entry.statement.data, entry.cpv.data or None, entry.unit.data or None, entry.units.data)
        for entry in filled(form.capabilities, "statement")
    ]
    profiles.say_what(form.summary.data, stated, edit=edit)


def suggestions_for(form: forms.QuestionForm) -> dict[int, Suggestion]:
    """Place of a capability without a code > the CPV division its words speak for most, where they do."""
    found = {}
    entries = form.capabilities if isinstance(form, forms.WhatForm) else ()
    for place, entry in enumerate(entries):
        if entry.statement.data and not entry.cpv.data:
            for suggestion in suggest_cpv(entry.statement.data, top=1, least=LEAST_SURE):
                found[place] = suggestion
    return found


def _fill_where(form: forms.WhereForm, enterprise: Enterprise) -> None:
    offered = set(form.near.choices)
    form.near.data = [code for code in enterprise.outcodes if code in offered]
    form.districts.data = ", ".join(code for code in enterprise.outcodes if code not in offered)


def _save_where(form: forms.WhereForm, edit: Edit) -> None:
    profiles.say_where(form.outcodes, edit=edit)


AMOUNTS = ("capacity_pence", "turnover_pence", "workforce", "disadvantaged_workforce")


def _fill_how_much(form: forms.HowMuchForm, enterprise: Enterprise) -> None:
    for name in AMOUNTS:
        getattr(form, name).data = getattr(enterprise, name)


def _save_how_much(form: forms.HowMuchForm, edit: Edit) -> None:
    profiles.say_how_much({name: getattr(form, name).data for name in AMOUNTS}, edit=edit)


def _fill_what_good(form: forms.WhatGoodForm, enterprise: Enterprise) -> None:
    held = {one.name: one for one in enterprise.holdings}
    for entry, name in zip(form.insurances, INSURANCES, strict=True):
        if name in held:
            entry.amount_pence.data, entry.expires_on.data = held[name].amount_pence, held[name].expires_on
    for entry, name in zip(form.certificates, CERTIFICATES, strict=True):
        entry.is_held.data = name in held
        entry.expires_on.data = held[name].expires_on if name in held else None
    others = [one for one in enterprise.holdings if one.name not in (*INSURANCES, *CERTIFICATES)]
    for entry, one in zip(form.others, others, strict=False):
        entry.form.name.data, entry.expires_on.data = one.name, one.expires_on
    for offer in enterprise.offers:
        if offer.measure in MEASURES:
            getattr(form, offer.measure).data = offer.quantity


def _save_what_good(form: forms.WhatGoodForm, edit: Edit) -> None:
    insurances = [
        Held("insurance", name, entry.amount_pence.data, entry.expires_on.data)
        for entry, name in zip(form.insurances, INSURANCES, strict=True)
        if entry.amount_pence.data is not None
    ]
    certificates = [
        Held("certificate", name, None, entry.expires_on.data)
        for entry, name in zip(form.certificates, CERTIFICATES, strict=True)
        if entry.is_held.data
    ]
    others = [
        Held("certificate", entry.form.name.data, None, entry.expires_on.data)
        for entry in form.others
        if entry.form.name.data
    ]
    offered = {name: getattr(form, name).data for name in MEASURES if getattr(form, name).data}
    profiles.say_what_good([*insurances, *certificates, *others], offered, edit=edit)


CONTACT = ("contact_name", "contact_email", "contact_phone")


def _fill_reach(form: forms.ReachForm, enterprise: Enterprise) -> None:
    for name in CONTACT:
        getattr(form, name).data = getattr(enterprise, name)
    form.shares_details.data = enterprise.shares_details_at is not None


def _save_reach(form: forms.ReachForm, edit: Edit) -> None:
    contact = {name: getattr(form, name).data or None for name in CONTACT}
    profiles.say_how_to_reach(contact, bool(form.shares_details.data), edit=edit)


QUESTIONS = tuple(
    Question(title, *parts)
    for title, parts in zip(
        profiles.TITLES,
        (
            (forms.WhoForm, _fill_who, _save_who),
            (forms.WhatForm, _fill_what, _save_what),
            (forms.WhereForm, _fill_where, _save_where),
            (forms.HowMuchForm, _fill_how_much, _save_how_much),
            (forms.WhatGoodForm, _fill_what_good, _save_what_good),
            (forms.ReachForm, _fill_reach, _save_reach),
        ),
        strict=True,
    )
)
