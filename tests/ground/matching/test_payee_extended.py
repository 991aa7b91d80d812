"""A stored register with a few more rows on top answers as one register would."""

import pytest

from procure.matching.payees import Query, Register, RegisterRow, build_index, identify, open_index

PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
TRADES = ("Catering", "Cleaning", "Printing", "Roofing", "Joinery", "Plumbing", "Transport", "Nursery", "Bakery")


def stored_rows() -> list[RegisterRow]:
    return [
        RegisterRow(f"body:{number}", f"{place} {trade} Limited", (), "B18 5AA", "company", (f"company:{number:08}",))
        for number, (place, trade) in enumerate((place, trade) for place in PLACES for trade in TRADES)
    ]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("indexes") / "first"
    build_index(stored_rows(), folder)
    return open_index(folder)


def test_an_organisation_on_top_is_found_as_if_it_had_been_stored(stored: Register) -> None:
    new = RegisterRow("enterprise:7", "Brightwell Community Meals CIC", (), "B19 1AA", "cic", ("company:09999999",))
    asked = ["BRIGHTWELL COMMUNITY MEALS C.I.C. BACS 0412", "Alder Catering Ltd", "Nobody Knows Whom"]
    together = identify(asked, stored.extended([new]))
    whole = identify(asked, Register.build([*stored_rows(), new]))
    assert [each.decision for each in together] == [each.decision for each in whole]
    assert together[0].candidates[0].entity == "enterprise:7"
    for one, other in zip(together[:2], whole[:2], strict=True):
        assert one.candidates[0].entity == other.candidates[0].entity
        assert one.candidates[0].probability == pytest.approx(other.candidates[0].probability, abs=0.02)


def test_what_stands_above_changes_no_answer_about_others(stored: Register) -> None:
    asked = [f"{row.name} BACS" for row in stored_rows()]
    alone = identify(asked, stored)
    topped = identify(asked, stored.extended([RegisterRow("enterprise:7", "Quixotic Zebra Paint")]))
    assert [each.candidates[0].entity for each in alone] == [each.candidates[0].entity for each in topped]
    assert [each.decision for each in alone] == [each.decision for each in topped]


def test_another_name_of_a_stored_organisation_leads_to_it(stored: Register) -> None:
    answer = identify(["The Wobbly Kettle"], stored.extended([RegisterRow("body:3", "The Wobbly Kettle")]))[0]
    assert (answer.decision, answer.candidates[0].entity) == ("accept", "body:3")
    assert [each.entity for each in answer.candidates].count("body:3") == 1


def test_two_organisations_of_one_name_wait_for_a_person_wherever_they_stand(stored: Register) -> None:
    assert identify(["Alder Catering Limited"], stored)[0].decision == "accept"
    twice = stored.extended([RegisterRow("enterprise:7", "Alder Catering Ltd")])
    answer = identify(["Alder Catering Limited"], twice)[0]
    assert answer.decision == "review"
    assert {each.entity for each in answer.candidates[:2]} == {"enterprise:7", "body:0"}


def test_a_number_is_found_in_both(stored: Register) -> None:
    topped = stored.extended([RegisterRow("enterprise:7", "Brightwell", numbers=("company:09999999",))])
    for number, entity in (("company:9999999", "enterprise:7"), ("company:00000003", "body:3")):
        found = identify([Query("Zebra", None, (number,))], topped, top=15)[0].candidates
        told = [each.signals[0].sentence for each in found if each.entity == entity]
        assert told == ["The registration number is the same"]


def test_nothing_on_top_is_the_register_itself(stored: Register) -> None:
    assert stored.extended([]) is stored
