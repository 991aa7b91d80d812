"""Somebody who reads everything a place is told, at every moment, and adds and subtracts it as they like.

Every figure read is written as a sum of unknowns: what each anchor paid, ledger by ledger, quarter by quarter, in each
part of the country. Linear algebra then says what can be worked out of all figures together.
"""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import LocalArea, PublishedTotal
from procure.services.actors import Actor
from procure.services.errors import ConflictError, RefusedError
from procure.services.place import place_totals, watching
from procure.services.shares import place_known
from procure.spend import disclosure

from .. import factories
from .place_stories import actor_of, months_of, paid

QUARTERS = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1)]
TODAY = date(2026, 11, 22)
AREAS = (("B18", "B19"), ("B18",), ("B19", "B20"))
DISTRICTS = {"B18": "B18 5AA", "B19": "B19 1AA", "B20": "B20 1AA", "M1": "M1 1AE", "": ""}
QUARTER_OF = dict(zip(("Jan to Mar 2025", "Apr to Jun 2025", "Jul to Sep 2025"), QUARTERS, strict=True))
COLUMNS, PARTS = ("Local", "Elsewhere", "Not placed"), ("local", "elsewhere", "doubtful")

Unknown = tuple[int, date, str, int]
"""What an anchor paid in a quarter to a district by its nth ledger."""


class World:
    """A place, its anchors, and everything anybody reading its tables has seen so far."""

    def __init__(self, seed: int, make: Any, signed_in_as: Any) -> None:
        self.chance = random.Random(seed)
        self.make = make
        self.area = AREAS[0]
        self.paid: dict[Unknown, int] = {}
        self.consented: set[Unknown] = set()
        self.told: dict[tuple[int, str | None], set[Unknown]] = {}
        self.read: list[set[Unknown]] = []
        make(self.begin)
        self.reader = signed_in_as(self.place.acting_for, "place", "viewer")

    def begin(self) -> None:
        self.place = actor_of(factories.an_organisation("Council", is_place=True))
        area = LocalArea(organisation_id=self.place.acting_for, name="The city", outcodes=list(self.area))
        area.is_headline = True
        db.session.add(area)
        self.officers = [actor_of(factories.an_anchor(f"Anchor {number}")) for number in range(5)]
        for officer in self.officers:
            watching.ask(officer.acting_for, by=self.place)
        db.session.commit()

    def live(self, steps: int) -> "World":
        """Everybody answers and pays; then one thing happens after the other, and all is read each time."""
        for officer in self.officers:
            self.make(self.answer, officer, "figures" if self.chance.random() < 0.15 else "totals")
            self.make(self.pay, officer)
        self.look()
        if self.chance.random() < 0.5:
            self.make(self.publish)
        for _ in range(steps):
            self.make(self.chance.choice([self.answer, self.answer, self.answer, self.pay, self.move, self.publish]))
            self.look()
        return self

    def answer(self, officer: Actor | None = None, level: str | None = None) -> None:
        """An anchor changes how much it shows, or withdraws."""
        officer = officer or self.chance.choice(self.officers)
        level = level or self.chance.choice(["totals", "figures", "figures", None])
        try:
            if level is None:
                watching.withdraw(self.place.acting_for, by=officer)
            else:
                watching.agree(self.place.acting_for, by=officer, level=level)
            db.session.commit()
        except ConflictError:
            db.session.rollback()

    def pay(self, officer: Actor | None = None) -> None:
        """An anchor confirms another ledger."""
        officer = officer or self.chance.choice(self.officers)
        lines = []
        for quarter in self.chance.sample(QUARTERS, self.chance.randint(2, 3)):
            for district, postcode in DISTRICTS.items():
                if self.chance.random() < 0.8:
                    pence = self.chance.randint(50_000, 150_000)
                    number = sum(key[:3] == (officer.acting_for, quarter, district) for key in self.paid)
                    self.paid[officer.acting_for, quarter, district, number] = pence * 3
                    lines += [(postcode, month, pence) for month in months_of(quarter)]
        paid(officer.acting_for, *lines)

    def move(self) -> None:
        """The place authority calls another area its place."""
        self.area = self.chance.choice(AREAS)
        area = db.session.scalars(select(LocalArea).where(LocalArea.organisation_id == self.place.acting_for)).one()
        area.outcodes = list(self.area)
        db.session.commit()

    def publish(self) -> None:
        try:
            told = place_totals.publish(by=self.place, today=TODAY)
        except RefusedError:
            db.session.rollback()
            return
        for total in told:
            for part in (None, *PARTS):
                self.told[total.id, part] = self.sum_of(
                    total.quarter, [each.organisation_id for each in total.counted], part
                )
        db.session.commit()

    def part_of(self, district: str) -> str:
        return "doubtful" if not district else "local" if district in self.area else "elsewhere"

    def sum_of(self, quarter: date, anchors: list[int], part: str | None) -> set[Unknown]:
        return {
            key for key in self.paid if key[0] in anchors and key[1] == quarter and part in (None, self.part_of(key[2]))
        }

    def look(self) -> None:
        """Read every table of the place as it stands, and check that each figure is the sum we take it for."""
        shown = list(self.shown_figures())
        for anchor, quarter, part, pence in shown:
            sums = self.sum_of(quarter, [anchor], part)
            self.consented |= sums
            self.note(sums, pence)
        for sums, pence in self.told_figures(shown):
            self.note(sums, pence)

    def note(self, sums: set[Unknown], pence: int) -> None:
        assert sum(self.paid[key] for key in sums) == pence
        self.read.append(sums)

    def lines_of(self, address: str) -> list[dict[str, str]]:
        answer = self.reader.get(address)
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    def shown_figures(self) -> Iterator[tuple[int, date, str, int]]:
        names = {f"Anchor {number}": officer.acting_for for number, officer in enumerate(self.officers)}
        for line in self.lines_of("/monitoring?download=csv"):
            for column, part in zip(COLUMNS, PARTS, strict=True):
                yield names[line["Anchor"]], QUARTER_OF[line["Quarter"]], part, pence_of(line[column])

    def told_figures(self, shown: list[tuple[int, date, str, int]]) -> Iterator[tuple[set[Unknown], int]]:
        """What is told of all together, less what is shown: the sums of those that are only counted."""
        known: dict[tuple[date, str], int] = defaultdict(int)
        for _, quarter, part, pence in shown:
            known[quarter, part] += pence
        totals = self.make(self.whole_told)
        for line in self.lines_of("/monitoring/together?download=csv"):
            quarter = QUARTER_OF[line["Quarter"]]
            left = {
                part: pence_of(line[column]) - known[quarter, part] for column, part in zip(COLUMNS, PARTS, strict=True)
            }
            mine = [(total, has_parts) for total, when, has_parts in totals if when == quarter]
            if all(has_parts for _, has_parts in mine):
                for part, pence in left.items():
                    yield self.all_told(mine, part), pence
            yield self.all_told(mine, None), sum(left.values())

    def whole_told(self) -> list[tuple[int, date, bool]]:
        return [
            (total.id, total.quarter, total.local_pence is not None)
            for total in place_totals.totals_of(self.place.acting_for)
        ]

    def all_told(self, totals: list[tuple[int, bool]], part: str | None) -> set[Unknown]:
        return set().union(*(self.told[total, part] for total, _ in totals))

    def worked_out(self) -> list[tuple[int, ...]]:
        """Sets of one or two anchors about whom something can be worked out that they did not consent to."""
        unknowns = sorted(set().union(*self.read))
        place = {key: number for number, key in enumerate(unknowns)}
        rows = {tuple(sorted(place[key] for key in sums)) for sums in self.read if sums}
        matrix = np.zeros((len(rows), len(unknowns)))
        for number, row in enumerate(sorted(rows)):
            matrix[number, list(row)] = 1
        protected = {key for key in unknowns if key not in self.consented}
        rank = np.linalg.matrix_rank(matrix)
        found = []
        for size in (1, 2):
            for anchors in combinations(sorted({key[0] for key in protected}), size):
                rest = [place[key] for key in unknowns if key not in protected or key[0] not in anchors]
                if np.linalg.matrix_rank(matrix[:, rest]) < rank:
                    found.append(anchors)
        return found


