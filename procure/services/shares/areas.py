"""What an organisation means by local: named areas of any kind, one of them its headline, each with its past."""

import re
from typing import Any

from sqlalchemy import select, update

from ...extensions import db
from ...models import LocalArea, PastArea, now
from ...places import Area, is_outcode
from .. import audit, own, spend_marks
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from ..reference.locations import boundaries
from .area_words import Wanted

MOST_DISTRICTS = 3_000
"""There are about 2,900 postcode districts in the United Kingdom."""
_BETWEEN = re.compile(r"[\s,;]+")
_DEFINITION = (
    "name", "kind", "codes", "outcodes", "latitude", "longitude", "miles", "site", "counts_branches", "boundaries_id",
)  # fmt: skip


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
    return own.find(LocalArea, area_id, of=of)


def headline(of: int) -> LocalArea | None:
    """The area an organisation's figures are about unless another is chosen."""
    return next(iter(list_areas(of)), None)


def shape(area: LocalArea | PastArea) -> Area:
    """The same area, in the words of the ground floor."""
    if area.kind == "circle":
        assert area.latitude is not None
        assert area.longitude is not None
        centre = (area.latitude, area.longitude)
        return Area(area.name, centre=centre, miles=area.miles, counts_branches=area.counts_branches)
    codes = frozenset(area.outcodes if area.kind == "outcodes" else area.codes)
    parts: dict[str, Any] = {area.kind: codes}
    return Area(area.name, **parts, counts_branches=area.counts_branches)


def before(of: int) -> dict[int, PastArea]:
    """The definition each of an organisation's areas had before its present one."""
    found = db.session.scalars(
        select(PastArea).where(PastArea.organisation_id == of).order_by(PastArea.area_id, PastArea.version)
    )
    return {past.area_id: past for past in found}


def past_of(area: LocalArea) -> list[PastArea]:
    """Every earlier definition of an area, the latest first."""
    return list(
        db.session.scalars(
            select(PastArea)
            .where(PastArea.organisation_id == area.organisation_id, PastArea.area_id == area.id)
            .order_by(PastArea.version.desc())
        )
    )


def save(area_id: int | None, name: str, districts: list[str], *, is_headline: bool, by: Actor) -> LocalArea:
    """Add an area of postcode districts, or make one such; see `define`."""
    return define(area_id, Wanted(name, outcodes=tuple(districts)), is_headline=is_headline, by=by)


def define(area_id: int | None, wanted: Wanted, *, is_headline: bool, by: Actor, seen: int | None = None) -> LocalArea:
    """Add an area, or change one; the definition before a change is kept. An organisation's first is its headline.

    seen    the version of the area the person saw, where it is changed by a form
    errors  NotFoundError; RefusedError for a name that is taken or an area of nothing; ConflictError where somebody
            changed it meanwhile
    """
    mine = LocalArea.organisation_id == by.acting_for
    told = wanted.columns()
    taken = db.session.scalar(
        select(LocalArea.id).where(mine, LocalArea.name == wanted.name, LocalArea.id != (area_id or 0))
    )
    if taken:
        raise RefusedError("You have an area with this name already. Choose another name")
    area = find(area_id, of=by.acting_for) if area_id else LocalArea(organisation_id=by.acting_for, version=0)
    if area_id and _differs(area, told):
        _move_on(area, seen if seen is not None else area.version, by)
    elif not area_id:
        area.version = 1
    others: Any = list_areas(by.acting_for)
    leads = is_headline or area.is_headline or not others
    if leads:
        db.session.execute(update(LocalArea).where(mine, LocalArea.id != (area_id or 0)).values(is_headline=False))
    area.name, area.is_headline = wanted.name, leads
    for column, value in told.items():
        setattr(area, column, value)
    area.boundaries_id = boundaries().newest_id if wanted.kind != "outcodes" else None
    db.session.add(area)
    db.session.flush()
    audit.note(by, "area saved", area, name=wanted.name, kind=wanted.kind, version=area.version, is_headline=leads)
    spend_marks.mark(by.acting_for, person_id=by.person_id)
    return area


def _differs(area: LocalArea, told: dict[str, Any]) -> bool:
    """Whether the definition is another; a new name alone is none."""
    made_of = "outcodes" if told["kind"] == "outcodes" else "codes"
    parts = ("kind", "counts_branches", "latitude", "longitude", "miles", made_of)
    return any(
        sorted(was) != sorted(told[part]) if isinstance(was := getattr(area, part), list) else was != told[part]
        for part in parts
    )


def _move_on(area: LocalArea, seen: int, by: Actor) -> None:
    """Keep the definition as it was and count a new one, once."""
    parts = {part: getattr(area, part) for part in _DEFINITION}
    moved: Any = db.session.execute(
        update(LocalArea)
        .where(LocalArea.id == area.id, LocalArea.organisation_id == by.acting_for, LocalArea.version == seen)
        .values(version=seen + 1, defined_at=now()),
        execution_options={"synchronize_session": False},
    )
    if not moved.rowcount:
        raise ConflictError("Somebody changed this area while you were looking at it. Look at it again")
    db.session.add(
        PastArea(
            organisation_id=area.organisation_id,
            area_id=area.id,
            version=seen,
            defined_at=area.defined_at,
            ended_by_id=by.person_id,
            **parts,
        )
    )
    db.session.flush()
    db.session.refresh(area)


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
