"""Money by kind of purchase: what is kept equals a plain sum, and an officer's word counts before the engine's."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import CategoryDivision, Ledger, MonthlySpend, Payee
from procure.places import outcode_area
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.shares import areas, spend_divisions, spend_sums
from procure.spend.cuts import NO_CATEGORY, NO_PURCHASE, NOT_TOLD

from .. import factories
from . import places

AREA = outcode_area("Around us", ["B18", "B19"])
PAID = {
    "Catering": 100,
    "Cleaning": 2_000,
    "Deep cleaning": 30_000,
    "Zz code 9": 400_000,
    "": 5_000_000,
    "Salaries": 60_000_000,
}


BY_KIND = {"55": 100, "90": 32_000, NO_PURCHASE: 60_000_000, NOT_TOLD: 400_000, NO_CATEGORY: 5_000_000}


def a_world() -> Actor:
    """An anchor with one area that paid one payee here under each category."""
    anchor = factories.an_organisation(is_anchor=True)
    officer = places.an_officer(anchor)
    areas.save(None, "Around us", ["B18", "B19"], is_headline=True, by=officer)
    payee = Payee(organisation_id=anchor, name="Payee of kinds", state="unlinked")
    db.session.add(payee)
    db.session.flush()
    ledger = db.session.get_one(Ledger, places.a_ledger(anchor))
    ledger.sums_count = len(PAID)
    for category, pence in PAID.items():
        db.session.add(
            MonthlySpend(
                organisation_id=anchor, ledger_id=ledger.id, payee_id=payee.id, month=date(2026, 1, 1),
                category=category, postcode="B18 5AA", payments=1, pence=pence,
            )
        )  # fmt: skip
    factories.add_up(anchor)
    return officer


def kept(of: int) -> dict[str, int]:
    """Local pence by kind of purchase, from stored sums."""
    spend_sums.refresh(of)
    db.session.commit()
    found = spend_sums.sums_for(of, AREA)
    assert type(found).__name__ == "Stored"
    return {key: share.local for key, share, _ in found.cut("bought")}


def plain(of: int) -> dict[str, int]:
    """The same category by category, by a query of its own."""
    said = {row.category: row.division or NO_PURCHASE for row in spend_divisions.standing(of).values()}
    sums: Counter[str] = Counter()
    rows = select(MonthlySpend.category, MonthlySpend.pence).where(MonthlySpend.organisation_id == of)
    for category, pence in db.session.execute(rows):
        sums[said.get(category, spend_divisions.engine_key(category))] += pence
    return dict(sums)


def test_money_is_kept_by_what_the_categories_buy(make: Any) -> None:
    def story() -> None:
        of = a_world().acting_for
        assert kept(of) == plain(of) == BY_KIND

    make(story)


def test_an_officers_word_moves_the_money_until_it_is_taken_back(make: Any) -> None:
    def story() -> None:
        me = a_world()
        of = me.acting_for
        before = kept(of)
        without = {key: pence for key, pence in BY_KIND.items() if key != NOT_TOLD}
        said = spend_divisions.correct("Zz code 9", "45", "Our code for building", seen=0, by=me)
        db.session.commit()
        assert spend_sums.is_due(of)
        assert kept(of) == plain(of) == {"45": 400_000, **without}
        again = spend_divisions.correct("Zz code 9", None, "It is pay", seen=said.id, by=me)
        db.session.commit()
        assert kept(of) == plain(of) == {**without, NO_PURCHASE: 60_400_000}
        again = spend_divisions.correct("Zz code 9", NOT_TOLD, "It is a mix", seen=again.id, by=me)
        db.session.commit()
        assert kept(of) == plain(of) == before
        spend_divisions.take_back(again.id, by=me)
        db.session.commit()
        assert spend_sums.is_due(of)
        assert kept(of) == plain(of) == before
        rows = db.session.scalars(select(CategoryDivision).where(CategoryDivision.organisation_id == of)).all()
        assert len(rows) == 3
        assert all(row.ended_at for row in rows)

    make(story)


def test_two_officers_do_not_overwrite_each_other(make: Any) -> None:
    def story() -> None:
        me = a_world()
        said = spend_divisions.correct("Catering", "15", "Food only", seen=0, by=me)
        db.session.commit()
        with pytest.raises(ConflictError):
            spend_divisions.correct("Catering", "55", "No", seen=0, by=me)
        spend_divisions.take_back(said.id, by=me)
        db.session.commit()
        with pytest.raises(ConflictError):
            spend_divisions.take_back(said.id, by=me)

    make(story)


def test_what_cannot_be_said_is_refused(make: Any) -> None:
    def story() -> None:
        me = a_world()
        other = places.an_officer(factories.an_organisation(is_anchor=True))
        said = spend_divisions.correct("Cleaning", "90", "Yes", seen=0, by=me)
        db.session.commit()
        with pytest.raises(NotFoundError):
            spend_divisions.take_back(said.id, by=other)
        with pytest.raises(NotFoundError):
            spend_divisions.correct("Cleaning", "90", "Not ours", seen=0, by=other)
        for category in ("", "Nobody's"):
            with pytest.raises(NotFoundError):
                spend_divisions.correct(category, "90", "Why", seen=0, by=me)
        for division, reason in (("99", "Why"), ("45", " ")):
            with pytest.raises(RefusedError):
                spend_divisions.correct("Catering", division, reason, seen=0, by=me)

    make(story)
