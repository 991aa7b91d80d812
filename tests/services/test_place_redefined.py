"""A place that becomes another area sees what anchors pay there once they agree to it."""

from typing import Any

import pytest

from procure.extensions import db
from procure.services.errors import ConflictError
from procure.services.place import watching
from procure.services.shares import areas
from procure.services.shares.area_words import Wanted

from .. import factories
from .place_stories import a_place, actor_of


def test_a_yes_to_one_area_is_none_to_another(make: Any) -> None:
    def story() -> None:
        place = a_place(0)[0]
        shown, counted = (actor_of(factories.an_anchor(name)) for name in ("Shown", "Counted"))
        for officer, level in ((shown, "figures"), (counted, "totals")):
            watching.ask(officer.acting_for, by=place)
            watching.agree(place.acting_for, by=officer, level=level)
        db.session.commit()
        area = areas.headline(place.acting_for)
        assert area is not None
        assert [each.name for each in watching.agreed_anchors(place.acting_for)] == ["Shown"]
        districts = Wanted("Another name", outcodes=tuple(area.outcodes))
        areas.define(area.id, districts, is_headline=True, by=place)
        assert watching.agreed_anchors(place.acting_for)
        areas.define(area.id, Wanted("Street", "circle", (), ("B18",), 52.5, -1.9, 0.1), is_headline=True, by=place)
        db.session.commit()
        assert watching.agreed_anchors(place.acting_for) == []
        assert [watch.anchor_id for watch in watching.asking(shown.acting_for)] == [shown.acting_for]
        assert watching.asking(counted.acting_for) == []
        assert [each.name for each in watching.agreed_anchors(place.acting_for, ("totals",))] == ["Counted"]
        watching.agree(place.acting_for, by=shown, level="figures")
        db.session.commit()
        assert [each.name for each in watching.agreed_anchors(place.acting_for)] == ["Shown"]
        with pytest.raises(ConflictError):
            watching.agree(place.acting_for, by=shown, level="figures")

    make(story)
