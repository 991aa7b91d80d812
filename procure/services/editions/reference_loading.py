"""Load an edition: read it, stage it, lay it over what is in force."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...config import SHARED_OFFICE_BODIES
from ...extensions import db
from ...registers import Kept, Refused, UnreadableFileError, layout_of, read_file
from ..payees import payee_checks
from . import reference_editions as editions
from . import reference_merging as merging
from .reference_staging import Batches, Stage, clear_leftovers, make_visible, open_stage
from .reference_tables import BODIES, NAME_STAGE, SHELVES, names_of

Progress = Callable[[int, int], None]


@dataclass
class _Tally:
    """Rows kept and refused so far."""

    kept: int = 0
    refused: int = 0
    refusals: list[Refused] = field(default_factory=list)

    def refuse(self, row: int, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < editions.MOST_REFUSALS_KEPT:
            self.refusals.append(Refused(row, reason))

    def refuse_kept(self, rows: Iterable[tuple[int, str]]) -> None:
        for row, reason in rows:
            self.kept -= 1
            self.refuse(row, reason)


def load(edition_id: int, paths: Sequence[Path], progress: Progress | None = None) -> None:
    """Read the files of an edition and put it in force; flushes, and the caller commits.

    The session must have no transaction that the caller still needs: reading happens outside of one. Where names of a
    register changed, every anchor's payees are asked about again; wake those checks after the commit.
    errors  UnreadableFileError, or NotFoundError; then roll back, and `reference_editions.fail` tells why
    """
    edition = editions.find(edition_id)
    kind, series = edition.kind, edition.series
    may_repeat = layout_of(paths[0], kind).may_repeat
    db.session.rollback()  # on SQLite an open transaction would keep everybody else from writing while we read
    with open_stage(edition_id) as stage:
        batches, tally = Batches(stage), _Tally()
        _stage_rows(batches, tally, paths, kind, progress)
        batches.finish()
        _drop_repeats(stage, batches, tally, may_repeat)
        if not tally.kept:
            raise UnreadableFileError("No row of this file could be kept. Check that it is whole")
        make_visible(stage)
        merging.wait_for_turn()
        names_changed = _merge(batches, tally, edition_id, series)
    if names_changed:
        payee_checks.queue_everywhere()
    editions.finish(editions.find(edition_id), tally.kept, tally.refusals, tally.refused)
    clear_leftovers(editions.loading_ids() | {edition_id})


def _stage_rows(batches: Batches, tally: _Tally, paths: Sequence[Path], kind: str, progress: Progress | None) -> None:
    before = 0
    for path in paths:
        last = before
        for outcome in read_file(path, kind, progress):
            last = before + outcome.row
            if isinstance(outcome, Kept):
                tally.kept += 1
                _lay(batches, last, outcome)
            else:
                tally.refuse(last, outcome.reason)
        before = last


def _lay(batches: Batches, row: int, outcome: Kept) -> None:
    for record in outcome.records:
        shelf = SHELVES.get(type(record))
        if shelf is not None:
            batches.add(shelf, row, shelf.row(record))
        for name in names_of(record):
            batches.add_name(row, name)


def _drop_repeats(stage: Stage, batches: Batches, tally: _Tally, may_repeat: bool) -> None:
    for shelf in batches.shelves.values():
        repeats = merging.drop_repeats(stage, shelf)
        if batches.has_names:
            merging.drop_names(stage, [row for row, _ in repeats])
        if not may_repeat:
            tally.refuse_kept((row, f"{key} stands in an earlier row too; that one is kept") for row, key in repeats)


def _merge(batches: Batches, tally: _Tally, edition_id: int, series: str) -> bool:
    """Lay what was staged over what is in force; whether payees may be somebody else now."""
    for shelf in batches.shelves.values():
        merging.merge(shelf, edition_id)
    has_bodies = BODIES.stage in batches.shelves
    if batches.has_names and not has_bodies:
        orphans = merging.unknown_owners()
        tally.refuse_kept((row, f"{number} is on no register that is loaded") for row, number in orphans)
    if batches.has_names or has_bodies:
        registers = merging.staged_registers(BODIES.stage if has_bodies else NAME_STAGE)
        merging.merge_names(series, batches.has_names, registers)
    if has_bodies:
        merging.recount_shared_offices(SHARED_OFFICE_BODIES)
    return has_bodies or batches.has_names
