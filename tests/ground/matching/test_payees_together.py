"""Which payees are one supplier: names written in several ways, and names that only look alike."""

import pytest

from procure.matching.payees.together import Known, suppliers_among, written_key

BODY, OTHER = ("body", 7), ("body", 8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Otter Roofing Limited", "*OTTER  ROOFING LTD."),
        ("The Larder C.I.C.", "Larder CIC"),
        ("A J Heron & Company", "AJ Heron and Co"),
        ("Café Kestrel", "CAFE KESTREL"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one, other):
    assert written_key(one) == written_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Otter Roofing Limited", "Otter Roofing LLP"),
        ("Otter Roofing North Ltd", "Otter Roofing South Ltd"),
        ("Heron 1 Ltd", "Heron 2 Ltd"),
    ],
)
def test_whatever_may_tell_two_apart_is_kept(one, other):
    assert written_key(one) != written_key(other)


def test_names_that_were_linked_to_one_organisation_are_one_supplier():
    payees = [Known(3, 3, "Otter", BODY), Known(1, 1, "Marsh Otter Ltd", BODY), Known(2, 2, "Heron", OTHER)]
    assert suppliers_among(payees) == {1: 1, 2: 2, 3: 1}


def test_a_name_that_nobody_linked_follows_the_same_name_that_was_linked():
    payees = [Known(1, 1, "OTTER LTD"), Known(2, 2, "Otter Limited", BODY), Known(3, 3, "Otters of Marsh", BODY)]
    assert suppliers_among(payees) == {1: 2, 2: 2, 3: 2}


def test_nothing_follows_from_a_name_that_two_organisations_have():
    payees = [Known(1, 1, "Otter", BODY), Known(2, 2, "OTTER", OTHER), Known(3, 3, "otter."), Known(4, 4, "'otter'")]
    assert suppliers_among(payees) == {1: 1, 2: 2, 3: 3, 4: 3}


def test_people_and_parts_of_a_split_name_and_rejected_links_stay_apart():
    payees = [
        Known(1, 1, "J Otter", may_follow=False),
        Known(2, 2, "J. Otter", may_follow=False),
        Known(3, 3, "J OTTER"),
    ]
    assert suppliers_among(payees) == {1: 1, 2: 2, 3: 3}


def test_names_that_a_person_merged_go_where_their_head_goes():
    payees = [Known(1, 4, "Old name"), Known(2, 2, "Otter", BODY), Known(4, 4, "Otter Marsh", BODY)]
    assert suppliers_among(payees) == {1: 2, 2: 2, 4: 2}


def test_the_order_in_which_payees_come_changes_nothing():
    unsure = [Known(5, 5, "Otter Ltd"), Known(2, 2, "OTTER LIMITED")]
    payees = [*unsure, Known(9, 9, "Otter ltd", BODY), Known(1, 1, "Marsh", BODY)]
    assert suppliers_among(payees) == suppliers_among(payees[::-1]) == {1: 1, 2: 1, 5: 1, 9: 1}
