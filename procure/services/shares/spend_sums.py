"""Sums kept ready for every area an anchor's share is asked for: worked out by a job, and known when out of date.

One function works out a cell, `spend.tally.Tally`, for the job and for a page alike. A page never writes. Whoever
changes ledgers, areas or rules calls `mark`; what else moves money, the worker's round finds by the stamp.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from ... import jobs
from ...extensions import db
from ...models import (
    Job,
    Ledger,
    LocalArea,
    Organisation,
    SpendCell,
    SpendDistrict,
    SpendParty,
    SpendRound,
    SpendSums,
    SpendYear,
    Watch,
    now,
)
from ...places import Area
from ...spend.first_round import Rounds
from ...spend.makeup import Makings
from ...spend.tally import Cell, Tally
from ..reference.locations import boundaries
from ..spend_marks import KIND, mark
from . import areas, spend_cells, spend_details, spend_periods, spend_rounds, spend_stamps
from .spend_cells import InMemory, Stored, Sums
from .spend_periods import Period
from .spend_rows import Gathered, gather, places_for
from .spend_stamps import BEFORE, CELLS, DETAIL, ROUNDS, count_rows, key_of, stamp


def sums_for(of: int, area: Area, *, before: bool = False) -> Sums:
    """The cells of an anchor for an area: as the world is, or the stored ones where it is too much for a page.

    before  by the boundaries before the newest edition
    """
    kept = spend_stamps.find(of, area, BEFORE if before else CELLS)
    if kept is not None and kept.stamp == stamp(of):
        return Stored(of, kept.id)
    if kept is not None and count_rows(of) > spend_stamps.SMALL:
        return Stored(of, kept.id, kept.worked_out_at)
    gathered = gather(of)
    return InMemory(work_out(gathered, Tally(gathered.rows), area, before=before))


def sums_for_each(of: int, wanted: Sequence[Area], *, before: Sequence[bool] | None = None) -> list[Sums]:
    """The cells of an anchor for several areas; what must be worked out is read once.

    before  of each area, whether by the boundaries before the newest edition; none where it is not given
    """
    fresh, many = stamp(of), count_rows(of) > spend_stamps.SMALL
    kept = {row.area_key: row for row in db.session.scalars(select(SpendSums).where(SpendSums.organisation_id == of))}
    found: list[Sums] = []
    tally: Tally | None = None
    gathered: Gathered | None = None
    for area, is_before in zip(wanted, before or [False] * len(wanted), strict=True):
        row = kept.get(key_of(area, BEFORE if is_before else CELLS))
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


class Wanted(NamedTuple):
    """What is kept of one area: `what` is one of the endings of `spend_stamps`."""

    area: Area
    what: str


def areas_about(of: int) -> dict[str, Wanted]:
    """Everything that is kept for an anchor, by key.

    Cells of its own areas and of those of the place authorities it agreed to; of its own also the definition before,
    and the boundaries before, for what a change of either did. First rounds of LM3 of its own areas; what its figures
    are made of, for areas of places.
    """
    places = db.session.scalars(select(Watch.place_id).where(Watch.anchor_id == of, Watch.agreed_at.is_not(None)))
    owners = [of, *places]
    mine: list[LocalArea] = list(
        db.session.scalars(select(LocalArea).where(LocalArea.organisation_id.in_(owners)).order_by(LocalArea.id))
    )
    own = [areas.shape(area) for area in mine if area.organisation_id == of]
    past = [areas.shape(one) for one in areas.before(of).values()]
    found = [Wanted(area, CELLS) for area in (*(areas.shape(area) for area in mine), *past)]
    found += [Wanted(area, ROUNDS) for area in own]
    found += [Wanted(areas.shape(area), DETAIL) for area in mine if area.organisation_id != of]
    if boundaries().changed_by_id is not None:
        found += [Wanted(area, BEFORE) for area in (*own, *past) if area.needs_directory]
    return {key_of(*each): each for each in found}


def queue_due() -> list[Job]:
    """Jobs for every anchor whose stored sums are out of date or missing and for which none is open."""
    is_open = jobs.open_jobs(KIND, Job.organisation_id == Organisation.id)
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
    return bool(_due(of, areas_about(of), _kept(of), spend_stamps.held_back(of)))


def _kept(of: int) -> dict[str, str]:
    """Key > stamp of what is kept."""
    found = select(SpendSums.area_key, SpendSums.stamp).where(SpendSums.organisation_id == of)
    return {key: told for key, told in db.session.execute(found)}


def _due(of: int, wanted: dict[str, Wanted], kept: dict[str, str], held: Sequence[date]) -> dict[str, str]:
    """Key > the stamp it ought to have, of what is missing or out of date; `held` are the quarters held back."""
    fresh = stamp(of)
    without = spend_stamps.stamp_without(fresh, held)
    stamps = {key: without if each.what == DETAIL else fresh for key, each in wanted.items()}
    return {key: told for key, told in stamps.items() if kept.get(key) != told}


@jobs.work(KIND, counts="areas summed")
def sum_spend(turn: jobs.Turn) -> None:
    """Work out all sums of an anchor that are out of date."""
    todo = _read(turn.organisation_id)
    db.session.rollback()  # it adds up with no transaction open, so that others may write meanwhile
    found = {}
    for key, result in _added_up(todo):
        found[key] = result
        turn.report(len(found), len(todo.stamps))
    _write(todo, found)


def refresh(of: int) -> int:
    """Work out what is out of date, in the caller's transaction; for how many areas."""
    todo = _read(of)
    _write(todo, dict(_added_up(todo)))
    return len(todo.stamps)


