"""Register rows read into entries: every name an organisation has or had, in one fixed order however they came."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from procure.matching.payees.answers import RegisterRow
from procure.matching.payees.names import read
from procure.matching.payees.numbers import tidy_number
from procure.matching.text import fold


class Entry(NamedTuple):
    """One registered name; the fields stand in the order by which entries are sorted."""

    text: str
    name: str
    form: str
    entity: str
    previous: int
    postcode: str
    kind: str
    numbers: str


def entries_of(rows: Iterable[RegisterRow]) -> list[Entry]:
    """In order, each once; a row without a name is left out."""
    return sorted(set(_read(rows)))


def _read(rows: Iterable[RegisterRow]) -> Iterator[Entry]:
    for row in rows:
        rest = (
            (row.postcode or "").replace(" ", "").upper(),
            row.kind or "",
            " ".join(tidy_number(number) for number in row.numbers),
        )
        for previous, written in enumerate((row.name, *row.previous_names)):
            if fold(written):
                name = read(written)
                yield Entry(name.text, written.strip(), name.form, row.entity, min(previous, 1), *rest)


def with_sharers(entries: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    """Each entry once, with how many organisations share its text; entries come in order."""
    run: list[Entry] = []
    for entry in entries:
        if run and entry.text != run[0].text:
            yield from _shared(run)
            run = []
        if not run or entry != run[-1]:
            run.append(entry)
    yield from _shared(run)


def _shared(run: list[Entry]) -> Iterator[tuple[Entry, int]]:
    sharers = len({entry.entity for entry in run})
    return ((entry, sharers) for entry in run)
