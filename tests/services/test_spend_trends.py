"""Trends on old and new boundaries: what a newer directory and another definition did to a share, apart from money."""

from datetime import date
from typing import Any

from sqlalchemy import insert

from procure.extensions import db
from procure.models import MonthlySpend, PastPostcodePlace, PostcodePlace
from procure.services.editions.reference_merging import merge
from procure.services.editions.reference_tables import PLACES as SHELF
from procure.services.reference import locations
from procure.services.shares import areas, trends
from procure.services.shares.area_words import Wanted, read_codes, read_site

from .. import factories
from . import places


def spent(of: int, ledger: int, month: date, pence: int, postcode: str) -> None:
    payee = places.a_payee(of, ledger=ledger)
    db.session.execute(
        insert(MonthlySpend).values(
            organisation_id=of, ledger_id=ledger, payee_id=payee, month=month, category="", postcode=postcode,
            department="", size_band=0, payments=1, pence=pence,
        )
    )  # fmt: skip
    db.session.commit()


def test_a_change_is_money_boundaries_and_definition(make: Any) -> None:
    def story() -> None:
        of = factories.an_organisation(is_anchor=True)
        me = places.an_officer(of)
        ledger = places.a_ledger(of)
        for month, here, there in ((date(2024, 5, 1), 40, 60), (date(2025, 5, 1), 50, 50)):
            spent(of, ledger, month, here, "B18 5AA")
            spent(of, ledger, month, there, "B19 1AA")
        old = {"postcode": "B19 1AA", "ward": "E05000009", "edition_id": 1}
        db.session.add(PastPostcodePlace(**old, replaced_by_id=2))
        db.session.add(PostcodePlace(postcode="B19 1AA", ward="E05000001", edition_id=2))
        db.session.add(PostcodePlace(postcode="B18 5AA", ward="E05000001", edition_id=1))
        db.session.commit()
        area = areas.define(None, Wanted("Ward", "wards", ("E05000001",)), is_headline=True, by=me)
        db.session.commit()
        found = trends.trend(area, 2024, 2025)
        assert found.has_before
        parts = {name: step.local for name, step in found.change.parts.items()}
        assert parts == {"real": 10, "boundary": 50, "definition": 0}
        areas.define(area.id, Wanted("Ward", "wards", ("E05000009",)), is_headline=True, by=me)
        db.session.commit()
        change = trends.trend(area, 2024, 2025).change
        assert {name: step.local for name, step in change.parts.items()} == {
            "real": 10, "boundary": 50, "definition": -100,
        }  # fmt: skip
        assert change.whole.local == -40

    make(story)


def test_a_newer_edition_keeps_where_a_postcode_lay_before(make: Any) -> None:
    def story() -> None:
        db.session.add(PostcodePlace(postcode="B18 5AA", ward="E05000001", lsoa=None, edition_id=1))
        db.session.add(PostcodePlace(postcode="B19 1AA", ward="E05000001", edition_id=1))
        db.session.flush()
        columns = ", ".join(f"{name} {kind}" for name, kind in SHELF.all_columns.items())
        db.session.execute(db.text(f"CREATE TEMPORARY TABLE {SHELF.stage} (row_no INTEGER, {columns})"))
        for postcode, ward, lsoa in (("B18 5AA", "E05000002", "E01000001"), ("B19 1AA", "E05000001", "E01000002")):
            db.session.execute(
                db.text(
                    f"INSERT INTO {SHELF.stage} (row_no, postcode, ward, lsoa) VALUES (1, :postcode, :ward, :lsoa)"
                ),
                {"postcode": postcode, "ward": ward, "lsoa": lsoa},
            )
        merge(SHELF, 2)
        db.session.commit()
        kept = db.session.query(PastPostcodePlace).all()
        assert [(row.postcode, row.ward, row.edition_id, row.replaced_by_id) for row in kept] == [
            ("B18 5AA", "E05000001", 1, 2)
        ]
        now, was = (locations.locations_of(["B18 5AA", "B19 1AA"], before=before) for before in (False, True))
        assert (now["B18 5AA"].ward, was["B18 5AA"].ward) == ("E05000002", "E05000001")
        assert now["B19 1AA"] == was["B19 1AA"]

    make(story)


def test_codes_are_taken_as_typed_until_a_list_is_loaded_and_sites_are_read(make: Any) -> None:
    def story() -> None:
        assert read_codes("wards", "e05000001, E05000002\nE05000001").codes == ("E05000001", "E05000002")
        assert "Search" in read_codes("wards", "Ladywood").problems[0]
        latitude, longitude, is_rough = read_site("B18 7QH")
        assert (round(latitude, 1), round(longitude, 1), is_rough) == (52.5, -1.9, True)
        assert read_site("52.49, -1.93") == (52.49, -1.93, False)

    make(story)
