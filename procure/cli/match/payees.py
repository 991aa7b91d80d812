"""match payees: link names in a ledger to a register, from files to a file."""

import csv
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from procure.cli.files import READ, WRITE, why
from procure.cli.furnished import Refused
from procure.matching.payees import Identification, Query, RegisterRow, build_index, identify_across

# below this many names, or bytes of a register, starting other processes costs more than they save
NAMES_WORTH_SHARING = 1_200
BYTES_WORTH_SHARING = 6_000_000


@click.command("payees")
@click.option("--register", "register_file", type=READ, required=True, help="CSV: entity, name, previous_names, ...")
@click.option("--names", "names_file", type=READ, required=True, help="CSV: query and optionally postcode")
@click.option("--out", type=WRITE, required=True, help="CSV to write.")
@click.option("--top", type=click.IntRange(1), default=5, show_default=True, help="Candidates for each name.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one for each core",
    help="Processes.",
)
def payees_command(register_file: Path, names_file: Path, out: Path, top: int, workers: int) -> None:
    """Find the registered organisation behind every name; write query,rank,entity,score,decision,reason."""
    large = register_file.stat().st_size >= BYTES_WORTH_SHARING
    with tempfile.TemporaryDirectory(prefix="payees") as place:
        index = Path(place) / "register"
        try:
            queries = list(read_queries(names_file))
            build_index(read_register(register_file), index, workers=workers if large else 1)
        except (ValueError, csv.Error) as fault:
            raise Refused(f"The files cannot be read: {why(fault)}") from fault
        index_seconds = seconds_since_start()
        asked = time.monotonic()
        answers = identify_across(
            queries, index, workers=workers if len(queries) >= NAMES_WORTH_SHARING else 1, top=top
        )
        _write(out, answers)
    seconds = {"index_seconds": index_seconds, "query_seconds": time.monotonic() - asked}
    click.echo(json.dumps({name: round(taken, 3) for name, taken in seconds.items()}), err=True)


def _write(out: Path, answers: Iterable[Identification]) -> None:
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["query", "rank", "entity", "score", "decision", "reason"])
        for each in answers:
            writer.writerows(lines_of(each))


def seconds_since_start() -> float:
    """How long this process has run, the loading of Python and of the product included."""
    try:
        ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError, ValueError):
        # not Linux: the processor time used so far is the nearest there is
        return time.process_time()


def read_register(path: Path) -> Iterator[RegisterRow]:
    """The rows of REGISTER.

    raises  ValueError where a needed column is missing
    """
    for row in _rows(path, needed=("entity", "name")):
        yield RegisterRow(
            entity=row["entity"].strip(),
            name=row["name"],
            previous_names=tuple(filter(str.strip, row.get("previous_names", "").split(";"))),
            postcode=row.get("postcode") or None,
            kind=row.get("kind") or None,
            numbers=tuple(row.get("numbers", "").split()),
        )


def read_queries(path: Path) -> Iterator[Query]:
    """The rows of NAMES.

    raises  ValueError where there is no column called query
    """
    for row in _rows(path, needed=("query",)):
        yield Query(row["query"], row.get("postcode") or None, tuple(row.get("numbers", "").split()))


def lines_of(answer: Identification) -> Iterator[tuple[str, int, str, str, str, str]]:
    """The lines of OUT for one query; the decision and its reason stand on the first."""
    if not answer.candidates:
        yield (answer.query, 1, "", "0", "none", answer.reason)
    for rank, candidate in enumerate(answer.candidates, start=1):
        told = "; ".join(signal.sentence for signal in candidate.signals[:2])
        decision, reason = (answer.decision, answer.reason) if rank == 1 else ("", told)
        yield (answer.query, rank, candidate.entity, f"{candidate.probability:.6f}", decision, reason)


def _rows(path: Path, *, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as stream:
        reader = csv.DictReader(stream, restval="")
        missing = [column for column in needed if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name} has no column called {' or '.join(missing)}")
        yield from reader
