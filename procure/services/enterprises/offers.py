"""What enterprises say, in the words of the matching engines.

One place turns Enterprise and Capability rows into Offers for the ranking and into the enterprises of a consortium
instance. The rule of capacity, also in docs/decisions.md:

    A capability counts towards a need where it is of the same kind and in the same unit.
    Same kind: both state a CPV code and share its group (first three digits; the division where either goes no
    deeper), or at least half of the telling words of the need's name stand in the statement, or the need states no
    code and both count the same thing: "meals" and "loaves" tell the work, "hours a week" and "places" do not.
    Same unit: either names no unit, or the words of one unit are all among the words of the other, so that
    "meals" meets "meals a day" but "meals a week" does not.
    Its units are added up. A capability that does not say how many counts as none, except where the need itself
    names no unit: then an enterprise of that kind may carry all of it, within the pounds it says it can take on.
    Pounds are stated for a year, so they are multiplied by the years the work lasts, at least one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import floor
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...config import WITHOUT_MODEL
from ...extensions import db
from ...matching.catalogue import Catalogue, Offer
from ...matching.catalogue import Need as SoughtNeed
from ...matching.meaning import Model, ModelUnusableError, read_model
from ...matching.words import stems
from ...models import Capability, Enterprise, Lot, Need, Organisation
from ...places import OUTCODE_CENTRES, is_outcode, outward_code, parse_postcode

DAYS_IN_A_YEAR = 365.25
UNIT_FILLERS = frozenset({"a", "an", "per", "of", "the", "each", "every", "in"})
COUNTED_EVERYWHERE = frozenset(
    {
        "hour", "day", "night", "week", "month", "quarter", "year", "annum", "half", "term", "daily",
        "weekly", "monthly", "yearly", "session", "place", "item", "unit", "person", "people", "client",
        "user", "resident", "home", "lot", "household", "job", "event", "trip", "site", "building", "room",
        "classe", "visit", "appointment", "piece", "number", "hundred", "thousand", "metre", "square", "mile",
        "litre", "tonne", "kilogram", "hectare", "pound",
    }
)  # fmt: skip
"""Words of a unit that many kinds of work are counted in, so that they tell none."""


def enterprises_on_offer() -> list[Enterprise]:
    """Every enterprise that has not been suspended, with all a match needs, in the order of their ids."""
    query = (
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
        .options(
            selectinload(Enterprise.capabilities),
            selectinload(Enterprise.holdings),
            selectinload(Enterprise.offers),
            selectinload(Enterprise.organisation),
        )
        .order_by(Enterprise.organisation_id)
    )
    return list(db.session.scalars(query))


def catalogue_of(enterprises: Iterable[Enterprise]) -> Catalogue:
    return Catalogue((offer_of(enterprise) for enterprise in enterprises), model_in_force())


def model_in_force() -> Model | None:
    """The model of meaning the installer gave, read once a process; None without one, or where it cannot be read."""
    folder = current_app.config["MODEL_FOLDER"]
    return _model(folder) if folder else None


@lru_cache(maxsize=2)
def _model(folder: str) -> Model | None:
    try:
        return read_model(Path(folder))
    except ModelUnusableError as fault:
        current_app.logger.warning(WITHOUT_MODEL, fault)
        return None


def means_alike(lot: Lot, enterprise: Enterprise) -> bool:
    """Whether anything an enterprise says is alike in meaning to a lot; never without a model."""
    model = model_in_force()
    if model is None:
        return False
    read = model.vectors([f"{lot.title} {_described(lot)}", *_said(enterprise)])
    return bool(model.likeness(read[1:] @ read[0]).any())


def offer_of(enterprise: Enterprise) -> Offer:
    """What one enterprise says, without its name: a name is no evidence. The key is its id, padded so that it sorts."""
    codes = [code for capability in enterprise.capabilities if (code := plain_cpv(capability.cpv))]
    district = district_of(enterprise.organisation.postcode)
    return Offer(
        key=key_of(enterprise.organisation_id),
        capabilities=_said(enterprise),
        cpv=tuple(dict.fromkeys(codes)),
        areas=tuple(enterprise.outcodes),
        place=enterprise.organisation.postcode or "",
        location=OUTCODE_CENTRES.get(district) if district else None,
        capacity_pence=enterprise.capacity_pence,
        kind=enterprise.legal_form,
    )


def sought(lot: Lot) -> SoughtNeed:
    """A whole lot as the ranking asks for it."""
    codes = [code for code in map(plain_cpv, [lot.cpv, *(need.cpv for need in lot.needs)]) if code]
    return _sought(lot, lot.title, _described(lot), codes, lot.value_pence)


def sought_part(need: Need, lot: Lot) -> SoughtNeed:
    """One need of a lot. Where it is the only one, the lot's own words speak for it."""
    if len(lot.needs) == 1:
        return sought(lot)
    code = plain_cpv(need.cpv)
    return _sought(lot, need.name, (need.unit or "").strip(), [code] if code else [], need.value_pence)


