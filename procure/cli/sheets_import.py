"""flask sheets import: a folder of old spend files into an anchor's ledgers."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from .furnished import furnished

_FAILED = 1


@click.command("import")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--organisation", required=True, metavar="NAME_OR_ID", help="The anchor the files belong to.")
@click.option("--confirm", is_flag=True, help="Let the money count, except where some of it seems to count already.")
@with_appcontext
@furnished
def import_directory(directory: Path, organisation: str, confirm: bool) -> None:
    """Read every spend file of a folder. Run it again after a stop: it goes on where it was."""
    from ..services.errors import NotFoundError, RefusedError
    from ..services.ledgers import back_catalogue

    try:
        anchor = back_catalogue.find_anchor(organisation)
    except NotFoundError:
        raise click.BadParameter(f"there is no anchor called {organisation}", param_hint="--organisation") from None
    except RefusedError as refusal:
        raise click.BadParameter(str(refusal), param_hint="--organisation") from None
    run = back_catalogue.Import(directory, back_catalogue.by_command(anchor), confirm)
    outcomes: list[back_catalogue.Outcome] = []
    files = back_catalogue.files_in(directory)
    with click.progressbar(
        files, label="Reading", file=sys.stderr, show_pos=True, item_show_func=_name, update_min_steps=1
    ) as bar:
        for path in bar:
            outcomes.append(back_catalogue.import_file(path, run))
    if confirm:
        click.echo("Finding out who the payees are", err=True)
        back_catalogue.check_payees(run)
    _print(run.by.organisation_name, outcomes)
    if any(each.outcome == back_catalogue.FAILED for each in outcomes):
        sys.exit(_FAILED)


def _name(path: Path | None) -> str | None:
    return path.name[:40] if path else None


def _print(organisation: str, outcomes: list[Any]) -> None:
    """The summary: every file, and what the files of this run brought."""
    brought = [each for each in outcomes if each.outcome in ("read", "confirmed", "left to confirm")]
    told = {
        "organisation": organisation,
        "files": [vars(each) for each in outcomes],
        "payments": sum(each.payments for each in brought),
        "total_pence": sum(each.total_pence for each in brought),
    }
    click.echo(json.dumps(told, ensure_ascii=True, indent=1))
