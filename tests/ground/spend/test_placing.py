"""The best evidence of a place counts, and an office that many share casts doubt on all that only points there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend.placing import SOURCES, Evidence, Placement, place

HERE, THERE = "B18 7QH", "M1 1AE"

evidence = st.lists(
    st.builds(
        Evidence,
        st.sampled_from(list(SOURCES)),
        st.sampled_from([HERE, THERE, "b19 1aa", "", None, "B18", "not known"]),
        st.booleans(),
    ),
    max_size=8,
)


def test_the_order_is_line_delivery_trading_profile_office():
    said = [Evidence(source, HERE) for source in reversed(SOURCES)]
    found = []
    while said:
        found.append(place(said).source)
        said = [one for one in said if one.source != found[-1]]
    assert found == ["line", "delivery", "trading", "profile", "office"]


@pytest.mark.parametrize("nothing", [None, "", "  ", "B18", "not known", "B18 7QH or M1 1AE"])
def test_what_cannot_be_read_as_a_postcode_gives_way_to_the_next(nothing):
    assert place([Evidence("line", nothing), Evidence("office", "m11ae")]) == Placement(THERE, "office")
    assert place([Evidence("line", nothing)]) is None


@pytest.mark.parametrize(
    ("source", "uncertain"),
    [("line", True), ("delivery", False), ("trading", False), ("profile", True), ("office", True)],
)
def test_a_shared_office_casts_doubt_unless_an_officer_vouches(source, uncertain):
    assert place([Evidence(source, HERE, is_shared=True)]).is_uncertain is uncertain
    assert place([Evidence(source, HERE)]).is_uncertain is False


def test_a_source_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="hearsay"):
        place([Evidence("hearsay", HERE)])


@given(evidence)
def test_the_place_is_always_one_that_was_given_and_no_better_one_was_readable(given_evidence):
    found = place(given_evidence)
    readable = [one for one in given_evidence if (one.postcode or "").upper() in (HERE, THERE, "B19 1AA")]
    if found is None:
        assert not readable
        return
    ranks = list(SOURCES)
    assert ranks.index(found.source) == min(ranks.index(one.source) for one in readable)
    assert any(one.source == found.source and one.postcode.upper() == found.postcode for one in readable)