def _said(enterprise: Enterprise) -> tuple[str, ...]:
    said = [capability.statement for capability in enterprise.capabilities]
    return tuple([*said, enterprise.summary] if enterprise.summary else said)


def _described(lot: Lot) -> str:
    return " ".join([lot.description, *(need.name for need in lot.needs if need.name != lot.title)]).strip()


def _sought(lot: Lot, title: str, description: str, codes: Sequence[str], value_pence: int | None) -> SoughtNeed:
    district = district_of(lot.postcode)
    return SoughtNeed(
        title=title,
        description=description,
        cpv=tuple(dict.fromkeys(codes)),
        value_pence=value_pence,
        place=lot.postcode or "",
        location=OUTCODE_CENTRES.get(district) if district else None,
        starts_on=lot.starts_on,
    )


def units_for(need: Need, enterprise: Enterprise) -> int:
    """How many units of a need an enterprise could carry, by the rule at the top of this file."""
    kin = [capability for capability in enterprise.capabilities if is_same_kind(need, capability)]
    if kin and not need.unit and all(capability.units is None for capability in kin):
        return need.units
    return sum(capability.units or 0 for capability in kin if _is_same_unit(need.unit, capability.unit))


def is_same_kind(need: Need, capability: Capability) -> bool:
    """Whether a capability is the kind of work a need asks for."""
    theirs, ours = plain_cpv(capability.cpv), plain_cpv(need.cpv)
    if theirs and ours:
        depth = 3 if theirs[2] != "0" and ours[2] != "0" else 2
        if theirs[:depth] == ours[:depth]:
            return True
    if not ours and (thing := counted_thing(need.unit)) and thing == counted_thing(capability.unit):
        return True
    wanted = set(stems(need.name))
    return bool(wanted) and 2 * len(wanted & set(stems(capability.statement))) >= len(wanted)


def counted_thing(unit: str | None) -> frozenset[str]:
    """The words of a unit that tell what is counted: "meals a day" is {"meal"}, "hours a week" is empty."""
    return frozenset(_unit_words(unit or "")) - COUNTED_EVERYWHERE


def pounds_for_term(enterprise: Enterprise, lot: Lot) -> int | None:
    """Pence the enterprise could take on over the whole term; None where it has not said."""
    if enterprise.capacity_pence is None:
        return None
    return floor(enterprise.capacity_pence * years_of(lot.starts_on, lot.ends_on))


def years_of(starts_on: date | None, ends_on: date | None) -> float:
    """How long work lasts, in years; one where it is shorter or not said."""
    if starts_on is None or ends_on is None:
        return 1.0
    return max(1.0, round(((ends_on - starts_on).days + 1) / DAYS_IN_A_YEAR, 2))


def key_of(enterprise_id: int) -> str:
    return f"{enterprise_id:012d}"


def plain_cpv(code: str | None) -> str | None:
    """The eight digits of a CPV code, without its check digit; None where it is no code."""
    digits = (code or "").split("-", 1)[0].strip()
    return digits if len(digits) == 8 and digits.isascii() and digits.isdigit() else None


def district_of(written: str | None) -> str | None:
    """The postcode district of a full postcode or of a district alone."""
    if not written:
        return None
    postcode = parse_postcode(written)
    if postcode:
        return outward_code(postcode)
    bare = written.strip().upper()
    return bare if is_outcode(bare) else None


def _is_same_unit(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    first, second = _unit_words(one), _unit_words(other)
    return first <= second or second <= first


def _unit_words(unit: str) -> set[str]:
    plain = "".join(mark if mark.isalnum() else " " for mark in unit.casefold()).split()
    return {word.removesuffix("s") for word in plain if word not in UNIT_FILLERS}
