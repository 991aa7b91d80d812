"""The barrier meter on real rows, the law of a lot, the reasons record, and who would remain."""

import random
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from procure.extensions import db
from procure.models import Enterprise, LawfulAnswer, Lot, Organisation
from procure.rules import Gate
from procure.services.enterprises import offers
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.law import barriers, forms_of_bidding, lawful_answers, regimes, reserving
from procure.services.law.barriers import Answered
from procure.services.law.lawful_answers import Given
from procure.services.ranking import field

from .. import factories
from .stories import acting_for

TODAY = date(2026, 11, 22)
MEALS = ("Hot meals cooked for wards", "55520000", "meals a day", 80)
COVER = ("insurance", "Public liability", 1_000_000_000)
TURNOVER = ("turnover", "Turnover", 50_000_000)
DBS = ("certificate_each", "DBS", None)


def a_cook(name: str, **facts: Any) -> int:
    plain = {"capabilities": (MEALS,), "turnover_pence": 90_000_000, "capacity_pence": 5_000_000}
    return factories.an_enterprise(name, **{**plain, **facts})


def held(pence: int = 1_000_000_000) -> tuple[tuple[str, str, int | None, date | None], ...]:
    return (("insurance", "Public liability", pence, None), ("certificate", "DBS", None, None))


def the_lot(lot_id: int) -> Lot:
    db.session.expire_all()
    found = db.session.get(Lot, lot_id)
    assert found is not None
    return found


def meter(lot_id: int, **kwargs: Any) -> barriers.Meter:
    lot = the_lot(lot_id)
    return barriers.read_meter(lot, regimes.law_of(lot, on=TODAY), on=TODAY, **kwargs)


def buyer_of(anchor: int) -> Any:
    return acting_for(anchor, "anchor:buyer")


def test_each_gate_counts_whom_it_alone_shuts_out_and_what_that_loses(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_cook("Able", holdings=held())
        a_cook("Thinly insured", holdings=held(500_000_000))
        a_cook("Small", holdings=held(), turnover_pence=1, postcode="M1 1AE", legal_form="company", capacity_pence=None)
        a_cook("Both", holdings=held(1), turnover_pence=1)
        a_cook("Silent", answered=4, turnover_pence=None)
        factories.an_enterprise("Cleaner", capabilities=(("Daily cleaning", "90919200", "hours", 9),))
        lot = factories.a_lot(anchor, gates=(TURNOVER, COVER, DBS))
        read = meter(lot)
        assert (len(read.field.members), read.field.registered, read.local, read.vcse) == (5, 6, 4, 4)
        turnover, cover, dbs = read.lines
        assert (turnover.shut_out, turnover.barrier.local, turnover.barrier.vcse) == (1, 0, 0)
        assert (turnover.loss.pence_a_year, turnover.loss.unsaid) == (0, 1)
        assert (cover.shut_out, cover.barrier.local, cover.barrier.vcse) == (1, 1, 1)
        assert (cover.loss.pence_a_year, [units for _, units in cover.loss.units]) == (5_000_000, [80])
        assert (dbs.shut_out, dbs.barrier.states["unknown"]) == (0, 1)
        assert (len(read.remaining.ids), read.remaining.sure) == (2, 1)

    make(story)


def test_an_amount_that_is_not_shared_shuts_nobody_out(make: Any) -> None:
    def story() -> None:
        network = factories.an_organisation(is_network=True)
        a_cook("Private", holdings=held(1), turnover_pence=1, registered_by_id=network)
        lot = factories.a_lot(factories.an_anchor(), gates=(TURNOVER, COVER))
        read = meter(lot)
        assert [line.barrier.states["unknown"] for line in read.lines] == [1, 1]
        assert len(read.remaining.ids) == 1

    make(story)


def test_a_change_can_be_tried_before_it_is_kept(make: Any) -> None:
    def story() -> None:
        a_cook("Thinly insured", holdings=held(500_000_000))
        lot = factories.a_lot(factories.an_anchor(), gates=(COVER, DBS))
        assert meter(lot).what_if is None
        milder = Gate("insurance", "Public liability", 500_000_000)
        for change in (milder, None):
            read = meter(lot, changes={0: change})
            assert read.what_if is not None
            assert (len(read.remaining.ids), len(read.what_if.ids)) == (0, 1)
        assert the_lot(lot).gates[0].amount_pence == 1_000_000_000

    make(story)


def answered(lot_id: int, **facts: Any) -> Answered:
    lot = the_lot(lot_id)
    subject = barriers.subject_of(barriers.gates_of(lot)[0])
    plain = Answered(0, subject, "keep", "Meals go to sick people", 0, lot.version)
    return replace(plain, **facts)


def test_the_buyers_answer_is_kept_and_changes_the_gate(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = buyer_of(anchor)
        lot = factories.a_lot(anchor, gates=(COVER, DBS))
        barriers.answer_gate(lot, answered(lot), by=by)
        first = regimes.law_of(the_lot(lot), on=TODAY).seen("gate", "insurance: Public liability")
        lower = Gate("insurance", "Public liability", 500_000_000)
        job = barriers.answer_gate(lot, answered(lot, action="change", gate=lower, seen=first), by=by)
        assert job is not None
        assert [(gate.name, gate.amount_pence) for gate in the_lot(lot).gates] == [
            ("Public liability", 500_000_000), ("DBS", None),
        ]  # fmt: skip
        told = [one.told for one in db.session.scalars(lawful_answers.answers_of(the_lot(lot)))]
        assert told == [
            "Changed Public liability of £10,000,000 to Public liability of £5,000,000",
            "Kept Public liability of £10,000,000",
        ]
        barriers.answer_gate(lot, answered(lot, action="drop", seen=first + 1), by=by)
        assert [gate.name for gate in the_lot(lot).gates] == ["DBS"]

    make(story)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        pytest.param({"reason": "  "}, RefusedError, id="no reason"),
        pytest.param({"seen": 7}, ConflictError, id="a colleague answered first"),
        pytest.param({"version": 7}, ConflictError, id="the lot changed"),
        pytest.param({"subject": "certificate: DBS"}, ConflictError, id="another gate stands there now"),
        pytest.param({"place": 5}, ConflictError, id="the gate is gone"),
        pytest.param({"action": "change", "gate": Gate(*COVER)}, RefusedError, id="no change at all"),
    ],
)
def test_an_answer_that_cannot_stand_changes_nothing(make: Any, facts: dict[str, Any], error: type) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        lot = factories.a_lot(anchor, gates=(COVER,))
        with pytest.raises(error):
            barriers.answer_gate(lot, answered(lot, **facts), by=buyer_of(anchor))
        db.session.rollback()
        assert db.session.scalars(lawful_answers.answers_of(the_lot(lot))).all() == []
        with pytest.raises(NotFoundError):
            barriers.answer_gate(lot, answered(lot), by=buyer_of(factories.an_anchor()))

    make(story)


