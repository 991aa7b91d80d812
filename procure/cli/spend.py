"""Shares of spend from plain files, without the web or the database."""

import sys
from pathlib import Path

import click

from procure.places import Area
from procure.spend import Share, local_shares, read_areas, read_payment_rows

from .files import instead_of_standard_output, tell, why


@click.group("spend")
def spend() -> None:
    """Where money went."""


@spend.command("shares")
@click.option("--payments", "payments_file", required=True, type=click.Path(path_type=Path), help="CSV of payments.")
@click.option("--areas", "areas_file", required=True, type=click.Path(path_type=Path), help="JSON list of areas.")
@instead_of_standard_output
def shares_command(payments_file: Path, areas_file: Path, out_file: Path | None) -> None:
    """Print how much of the payments stayed in each area, as a range."""
    try:
        areas = read_areas(areas_file.read_text(encoding="utf-8-sig"))
        with payments_file.open(encoding="utf-8-sig", newline="") as lines:
            shares = local_shares(read_payment_rows(lines), areas)
    except (OSError, ValueError) as refusal:
        tell({"outcome": "refused", "reason": why(refusal), "areas": []}, out_file)
        sys.exit(2)
    tell({"areas": [_row(area, share) for area, share in zip(areas, shares, strict=True)]}, out_file)


def _row(area: Area, share: Share) -> dict[str, object]:
    return {
        "name": area.name,
        "definition": area.definition,
        "local_pence": share.local,
        "elsewhere_pence": share.elsewhere,
        "unplaced_pence": share.unplaced,
        "total_pence": share.total,
        "share_low": share.low,
        "share_high": share.high,
    }
