"""An officer says where a payee works: with a reason, for their anchor alone, taken back at will, never overwritten."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import AuditEntry, Payee
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.payees import payee_places, payee_sites

from .. import factories
from .places import a_payee, an_officer


def the(payee: int) -> Payee:
    db.session.expire_all()
    found = db.session.scalar(select(Payee).where(Payee.id == payee))
    assert found is not None
    return found


def declare(payee: int, by: Any, postcode: str = "B18 7QH", *, kind: str = "delivery", seen: int = 0) -> int:
    site = payee_sites.declare(the(payee), kind, postcode, "From the contract", seen=seen, by=by)
    db.session.commit()
    return site.id


def test_a_declared_site_places_the_money_and_taking_it_back_unplaces_it(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        ann, payee = an_officer(anchor), a_payee(anchor, (700, ""))
        site = declare(payee, ann, " b187qh. ")
        (money,) = payee_places.money_by_place(anchor)
        assert (money.postcode, money.source, money.pence) == ("B18 7QH", "delivery", 700)
        payee_sites.take_back(site, of=anchor, by=ann)
        db.session.commit()
        (money,) = payee_places.money_by_place(anchor)
        assert (money.postcode, money.source) == (None, None)
        noted = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert noted[-2:] == ["payee site declared", "payee site taken back"]

    make(story)


def test_taking_back_a_change_puts_the_earlier_site_in_force_again(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        ann, payee = an_officer(anchor), a_payee(anchor, (700, ""))
        first = declare(payee, ann, "B18 7QH")
        second = declare(payee, ann, "M1 1AE", seen=first)
        trading = declare(payee, ann, "B19 1AA", kind="trading")
        assert {kind: site.id for kind, site in payee_sites.in_force(the(payee)).items()} == {
            "delivery": second, "trading": trading,
        }  # fmt: skip
        payee_sites.take_back(second, of=anchor, by=ann)
        db.session.commit()
        assert payee_sites.in_force(the(payee))["delivery"].id == first
        assert len(payee_sites.history(the(payee))) == 3

    make(story)


def test_of_two_officers_the_second_is_told(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        ann, bob, payee = an_officer(anchor), an_officer(anchor), a_payee(anchor, (700, ""))
        first = declare(payee, ann)
        with pytest.raises(ConflictError, match="Look at it again"):
            declare(payee, bob, "M1 1AE")
        db.session.rollback()
        second = declare(payee, bob, "M1 1AE", seen=first)
        with pytest.raises(ConflictError):
            declare(payee, ann, "B19 1AA", seen=first)
        db.session.rollback()
        payee_sites.take_back(second, of=anchor, by=ann)
        db.session.commit()
        with pytest.raises(ConflictError):
            payee_sites.take_back(second, of=anchor, by=bob)

    make(story)


def test_two_who_declare_at_the_same_moment_cannot_both_stand(make: Any) -> None:
    """Both looked when nothing stood; the database itself lets one of them in."""

    def story() -> None:
        from procure.models import PayeeSite

        anchor = factories.an_anchor()
        payee = a_payee(anchor, (700, ""))
        declare(payee, an_officer(anchor))
        late = PayeeSite(
            organisation_id=anchor, payee_id=payee, kind="delivery", postcode="M1 1AE", reason="At the same time"
        )
        with pytest.raises(ConflictError):
            payee_sites._add(late)

    make(story)


@pytest.mark.parametrize(
    ("kind", "postcode", "reason", "says"),
    [
        ("delivery", "B18", "I know", "full UK postcode"),
        ("delivery", "B18 7QH", "   ", "how you know"),
        ("home", "B18 7QH", "I know", "delivery site or a trading address"),
    ],
)
def test_a_site_needs_a_postcode_and_a_reason(make: Any, kind: str, postcode: str, reason: str, says: str) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        payee = a_payee(anchor, (700, ""))
        with pytest.raises(RefusedError, match=says):
            payee_sites.declare(the(payee), kind, postcode, reason, seen=0, by=an_officer(anchor))

    make(story)


def test_another_anchors_site_does_not_exist_for_us(make: Any) -> None:
    def story() -> None:
        anchor, other = factories.an_anchor(), factories.an_anchor()
        site = declare(a_payee(other, (700, "")), an_officer(other))
        with pytest.raises(NotFoundError):
            payee_sites.take_back(site, of=anchor, by=an_officer(anchor))

    make(story)
