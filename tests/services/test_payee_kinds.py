"""What kind of payee everybody is, from what is linked; the money of all kinds is all the money."""

from typing import Any

import pytest

from procure.places import outcode_area
from procure.services.payees import payee_kinds
from procure.services.shares import shares
from procure.spend import Share

from .. import factories
from .places import a_body, a_payee, a_shared_office

AREA = outcode_area("Around us", ["B18", "B19"])


def kinds(anchor: int) -> set[tuple[str, str | None, str | None]]:
    return {(kind.group, kind.form, kind.grade) for kind in payee_kinds.kinds_of(anchor).values()}


@pytest.mark.parametrize(
    ("profile", "body", "expected"),
    [
        ({"legal_form": "charity"}, None, ("vcse", "charity", "declared")),
        ({"legal_form": "company"}, {"form": "cic"}, ("vcse", "cic", "register")),
        ({"legal_form": "company"}, {}, ("business", "company", "register")),
        (None, {"form": "cooperative", "register": "mutuals"}, ("vcse", "cooperative", "register")),
        (None, None, ("unknown", None, None)),
    ],
)
def test_the_register_outweighs_the_profile(make: Any, profile: Any, body: Any, expected: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        linked = {}
        if profile is not None:
            linked["enterprise_id"] = factories.an_enterprise(**profile)
        if body is not None:
            linked["body_id"] = a_body(**body)
        a_payee(anchor, (1, ""), name="Brightwell", **linked)
        assert kinds(anchor) == {expected}

    make(story)


def test_a_company_that_is_a_charity_too_is_one_by_the_register(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_body(register="charities-ew", number="1122334", form="charity", company_number="01234567")
        linked = a_payee(anchor, (1, ""), body_id=a_body(number="01234567"))
        declared = factories.an_enterprise(legal_form="company", charity_number="1122334")
        own = a_payee(anchor, (1, ""), enterprise_id=declared)
        found = payee_kinds.kinds_of(anchor)
        assert {found[linked].grade, found[own].grade} == {"register"}
        assert {found[linked].form, found[own].form} == {"charity"}

    make(story)


def test_a_link_that_waits_to_be_settled_says_nothing(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (1, ""), name="Brightwell", body_id=a_body(form="cic"), state="review")
        assert kinds(anchor) == {("unknown", None, None)}

    make(story)


def test_turnover_counts_only_where_the_enterprise_shows_it(make: Any) -> None:
    def story() -> None:
        from procure.models import now

        anchor = factories.an_anchor()
        rich = {"workforce": 20, "turnover_pence": 90_000_000_00, "legal_form": "company"}
        hidden = a_payee(anchor, (1, ""), enterprise_id=factories.an_enterprise(**rich))
        shown = a_payee(anchor, (20, ""), enterprise_id=factories.an_enterprise(shares_details_at=now(), **rich))
        nobody = a_payee(anchor, (300, ""))
        found = payee_kinds.kinds_of(anchor)
        assert [found[payee].is_sme for payee in (hidden, shown, nobody)] == [True, False, None]
        told = {key: share.total for key, share, _ in shares.local_spend(anchor, AREA).cut("sme")}
        assert told == {"yes": 1, "no": 20, "unknown": 300}

    make(story)


def test_the_money_of_all_kinds_is_all_the_money(make: Any) -> None:
    def story() -> None:
        anchor, other = factories.an_anchor(), factories.an_anchor()
        a_shared_office("1 agent house", "B18 5AB")
        a_payee(anchor, (1, "B18 1AA"), (20, ""), name="Brightwell CIC")
        a_payee(anchor, (300, ""), body_id=a_body("B18 5AB", street="1 agent house"))
        a_payee(anchor, (-4000, "M1 1AE"), state="person")
        a_payee(anchor, (50000, ""), name="Anytown City Council")
        a_payee(other, (600000, ""), name="Brightwell CIC")
        found = shares.local_spend(anchor, AREA).kinds
        assert dict(found) == {
            ("vcse", "inferred"): Share(local=1, unplaced=20),
            ("business", "register"): Share(local=300, local_shared=300),
            ("public_body", "inferred"): Share(unplaced=50000),
            ("person", "declared"): Share(elsewhere=-4000),
        }
        assert sum((share for _, share in found), Share()) == shares.local_spend(anchor, AREA).whole

    make(story)
