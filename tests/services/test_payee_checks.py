"""Payees against the registers that are loaded: bodies and enterprises as one, indexed once, asked again in time."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select, update

from procure import jobs
from procure.extensions import db
from procure.models import (
    Edition,
    Enterprise,
    Job,
    Ledger,
    MonthlySpend,
    Organisation,
    Payee,
    Payment,
    RegisteredBody,
    Upload,
    now,
)
from procure.services.actors import Actor
from procure.services.editions import reference_editions, reference_loading
from procure.services.enterprises import profiles
from procure.services.enterprises.profiles import Edit
from procure.services.payees import payee_checks, payee_index

from .. import factories
from ..ground.registers import published
from .registered import a_body, an_edition, some_bodies


def paid(anchor: int, *names: str, **line: Any) -> list[int]:
    """Payees of one confirmed ledger of this anchor."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a", stored_name=f"{anchor}{names}", sha256="", size_bytes=1
    )
    made = [Payee(organisation_id=anchor, name=name) for name in names]
    db.session.add_all([upload, *made])
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    db.session.flush()
    for row, payee in enumerate(made, start=2):
        common = {"organisation_id": anchor, "ledger_id": ledger.id, "payee_id": payee.id, "pence": 100_00}
        db.session.add(MonthlySpend(**common, month=date(2026, 1, 1), payments=1))
        db.session.add(Payment(**common, row=row, supplier=payee.name, paid_on=date(2026, 1, 5), **line))
    factories.add_up(anchor)
    return [payee.id for payee in made]


def check(anchor: int) -> None:
    payee_checks.queue(of=anchor, person_id=None)
    db.session.commit()
    jobs.run_all()
    assert not db.session.scalars(select(Job).where(Job.organisation_id == anchor, Job.state != "done")).all()


def seen(payee: int) -> Payee:
    db.session.expire_all()
    return db.session.scalars(select(Payee).where(Payee.id == payee)).one()


def indexes() -> list[Path]:
    return sorted(each for each in (Path(current_app.instance_path) / "indexes").iterdir() if each.is_dir())


