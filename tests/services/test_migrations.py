"""The migrations make the database of the models, and lose nobody's rows on the way."""

from datetime import date
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text

from procure import Procure
from procure.extensions import db
from procure.models import (
    Ledger,
    LedgerMonth,
    LocalArea,
    Lot,
    MonthlySpend,
    Payee,
    Payment,
    Record,
    SharingConsent,
    Upload,
    Watch,
    now,
)
from procure.services import rollups

from .. import factories

KEPT = (Upload, Ledger, Payee, Payment, MonthlySpend, LocalArea, Watch, Lot)
BEFORE_AREAS = "0010"
BEFORE_ONE_CONSENT = "0016"


def a_place_with_money() -> None:
    anchor, place = factories.an_anchor(), factories.an_organisation("Place", is_place=True)
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a.csv", stored_name="a", sha256="0", size_bytes=1, reading={}
    )
    payee = Payee(organisation_id=anchor, name="Oak Care")
    db.session.add_all([upload, payee, Watch(place_id=place, anchor_id=anchor, agreed_at=now())])
    db.session.flush()
    headings = {"April": "Amount", "May, with VAT": "Amount including VAT"}
    sheets = [
        {"sheet": sheet, "columns": [{"field": "supplier", "heading": "To"}, {"field": "amount", "heading": heading}]}
        for sheet, heading in headings.items()
    ]
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed", total_pence=44_345, sheets=sheets)
    db.session.add(ledger)
    db.session.flush()
    paid: dict[str, Any] = {"supplier": "Oak Care", "paid_on": date(2026, 4, 1), "sheet": "April"}
    lines = (
        {"row": 2, "pence": 12_345},
        {"row": 3, "pence": 10_000, "vat_pence": 2_000},
        {"row": 4, "pence": 12_000, "vat_pence": 2_000, "sheet": "May, with VAT"},
        {"row": 5, "pence": 10_000, "gross_pence": 11_000, "paid_on": date(2026, 5, 31)},
    )
    for line in lines:
        db.session.add(Payment(organisation_id=anchor, ledger_id=ledger.id, payee_id=payee.id, **paid | line))
    db.session.flush()
    rollups.add(ledger)
    factories.a_lot(anchor)
    db.session.commit()


def rows() -> dict[str, int]:
    counted = {kind.__name__: db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in KEPT}
    db.session.rollback()
    return counted


def test_the_migrations_make_the_tables_of_the_models(app: Procure) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Record.metadata)
        is_sqlite = db.engine.dialect.name == "sqlite"  # there, the keys of columns that came later are not read back
        assert [each for each in found if not (is_sqlite and str(each[0]).endswith("_fk"))] == []


def test_going_back_and_forth_between_versions_loses_no_row(app: Procure) -> None:
    folder = str(app.config["MIGRATIONS_FOLDER"])
    with app.app_context():
        a_place_with_money()
        before, told = rows(), vat()
        assert all(before.values())
        assert told == [("2026-04-01", 4_000, 2_000), ("2026-05-01", 1_000, 0)]
        db.session.remove()
        downgrade(directory=folder, revision=BEFORE_AREAS)
        upgrade(directory=folder)
        assert (rows(), vat()) == (before, told)


def vat() -> list[tuple[str, int, int]]:
    """By month what is told of VAT, and what of it the amounts hold; the months alone say the same."""
    sums = func.sum(MonthlySpend.vat_pence), func.sum(MonthlySpend.vat_within_pence)
    found = db.session.execute(select(MonthlySpend.month, *sums).group_by(MonthlySpend.month)).all()
    alone = db.session.execute(select(LedgerMonth.month, LedgerMonth.vat_pence)).all()
    db.session.rollback()
    assert sorted((month, int(told)) for month, told, _ in found) == sorted((month, told) for month, told in alone)
    return sorted((month.isoformat(), int(told), int(within)) for month, told, within in found)


def test_each_consent_is_the_same_one_before_and_after_they_became_one_table(app: Procure) -> None:
    folder = str(app.config["MIGRATIONS_FOLDER"])
    agreed = {"links": True, "purchases": False}
    with app.app_context():
        anchor, officer = factories.an_anchor(), factories.a_person()
        for kind, is_named in agreed.items():
            facts = {"organisation_id": anchor, "agreed_by_id": officer, "agreed_at": now()}
            db.session.add(SharingConsent(kind=kind, is_named=is_named, **facts))
        db.session.commit()
        before = consents()
        assert {kind: is_named for _, kind, is_named, *_ in before} == agreed
        db.session.remove()
        downgrade(directory=folder, revision=BEFORE_ONE_CONSENT)
        for table, is_named in (("decision_sharing", True), ("evidence_sharing", False)):
            kept = db.session.execute(text(f"SELECT organisation_id, is_named FROM {table}")).all()
            assert [(of, bool(named)) for of, named in kept] == [(anchor, is_named)]
        db.session.remove()
        upgrade(directory=folder)
        assert consents() == before


def consents() -> list[tuple[Any, ...]]:
    told = (SharingConsent.is_named, SharingConsent.agreed_by_id, SharingConsent.agreed_at)
    found = db.session.execute(select(SharingConsent.organisation_id, SharingConsent.kind, *told)).all()
    db.session.rollback()
    return sorted(tuple(row) for row in found)
