"""What would open the most work to an enterprise."""

from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Organisation, now
from procure.services.lots import interests
from procure.services.ranking import ladders, matches

from .. import factories
from .stories import acting_for, enterprise_of

WHOLE = (("Ward catering", "55520000", "meals a day", 100),)
PART = (("Ward catering", "55520000", "meals a day", 60),)
EACH, ANY = ("certificate_each", "DBS", None), ("certificate_any", "ISO 9001", None)


def told(organisation: int) -> list[tuple[tuple[str, ...], int, int]]:
    ladder = ladders.ladder_for(enterprise_of(organisation))
    return [(tuple(thing.title for thing in rung.things), len(rung.lots), rung.pence) for rung in ladder.rungs]


def test_the_rungs_go_by_money_and_no_lot_counts_twice(make: Any) -> None:
    def story() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise(capabilities=WHOLE, turnover_pence=5)
        factories.a_lot(anchor, "Free")
        factories.a_lot(anchor, "One", gates=(EACH,))
        factories.a_lot(anchor, "Two", gates=(EACH,))
        factories.a_lot(anchor, "Both", gates=(EACH, ANY))
        assert told(cook) == [(("Get DBS",), 2, 20_000_000), (("Get ISO 9001",), 1, 10_000_000)]
        assert [lot.title for lot in ladders.ladder_for(enterprise_of(cook)).open_now] == ["Free"]

    make(story)


def test_more_cover_opens_every_lot_that_asks_for_less(make: Any) -> None:
    def story() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise(capabilities=WHOLE)
        for pence in (200_000_000, 500_000_000):
            factories.a_lot(anchor, gates=(("insurance", "Public liability", pence),))
        assert told(cook) == [(("Public liability of £5,000,000",), 2, 20_000_000)]

    make(story)


def test_cover_that_ran_out_is_renewed_not_bought_anew(make: Any) -> None:
    def story() -> None:
        held = (("insurance", "Public liability", 500_000_000, date(2020, 1, 1)),)
        cook = factories.an_enterprise(capabilities=WHOLE, holdings=held)
        factories.a_lot(factories.an_anchor(), gates=(("insurance", "Public liability", 200_000_000),))
        assert told(cook) == [(("Renew Public liability of £2,000,000",), 1, 10_000_000)]

    make(story)


def test_what_is_only_not_said_yet_is_an_answer(make: Any) -> None:
    def story() -> None:
        cook = factories.an_enterprise(capabilities=WHOLE, turnover_pence=None)
        factories.a_lot(factories.an_anchor(), gates=(("turnover", "Turnover", 1_000),))
        rung = ladders.ladder_for(enterprise_of(cook)).rungs[0]
        assert rung.is_answer
        assert rung.things[0].question == 4

    make(story)


def test_turnover_asks_for_a_partner_and_names_none(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise(capabilities=WHOLE, turnover_pence=40_000_00)
        factories.an_enterprise("Rich", capabilities=WHOLE, turnover_pence=900_000_00)
        factories.a_lot(anchor, gates=(("turnover", "Turnover", 100_000_00),))
        assert told(cook) == [(("A partner with a turnover of £60,000 or more",), 1, 10_000_000)]

    make(story)


def test_a_partner_is_named_for_the_part_that_is_short(make: Any) -> None:
    def story() -> None:
        cook = factories.an_enterprise("Cook", capabilities=PART)
        factories.an_enterprise("Helper", capabilities=(("Ward catering", "55520000", "meals a day", 40),))
        factories.an_enterprise("Too small", capabilities=(("Ward catering", "55520000", "meals a day", 39),))
        factories.a_lot(factories.an_anchor())
        assert told(cook) == [(("Helper as a partner",), 1, 10_000_000)]

    make(story)


def test_a_partner_who_holds_the_certificate_would_do_instead_of_getting_it(make: Any) -> None:
    def story() -> None:
        cook = factories.an_enterprise("Cook", capabilities=WHOLE)
        held = (("certificate", "ISO 9001", None, None),)
        factories.an_enterprise("Holder", capabilities=WHOLE, holdings=held)
        factories.a_lot(factories.an_anchor(), gates=(ANY,))
        rung = ladders.ladder_for(enterprise_of(cook)).rungs[0]
        assert [thing.title for thing in rung.things] == ["Get ISO 9001"]
        assert [thing.title for thing in rung.instead] == ["Holder as a partner"]

    make(story)


def test_a_partner_who_lacks_what_every_partner_must_hold_is_no_way_out(make: Any) -> None:
    def story() -> None:
        held = (("certificate", "DBS", None, None),)
        cook = factories.an_enterprise("Cook", capabilities=PART, holdings=held)
        factories.an_enterprise("Helper", capabilities=WHOLE)
        factories.a_lot(factories.an_anchor(), gates=(EACH,))
        ladder = ladders.ladder_for(enterprise_of(cook))
        assert ladder.rungs == ()
        assert len(ladder.out_of_reach) == 1

    make(story)


@pytest.mark.parametrize("theirs", [(), (("insurance", "Public liability", 900_000_000, None),)])
def test_whether_a_partner_is_named_tells_nothing_of_its_insurance(make: Any, theirs: Any) -> None:
    def story() -> None:
        mine = (("insurance", "Public liability", 500_000_000, None),)
        cook = factories.an_enterprise("Cook", capabilities=PART, holdings=mine)
        helping = (("Ward catering", "55520000", "meals a day", 40),)
        factories.an_enterprise("Helper", capabilities=helping, holdings=theirs)
        factories.a_lot(factories.an_anchor(), gates=(("insurance", "Public liability", 500_000_000),))
        rung = ladders.ladder_for(enterprise_of(cook)).rungs[0]
        assert [thing.title for thing in rung.things] == ["Helper as a partner"]
        assert "Ask them about the insurance" in rung.things[0].advice

    make(story)


@pytest.mark.parametrize("change", ["suspended partner", "declined lot"])
def test_suspended_partners_and_declined_lots_are_out_of_it(make: Any, change: str) -> None:
    def story() -> None:
        cook = factories.an_enterprise("Cook", capabilities=PART)
        helper = factories.an_enterprise("Helper", capabilities=WHOLE)
        lot = factories.a_lot(factories.an_anchor())
        if change == "declined lot":
            by = acting_for(cook)
            interests.answer(matches.find_lot(lot), "not_for_us", reason="no", is_open=True, by=by)
        else:
            found = db.session.get(Organisation, helper)
            assert found is not None
            found.suspended_at = now()
        db.session.commit()
        assert told(cook) == []

    make(story)


def test_only_what_has_a_source_has_a_cost(make: Any) -> None:
    def story() -> None:
        cook = factories.an_enterprise("Cook", capabilities=WHOLE)
        anchor = factories.an_anchor()
        factories.a_lot(anchor, gates=(("certificate_each", "Cyber Essentials", None),))
        factories.a_lot(anchor, gates=(("certificate_each", "ISO 9001", None),))
        costs = [rung.things[0].cost for rung in ladders.ladder_for(enterprise_of(cook)).rungs]
        assert sorted(cost is None for cost in costs) == [False, True]

    make(story)
