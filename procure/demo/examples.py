"""The files people may upload by hand: a ledger in each format, a lots file and a capabilities file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .actors import DEMO_DAY, Enterprise
from .cells import Pounds
from .enterprises import demo_enterprises
from .layouts import Row, ledger_rows
from .ledgers import Ledger
from .place import SEED, Place
from .words import words
from .workbooks import sheet_bytes

LEDGER_FORMATS = (("hospital", "xlsx"), ("council", "csv"), ("university", "ods"), ("hospital", "xls"))
"""The hospital's month comes twice, so that the second upload shows what is said about an overlap."""

NEWCOMERS = 12
MEASURE_WORDS = {
    "local_jobs": "local jobs",
    "apprenticeships": "apprenticeships",
    "living_wage": "percent of staff on the real Living Wage",
    "vcse_spend": "pounds spent with VCSEs",
    "carbon": "tonnes of carbon saved",
}
"""How a measure is written in a cell; VCSE spend is in pounds there, as people write it."""


@dataclass(frozen=True)
class ExampleFile:
    """A file that was written. For ledgers: whose it is, how many lines can be read, how many not, and their net total.

    kind  ledger, lots or capabilities; `rows` then counts payments, lots or enterprises
    """

    path: Path
    kind: str
    anchor: str | None
    rows: int
    refused: int
    total_pence: int | None


