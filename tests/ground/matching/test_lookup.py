"""Finding a name that somebody typed, with slips of the finger."""

import pytest

from procure.matching.lookup import nearest_names

NAMES = [
    "Otter Catering CIC",
    "Hospital catering, north",
    "Heron Roofing Ltd",
    "Café Marsh",
    "Water & Waste",
    "IT support",
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("catering", ["Hospital catering, north", "Otter Catering CIC"]),
        ("CATERING otter", ["Otter Catering CIC"]),
        ("cattering", ["Hospital catering, north", "Otter Catering CIC"]),
        ("roffing heron", ["Heron Roofing Ltd"]),
        ("cafe", ["Café Marsh"]),
        ("it", ["IT support"]),
        ("zzzz", []),
        ("   ", []),
        ("%_", []),
    ],
)
def test_names_are_found_as_typed_and_misspelt(asked, found):
    assert sorted(NAMES[at] for at in nearest_names(asked, NAMES, 10)) == sorted(found)


def test_a_name_as_typed_comes_before_one_misspelt_and_one_that_begins_so_first():
    names = ["Katering Ltd", "North catering", "Catering Co"]
    assert nearest_names("catering", names, 3) == [2, 1, 0]


def test_no_more_than_asked_for_and_the_same_every_time():
    names = [f"Otter {number}" for number in range(50)]
    assert nearest_names("otter", names, 5) == [0, 1, 2, 3, 4]
