"""match lots: rank suppliers for each lot, from files to a file."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from procure.cli.files import READ, WRITE
from procure.matching.catalogue import Award, Catalogue, Need, Offer
from procure.matching.meaning import Model, ModelUnusableError, read_model


@click.command("lots")
@click.option("--profiles", type=READ, required=True, help="JSON: suppliers and their past awards.")
@click.option("--lots", type=READ, required=True, help="JSON: a list of lots.")
@click.option("--out", type=WRITE, required=True, help="CSV to write.")
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="Suppliers for each lot.")
@click.option("--model", type=click.Path(path_type=Path), help="Folder of a sentence model; by default none.")
def lots_command(profiles: Path, lots: Path, out: Path, top: int, model: Path | None) -> None:
    """Rank the suppliers of PROFILES for every lot of LOTS and write n,rank,supplier_key,score,reason."""
    catalogue = Catalogue(read_offers(read_rows(profiles)), _read_model(model) if model else None)
    asked = read_rows(lots)
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["n", "rank", "supplier_key", "score", "reason"])
        for index, lot in enumerate(asked):
            for rank, match in enumerate(catalogue.rank(read_need(lot), top=top), start=1):
                reason = ". ".join(signal.sentence for signal in match.signals)
                writer.writerow([lot.get("n", index), rank, match.key, f"{match.score:.6f}", reason])


def _read_model(folder: Path) -> Model:
    try:
        return read_model(folder)
    except ModelUnusableError as fault:
        raise click.UsageError(str(fault)) from fault


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON file; a file that cannot be read so is the caller's mistake, told in one sentence."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise click.UsageError(f"{path.name} is not JSON: {fault}") from fault
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise click.UsageError(f"{path.name} must hold a list of objects")
    return rows


def read_offers(rows: Iterable[dict[str, Any]]) -> list[Offer]:
    """One offer for each supplier named in the rows, with every award and stated capability found there."""
    awards: dict[str, list[Award]] = {}
    stated: dict[str, list[str]] = {}
    for row in rows:
        suppliers = row.get("suppliers") or []
        award = _read_award(row, len(suppliers))
        for supplier in suppliers:
            if not isinstance(supplier, dict) or not supplier.get("key"):
                raise click.UsageError(f"a supplier of {str(row.get('title'))[:80]!r} has no key")
            key = str(supplier["key"])
            held = stated.setdefault(key, [])
            held.extend(text for text in _texts(supplier.get("capabilities")) if text not in held)
            won = awards.setdefault(key, [])
            if award is not None and award not in won:
                won.append(award)
    return [Offer(key, capabilities=tuple(stated[key]), awards=tuple(awards[key])) for key in sorted(awards)]


def read_need(row: dict[str, Any]) -> Need:
    """The lot as a need; who asks for it is not read."""
    return Need(
        title=str(row.get("title") or ""),
        description=str(row.get("desc") or ""),
        cpv=_texts(row.get("cpv")),
        value_pence=_pence(row.get("value")),
        place=str(row.get("place") or "").strip(),
        starts_on=_day(row.get("date")),
    )


def _read_award(row: dict[str, Any], winners: int) -> Award | None:
    if not (row.get("title") or row.get("desc")):
        return None
    return Award(
        title=str(row.get("title") or ""),
        description=str(row.get("desc") or ""),
        cpv=_texts(row.get("cpv")),
        value_pence=_pence(row.get("value")),
        awarded_on=_day(row.get("date")),
        place=str(row.get("place") or "").strip(),
        winners=max(1, winners),
    )


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    return tuple(str(part) for part in value or () if str(part).strip())


def _pence(value: Any) -> int | None:
    try:
        pence = Decimal(str(value)) * 100
        return int(pence) if pence > 0 else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
