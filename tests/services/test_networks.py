"""Support networks: members from a file, by hand, and their right to speak for themselves."""

from typing import Any

import pytest

from procure.extensions import db
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.networks import member_rows, networks

from .. import factories
from .stories import acting_for, enterprise_of

TOLD: dict[str, Any] = {
    "row": 2, "name": "Lock Bakery", "postcode": "B18 5AB", "contact_name": None, "contact_email": None,
    "telephone": None, "website": None, "kind": "cic", "what_they_do": ["catering", "event food"], "cpv": [],
    "areas": [], "capacity": [], "capacity_pence": None, "turnover_pence": None, "insurance_pence": None,
    "certificates": [], "company_number": None, "charity_number": None, "social_value": [],
}  # fmt: skip


def a_network() -> int:
    return factories.an_organisation("Brook Support", is_network=True)


def test_capacity_joins_the_statement_it_speaks_of_and_no_code_is_lost() -> None:
    capacity = [{"name": "event food", "units": 3, "unit": "events"}, {"name": "bread", "units": 90, "unit": "loaves"}]
    codes = ["55520000", "55524000", "15811000", "39000000"]
    made = member_rows.facts_of({**TOLD, "capacity": capacity, "cpv": codes})["capabilities"]
    assert [(one.statement, one.units, one.unit, one.cpv) for one in made] == [
        ("catering", None, None, "55520000"),
        ("event food", 3, "events", "55524000"),
        ("bread", 90, "loaves", "15811000"),
        ("Work under CPV code 39000000", None, None, "39000000"),
    ]


def test_what_no_measure_counts_is_still_told() -> None:
    asks = [{"measure": "community gardens", "quantity": 3}, {"measure": "pounds spent with VCSEs", "quantity": 5}]
    asks.append({"measure": "local jobs", "quantity": 10})
    facts = member_rows.facts_of({**TOLD, "social_value": asks, "website": "https://lock.example.org"})
    assert facts["summary"] == "catering; event food. Also offers 3 community gardens. https://lock.example.org"
    assert [(one.measure, one.quantity) for one in facts["offers"]] == [("local_jobs", 10), ("vcse_spend", 500)]


@pytest.mark.parametrize(
    ("changes", "answered"),
    [
        ({}, 2),
        ({"kind": None}, 0),
        ({"areas": ["B18"]}, 3),
        ({"areas": ["B18"], "turnover_pence": 1, "insurance_pence": 1, "contact_email": "a@example.org"}, 6),
    ],
)
def test_a_row_answers_the_questions_up_to_its_first_gap(changes: dict[str, Any], answered: int) -> None:
    assert member_rows.facts_of({**TOLD, **changes})["answered"] == answered


def test_a_network_finds_only_whom_it_registered(make: Any) -> None:
    def story() -> None:
        network, other = a_network(), a_network()
        member = factories.an_enterprise("Lock Bakery", registered_by_id=network)
        assert networks.find_member(member, of=network).organisation_id == member
        with pytest.raises(NotFoundError):
            networks.find_member(member, of=other)
        with pytest.raises(NotFoundError):
            networks.invite_claim(member, "a@example.org", by=acting_for(other, "network:admin"))

    make(story)


def test_an_enterprise_known_by_name_and_place_or_number_is_not_made_again(make: Any) -> None:
    def story() -> None:
        factories.an_enterprise("Lock Bakery", postcode="B18 5AB", company_number="99001234")
        known = networks.known_already
        assert known("LOCK bakery ", "B18 5AB", (None, None))
        assert known("Quite Other", "B19 1AA", ("99001234", None))
        assert known("Lock Bakery", "B19 1AA", (None, None)) is None

    make(story)


def test_who_speaks_for_itself_is_not_invited_again(make: Any) -> None:
    def story() -> None:
        network = a_network()
        by = acting_for(network, "network:adviser")
        member = factories.an_enterprise("Lock Bakery", registered_by_id=network)
        with pytest.raises(RefusedError):
            networks.invite_claim(member, "", by=by)
        factories.a_member(member, "enterprise", "admin")
        with pytest.raises(ConflictError):
            networks.invite_claim(member, "a@example.org", by=by)

    make(story)


def test_members_are_counted_by_gaps_and_by_who_speaks(make: Any) -> None:
    def story() -> None:
        from procure.models import now

        network = a_network()
        factories.an_enterprise(registered_by_id=network, answered=2)
        factories.an_enterprise(registered_by_id=network, claimed_at=now())
        factories.an_enterprise()
        assert networks.counts_of(network) == {"members": 2, "incomplete": 1, "claimed": 1}

    make(story)


def test_each_member_has_its_best_lot(make: Any) -> None:
    def story() -> None:
        network, anchor = a_network(), factories.an_anchor()
        catering = (("Hot meals cooked for wards", "55520000", "meals a day", 80),)
        cook = factories.an_enterprise("Cook", registered_by_id=network, capabilities=catering)
        idle = factories.an_enterprise("Idle", registered_by_id=network)
        lot = factories.a_lot(anchor, "Ward catering")
        db.session.expire_all()
        fits = networks.fitting_lots([enterprise_of(cook), enterprise_of(idle)])
        assert fits[cook].lots == 1
        assert fits[cook].best is not None
        assert fits[cook].best.id == lot
        assert fits[idle] == networks.NO_FIT

    make(story)
