"""Sums kept ready for every area an anchor's share is asked for: worked out by a job, and known when out of date.

One function works out a cell, `spend.tally.Tally`, for the job and for a page alike. A page never writes. Whoever
changes ledgers, areas or rules calls `mark`; what else moves money, the worker's round finds by the stamp.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, delete, func, insert, select

from .. import jobs
from ..extensions import db
from ..models import (
    CategoryDivision,
    Edition,
    Enterprise,
    Job,
    Ledger,
    LocalArea,
    Organisation,
    Payee,
    PayeeSite,
    SpendCell,
    SpendRule,
    SpendSums,
    Watch,
    now,
)
from ..places import Area
from ..spend.tally import Cell, Tally
from . import areas
from .locations import boundaries
from .spend_cells import PARTS, InMemory, Stored, Sums
from .spend_marks import KIND, mark
from .spend_rows import Gathered, gather, places_for

WAY = "2"
"""Part of every stamp: another number has everything worked out again, as another cut or other word weights ask."""
SMALL = 20_000
"""Up to so many monthly sums a page works them out itself rather than show what is out of date."""
BEFORE = "/before"
"""How the key of an area ends where boundaries are those before the newest edition."""
WRITTEN = 5_000


def sums_for(of: int, area: Area, *, before: bool = False) -> Sums:
    """The cells of an anchor for an area: as the world is, or the stored ones where it is too much for a page.

    before  by the boundaries before the newest edition
    """
    kept = db.session.scalar(
        select(SpendSums).where(SpendSums.organisation_id == of, SpendSums.area_key == key_of(area, before=before))
    )
    if kept is not None and kept.stamp == stamp(of):
        return Stored(of, kept.id)
    if kept is not None and count_rows(of) > SMALL:
        return Stored(of, kept.id, kept.worked_out_at)
    gathered = gather(of)
    return InMemory(work_out(gathered, Tally(gathered.rows), area, before=before))


def sums_for_each(of: int, wanted: Sequence[Area], *, before: Sequence[bool] | None = None) -> list[Sums]:
    """The cells of an anchor for several areas; what must be worked out is read once.

    before  of each area, whether by the boundaries before the newest edition; none where it is not given
    """
    fresh, many = stamp(of), count_rows(of) > SMALL
    kept = {row.area_key: row for row in db.session.scalars(select(SpendSums).where(SpendSums.organisation_id == of))}
    found: list[Sums] = []
    tally: Tally | None = None
    gathered: Gathered | None = None
    for area, is_before in zip(wanted, before or [False] * len(wanted), strict=True):
        row = kept.get(key_of(area, before=is_before))
        if row is not None and (many or row.stamp == fresh):
            found.append(Stored(of, row.id, None if row.stamp == fresh else row.worked_out_at))
            continue
        gathered = gathered or gather(of)
        tally = tally or Tally(gathered.rows)
        found.append(InMemory(work_out(gathered, tally, area, before=is_before)))
    return found


def work_out(gathered: Gathered, tally: Tally, area: Area, *, before: bool = False) -> list[Cell]:
    """The cells of one area."""
    return list(tally.cells(gathered.sides(area, places_for(gathered, [area], before=before))))


def key_of(area: Area, *, before: bool = False) -> str:
    return area.key + (BEFORE if before else "")


def count_rows(of: int) -> int:
    """How many monthly sums an anchor has."""
    return int(db.session.scalar(select(func.sum(Ledger.sums_count)).where(*_counting(of))) or 0)


def _counting(of: int) -> tuple[ColumnElement[bool], ...]:
    return Ledger.organisation_id == of, Ledger.state == "confirmed"


def stamp(of: int) -> str:
    """What the sums depend on, in few words: it is another as soon as a ledger, payee, site, profile, register or rule
    is. Sums of ids are weighted, so that two links that change places show."""
    mixed = 1 + cast(Payee.id, BigInteger) % 1009
    states = case({"accepted": 1, "confirmed": 1, "person": 2, "public_body": 3}, value=Payee.state, else_=0)
    kinds = case({"person": 1, "public_body": 2}, value=Payee.kind, else_=0)
    linked = (
        func.coalesce(Payee.body_id, 0) * 3
        + func.coalesce(Payee.enterprise_id, 0) * 5
        + func.coalesce(Payee.merged_into_id, 0) * 7
        + states * 11
        + kinds * 13
    )
    enterprises = select(Payee.enterprise_id).where(Payee.organisation_id == of, Payee.enterprise_id.is_not(None))
    queries = (
        select(func.count(), func.sum(Ledger.sums_version), func.sum(Ledger.total_pence)).where(*_counting(of)),
        select(func.count(), func.max(Payee.id), func.sum(linked * mixed)).where(Payee.organisation_id == of),
        select(func.count(), func.sum(PayeeSite.id)).where(
            PayeeSite.organisation_id == of, PayeeSite.ended_at.is_(None)
        ),
        select(func.count(), func.sum(Enterprise.version)).where(Enterprise.organisation_id.in_(enterprises)),
        select(func.count(), func.max(SpendRule.id)).where(
            SpendRule.organisation_id == of, SpendRule.ended_at.is_(None)
        ),
        select(func.count(), func.max(CategoryDivision.id)).where(
            CategoryDivision.organisation_id == of, CategoryDivision.ended_at.is_(None)
        ),
        select(func.count(), func.max(Edition.loaded_at)).where(Edition.loaded_at.is_not(None)),
    )
    told = [str(value or 0) for query in queries for value in db.session.execute(query).one()]
    return "/".join([WAY, *told])


def areas_about(of: int) -> dict[str, tuple[Area, bool]]:
    """Every definition this anchor's share is asked for, by key, with whether by boundaries before the newest.

    Its own areas and those of the place authorities it agreed to; of its own also the definition before, and the
    boundaries before, for what a change of either did.
    """
    places = db.session.scalars(select(Watch.place_id).where(Watch.anchor_id == of, Watch.agreed_at.is_not(None)))
    owners = [of, *places]
    mine: list[LocalArea] = list(
        db.session.scalars(select(LocalArea).where(LocalArea.organisation_id.in_(owners)).order_by(LocalArea.id))
    )
    found = [(areas.shape(area), False) for area in mine]
    past = [areas.shape(one) for one in areas.before(of).values()]
    found += [(area, False) for area in past]
    if boundaries().changed_by_id is not None:
        olds = [areas.shape(area) for area in mine if area.organisation_id == of] + past
        found += [(area, True) for area in olds if area.needs_directory]
    return {key_of(area, before=before): (area, before) for area, before in found}


def queue_due() -> list[Job]:
    """Jobs for every anchor whose stored sums are out of date or missing and for which none is open."""
    is_open = select(Job.id).where(
        Job.organisation_id == Organisation.id, Job.kind == KIND, Job.state.in_(("queued", "running"))
    )
    paid = select(Ledger.id).where(Ledger.organisation_id == Organisation.id, Ledger.state == "confirmed")
    anchors = db.session.scalars(
        select(Organisation.id)
        .where(Organisation.is_anchor, paid.exists(), ~is_open.exists())
        .order_by(Organisation.id)
    ).all()
    queued = [mark(of) for of in anchors if is_due(of)]
    return [job for job in queued if job]


def is_due(of: int) -> bool:
    """Whether any sums an anchor is asked for are missing or out of date."""
    wanted = set(areas_about(of))
    kept = db.session.execute(select(SpendSums.area_key, SpendSums.stamp).where(SpendSums.organisation_id == of)).all()
    fresh = stamp(of)
    return wanted - {key for key, was in kept if was == fresh} != set()


@jobs.work(KIND, counts="areas summed")
def sum_spend(turn: jobs.Turn) -> None:
    """Work out all sums of an anchor that are out of date."""
    todo = _read(turn.organisation_id)
    db.session.rollback()  # it adds up with no transaction open, so that others may write meanwhile
    found = {}
    for key, cells in _added_up(todo):
        found[key] = cells
        turn.report(len(found), len(todo.sides))
    _write(todo, found)


def refresh(of: int) -> int:
    """Work out what is out of date, in the caller's transaction; for how many areas."""
    todo = _read(of)
    _write(todo, dict(_added_up(todo)))
    return len(todo.sides)


