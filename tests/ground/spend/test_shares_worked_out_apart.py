"""The command's shares against a calculation that shares no line with ours, on 200,000 made-up payments.

What lies where is known when a payment is made up, so nothing here reads a postcode; sums are exact fractions; the
distance is the angle between two vectors, not the haversine formula.
"""

import csv
import json
import math
import random
import time
from fractions import Fraction

import pytest
from click.testing import CliRunner

from procure.cli.spend import spend

PAYMENTS = 200_000
DISTRICTS = ("B1", "B18", "B19", "B21", "WS10", "DY4", "M1", "EC1A", "SW1A", "LS1", "CF10", "G1", "BT1", "B2")
NO_POSTCODE = ("", " ", "B18", "WS10", "not known", "B18 7Q", "123456", "N/A", "B18 7QQ and B19 1AA")
"""Nothing here is one full postcode, so nothing here has a district."""
AUTHORITIES = ("E08000025", "E08000028", "E08000003", "W06000015", "S12000049")
CENTRE = (52.4862, -1.8904)
MILES_IN_A_RADIAN = 6_371_008.8 / 1_609.344
AREAS = [
    {"name": "two districts", "outcodes": ["B18", "b19 "]},
    {"name": "wider", "outcodes": ["B1", "B18", "B19", "B21", "WS10", "DY4"]},
    {"name": "one that is nowhere", "outcodes": ["ZE3"]},
    {"name": "near", "centre": list(CENTRE), "miles": 3},
    {"name": "further", "centre": list(CENTRE), "miles": 25.5},
    {"name": "the point itself", "centre": list(CENTRE), "miles": 0},
    {"name": "city", "local_authorities": ["E08000025"]},
    {"name": "two councils", "local_authorities": ["E08000025", "E08000028"]},
    {"name": "neighbourhoods", "lsoas": [f"E010000{number:02d}" for number in range(12)]},
]


def miles_apart(here, there):
    """By the angle between the two directions from the middle of the Earth."""
    one, other = (
        (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        for lat, lon in (map(math.radians, here), map(math.radians, there))
    )
    cross = (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )
    along = sum(a * b for a, b in zip(one, other, strict=True))
    return math.atan2(math.hypot(*cross), along) * MILES_IN_A_RADIAN


def typed(district, chance):
    """A full postcode of the district, as people type them."""
    inward = f"{chance.randint(0, 9)}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}"
    between, turn = chance.choice((" ", "", "  ")), chance.choice((str.upper, str.lower, str.title))
    return chance.choice(("", " ")) + turn(district + between + inward) + chance.choice(("", " ", "."))


def made_up(chance):
    """(row of the file, what is true of it)"""
    district = chance.choice(DISTRICTS) if chance.random() < 0.85 else None
    authority = chance.choice(AUTHORITIES) if chance.random() < 0.8 else None
    lsoa = f"E010000{chance.randrange(40):02d}" if chance.random() < 0.75 else None
    point = None
    if chance.random() < 0.8:
        reach = chance.choice((0.02, 0.1, 0.6, 4.0))
        point = (CENTRE[0] + chance.uniform(-reach, reach), CENTRE[1] + chance.uniform(-reach, reach))
        point = CENTRE if chance.random() < 0.01 else tuple(round(degrees, 5) for degrees in point)
    pence = chance.choice((chance.randint(-500_000, 500_000), chance.randint(0, 10**9), -chance.randint(0, 10**7), 0))
    shared = chance.random() < 0.2
    row = {
        "pence": pence,
        "postcode": typed(district, chance) if district else chance.choice(NO_POSTCODE),
        "local_authority": authority or "",
        "lsoa": lsoa or "",
        "latitude": "" if point is None else repr(point[0]),
        "longitude": "" if point is None else repr(point[1]),
        "shared_address": chance.choice(("1", "yes")) if shared else chance.choice(("0", "", "no")),
    }
    return row, {"pence": pence, "outcodes": district, "local_authorities": authority, "lsoas": lsoa,
                 "point": point, "shared": shared}  # fmt: skip


def is_inside(area, truth):
    if "centre" in area:
        if truth["point"] is None:
            return None
        return truth["point"] == CENTRE or miles_apart(area["centre"], truth["point"]) <= area["miles"]
    ((kind, codes),) = ((kind, codes) for kind, codes in area.items() if kind != "name")
    return None if truth[kind] is None else truth[kind] in {code.strip().upper() for code in codes}


def worked_out(area, truths):
    local = elsewhere = unplaced = doubtful_local = doubtful_elsewhere = Fraction(0)
    for truth in truths:
        inside = is_inside(area, truth)
        if inside is None:
            unplaced += truth["pence"]
        elif inside:
            local += truth["pence"]
            doubtful_local += truth["pence"] if truth["shared"] else 0
        else:
            elsewhere += truth["pence"]
            doubtful_elsewhere += truth["pence"] if truth["shared"] else 0
    total = local + elsewhere + unplaced
    low = (local - doubtful_local) / total if total > 0 else None
    high = (local + unplaced + doubtful_elsewhere) / total if total > 0 else None
    return (local, elsewhere, unplaced), (low, high)


def answered(folder, rows):
    with (folder / "payments.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    (folder / "areas.json").write_text(json.dumps(AREAS), encoding="utf-8")
    options = ["--payments", str(folder / "payments.csv"), "--areas", str(folder / "areas.json")]
    began = time.process_time()
    result = CliRunner().invoke(spend, ["shares", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["areas"], time.process_time() - began


@pytest.mark.parametrize(
    ("seed", "payments"), [(4, PAYMENTS), (5, 40), (6, 0), (7, 1)], ids=["200,000", "few", "one too many", "one"]
)
def test_every_area_agrees_to_the_penny_and_every_share_to_a_millionth(tmp_path, seed, payments):
    chance = random.Random(seed)
    made = [made_up(chance) for _ in range(payments)]
    rows = [row for row, _ in made] or [made_up(chance)[0] | {"pence": 0, "postcode": ""}]
    truths = [truth for _, truth in made]
    areas, seconds = answered(tmp_path, rows)
    assert [area["name"] for area in areas] == [area["name"] for area in AREAS]
    for area, ours in zip(AREAS, areas, strict=True):
        parts, (low, high) = worked_out(area, truths)
        assert (ours["local_pence"], ours["elsewhere_pence"], ours["unplaced_pence"]) == parts, area["name"]
        assert sum(parts) == sum(truth["pence"] for truth in truths)
        for ours_share, true_share in ((ours["share_low"], low), (ours["share_high"], high)):
            assert (ours_share is None) == (true_share is None)
            assert ours_share is None or abs(Fraction(ours_share) - true_share) < Fraction(1, 10**6)
    assert seconds < 40, "200,000 payments take seconds, not minutes"
