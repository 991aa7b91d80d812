"""Section 32 in a consortium's own room: whether its people reach 30% together, and whom it would have to add."""

from datetime import date
from typing import Any

from procure.models import Consortium
from procure.services.actors import Actor
from procure.services.consortia import consortia, workspace
from procure.services.law import lawful_answers, supported_employment
from procure.services.law.lawful_answers import Given
from procure.services.law.supported_employment import Supported

from .. import factories
from .stories import acting_for
from .test_consortia import CATERING, a_partner, a_room

DAY = date(2026, 11, 22)


def people(count: int, supported: int) -> dict[str, Any]:
    return {"workforce": count, "disadvantaged_workforce": supported}


def looked_at(room: Consortium, who: Actor) -> Supported | None:
    return supported_employment.supported_in(workspace.enter(room.id, of=who.acting_for), on=DAY)


def test_partners_who_fall_short_are_told_whom_to_add(make: Any) -> None:
    def story() -> None:
        room, lead = a_room(factories.a_lot(factories.an_anchor()), **people(20, 4))
        a_partner(room, lead, **people(10, 3))
        factories.an_enterprise("Nearly", capabilities=CATERING, **people(10, 3))
        factories.an_enterprise("Works for all", capabilities=CATERING, **people(10, 8))
        factories.an_enterprise("Half", capabilities=CATERING, **people(4, 2))
        factories.an_enterprise("Other work", capabilities=(("Roofing", "45261210", "roofs", 9),), **people(9, 9))
        told = looked_at(room, lead)
        assert told is not None
        assert not told.share.is_reached
        assert (told.to_add, told.unsaid) == (("Works for all",), ())

    make(story)


def test_people_count_only_while_their_enterprise_shows_them_to_the_room(make: Any) -> None:
    def story() -> None:
        room, lead = a_room(factories.a_lot(factories.an_anchor()), **people(20, 4))
        partner = a_partner(room, lead, "Workshop", **people(20, 15))
        told = looked_at(room, lead)
        assert told is not None
        assert told.share.is_reached
        consortia.share_details(room.id, False, by=partner)
        for who in (lead, partner):
            kept = looked_at(room, who)
            assert kept is not None
            assert not kept.share.is_reached
            assert kept.unsaid == ("Workshop",)
            assert kept.to_add is None

    make(story)


def test_health_care_and_a_room_without_a_lot_are_told_nothing_of_section_32(make: Any) -> None:
    def story() -> None:
        assert looked_at(*a_room(**people(4, 4))) is None
        anchor = factories.an_anchor(sector="nhs")
        lot = factories.a_lot(anchor, cpv="85142100")
        room, lead = a_room(lot, **people(4, 4))
        buyer = acting_for(anchor)
        lawful_answers.keep(lot, Given("health_care", "yes", "It is", 0), by=buyer)
        assert looked_at(room, lead) is None

    make(story)
