"""A public page: off until it is published, as it was that day, without people, and gone at once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from procure.extensions import db
from procure.models import AuditEntry, MonthlySpend, Organisation, Payee
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.publishing import public_figures, public_pages, redactions

from .. import factories
from .places import a_ledger, an_officer


def paid(anchor: int, name: str, pence: int, **facts: Any) -> int:
    """A payee and what it was paid: category, month and postcode may be said."""
    payee = Payee(organisation_id=anchor, name=name, state="unlinked", kind=facts.get("kind", "unknown"))
    db.session.add(payee)
    db.session.flush()
    db.session.add(
        MonthlySpend(
            organisation_id=anchor, ledger_id=facts.get("ledger") or a_ledger(anchor), payee_id=payee.id,
            month=facts.get("month", date(2026, 1, 1)), category=facts.get("category", "Food"),
            postcode=facts.get("postcode", "B18 5AA"), payments=1, pence=pence,
        )
    )  # fmt: skip
    factories.add_up(anchor)
    return payee.id


def a_busy_anchor(name: str = "Riverside Council") -> tuple[int, Actor]:
    """Four kitchens, of which one is elsewhere, one cleaner and one person."""
    anchor = factories.an_anchor(name)
    ledger = a_ledger(anchor)
    for number in range(3):
        paid(anchor, f"Kitchen {number} Ltd", 10_000_00, ledger=ledger)
    paid(anchor, "Far Kitchen Ltd", 20_000_00, postcode="M1 1AE", ledger=ledger, month=date(2026, 5, 1))
    paid(anchor, "Lock Cleaning Ltd", 5_000_00, category="Cleaning", ledger=ledger)
    paid(anchor, "Mrs Ada Stone", 600_00, category="Care", postcode="", ledger=ledger)
    officer = an_officer(anchor)
    return anchor, Actor(officer.person_id, "Ann", "a@example.org", anchor, name, frozenset({"anchor:finance"}))


def seen(anchor: int) -> int:
    _, content = public_pages.preview(anchor)
    assert content
    return public_figures.share_of(content["whole"]).total


def test_the_page_tells_years_and_categories_and_no_person(make: Any) -> None:
    def story() -> None:
        anchor, _ = a_busy_anchor()
        _, content = public_pages.preview(anchor)
        assert content
        assert "Stone" not in str(content)
        assert "Care" not in str(content)
        whole = public_figures.share_of(content["whole"])
        assert (whole.local, whole.elsewhere, whole.unplaced) == (35_000_00, 20_000_00, 600_00)
        assert [line["name"] for line in content["categories"]] == ["All other categories"]
        assert [line["name"] for line in content["years"]] == ["2025-26 to 2026-27"]
        paid(anchor, "Other Cleaning Ltd", 1_00, category="Cleaning")
        paid(anchor, "Third Cleaning Ltd", 1_00, category="Cleaning")
        _, content = public_pages.preview(anchor)
        assert content
        names = [line["name"] for line in content["categories"]]
        assert names == ["Food", "All other categories"]

    make(story)


def test_a_name_an_officer_hides_leaves_its_category(make: Any) -> None:
    def story() -> None:
        anchor, officer = a_busy_anchor()
        for number in range(3):
            hidden = paid(anchor, f"House {number}", 1_00, category=f"Refuge {number}")
            redactions.decide(hidden, True, by=officer)
        db.session.commit()
        _, content = public_pages.preview(anchor)
        assert content
        assert "Refuge" not in str(content)
        people = next(line for line in content["categories"] if line["name"].startswith("Payees whose names"))
        assert public_figures.share_of(people).total == 603_00

    make(story)


def test_it_is_off_until_published_and_stays_as_it_was(make: Any) -> None:
    def story() -> None:
        anchor, officer = a_busy_anchor()
        with pytest.raises(NotFoundError):
            public_pages.open_page("riverside-council")
        public_pages.publish(seen(anchor), by=officer)
        db.session.commit()
        before = dict(public_pages.open_page("riverside-council").content or {})
        paid(anchor, "New Kitchen Ltd", 1_00)
        assert public_pages.open_page("riverside-council").content == before
        public_pages.withdraw(by=officer)
        db.session.commit()
        with pytest.raises(NotFoundError):
            public_pages.open_page("riverside-council")
        page = public_pages.page_of(anchor)
        assert page
        assert page.content is None
        public_pages.publish(seen(anchor), by=officer)
        db.session.commit()
        assert public_pages.open_page("riverside-council").content != before

    make(story)


def test_only_figures_that_were_seen_are_published(make: Any) -> None:
    def story() -> None:
        anchor, officer = a_busy_anchor()
        total = seen(anchor)
        paid(anchor, "New Kitchen Ltd", 1_00)
        with pytest.raises(ConflictError):
            public_pages.publish(total, by=officer)
        with pytest.raises(ConflictError):
            public_pages.withdraw(by=officer)
        with pytest.raises(RefusedError):
            public_pages.publish(0, by=an_officer(factories.an_anchor()))

    make(story)


def test_switching_is_kept_in_the_audit_trail(make: Any) -> None:
    def story() -> None:
        anchor, officer = a_busy_anchor()
        public_pages.publish(seen(anchor), by=officer)
        public_pages.withdraw(by=officer)
        db.session.commit()
        actions = db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.organisation_id == anchor).order_by(AuditEntry.id)
        ).all()
        assert [each for each in actions if "public page" in each] == ["public page published", "public page taken off"]

    make(story)


def test_two_anchors_of_one_name_have_two_addresses_and_a_suspended_one_has_no_page(make: Any) -> None:
    def story() -> None:
        for _ in range(2):
            anchor, officer = a_busy_anchor("Côté & Sons")
            public_pages.publish(seen(anchor), by=officer)
            db.session.commit()
        page = public_pages.page_of(anchor)
        assert page
        assert page.slug == f"cote-sons-{anchor}"
        assert public_pages.open_page("cote-sons").organisation_id != anchor
        db.session.execute(update(Organisation).where(Organisation.id == anchor).values(suspended_at=officer_time()))
        db.session.commit()
        with pytest.raises(NotFoundError):
            public_pages.open_page(page.slug)

    make(story)


def officer_time() -> Any:
    from procure.models import now

    return now()
