"""match fit-payees: learn the shipped parameters again from decided names."""

import csv
from pathlib import Path

import click

from procure.cli.files import WRITE
from procure.cli.match.payees import read_register
from procure.matching.payees import Decided, Register, fit, lessons_from

# these labels are disputed between those who gave them: they teach nothing
DISPUTED = frozenset({"ambiguous", "conflict"})


@click.command("fit-payees")
@click.option("--dev", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=WRITE, required=True, help="Parameter file to write.")
def fit_payees_command(folder: Path, out: Path) -> None:
    """Fit to FOLDER/register.csv and FOLDER/dev.csv (query, entities, stratum); write the parameter file."""
    register = Register.build(read_register(folder / "register.csv"))
    fitted = fit(lessons_from(read_decided(folder / "dev.csv"), register))
    out.write_text(fitted.to_json(), encoding="utf-8")
    click.echo(f"fitted on {fitted.fitted_on} names; links are made from {fitted.accept}", err=True)


def read_decided(path: Path) -> list[Decided]:
    """Names whose payee is known, disputed ones left out."""
    with path.open(newline="", encoding="utf-8") as stream:
        return [
            Decided(row["query"], tuple(filter(None, row["entities"].split(";"))))
            for row in csv.DictReader(stream)
            if row.get("stratum") not in DISPUTED
        ]


if __name__ == "__main__":
    fit_payees_command()