def test_the_quick_rule_of_kin_is_the_rule_of_offers() -> None:
    dice = random.Random(5)
    words = ["hot", "meals", "cooked", "cleaning", "wards", "cleaner", "catering", "of", "daily"]
    codes = [None, "55520000", "55000000", "90919200", "90900000", "85121100", "bad"]
    units = [None, "meals a day", "hot meals", "meals", "hours a week", "cleaning hours", "cleaning hours a week", "&"]
    for _ in range(2_000):
        need, said = (
            cast(Any, SimpleNamespace(name=text, statement=text, cpv=dice.choice(codes), unit=dice.choice(units)))
            for text in (" ".join(dice.sample(words, 2)), " ".join(dice.sample(words, 3)))
        )
        is_kin = field.kin_test([need])(said.statement, said.cpv, said.unit)
        assert is_kin == offers.is_same_kind(need, said), (need, said)


def test_the_database_lets_through_every_statement_the_rule_says_yes_to(make: Any) -> None:
    def story() -> None:
        said = ("Flies tied by hand", "Children’s parties", "Caf&eacute; services", "Buses for outings", "Assessments")
        for statement in said:
            factories.an_enterprise(statement, capabilities=(statement,))
        for need in ("fly tying", "children's party", "bus outing", "assessing needs", "hand"):
            lot = factories.a_lot(factories.an_anchor(), needs=((need, None, None, 1, 100),))
            one = the_lot(lot).needs
            found = {member.name for member in field.field_of(the_lot(lot)).members}
            assert found == {statement for statement in said if field.kin_test(one)(statement, None, None)}
            assert found

    make(story)


def law(lot_id: int) -> regimes.LawOfLot:
    return regimes.law_of(the_lot(lot_id), on=TODAY)


