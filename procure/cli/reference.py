"""flask reference: load public registers and reference data, and say what is in force."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from .furnished import Refused, furnished

KINDS = ("companies", "charities", "mutuals", "postcodes", "deprivation", "areas", "cpv", "sic", "proclass")


@click.group("reference")
def reference() -> None:
    """Load public registers and reference data, and say what is in force."""


@reference.command("load")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--edition-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the publisher made this edition, such as 2026-11-01.",
)
@click.option("--licence", help="The licence the publisher states, where it is not the usual one.")
@with_appcontext
@furnished
def load(kind: str, files: tuple[Path, ...], edition_on: datetime | None, licence: str | None) -> None:
    """Load FILES, a publisher's csv or zip or its parts, as an edition of KIND.

    Until the whole of it is read, the edition before it stays in force. Loading a file again changes nothing.
    """
    from ..extensions import db
    from ..registers import UnreadableFileError
    from ..services.editions import reference_editions, reference_loading
    from ..services.payees import payee_checks

    day = edition_on.date() if edition_on else None
    name = ", ".join(file.name for file in files)
    try:
        edition = reference_editions.begin(reference_editions.Told(kind, name, day, licence), files, by=None)
    except UnreadableFileError as error:
        raise Refused(str(error)) from None
    number = edition.id
    db.session.commit()
    try:
        with click.progressbar(length=sum(_size(file) for file in files), label=edition.title, file=sys.stderr) as bar:
            reference_loading.load(number, files, _shown(bar.update))
        db.session.commit()
        payee_checks.wake_waiting()
    except UnreadableFileError as error:
        db.session.rollback()
        reference_editions.fail(number, str(error))
        db.session.commit()
        raise Refused(str(error)) from None
    _say(reference_editions.find(number).rows, reference_editions.find(number).refused)


def _size(file: Path) -> int:
    from ..registers import unpacked_size

    return unpacked_size(file)


def _shown(update: Callable[[int], None]) -> Callable[[int, int], None]:
    """A progress bar wants steps; reading tells positions, which begin anew with each file."""
    last = 0

    def show(done: int, _total: int) -> None:
        nonlocal last
        if done < last:
            last = 0
        update(done - last)
        last = done

    return show


def _say(rows: int, refused: int) -> None:
    click.echo(f"{rows:,} rows kept, {refused:,} refused")


@reference.command("list")
@with_appcontext
@furnished
def list_editions() -> None:
    """Say which editions are in force: kind, date, rows, refused rows, licence."""
    from ..services.editions import reference_editions

    editions = reference_editions.in_force()
    if not editions:
        click.echo("Nothing is loaded. The product's own small defaults are in use. Try: flask reference load --help")
    for edition in editions:
        click.echo(
            f"{edition.kind:12} {_day(edition.edition_on):12} {edition.rows:>10,} rows {edition.refused:>8,} refused"
            f"  {edition.title} ({edition.licence})"
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no date"