def test_a_payee_is_linked_to_a_body_of_a_loaded_register(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        bodies = some_bodies(edition)
        payee, other = paid(anchor, "ALDER CATERING LTD BACS 0412", "Zebra Crossing Paint")
        check(anchor)
        found = seen(payee)
        assert (found.state, found.body_id, found.enterprise_id) == ("accepted", bodies["Alder Catering Limited"], None)
        assert found.candidates[0]["body_id"] == found.body_id
        assert seen(other).state == "unlinked"
        told = payee_checks.checked_against(found)
        assert told
        assert ([each.id for each in told.editions], told.lesson_id) == ([edition], None)

    make(story)


def test_a_body_that_registered_here_is_one_candidate_and_the_enterprise_stands_for_it(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        some_bodies(an_edition())
        enterprise = factories.an_enterprise("Alder Catering", company_number="00000000")
        (payee,) = paid(anchor, "Alder Catering Limited")
        check(anchor)
        found = seen(payee)
        assert (found.state, found.enterprise_id, found.body_id) == ("accepted", enterprise, None)
        assert [each.get("enterprise_id") for each in found.candidates].count(enterprise) == 1

    make(story)


def test_a_charity_that_is_also_a_company_is_one_body(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        some_bodies(edition)
        a_body("Brightwell Hospice", "09999999", edition)
        charity = a_body(
            "Brightwell Hospice", "1234567", edition, register="charities-ew", form="charity",
            company_number="09999999",
        )  # fmt: skip
        (payee,) = paid(anchor, "BRIGHTWELL HOSPICE")
        check(anchor)
        assert (seen(payee).state, seen(payee).body_id) == ("accepted", charity)
        for facts in ({"company_number": "09999999"}, {"charity_number": "1234567"}):
            enterprise = factories.an_enterprise("Brightwell Hospice", **facts)
            check(anchor)
            assert seen(payee).enterprise_id == enterprise
            db.session.execute(update(Organisation).where(Organisation.id == enterprise).values(suspended_at=now()))
            db.session.commit()

    make(story)


def test_an_enterprise_that_registers_later_is_found_without_a_new_index(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        some_bodies(an_edition())
        (payee,) = paid(anchor, "Brightwell Community Meals")
        check(anchor)
        assert seen(payee).state == "unlinked"
        (index,) = indexes()
        built = index.stat().st_mtime_ns
        enterprise = factories.an_enterprise("Brightwell Community Meals CIC")
        assert payee_checks.count_stale(anchor) == 1
        check(anchor)
        assert seen(payee).enterprise_id == enterprise
        assert indexes() == [index]
        assert index.stat().st_mtime_ns == built

    make(story)


def test_a_new_edition_asks_again_about_everybody_nobody_decided_about(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        some_bodies(edition)
        payee, decided = paid(anchor, "Quince Lane Bakery Limited", "Alder Joinery Ltd")
        db.session.execute(
            update(Payee).where(Payee.id == decided).values(state="rejected", decided_at=now(), checked_at=None)
        )
        db.session.commit()
        check(anchor)
        first = indexes()
        assert payee_checks.count_stale(anchor) == 0
        newer = an_edition()
        body = a_body("Quince Lane Bakery Limited", "07777777", newer)
        assert payee_checks.count_stale(anchor) == 1
        check(anchor)
        assert seen(payee).body_id == body
        assert (seen(decided).state, seen(decided).body_id) == ("rejected", None)
        assert len(indexes()) == 1
        assert indexes() != first

    make(story)


def test_a_damaged_index_is_built_again(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        bodies = some_bodies(an_edition())
        (payee,) = paid(anchor, "Alder Catering Limited")
        check(anchor)
        next(each for each in indexes()[0].iterdir() if each.is_file() and each.suffix == ".letters").write_bytes(b"no")
        db.session.execute(update(Payee).values(checked_at=None, state="unlinked", body_id=None))
        db.session.commit()
        check(anchor)
        assert seen(payee).body_id == bodies["Alder Catering Limited"]
        shutil.rmtree(indexes()[0])
        db.session.execute(update(Payee).values(checked_at=None, state="unlinked", body_id=None))
        db.session.commit()
        check(anchor)
        assert seen(payee).body_id == bodies["Alder Catering Limited"]

    make(story)


def test_an_index_of_editions_that_moved_on_meanwhile_is_not_used(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        some_bodies(edition)
        paid(anchor, "Alder Catering Limited")
        question = payee_checks.gather(of=anchor)
        db.session.rollback()
        newer = an_edition()
        with pytest.raises(payee_index.MovedOnError):
            payee_checks.answer(question)
        assert indexes() == []
        check(anchor)
        assert [each.name for each in indexes()] == [str(newer)]

    make(story)


def test_a_body_that_left_the_register_is_no_candidate(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        bodies = some_bodies(edition)
        db.session.execute(
            update(RegisteredBody).where(RegisteredBody.id == bodies["Alder Catering Limited"]).values(is_listed=False)
        )
        db.session.commit()
        (payee,) = paid(anchor, "Alder Catering Limited")
        check(anchor)
        assert seen(payee).body_id is None
        assert bodies["Alder Catering Limited"] not in [each.get("body_id") for each in seen(payee).candidates]

    make(story)


def test_a_former_name_leads_to_the_body(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        some_bodies(edition)
        body = a_body("Quince Holdings Limited", "07777777", edition, names=("Wobbly Kettle Catering Limited",))
        (payee,) = paid(anchor, "Wobbly Kettle Catering Ltd")
        check(anchor)
        assert seen(payee).candidates[0]["body_id"] == body

    make(story)


def test_the_company_number_of_a_ledger_line_speaks_for_the_company(make: Any) -> None:
    def story() -> None:
        anchor, edition = factories.an_anchor(), an_edition()
        some_bodies(edition)
        body = a_body("Quince Lane Bakery Limited", "07777777", edition)
        twin = a_body("Quince Lane Bakery Ltd", "08888888", edition)
        (payee,) = paid(anchor, "Quince Lane Bakery")
        (told,) = paid(anchor, "Quince Lane Bakery Limited", company_number="08888888")
        check(anchor)
        assert seen(payee).body_id is None
        assert {each["body_id"] for each in seen(payee).candidates} >= {body, twin}
        assert seen(told).candidates[0]["body_id"] == twin
        assert seen(told).state in ("review", "accepted")

    make(story)


def test_renaming_an_enterprise_has_payees_checked_and_other_answers_do_not(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        enterprise = factories.an_enterprise("Old Name Catering")
        (payee,) = paid(anchor, "Brightwell Community Meals")
        check(anchor)
        member = Actor(factories.a_person(), "Ann", "a@example.org", enterprise, "", frozenset({"enterprise:admin"}))
        profile = db.session.scalars(select(Enterprise).where(Enterprise.organisation_id == enterprise)).one()
        profiles.say_what("Meals", (), edit=Edit(member, profile.version))
        db.session.commit()
        assert payee_checks.count_stale(anchor) == 0
        profiles.say_who(
            "Brightwell Community Meals", "B18 5AA", "cic",
            numbers={"company_number": None, "charity_number": None}, edit=Edit(member, profile.version),
        )  # fmt: skip
        db.session.commit()
        assert payee_checks.open_job(anchor)
        jobs.run_all()
        assert seen(payee).enterprise_id == enterprise

    make(story)


def test_with_nobody_registered_and_nothing_loaded_payees_are_checked_all_the_same(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        (payee,) = paid(anchor, "Alder Catering Limited")
        check(anchor)
        assert seen(payee).state == "unlinked"
        assert payee_checks.count_stale(anchor) == 0
        assert db.session.scalar(select(Edition.id)) is None

    make(story)


def test_a_register_that_is_loaded_has_every_payee_asked_about_again(make: Any, tmp_path: Path) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        (payee,) = paid(anchor, "ALDER CATERING LTD BACS 0412")
        check(anchor)
        assert seen(payee).body_id is None
        names = ["ALDER CATERING LIMITED", *(f"{word} {trade} LIMITED" for word in FIRST for trade in SECOND)]
        rows = [{"name": name, "number": f"{number:08}"} for number, name in enumerate(names, start=1)]
        path = published.companies(tmp_path / "BasicCompanyData.csv", *rows)
        edition = reference_editions.begin(reference_editions.Told("companies", path.name), [path], by=None)
        number = edition.id
        db.session.commit()
        reference_loading.load(number, [path])
        db.session.commit()
        jobs.run_all()
        body = db.session.scalars(select(RegisteredBody).where(RegisteredBody.number == "00000001")).one()
        assert seen(payee).body_id == body.id

    make(story)


FIRST = ("BIRCH", "CEDAR", "ELM", "FERN", "HAZEL", "LARCH", "MAPLE", "OAK")
SECOND = ("CARE", "CLEANING", "GROUNDS", "PRINTING", "ROOFING", "TRANSPORT", "TRAINING", "WASTE")