def pence_of(pounds: str) -> int:
    return round(float(pounds) * 100)


@pytest.fixture
def world(make: Any, signed_in_as: Any) -> Any:
    """A history by its seed. The place is read by somebody who may only look."""
    return lambda seed: World(seed, make, signed_in_as).live(12)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_about_fewer_than_three_can_be_worked_out(world: Any, seed: int) -> None:
    lived = world(seed)
    assert lived.read
    assert lived.worked_out() == []


def without_the_rule_of_three(patch: pytest.MonkeyPatch) -> None:
    for room in (disclosure, place_totals):
        patch.setattr(room, "LEAST_GIVERS", 1)
    patch.setattr(disclosure, "MOST_OF_ONE", 1.0)
    patch.setattr(disclosure, "CLOSEST", 0.0)


def counting_whom_others_know(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(place_known, "known_in", lambda *_args, **_kwargs: frozenset())


def looking_at_wholes_only(patch: pytest.MonkeyPatch) -> None:
    """Whoever shows itself later may, where three others are left in the whole, however few gave a part."""

    def leaves_three(total: PublishedTotal, _anchor: int) -> bool:
        return sum(each.known_at is None for each in total.counted) > 3

    patch.setattr(place_known, "_may_be_known", leaves_three)


@pytest.mark.parametrize(
    ("defect", "seed"), [(without_the_rule_of_three, 1), (counting_whom_others_know, 1), (looking_at_wholes_only, 0)]
)
def test_the_attacker_finds_somebody_where_a_rule_is_taken_out(
    world: Any, monkeypatch: pytest.MonkeyPatch, defect: Any, seed: int
) -> None:
    defect(monkeypatch)
    assert world(seed).worked_out()
