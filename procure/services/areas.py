"""What an organisation means by local: named areas made of postcode districts, one of them its headline."""

import re
from typing import Any

from sqlalchemy import select, update

from ..extensions import db
from ..models import LocalArea
from ..places import Area, is_outcode, outcode_area
from . import audit
from .actors import Actor
from .errors import NotFoundError, RefusedError

MOST_DISTRICTS = 3_000
"""There are about 2,900 postcode districts in the United Kingdom."""
_BETWEEN = re.compile(r"[\s,;]+")


def read_districts(text: str) -> tuple[list[str], list[str]]:
    """Districts as a person typed them: those that are well formed, each once and in order, and those that are not."""
    typed = list(dict.fromkeys(part.upper() for part in _BETWEEN.split(text) if part))[: MOST_DISTRICTS + 1]
    return [code for code in typed if is_outcode(code)], [code for code in typed if not is_outcode(code)]


def list_areas(of: int) -> list[LocalArea]:
    """An organisation's areas, its headline first."""
    return list(
        db.session.scalars(
            select(LocalArea)
            .where(LocalArea.organisation_id == of)
            .order_by(LocalArea.is_headline.desc(), LocalArea.name, LocalArea.id)
        )
    )


def find(area_id: int, *, of: int) -> LocalArea:
    """An area of this organisation.

    errors  NotFoundError
    """
    area = db.session.scalar(select(LocalArea).where(LocalArea.id == area_id, LocalArea.organisation_id == of))
    if area is None:
        raise NotFoundError
    return area


def headline(of: int) -> LocalArea | None:
    """The area an organisation's figures are about unless another is chosen."""
    return next(iter(list_areas(of)), None)


def shape(area: LocalArea) -> Area:
    """The same area, in the words of the ground floor."""
    return outcode_area(area.name, area.outcodes)


def save(area_id: int | None, name: str, districts: list[str], *, is_headline: bool, by: Actor) -> LocalArea:
    """Add an area, or change one. The first area of an organisation is its headline.

    errors  NotFoundError; RefusedError for a name that is taken or an area of nothing
    """
    mine = LocalArea.organisation_id == by.acting_for
    if not districts:
        raise RefusedError("An area needs at least one postcode district, such as B18")
    taken = db.session.scalar(select(LocalArea.id).where(mine, LocalArea.name == name, LocalArea.id != (area_id or 0)))
    if taken:
        raise RefusedError("You have an area with this name already. Choose another name")
    area = find(area_id, of=by.acting_for) if area_id else LocalArea(organisation_id=by.acting_for)
    others: Any = list_areas(by.acting_for)
    leads = is_headline or area.is_headline or not others
    if leads:
        db.session.execute(update(LocalArea).where(mine, LocalArea.id != (area_id or 0)).values(is_headline=False))
    area.name, area.outcodes, area.is_headline = name, districts, leads
    db.session.add(area)
    db.session.flush()
    audit.note(by, "area saved", area, name=name, districts=len(districts), is_headline=leads)
    return area


def remove(area_id: int, *, by: Actor) -> LocalArea:
    """Take an area away; the headline stays.

    errors  NotFoundError, RefusedError
    """
    area = find(area_id, of=by.acting_for)
    if area.is_headline:
        raise RefusedError("This is your headline area. Make another area the headline first")
    audit.note(by, "area removed", area, name=area.name, districts=area.outcodes)
    db.session.delete(area)
    db.session.flush()
    return area