def write_examples(place: Place, folder: Path) -> tuple[ExampleFile, ...]:
    """Write the example files of the place into the folder, which is made if need be. Same place, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    latest = {ledger.anchor: ledger for ledger in place.latest_ledgers}
    written = [_write_ledger(latest[anchor], suffix, folder) for anchor, suffix in LEDGER_FORMATS]
    lots = _lot_rows()
    newcomers = _newcomers(place)
    return (
        *written,
        _write(folder / "lots.xlsx", "lots", lots, sheet="Lots"),
        _write(folder / "capabilities.xlsx", "capabilities", _capability_rows(newcomers), sheet="Enterprises"),
    )


def _write_ledger(ledger: Ledger, suffix: str, folder: Path) -> ExampleFile:
    rows = ledger_rows(ledger)
    spoiled = _spoiled(rows) if suffix == "csv" else []
    path = folder / f"{ledger.anchor}-{ledger.first:%Y-%m}.{suffix}"
    half = len(rows) // 2
    path.write_bytes(sheet_bytes(rows[:half] + spoiled + rows[half:], suffix, sheet=f"{ledger.first:%B %Y}"))
    return ExampleFile(path, "ledger", ledger.anchor, len(ledger.payments), len(spoiled), ledger.total_pence)


def _spoiled(rows: list[Row]) -> list[Row]:
    """Three lines no one can read as payments: no amount, a day that does not exist, and no supplier."""
    model = next(row for row in rows if any(isinstance(cell, Pounds) for cell in row))
    money = [n for n, cell in enumerate(model) if isinstance(cell, Pounds)]
    day = next(n for n, cell in enumerate(model) if isinstance(cell, date))
    payee = rows[next(n for n, row in enumerate(rows) if "Supplier Name" in row)].index("Supplier Name")
    return [
        ["see note 4" if n in money else cell for n, cell in enumerate(model)],
        ["31/02/2026" if n == day else cell for n, cell in enumerate(model)],
        [None if n == payee else cell for n, cell in enumerate(model)],
    ]


def _write(path: Path, kind: str, rows: list[Row], *, sheet: str) -> ExampleFile:
    path.write_bytes(sheet_bytes(rows, path.suffix.removeprefix("."), sheet=sheet))
    return ExampleFile(path, kind, None, len(rows) - 1, 0, None)


def _lot_rows() -> list[Row]:
    """One row a lot; several needs stand in one cell, with semicolons between them."""
    headings: Row = [
        *("Reference", "Title", "Description", "CPV code", "Estimated value (£)", "Start date", "End date", "Deadline"),
        *("Place (postcode)", "Needs", "Minimum turnover (£)", "Minimum insurance (£)", "Certificates each must hold"),
        *("Certificates any one must hold", "Social value asked", "Social value weight (%)"),
    ]
    return [headings, *map(_lot_row, words("example_lots"))]


def _lot_row(lot: dict[str, Any]) -> Row:
    needs = "; ".join(f"{name} {units} {unit}" for name, units, unit in lot["needs"])
    days: Row = [date.fromisoformat(lot[name]) for name in ("starts", "ends", "deadline")]
    what: Row = [lot["reference"], lot["title"], lot["description"], lot["cpv"], Pounds(lot["value"])]
    gates: Row = [_pounds(lot["turnover"]), _pounds(lot["insurance"]), "; ".join(lot["each"]), "; ".join(lot["any"])]
    return [*what, *days, lot["postcode"], needs, *gates, _measures(lot["asks"]), lot["weight"]]


def _newcomers(place: Place) -> list[Enterprise]:
    """Enterprises of a neighbouring world, complete, whose names and numbers nobody in this one has."""
    names = {e.name for e in place.enterprises}
    numbers = {e.company_number for e in place.enterprises} | {e.charity_number for e in place.enterprises}
    others = demo_enterprises(SEED + 1, network=place.network.key)
    new = (
        e
        for e in others
        if e.is_complete and e.name not in names and not {e.company_number, e.charity_number} & (numbers - {None})
    )
    every_tenth = [e for n, e in enumerate(new) if n % 10 == 0]
    return every_tenth[:NEWCOMERS]


def _capability_rows(newcomers: list[Enterprise]) -> list[Row]:
    """One row an enterprise, as a support network would keep its members."""
    headings: Row = [
        *(
            "Name",
            "Postcode",
            "Contact name",
            "Contact email",
            "Kind",
            "What they do",
            "CPV codes",
            "Areas",
            "Capacity",
        ),
        *("Largest contract (£)", "Turnover (£)", "Insurance (£)", "Certificates", "Company number", "Charity number"),
        "Social value offered",
    ]
    return [headings, *map(_capability_row, newcomers)]


def _capability_row(e: Enterprise) -> Row:
    cpv = dict.fromkeys(c.cpv for c in e.capabilities)
    capacity = "; ".join(f"{c.need} {c.units} {c.unit}" for c in e.capabilities)
    done = "; ".join([e.summary, *(c.statement for c in e.capabilities)])
    who: Row = [e.name, e.postcode, e.contact_name, e.contact_email, _kind(e), done, "; ".join(cpv)]
    size: Row = [_pounds(e.capacity_pence), _pounds(e.turnover_pence), _pounds(_insured(e))]
    held: Row = ["; ".join(_certificates(e)), e.company_number, e.charity_number]
    measures = _measures({offer.measure: offer.quantity for offer in e.offers})
    return [*who, "; ".join(e.outcodes), capacity, *size, *held, measures]


def _kind(e: Enterprise) -> str:
    said = {"cic": "CIC", "cio": "CIO", "cooperative": "Co-operative", "company": "Company"}
    return said.get(e.legal_form, e.legal_form.replace("_", " ").capitalize())


def _insured(e: Enterprise) -> int | None:
    return e.cover_pence("Public liability", on=DEMO_DAY) or None


def _certificates(e: Enterprise) -> Iterator[str]:
    for holding in e.holdings:
        if holding.kind == "certificate":
            yield f"{holding.name} until {holding.expires_on:%d/%m/%Y}" if holding.expires_on else holding.name


def _measures(quantities: dict[str, int]) -> str:
    def written(measure: str, quantity: int) -> str:
        return f"{quantity // 100 if measure == 'vcse_spend' else quantity} {MEASURE_WORDS[measure]}"

    return "; ".join(written(measure, quantity) for measure, quantity in quantities.items())


def _pounds(pence: int | None) -> Pounds | None:
    return None if pence is None else Pounds(pence)
