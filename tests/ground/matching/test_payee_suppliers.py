"""What is known besides the name: whom it speaks of, and the publisher's own supplier number."""

import pytest

from procure.matching.payees import Query, Register, RegisterRow, agree_by_supplier, identify, kind_of

REGISTER = Register.build(
    [
        RegisterRow("E1", "Otter Marsh Community Interest Company", numbers=("company:01234567", "vat:123456789")),
        RegisterRow("E2", "Heron Borough Council"),
        RegisterRow("E3", "Kestrel Plumbing Limited"),
        RegisterRow("E4", "Swift Catering Limited", numbers=("company:07654321",)),
        RegisterRow("E5", "Swift Catering Limited", numbers=("charity:1122334",)),
        *(
            RegisterRow(f"X{number}", f"{word} Trading Limited")
            for number, word in enumerate(("Wren", "Finch", "Egret"))
        ),
    ]
)


def asked(*lines):
    queries = [Query(name, supplier_id=number) for name, number in lines]
    answers = agree_by_supplier(queries, identify(queries, REGISTER))
    return [(each.decision, each.candidates[0].entity if each.candidates else None) for each in answers]


def test_a_line_that_is_sure_helps_another_line_of_its_supplier_number():
    weak = "MARSH GREEN PROJECTS"
    assert asked((weak, None)) != [("accept", "E1")]
    assert asked(("OTTER MARSH CIC", "77"), (weak, "77")) == [("accept", "E1"), ("accept", "E1")]
    assert asked(("OTTER MARSH CIC", "77"), (weak, "78"))[1] != ("accept", "E1")


def test_a_name_that_shares_nothing_with_its_sister_line_goes_to_a_person():
    assert asked(("OTTER MARSH CIC", "77"), ("ZZZ QQQ", "77"))[1] == ("review", "E1")


def test_sure_lines_that_contradict_each_other_go_to_a_person():
    assert [decision for decision, _ in asked(("OTTER MARSH CIC", "77"), ("KESTREL PLUMBING LTD", "77"))] == [
        "review",
        "review",
    ]


def test_a_person_and_a_collective_account_are_left_as_they_are():
    assert asked(("OTTER MARSH CIC", "77"), ("MRS A FINCH", "77"))[1][0] != "accept"
    many = [(f"OTTER MARSH {word}", "99") for word in ("CIC", "A1B", "C2D", "E3F", "G4H", "I5J", "K6L")]
    alone = [(name, None) for name, _ in many]
    assert asked(*many) == asked(*alone)


def test_probabilities_still_add_up_to_at_most_one():
    queries = [Query("OTTER MARSH CIC", supplier_id="7"), Query("OTTER MARSH BADGERS", supplier_id="7")]
    for answer in agree_by_supplier(queries, identify(queries, REGISTER)):
        assert sum(each.probability for each in answer.candidates) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("number", "entity"), [("Company: 7654321", "E4"), ("charity:1122334", "E5"), ("company:07654321", "E4")]
)
def test_a_number_tells_two_organisations_of_one_name_apart_without_a_person(number, entity):
    answer = identify([Query("SWIFT CATERING LTD", numbers=(number,))], REGISTER)[0]
    assert (answer.decision, answer.candidates[0].entity) == ("accept", entity)


def test_a_vat_number_with_its_country_in_front_is_the_same_number():
    answer = identify([Query("SOMETHING ELSE", numbers=("VAT:GB 123 4567 89",))], REGISTER)[0]
    assert answer.candidates[0].entity == "E1"


def test_two_organisations_of_one_name_are_shown_to_a_person():
    assert identify(["SWIFT CATERING LTD"], REGISTER)[0].decision == "review"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("MRS J OTTER", "person"),
        ("DR A B EXAMPLE AND PARTNERS", "person"),
        ("HERON BC", "public_body"),
        ("LB OF HERON", "public_body"),
        ("HERON HOSPITALS NHSFT BACS 0412", "public_body"),
        ("NHSBSA", "public_body"),
        ("HMRC", "public_body"),
        ("HERON COUNCIL TRADING LTD", "organisation"),
        ("FRIENDS OF HERON NHS TRUST", "organisation"),
        ("OTTER MARSH CIC", "organisation"),
        ("", "organisation"),
    ],
)
def test_a_name_says_whom_it_speaks_of(written, kind):
    assert kind_of(written) == kind
    assert identify([written], REGISTER)[0].kind == kind
