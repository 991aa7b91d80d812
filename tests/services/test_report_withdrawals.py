"""What an anchor withdraws is gone from the reports a place kept, and not to be had by taking sums apart."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from procure import jobs
from procure.extensions import db
from procure.models import AuditEntry, BoardReport, LocalArea
from procure.services.actors import Actor
from procure.services.place import watching
from procure.services.place.report_withdrawals import EMPTIED
from procure.services.publishing import reports

from .. import factories
from .place_stories import a_quarter, actor_of


def a_shown_place(anchors: int = 3, level: str = "figures") -> tuple[Actor, list[Actor]]:
    place = actor_of(factories.an_organisation("Council", is_place=True))
    db.session.add(LocalArea(organisation_id=place.acting_for, name="Here", outcodes=["B18"], is_headline=True))
    officers = [actor_of(factories.an_anchor(f"Trust {number}")) for number in range(anchors)]
    for officer in officers:
        a_quarter(officer.acting_for, date(2026, 1, 1))
        watching.ask(officer.acting_for, by=place)
        watching.agree(place.acting_for, by=officer, level=level)
    db.session.commit()
    return place, officers


def a_report(of: Actor) -> int:
    job = reports.ask("place", by=of)
    db.session.commit()
    assert jobs.run_job(job.id)
    return reports.list_reports(of.acting_for)[0].id


def kept(report: int, of: Actor) -> BoardReport:
    db.session.expire_all()
    return reports.find(report, of=of.acting_for)


@pytest.mark.parametrize("how", ["withdraws", "goes to totals only"])
def test_a_report_that_held_an_anchor_is_emptied_when_it_is_shown_no_more(make: Any, how: str) -> None:
    def story() -> None:
        place, officers = a_shown_place()
        report = a_report(place)
        assert "Trust 1" in str(kept(report, place).content)
        if how == "withdraws":
            watching.withdraw(place.acting_for, by=officers[1])
        else:
            watching.agree(place.acting_for, by=officers[1], level="totals")
        db.session.commit()
        left = kept(report, place)
        assert (left.content, left.pdf, left.why_no_pdf) == (None, None, EMPTIED)
        assert left.made_at is not None
        assert reports.content(left) is None
        assert "board report emptied" in db.session.scalars(select(AuditEntry.action)).all()
        again = kept(a_report(place), place)
        assert "Trust 0" in str(again.content)
        assert "Trust 1" not in str(again.content)

    make(story)


def test_reports_that_cannot_hold_the_anchor_stay_as_they_were(make: Any) -> None:
    def story() -> None:
        place, officers = a_shown_place(anchors=1)
        other, others = a_shown_place(anchors=1)
        early = a_report(place)
        late = factories.an_anchor("Late")
        watching.ask(late, by=place)
        watching.agree(place.acting_for, by=actor_of(late), level="figures")
        db.session.commit()
        elsewhere = a_report(other)
        watching.withdraw(place.acting_for, by=actor_of(late))
        watching.agree(place.acting_for, by=officers[0], level="detail")
        db.session.commit()
        assert kept(early, place).content
        assert kept(elsewhere, other).content
        watching.withdraw(place.acting_for, by=officers[0])
        watching.withdraw(other.acting_for, by=others[0])
        db.session.commit()
        assert not kept(early, place).content
        assert not kept(elsewhere, other).content

    make(story)


def test_a_report_that_is_being_made_while_an_anchor_withdraws_is_made_again(make: Any, monkeypatch: Any) -> None:
    def story() -> None:
        place, officers = a_shown_place()
        withdrawn: list[int] = []

        def pdf(report: Any) -> tuple[None, str]:
            if not withdrawn:
                withdrawn.append(1)
                watching.withdraw(place.acting_for, by=officers[2])
                db.session.commit()
            return None, "No PDF in this test"

        monkeypatch.setattr(reports, "_pdf", pdf)
        report = kept(a_report(place), place)
        assert "Trust 0" in str(report.content)
        assert "Trust 2" not in str(report.content)

    make(story)


def test_the_pages_say_what_became_of_the_report_and_what_cannot_be_called_back(make: Any, signed_in_as: Any) -> None:
    def story() -> tuple[int, int, int]:
        place, officers = a_shown_place()
        return place.acting_for, officers[0].acting_for, a_report(place)

    place, anchor, report = make(story)
    officer = signed_in_as(anchor, "anchor", "finance")
    assert "cannot call back a file" in officer.get(f"/spending/watchers/{place}/agree").text
    answer = officer.post(f"/spending/watchers/{place}/withdraw", page="/spending/watchers", follow_redirects=True)
    assert "are emptied" in answer.text
    council = signed_in_as(place, "place", "admin")
    listed = council.get("/open-data/reports").text
    assert "has withdrawn them" in listed
    assert f"/open-data/reports/{report}" not in listed
    assert council.get(f"/open-data/reports/{report}").status_code == 404
    assert council.get(f"/open-data/reports/{report}/file?kind=pdf").status_code == 404
