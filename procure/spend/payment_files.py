"""Payments and areas as plain files, for those who measure without the web."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from procure.places import Area, Location, outcode_area

from .shares import Payment

_WHOLE = re.compile(r"[+-]?\d+")
_YES = frozenset({"1", "true", "yes", "y"})
_NO = frozenset({"", "0", "false", "no", "n"})


def read_payment_rows(lines: Iterable[str]) -> Iterator[Payment]:
    """Payments from CSV lines with the headings pence and postcode, and optionally local_authority, lsoa,
    latitude, longitude and shared_address.

    raises  ValueError naming the row where pence is not a whole number or shared_address is not 0 or 1: such a
            row cannot be left out without changing the answer. A place that cannot be read is an unknown place.
    """
    rows = csv.DictReader(lines)
    missing = {"pence", "postcode"} - set(rows.fieldnames or ())
    if missing:
        raise ValueError(f"The payments need a heading called {sorted(missing)[0]}")
    try:
        for row in rows:
            yield _payment(row, rows.line_num)
    except csv.Error as error:
        raise ValueError(f"Row {rows.line_num}: {error}") from error


def _payment(row: Mapping[str, str | None], line: int) -> Payment:
    pence = (row["pence"] or "").strip()
    if not _WHOLE.fullmatch(pence):
        raise ValueError(f"Row {line}: pence must be a whole number, not {pence!r}")
    shared = (row.get("shared_address") or "").strip().lower()
    if shared not in _YES | _NO:
        raise ValueError(f"Row {line}: shared_address must be 1 or 0, not {shared!r}")
    place = Location(
        postcode=_known(row, "postcode"),
        local_authority=_known(row, "local_authority"),
        lsoa=_known(row, "lsoa"),
        latitude=_degrees(row.get("latitude"), 90),
        longitude=_degrees(row.get("longitude"), 180),
    )
    return Payment(int(pence), place, shared in _YES)


def _known(row: Mapping[str, str | None], column: str) -> str | None:
    return (row.get(column) or "").strip() or None


def _degrees(text: str | None, most: int) -> float | None:
    try:
        degrees = float(text or "")
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


def read_areas(text: str) -> list[Area]:
    """Areas from a JSON list, each with a name and one definition.

    raises  ValueError in words a person can act on
    """
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"The areas are not JSON: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise ValueError("The areas must be a list of objects, each with a name")
    return [_area(entry) for entry in listed]


def _area(entry: Mapping[str, Any]) -> Area:
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("Every area needs a name")
    outcodes, authorities, lsoas = (_codes(entry, key) for key in ("outcodes", "local_authorities", "lsoas"))
    centre, miles = entry.get("centre"), entry.get("miles")
    if outcodes is not None and centre is None and miles is None and authorities is None and lsoas is None:
        return outcode_area(name, outcodes)
    try:
        point = None if centre is None else (float(centre[0]), float(centre[1]))
        radius = None if miles is None else float(miles)
    except (TypeError, ValueError, LookupError) as error:
        raise ValueError(f"{name}: give the centre as [latitude, longitude] and miles as a number") from error
    return Area(name, outcodes, point, radius, authorities, lsoas)


def _codes(entry: Mapping[str, Any], key: str) -> frozenset[str] | None:
    codes = entry.get(key)
    if codes is None:
        return None
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise ValueError(f"{entry['name']}: {key} must be a list of codes")
    return frozenset(code.strip() for code in codes)
