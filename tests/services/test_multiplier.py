"""LM3 from what is stored: every penny counted or left out with its reason, and a range that holds."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from procure.extensions import db
from procure.models import (
    AuditEntry,
    LocalArea,
    MonthlySpend,
    OutgoingMail,
    Payee,
    PayeeSite,
    PostcodePlace,
    RespendAnswer,
    RespendSurvey,
)
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.multiplier import multiplier, multiplier_answers, multiplier_staff, multiplier_surveys
from procure.services.shares import areas, spend_periods, spend_rules, spend_vat
from procure.spend import Spending

from .. import factories
from .places import a_body, a_payee, a_shared_office, a_site, an_officer

HERE, THERE = "B18 5AA", "M1 1AE"
HALF = Spending(staff=50, suppliers=50, local_staff=50, local_suppliers=50)
SITE = "https://procure.example"


def read(anchor: int, code: str | None = None) -> multiplier.Reading:
    area, period = areas.headline(anchor), spend_periods.find_period(code, of=anchor)
    assert area is not None
    assert period is not None
    return multiplier.read(anchor, area, period)


def bounds(anchor: int) -> tuple[float, float]:
    lm3 = read(anchor).lm3
    assert lm3 is not None
    return round(lm3.low, 4), round(lm3.high, 4)


def find(payee: int) -> Payee:
    return db.session.execute(select(Payee).where(Payee.id == payee)).scalar_one()


def asked_about(by: Actor) -> tuple[LocalArea, int]:
    """The headline area and the year suppliers are asked about now."""
    area, period = areas.headline(by.acting_for), spend_periods.find_period(None, of=by.acting_for)
    assert area is not None
    assert period is not None
    return area, period.year


def ask(payee: int, by: Actor, *, email: str | None = None, seen: int = 0) -> multiplier_surveys.Asked:
    area, year = asked_about(by)
    asked = multiplier_surveys.ask(find(payee), area, year, email=email, seen=seen, by=by, base_url=SITE)
    db.session.commit()
    return asked


def told(payee: int, answer: Spending, by: Actor, *, seen: int = 0) -> RespendAnswer:
    area, year = asked_about(by)
    found = multiplier_answers.answer_by_officer(find(payee), area, year, answer, "By phone", seen=seen, by=by)
    db.session.commit()
    return found


def token(asked: multiplier_surveys.Asked) -> str:
    return asked.link.rsplit("/", 1)[1]


def by_link(asked: multiplier_surveys.Asked, answer: Spending) -> RespendSurvey:
    survey, _ = multiplier_surveys.find_by_link(token(asked))
    multiplier_answers.answer_by_link(survey, answer, seen=survey.version)
    db.session.commit()
    return survey


def test_silence_makes_the_range_as_wide_as_the_local_money(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (699_00, HERE), name="Baker Ltd")
        a_payee(anchor, (301_00, THERE), name="Far Ltd")
        assert bounds(anchor) == (1.699, 2.398)
        lm3 = read(anchor).lm3
        assert lm3 is not None
        assert lm3.doubt == pytest.approx(0)
        assert lm3.framing == multiplier.SUPPLIERS_ONLY

    make(story)


def test_money_whose_place_is_not_known_widens_and_never_vanishes(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_shared_office("20 agent house", "B19 9ZZ")
        a_payee(anchor, (400_00, HERE), name="Baker Ltd")
        a_payee(anchor, (100_00, ""), name="Nobody Knows Ltd")
        a_payee(anchor, (100_00, ""), name="Agent Ltd", body_id=a_body("B19 9ZZ", street="20 agent house"))
        a_payee(anchor, (400_00, THERE), name="Far Ltd")
        assert bounds(anchor) == (1.4, 2.2)
        lm3 = read(anchor).lm3
        assert lm3 is not None
        assert lm3.second == (400_00, 600_00)
        assert (lm3.silence, lm3.doubt) == (pytest.approx(0.4), pytest.approx(0.4))

    make(story)


def test_what_is_no_first_round_is_left_out_with_its_pounds(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (500_00, HERE), name="Baker Ltd")
        a_payee(anchor, (300_00, HERE), name="Riverside Borough Council")
        a_payee(anchor, (70_00, HERE), name="REDACTED PERSONAL DATA")
        a_payee(anchor, (10_00, HERE), (-40_00, HERE), name="Credit Ltd")
        a_payee(anchor, (20_00, HERE), name="Mrs J Smith")
        money = read(anchor).money
        out = {each.code: (each.pence, each.payees) for each in money.left_out}
        rules = {"salaries": (0, 0), "pass_through": (0, 0), "vat": (0, 0)}
        assert out == {"transfers": (300_00, 1), "hidden": (70_00, 1), "credits": (-30_00, 1), **rules}
        assert money.pence == 520_00
        assert money.ledger_pence == 860_00
        assert money.whole.persons_pence == 20_00
        assert [one.party.paid.name for one in read(anchor).asks] == ["Baker Ltd"]

    make(story)


def test_without_a_first_round_there_is_no_figure(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        assert spend_periods.periods(anchor) == []
        a_payee(anchor, (-5, HERE), name="Credit Ltd")
        assert read(anchor).lm3 is None
        assert read(anchor).outlook == []

    make(story)


def months(anchor: int, *paid: date) -> None:
    a_payee(anchor, *((100, HERE) for _ in paid), name="Baker Ltd")
    for row, month in zip(db.session.scalars(select(MonthlySpend).order_by(MonthlySpend.id)), paid, strict=True):
        row.month = month
    factories.add_up(anchor)


def test_periods_are_financial_years_and_the_last_twelve_months(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        months(anchor, date(2024, 3, 1), date(2025, 3, 1), date(2025, 4, 1), date(2026, 1, 1))
        periods = spend_periods.periods(anchor)
        found = {each.code: (each.first, each.last, each.months_paid) for each in periods}
        assert [each.year for each in periods] == [2024, 2024, 2024, 2023]
        assert list(found) == ["to-2026-01", "2025-26", "2024-25", "2023-24"]
        assert found["to-2026-01"] == (date(2025, 2, 1), date(2026, 1, 1), 3)
        assert found["2024-25"] == (date(2024, 4, 1), date(2025, 3, 1), 1)
        assert read(anchor, "2025-26").money.pence == 200
        assert read(anchor).money.pence == 300

    make(story)


def test_twelve_months_that_are_a_financial_year_are_named_once(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        months(anchor, date(2025, 12, 1), date(2026, 3, 1))
        assert [each.code for each in spend_periods.periods(anchor)] == ["2025-26"]
        december = factories.an_anchor()
        assert spend_periods.financial_year(date(2025, 12, 1)) == 2025
        assert spend_periods.find_period("2025-26", of=december) is None

    make(story)


def test_an_answer_by_the_link_narrows_the_range(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (600_00, HERE), name="Baker Ltd")
        a_payee(anchor, (400_00, THERE), name="Far Ltd")
        asked = ask(baker, by, email="books@baker.example")
        assert asked.survey.state == "asked"
        assert bounds(anchor) == (1.6, 2.2)
        by_link(asked, HALF)
        assert bounds(anchor) == (1.9, 1.9)
        assert read(anchor).asks == []
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.recipient == "books@baker.example"
        assert asked.link in mail.body
        assert "600" not in mail.body
        kept = db.session.scalars(select(RespendSurvey)).one()
        assert token(asked) not in (kept.token_hash or "")
        assert "50" not in str([entry.detail for entry in db.session.scalars(select(AuditEntry))])

    make(story)


def test_an_answer_may_be_changed_and_counts_once(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        asked = ask(baker, an_officer(anchor))
        by_link(asked, HALF)
        by_link(asked, HALF)
        assert len(db.session.scalars(select(RespendAnswer)).all()) == 1
        by_link(asked, Spending(staff=100, suppliers=0, local_staff=100))
        assert bounds(anchor) == (3, 3)

    make(story)


def test_a_stale_page_changes_nothing(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        asked = ask(a_payee(anchor, (100, HERE), name="Baker Ltd"), an_officer(anchor))
        survey, _ = multiplier_surveys.find_by_link(token(asked))
        seen = survey.version
        by_link(asked, HALF)
        with pytest.raises(ConflictError):
            multiplier_answers.answer_by_link(survey, Spending(staff=10, local_staff=0), seen=seen)

    make(story)


def test_somebody_who_would_rather_not_is_left_alone_and_what_they_told_is_gone(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        asked = ask(baker, by)
        survey = by_link(asked, HALF)
        multiplier_answers.decline(survey, seen=survey.version)
        db.session.commit()
        assert db.session.scalars(select(RespendAnswer)).all() == []
        assert bounds(anchor) == (2, 3)
        assert read(anchor).asks == []
        with pytest.raises(RefusedError, match="rather not"):
            ask(baker, by, seen=survey.version)
        with pytest.raises(RefusedError, match="rather not"):
            told(baker, HALF, by, seen=survey.version)
        with pytest.raises(RefusedError, match="rather not answer"):
            multiplier_answers.answer_by_link(survey, Spending(), seen=survey.version)

    make(story)


def close(survey: RespendSurvey) -> None:
    from datetime import UTC, datetime

    db.session.execute(update(RespendSurvey).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    db.session.commit()
    db.session.refresh(survey)


def test_a_closed_link_takes_nothing(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        asked = ask(a_payee(anchor, (100, HERE), name="Baker Ltd"), an_officer(anchor))
        survey, _ = multiplier_surveys.find_by_link(token(asked))
        close(survey)
        for act in (
            lambda: multiplier_answers.answer_by_link(survey, HALF, seen=survey.version),
            lambda: multiplier_answers.decline(survey, seen=survey.version),
        ):
            with pytest.raises(RefusedError, match="closed"):
                act()

    make(story)


def test_one_reminder_with_a_link_of_its_own_and_no_second(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        asked = ask(a_payee(anchor, (100, HERE), name="Baker Ltd"), by, email="a@baker.example")
        reminded = multiplier_surveys.remind(asked.survey.id, seen=asked.survey.version, by=by, base_url=SITE)
        db.session.commit()
        assert reminded.link != asked.link
        for each in (asked, reminded):
            assert multiplier_surveys.find_by_link(token(each))[0].id == asked.survey.id
        assert "only reminder" in db.session.scalars(select(OutgoingMail.body)).all()[1]
        with pytest.raises(ConflictError):
            multiplier_surveys.remind(asked.survey.id, seen=reminded.survey.version, by=by, base_url=SITE)

    make(story)


def test_a_question_taken_back_has_no_link_and_can_be_asked_again(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        asked = ask(baker, by)
        with pytest.raises(ConflictError):
            ask(baker, by)
        survey = multiplier_surveys.withdraw(asked.survey.id, seen=asked.survey.version, by=by)
        db.session.commit()
        with pytest.raises(NotFoundError):
            multiplier_surveys.find_by_link(token(asked))
        again = ask(baker, by, seen=survey.version)
        assert again.survey.id == asked.survey.id
        assert again.survey.state == "asked"
        by_link(again, HALF)
        with pytest.raises(ConflictError):
            multiplier_surveys.withdraw(again.survey.id, seen=again.survey.version, by=by)

    make(story)


def test_an_officers_entry_counts_until_it_is_undone(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        answer = told(baker, HALF, by)
        assert bounds(anchor) == (2.5, 2.5)
        survey = multiplier_surveys.find(answer.survey_id, of=anchor)
        multiplier_answers.undo(answer.id, seen=survey.version, by=by)
        db.session.commit()
        assert bounds(anchor) == (2, 3)
        assert survey.state == "withdrawn"
        with pytest.raises(ConflictError):
            multiplier_answers.undo(answer.id, seen=survey.version, by=by)

    make(story)


def test_undoing_an_officers_entry_brings_the_suppliers_own_answer_back(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        survey = by_link(ask(baker, by), HALF)
        answer = told(baker, Spending(staff=100, local_staff=0), by, seen=survey.version)
        assert bounds(anchor) == (2, 2)
        own = next(each for each in multiplier_answers.history(survey) if each.given_by == "supplier")
        with pytest.raises(RefusedError, match="Only the supplier"):
            multiplier_answers.undo(own.id, seen=survey.version, by=by)
        multiplier_answers.undo(answer.id, seen=survey.version, by=by)
        db.session.commit()
        assert bounds(anchor) == (2.5, 2.5)
        assert survey.state == "answered"

    make(story)


def test_what_a_supplier_told_is_erased_when_it_asks(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        asked = ask(a_payee(anchor, (100, HERE), name="Baker Ltd"), by, email="a@baker.example")
        survey = by_link(asked, HALF)
        multiplier_answers.erase(survey.id, seen=survey.version, by=by)
        db.session.commit()
        assert db.session.scalars(select(RespendAnswer)).all() == []
        assert (survey.email, survey.token_hash, survey.state) == (None, None, "declined")
        with pytest.raises(NotFoundError):
            multiplier_surveys.find_by_link(token(asked))

    make(story)


@pytest.mark.parametrize("state", ["person", "public_body"])
def test_people_and_public_bodies_are_not_asked(make: Any, state: str) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        payee = a_payee(anchor, (100, HERE), state=state)
        for act in (lambda: ask(payee, by), lambda: told(payee, HALF, by)):
            with pytest.raises(RefusedError):
                act()

    make(story)


def test_another_anchor_sees_and_changes_nothing(make: Any) -> None:
    def story() -> None:
        anchor, other = factories.an_anchor(), factories.an_anchor()
        by, stranger = an_officer(anchor), an_officer(other)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        a_payee(other, (100, HERE), name="Baker Ltd")
        answer = told(baker, HALF, by)
        survey = multiplier_surveys.find(answer.survey_id, of=anchor)
        assert bounds(other) == (2, 3)
        for act in (
            lambda: multiplier_surveys.find(survey.id, of=other),
            lambda: multiplier_surveys.withdraw(survey.id, seen=survey.version, by=stranger),
            lambda: multiplier_surveys.remind(survey.id, seen=survey.version, by=stranger, base_url=SITE),
            lambda: multiplier_answers.undo(answer.id, seen=survey.version, by=stranger),
            lambda: multiplier_answers.erase(survey.id, seen=survey.version, by=stranger),
        ):
            with pytest.raises(NotFoundError):
                act()

    make(story)


@pytest.mark.parametrize("word", ["", "x", "1", "1.", "9999999.abc", "²." + "a" * 43, "1.é"])
def test_a_link_nobody_made_opens_nothing(make: Any, word: str) -> None:
    def story() -> None:
        with pytest.raises(NotFoundError):
            multiplier_surveys.find_by_link(word)

    make(story)


def test_a_survey_outlives_its_payee_and_follows_the_name_it_is_merged_into(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        head = a_payee(anchor, (100, HERE), name="Marsh Bakery Limited")
        other = a_payee(anchor, (100, HERE), name="Baker Ltd")
        told(other, HALF, by)
        assert bounds(anchor) == (2.25, 2.75)
        db.session.execute(update(Payee).where(Payee.id == other).values(merged_into_id=head))
        db.session.commit()
        assert bounds(anchor) == (2.5, 2.5)

    make(story)


def test_an_answer_about_another_area_does_not_count(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (100, HERE), name="Baker Ltd")
        answer = told(baker, HALF, by)
        db.session.execute(update(LocalArea).where(LocalArea.organisation_id == anchor).values(outcodes=["B18"]))
        db.session.commit()
        reading = read(anchor)
        assert bounds(anchor) == (2, 3)
        assert reading.told.earlier_area == 1
        survey = multiplier_surveys.find(answer.survey_id, of=anchor)
        ask(baker, by, seen=survey.version)
        assert bounds(anchor) == (2, 3)
        assert multiplier_answers.in_force([survey.id], of=anchor) == {}

    make(story)


def save_staff(anchor: int, by: Actor, *, seen: int = 0, respent: int | None = None, **figures: Any) -> int:
    area, period = areas.headline(anchor), spend_periods.find_period(None, of=anchor)
    assert area is not None
    assert period is not None
    facts = {"pay_pence": 400_00, "local_pence": 200_00, "source": "Payroll", **figures}
    pay = multiplier_staff.save(area, period, respent=respent, seen=seen, by=by, **facts)
    db.session.commit()
    return pay.id


def test_own_staff_count_where_an_officer_gives_a_source(make: Any) -> None:
    """The worked example: 1.89."""

    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        firms = a_payee(anchor, (40_000_00, HERE), name="Baker Ltd")
        a_payee(anchor, (40_000_00, THERE), name="Far Ltd")
        told(firms, HALF, by)
        staff = {"pay_pence": 20_000_00, "local_pence": 20_000_00}
        first = save_staff(anchor, by, **staff)
        assert bounds(anchor) == (1.8, 2.0)
        save_staff(anchor, by, seen=first, respent=45, **staff)
        lm3 = read(anchor).lm3
        assert lm3 is not None
        assert lm3.framing == multiplier.WITH_STAFF
        assert round(lm3.low, 2) == round(lm3.high, 2) == 1.89
        standing = read(anchor).staff
        assert standing is not None
        multiplier_staff.take_back(standing.id, by=by)
        db.session.commit()
        assert bounds(anchor) == (1.75, 1.75)
        with pytest.raises(ConflictError):
            multiplier_staff.take_back(standing.id, by=by)
        with pytest.raises(ConflictError):
            save_staff(anchor, by, seen=first, **staff)

    make(story)


@pytest.mark.parametrize("wrong", [{"pay_pence": 0}, {"local_pence": 500_00}, {"source": " "}, {"respent": 101}])
def test_own_staff_figures_that_cannot_be_are_refused(make: Any, wrong: dict[str, Any]) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (100, HERE))
        with pytest.raises(RefusedError):
            save_staff(anchor, an_officer(anchor), **wrong)

    make(story)


def test_those_named_narrow_the_range_most_and_the_outlook_holds_what_comes(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        dice = random.Random(5)
        for number in range(9):
            postcode = dice.choice([HERE, HERE, ""])
            a_payee(anchor, (dice.randint(1, 900_00), postcode), name=f"Firm {number} Ltd")
        before = read(anchor)
        now = dict(before.outlook)["Now"]
        assert len(before.asks) == 5
        promised = before.asks[0].effect
        told(before.asks[0].party.paid.payee_id, HALF, by)
        after = read(anchor).lm3
        assert after is not None
        assert promised.least - 1e-9 <= now.width - after.width <= promised.most + 1e-9
        for ask_of in read(anchor).asks[:4]:
            told(ask_of.party.paid.payee_id, HALF, by)
        at_last = read(anchor).lm3
        expected = dict(before.outlook)["If they spend half here"]
        assert at_last is not None
        assert (at_last.low, at_last.high) == (pytest.approx(expected.low), pytest.approx(expected.high))

    make(story)


def test_the_headings_of_ledgers_say_what_may_hold_vat(make: Any) -> None:
    def story(sheets: Callable[[str], list[dict[str, Any]]]) -> None:
        from procure.models import Ledger

        anchor = factories.an_anchor()
        for heading, pence in (("Net amount", 5), ("Gross amount", 7), ("Amount", 11), ("Net amount and VAT", 13)):
            a_payee(anchor, (pence, HERE), name=heading)
            last = db.session.scalars(select(Ledger).order_by(Ledger.id.desc())).first()
            assert last is not None
            last.sheets = sheets(heading)
        db.session.commit()
        period = spend_periods.find_period(None, of=anchor)
        assert period is not None
        assert spend_vat.pence_by_vat_in(anchor, period) == {"told": 13, "net": 5, "gross": 7, None: 11}

    def sheets(heading: str) -> list[dict[str, Any]]:
        fields = zip(("amount", "vat"), heading.split(" and "), strict=False)
        return [{"sheet": "", "columns": [{"field": field, "heading": words} for field, words in fields]}]

    make(story, sheets)


def test_categories_left_out_of_the_local_share_are_no_first_round_either(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        by = an_officer(anchor)
        baker = a_payee(anchor, (500_00, HERE), (80_00, HERE), name="Baker Ltd")
        row = db.session.scalars(select(MonthlySpend).where(MonthlySpend.pence == 80_00)).one()
        row.category = "Salaries"
        db.session.commit()
        assert read(anchor).money.pence == 580_00
        spend_rules.switch("salaries", is_on=True, reason="We count purchases", categories=[], seen=0, by=by)
        db.session.commit()
        money = read(anchor).money
        assert money.pence == 500_00
        assert next((each.pence, each.payees) for each in money.left_out if each.code == "salaries") == (80_00, 1)
        assert money.ledger_pence == 580_00
        assert [party.payee_id for party in money.parties.asked(1, 9)] == [baker]

    make(story)


def test_an_area_of_any_kind_has_its_lm3(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (100, HERE), name="Baker Ltd")
        a_payee(anchor, (100, THERE), name="Far Ltd")
        a_payee(anchor, (100, "AB10 1AA"), name="Unknown Ltd")
        for postcode, authority in ((HERE, "E08000025"), (THERE, "E08000003")):
            db.session.add(PostcodePlace(postcode=postcode, authority=authority, edition_id=1))
        db.session.execute(
            update(LocalArea)
            .where(LocalArea.organisation_id == anchor)
            .values(kind="local_authorities", codes=["E08000025"])
        )
        db.session.commit()
        lm3 = read(anchor).lm3
        assert lm3 is not None
        assert lm3.second == (100, 200)

    make(story)


def test_lm3_follows_at_once_when_money_moves(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        firm = a_payee(anchor, (100, ""), name="Nobody Knows Ltd")
        assert bounds(anchor) == (1, 3)
        site = a_site(anchor, firm, "delivery", HERE)
        assert bounds(anchor) == (2, 3)
        db.session.delete(db.session.execute(select(PayeeSite).where(PayeeSite.id == site)).scalar_one())
        db.session.commit()
        assert bounds(anchor) == (1, 3)
        a_payee(anchor, (100, THERE), name="Far Ltd")
        assert bounds(anchor) == (1, 2)

    make(story)


def test_what_a_supplier_told_under_one_of_its_names_counts_for_all_of_them(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_payee(anchor, (100, HERE), name="Baker Limited")
        told(a_payee(anchor, (100, HERE), name="*BAKER LTD."), HALF, an_officer(anchor))
        assert bounds(anchor) == (2.5, 2.5)

    make(story)
