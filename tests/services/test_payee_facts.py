"""What is known of a place is said as far as what is loaded tells; the rest is not known, and counted."""

from datetime import date
from typing import Any

from sqlalchemy import update

from procure.extensions import db
from procure.models import AreaName, Deprivation, Edition, Organisation, PostcodePlace
from procure.services.payees import payee_facts, payee_places, payees

from .. import factories
from .places import a_body, a_payee, a_shared_office, a_site


def a_directory() -> None:
    """One postcode in full, one in part."""
    edition = Edition(
        kind="postcodes", series="postcodes", title="A directory", edition_on=date(2026, 1, 1), licence="OGL",
        filename="a", sha256="",
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    for code, kind, name in (
        ("E05000001", "ward", "Riverside"), ("E08000099", "authority", "Anytown"), ("E54000001", "icb", "Anytown ICB"),
    ):  # fmt: skip
        db.session.add(AreaName(code=code, kind=kind, name=name, edition_id=edition.id))
    full = {"lsoa": "E01000001", "lsoa_2011": "E01000002", "ward": "E05000001", "authority": "E08000099"}
    db.session.add_all(
        [
            PostcodePlace(
                postcode="B18 7QH", latitude=52.5, longitude=-1.9, region="E12000005", icb="E54000001",
                edition_id=edition.id, **full,
            ),
            PostcodePlace(postcode="M1 1AE", authority="E08000003", edition_id=edition.id),
            PostcodePlace(postcode="B1 1AA", latitude=52.5, longitude=-1.95, edition_id=edition.id),
            Deprivation(lsoa="E01000001", year=2025, decile=1, rank=7, edition_id=edition.id),
        ]
    )  # fmt: skip
    db.session.commit()


def test_each_fact_is_told_as_far_as_it_is_loaded(make: Any) -> None:
    def story() -> None:
        a_directory()
        anchor = factories.an_anchor()
        db.session.execute(update(Organisation).where(Organisation.id == anchor).values(postcode="B1 1AA"))
        db.session.commit()
        found = payee_facts.facts_of(["B18 7QH", "M1 1AE", "ZE1 0AA"], anchor)
        assert [heading for heading, _ in found["B18 7QH"]] == list(payee_facts.FACTS)
        assert [value for _, value in found["B18 7QH"]] == [
            "B18", "E01000001", "Riverside", "Anytown", "E12000005", "Anytown ICB", "1 (the most deprived)", None,
            "2.1 miles",
        ]  # fmt: skip
        assert [value for _, value in found["M1 1AE"]] == [
            "M1", None, None, "E08000003", "North West, as most of this postcode area", None, None, None, None,
        ]  # fmt: skip
        assert [value for _, value in found["ZE1 0AA"]] == [
            "ZE1", None, None, None, "Scotland, as most of this postcode area", None, None, None, None,
        ]  # fmt: skip

    make(story)


def test_without_a_directory_distance_is_between_districts_and_says_so(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        assert dict(payee_facts.facts_of(["B21 9AA"], anchor)["B21 9AA"])["Distance from you"] is None
        db.session.execute(update(Organisation).where(Organisation.id == anchor).values(postcode="B1 1AA"))
        db.session.commit()
        found = payee_facts.facts_of(["B21 9AA", "B1 2BB"], anchor)
        assert dict(found["B21 9AA"])["Distance from you"] == "2 miles, roughly"
        assert dict(found["B1 2BB"])["Distance from you"] == "In your own postcode district, roughly"

    make(story)


def test_what_is_known_and_what_is_not_add_up_to_all_the_money(make: Any) -> None:
    def story() -> None:
        a_directory()
        anchor = factories.an_anchor()
        a_payee(anchor, (1, "B18 7QH"), (20, "M1 1AE"), (300, ""))
        money = payee_places.money_by_place(anchor)
        found = {row.heading: (row.known, row.roughly, row.not_known) for row in payee_facts.knowledge(anchor, money)}
        assert found["Postcode district"] == (21, 0, 300)
        assert found["Neighbourhood (LSOA)"] == (1, 0, 320)
        assert found["Region"] == (1, 20, 300)
        assert found["Local authority"] == (21, 0, 300)
        assert {sum(parts) for parts in found.values()} == {321}

    make(story)


def test_a_payees_page_shows_every_word_about_its_place_and_whose_it_is(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_shared_office("20 agent house", "M1 1AE")
        enterprise = factories.an_enterprise("Brightwell CIC", postcode="B18 5AA", company_number="01234567")
        a_body("M1 1AE", number="01234567", street="20 agent house", name="Brightwell Catering CIC")
        payee = a_payee(anchor, (1, "B19 1AA"), (20, ""), enterprise_id=enterprise)
        a_payee(anchor, (300, ""), merged_into_id=payee)
        a_site(anchor, payee, "delivery", "B18 7QH")
        found = payee_facts.whereabouts(payees.find(payee, of=anchor))
        assert [(said.source, said.postcode, said.who, said.shared_by) for said in found.said] == [
            ("delivery", "B18 7QH", "They told us", None),
            ("profile", "B18 5AA", "The profile of Brightwell CIC", None),
            ("office", "M1 1AE", "The register entry of Brightwell Catering CIC", 500),
        ]
        assert [(row.postcode, row.pence) for row in found.money] == [("B18 7QH", 320), ("B19 1AA", 1)]
        assert [postcode for postcode, _ in found.facts] == ["B18 7QH", "B19 1AA"]

    make(story)
