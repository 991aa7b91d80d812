"""Postcodes have one written form, and what is not one places nothing."""

import pytest

from procure.places import POSTCODE_AREAS, is_outcode, outward_code, parse_postcode, postcode_area


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("PR1 2HE", "PR1 2HE", id="as it should be"),
        pytest.param("pr12he", "PR1 2HE", id="small letters, no space"),
        pytest.param("  B18\u00a07AL. ", "B18 7AL", id="a hard space and a full stop"),
        pytest.param("EC1A 1BB", "EC1A 1BB", id="a district that ends with a letter"),
        pytest.param("M1 1 A E", "M1 1AE", id="spaces in odd places"),
        pytest.param("B18", None, id="only a district"),
        pytest.param("", None, id="empty"),
        pytest.param("12 High Street PR1 2HE", None, id="a whole address"),
        pytest.param("B1B OAA", None, id="a letter where a digit belongs"),
        pytest.param("B1\u0662 1AA", None, id="a digit of another script"),
        pytest.param("£1,200.00", None, id="money"),
    ],
)
def test_a_postcode_has_one_written_form(typed, written):
    assert parse_postcode(typed) == written


@pytest.mark.parametrize(
    ("text", "is_one"), [("B18", True), ("EC1A", True), ("b18", False), ("B", False), ("B18 7", False)]
)
def test_a_district_is_told_from_other_text(text, is_one):
    assert is_outcode(text) is is_one


def test_a_postcode_lies_in_its_district_and_its_area():
    assert outward_code("EC1A 1BB") == "EC1A"
    assert postcode_area("EC1A") == "EC"
    assert postcode_area("B18") == "B"


def test_every_postcode_area_is_listed_once():
    assert len(POSTCODE_AREAS) == 121
    assert POSTCODE_AREAS["B"].region == "West Midlands"
    assert all(letters.isupper() and len(letters) <= 2 for letters in POSTCODE_AREAS)
