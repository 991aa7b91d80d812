"""What the figures of an anchor are made of, and what a council enters, on both databases."""

from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.places import outcode_area
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.place import place_counts, place_detail, place_resilience
from procure.services.shares import spend_details

from .. import factories
from .place_stories import a_place, a_quarter, actor_of, paid

AREA = outcode_area("Around us", ["B18", "B19", "B20"])
MONTH = date(2025, 1, 1)


def test_a_district_is_shown_from_three_payees_and_one_alone_is_never_kept_back(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        paid(anchor, *(("B18 5AA", MONTH, 10_00) for _ in range(9)))
        paid(anchor, *(("B19 1AA", MONTH, 5_00) for _ in range(4)))
        paid(anchor, ("B20 1AA", MONTH, 7_00), ("M1 1AE", MONTH, 99_00))
        found = place_detail.money_by_district([spend_details.detail_of(anchor, AREA)])
        assert [(row.district, row.pence) for row in found.rows] == [("B18", 90_00)]
        assert (found.other_pence, found.other_districts) == (27_00, 2)

    make(story)


def test_concentration_is_told_only_where_no_supplier_is_found_out(make: Any) -> None:
    def story() -> None:
        anchor, lopsided = factories.an_anchor(), factories.an_anchor()
        paid(anchor, *(("B18 5AA", MONTH, pence) for pence in (300_00, 300_00, *[40_00] * 10)))
        paid(lopsided, *(("B18 5AA", MONTH, pence) for pence in (800_00, *[20_00] * 10)))
        (one,) = spend_details.detail_of(anchor, AREA).years
        assert one.concentration == pytest.approx(0.196)
        assert one.largest == pytest.approx(0.92)
        assert one.vcse is None
        (other,) = spend_details.detail_of(lopsided, AREA).years
        assert (other.concentration, other.largest) == (None, None)

    make(story)


def test_social_value_is_summed_over_lots_of_the_place_and_enterprises_in_it(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        factories.a_lot(anchor, asks=(("local_jobs", 3, 50), ("living_wage", 90, 50)))
        factories.a_lot(anchor, state="awarded", asks=(("local_jobs", 2, 50),))
        factories.a_lot(anchor, state="draft", asks=(("local_jobs", 99, 50),))
        factories.a_lot(anchor, postcode="M1 1AE", asks=(("local_jobs", 99, 50),))
        jobs = next(each for each in place_counts.promises(AREA, []) if each.measure == "local_jobs")
        assert (jobs.asked, jobs.awarded, jobs.offered) == (3, 2, 0)
        assert "living_wage" not in {each.measure for each in place_counts.promises(AREA, [])}

    make(story)


def test_a_figure_of_the_same_year_replaces_the_last_and_can_be_taken_back(make: Any) -> None:
    def story() -> None:
        place, _ = a_place(0)
        a_quarter(place.acting_for, MONTH)
        facts = ("citizens", "Adults who volunteer", "A survey", 2024)
        place_resilience.enter(*facts, 20.5, "percent", by=place)
        second = place_resilience.enter(*facts, 21.5, "percent", by=place)
        db.session.commit()
        ((_, values),) = place_resilience.entered(place.acting_for)["citizens"].items()
        assert [value.value for value in values] == [21.5]
        place_resilience.take_back(second.id, by=place)
        ((_, values),) = place_resilience.entered(place.acting_for)["citizens"].items()
        assert [value.value for value in values] == [20.5]
        assert len(place_resilience.history(place.acting_for, "citizens")) == 2
        with pytest.raises(ConflictError):
            place_resilience.take_back(second.id, by=place)
        with pytest.raises(NotFoundError):
            place_resilience.take_back(second.id, by=actor_of(factories.an_organisation(is_place=True)))
        with pytest.raises(NotFoundError):
            place_resilience.enter("luck", "What", "Where", 2024, 1, "percent", by=place)
        with pytest.raises(RefusedError):
            place_resilience.enter("citizens", "What", "Where", 2090, 1, "percent", by=place)

    make(story)