@dataclass(frozen=True)
class _Todo:
    """What is out of date: the rows, and for each area what it says of the spots; and keys nobody asks for."""

    of: int
    stamp: str
    gathered: Gathered | None
    sides: dict[str, list[int]]
    gone: list[str]


def _read(of: int) -> _Todo:
    fresh, wanted = stamp(of), areas_about(of)
    was_kept = select(SpendSums.area_key, SpendSums.stamp).where(SpendSums.organisation_id == of)
    kept = {key: was for key, was in db.session.execute(was_kept)}
    due = {key: about for key, about in wanted.items() if kept.get(key) != fresh}
    gone = [key for key in kept if key not in wanted or key in due]
    if not due:
        return _Todo(of, fresh, None, {}, gone)
    gathered = gather(of)
    places = {
        was: places_for(gathered, [area for area, _ in due.values()], before=was)
        for was in {b for _, b in due.values()}
    }
    sides = {key: gathered.sides(area, places[was]) for key, (area, was) in due.items()}
    return _Todo(of, fresh, gathered, sides, gone)


def _added_up(todo: _Todo) -> Iterator[tuple[str, list[Cell]]]:
    tally = Tally(todo.gathered.rows) if todo.gathered else None
    for key, sides in todo.sides.items():
        assert tally is not None
        yield key, list(tally.cells(sides))


def _write(todo: _Todo, found: dict[str, list[Cell]]) -> None:
    if todo.gone:
        _forget(todo.of, todo.gone)
    for key, cells in found.items():
        _keep(todo.of, key, todo.stamp, cells)


def _forget(of: int, keys: Sequence[str]) -> None:
    gone = select(SpendSums.id).where(SpendSums.organisation_id == of, SpendSums.area_key.in_(keys))
    for record, column in ((SpendCell, SpendCell.sums_id), (SpendSums, SpendSums.id)):
        db.session.execute(
            delete(record).where(record.organisation_id == of, column.in_(gone)),
            execution_options={"synchronize_session": False},
        )


def _keep(of: int, key: str, fresh: str, cells: Iterable[Cell]) -> None:
    sums = SpendSums(organisation_id=of, area_key=key, stamp=fresh, worked_out_at=now())
    db.session.add(sums)
    db.session.flush()
    batch: list[dict[str, Any]] = []
    for cell in cells:
        batch.append(
            {
                "organisation_id": of,
                "sums_id": sums.id,
                "cut": cell.cut,
                "month": cell.month,
                "key": cell.key,
                **{part: getattr(cell.share, part) for part in PARTS},
                "payments": cell.payments,
            }
        )
        if len(batch) == WRITTEN:
            db.session.execute(insert(SpendCell), batch)
            batch = []
    if batch:
        db.session.execute(insert(SpendCell), batch)