def test_health_care_is_asked_about_and_then_gets_no_advice_of_the_procurement_act(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor(sector="council")
        lot = factories.a_lot(anchor, cpv="85121100", gates=(TURNOVER,))
        before = law(lot)
        assert (before.asks_health, before.regime, before.reservations, before.timetable) == (True, None, (), None)
        lawful_answers.keep(lot, Given("health_care", "yes", "Yes", 0), by=buyer_of(anchor))
        after = law(lot)
        assert (after.kind, after.reservations) == ("psr", ())
        assert after.timetable is not None
        assert after.timetable.notices == ()
        told = " ".join(one.source + one.words for line in meter(lot).lines for one in line.advice)
        assert "Act" not in told
        lawful_answers.keep(lot, Given("health_care", "no", "No", after.seen("health_care")), by=buyer_of(anchor))
        assert law(lot).kind == "below_threshold"

    make(story)


def test_a_university_is_not_asked_about_health_care(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor(sector="university"), cpv="85121100")
        assert not law(lot).asks_health

    make(story)


def test_an_officer_may_decide_otherwise_and_it_is_never_called_verified(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor(sector="council")
        lot = factories.a_lot(anchor)
        by = buyer_of(anchor)
        lawful_answers.keep(lot, Given("regime", "above_threshold", "Above", 0, reason="Part of a programme"), by=by)
        decided = law(lot)
        assert decided.regime is not None
        assert (decided.kind, decided.is_overridden, decided.regime.verified) == ("above_threshold", True, False)
        assert [one.kind for one in decided.reservations] == ["supported_employment", "public_service_mutual"]
        lawful_answers.keep(lot, Given("regime", "found", "As found", decided.seen("regime"), reason="Mistake"), by=by)
        assert law(lot).kind == "below_threshold"
        assert db.session.query(LawfulAnswer).filter_by(organisation_id=anchor).count() == 2

    make(story)


def test_a_lot_without_a_value_is_asked_for_it(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor(), value_pence=None)
        assert "worth" in law(lot).asks

    make(story)


def test_a_reservation_counts_who_would_remain_and_who_is_not_known(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor(sector="council")
        a_cook("Near charity", legal_form="charity", workforce=20)
        a_cook("Near firm", legal_form="company", workforce=None)
        a_cook("Far charity", legal_form="charity", workforce=20, postcode="M1 1AE")
        a_cook("Nowhere", legal_form="other", workforce=300, postcode=None)
        lot = factories.a_lot(anchor)
        options = reserving.options_for(the_lot(lot), law(lot), field.field_of(the_lot(lot)))
        counted = {way.words: (way.remain, way.unknown) for option in options for way in option.ways}
        assert counted["Around us: any supplier"] == (2, 1)
        assert counted["Around us: charities and social enterprises"] == (1, 1)
        assert counted["Around us: small and medium firms"] == (1, 1)
        assert counted["Anywhere: small and medium firms"] == (2, 1)
        assert counted["Anywhere: charities and social enterprises"] == (2, 1)

    make(story)


def test_the_consortium_is_tried_in_every_form_and_for_section_32(make: Any) -> None:
    def story() -> None:
        from procure.services.ranking import proposals

        anchor = factories.an_anchor()
        people = {"workforce": 10, "disadvantaged_workforce": 1, "turnover_pence": 30_000_000}
        a_cook("One", capabilities=(("Ward meals cooked", "55520000", "meals a day", 60),), **people)
        a_cook("Two", capabilities=(("Ward meals cooked", "55520000", "meals a day", 60),), **people)
        helper = factories.an_enterprise(
            "Helper", capabilities=(("Meals packed", "55520000", "trays", 1),), workforce=10, disadvantaged_workforce=9
        )
        assert helper
        lot = factories.a_lot(anchor, gates=(TURNOVER,))
        proposals.propose(the_lot(lot), on=TODAY)
        db.session.commit()
        page = forms_of_bidding.forms_page(the_lot(lot), field.field_of(the_lot(lot)))
        assert {one.form.kind: one.state for one in page.tests} == {"lead": "not_met", "joint": "met", "company": "met"}
        assert page.supported is not None
        assert (page.supported.share.people, page.supported.share.is_reached) == (20, False)
        assert page.supported.to_add == ("Helper",)

    make(story)


def test_a_suspended_enterprise_is_not_counted(make: Any) -> None:
    def story() -> None:
        cook = a_cook("Gone")
        lot = factories.a_lot(factories.an_anchor(), gates=(COVER,))
        assert len(meter(lot).field.members) == 1
        from procure.models import now

        db.session.get_one(Organisation, cook).suspended_at = now()
        db.session.commit()
        assert meter(lot).field.members == ()
        assert db.session.get(Enterprise, cook) is not None

    make(story)