@dataclass(frozen=True)
class _Todo:
    """What is out of date, by key, and all that working it out asks of the database; and keys nobody asks for."""

    of: int
    stamps: dict[str, str]
    gone: list[str]
    gathered: Gathered | None = None
    sides: dict[str, list[int]] = field(default_factory=dict)
    whats: dict[str, str] = field(default_factory=dict)
    rounds: Rounds | None = None
    periods: Sequence[Period] = ()
    makings: Makings | None = None


def _read(of: int) -> _Todo:
    wanted, kept, held = areas_about(of), _kept(of), spend_stamps.held_back(of)
    stamps = _due(of, wanted, kept, held)
    gone = [key for key in kept if key not in wanted or key in stamps]
    if not stamps:
        return _Todo(of, stamps, gone)
    gathered = gather(of)
    due = {key: wanted[key] for key in stamps}
    places = {
        was: places_for(gathered, [each.area for each in due.values()], before=was)
        for was in {each.what == BEFORE for each in due.values()}
    }
    sides = {key: gathered.sides(each.area, places[each.what == BEFORE]) for key, each in due.items()}
    whats = {key: each.what for key, each in due.items()}
    return _Todo(
        of,
        stamps,
        gone,
        gathered,
        sides,
        whats,
        spend_rounds.prepare(of, gathered) if ROUNDS in whats.values() else None,
        spend_periods.periods(of),
        spend_details.prepare(gathered, held) if DETAIL in whats.values() else None,
    )


def _added_up(todo: _Todo) -> Iterator[tuple[str, Any]]:
    """Key > what is worked out: cells, rounds by period, or a detail."""
    tally = Tally(todo.gathered.rows) if todo.gathered else None
    for key, sides in todo.sides.items():
        assert tally is not None
        assert todo.gathered is not None
        if todo.rounds is not None and todo.whats[key] == ROUNDS:
            yield key, spend_rounds.work_out(todo.rounds, sides, todo.periods)
        elif todo.makings is not None and todo.whats[key] == DETAIL:
            yield key, spend_details.work_out(todo.gathered, todo.makings, sides)
        else:
            yield key, list(tally.cells(sides))


def _write(todo: _Todo, found: dict[str, Any]) -> None:
    if todo.gone:
        _forget(todo.of, todo.gone)
    for key, result in found.items():
        sums = SpendSums(organisation_id=todo.of, area_key=key, stamp=todo.stamps[key], worked_out_at=now())
        db.session.add(sums)
        db.session.flush()
        KEEP.get(todo.whats[key], spend_cells.keep)(todo.of, sums.id, result)


KEEP: dict[str, Callable[[int, int, Any], None]] = {ROUNDS: spend_rounds.keep, DETAIL: spend_details.keep}
"""Who keeps what is worked out, where that is not cells."""


def _forget(of: int, keys: Sequence[str]) -> None:
    """Take away what is kept under some keys: first what belongs to it, as both databases do it fastest."""
    gone = select(SpendSums.id).where(SpendSums.organisation_id == of, SpendSums.area_key.in_(keys))
    rounds = select(SpendRound.id).where(SpendRound.organisation_id == of, SpendRound.sums_id.in_(gone))
    for record, condition in (
        (SpendParty, SpendParty.round_id.in_(rounds)),
        *((each, each.sums_id.in_(gone)) for each in (SpendRound, SpendDistrict, SpendYear, SpendCell)),
        (SpendSums, SpendSums.id.in_(gone)),
    ):
        db.session.execute(
            delete(record).where(record.organisation_id == of, condition),
            execution_options={"synchronize_session": False},
        )
