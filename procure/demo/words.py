"""The word lists the demonstration place is made of; they lie beside this file as JSON."""

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent


@cache
def words(name: str) -> Any:
    """The list or table in NAME.json. Callers read it and never change it."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def trades() -> tuple[dict[str, Any], ...]:
    """Every trade of the place, in a fixed order: what it does, in which unit, and what a unit costs for a year."""
    files = sorted((FOLDER / "trades").glob("*.json"))
    return tuple(trade for file in files for trade in json.loads(file.read_text(encoding="utf-8")))


def draw(seed: int, topic: str) -> Random:
    """A generator of its own for each topic, so that a change in one part of the place leaves the others alone."""
    return Random(f"{seed}:{topic}")
