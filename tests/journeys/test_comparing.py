"""Enterprises side by side, and a ranking as it was kept."""

import json
from typing import Any

import pytest

from procure import Procure
from procure.extensions import db
from procure.models import Lot, Proposal
from procure.services.ranking import proposals

from .. import factories

CATERING = (("Ward catering", "55520000", "meals a day", 100),)


def a_ranked_lot(names: str = "ABCDE") -> tuple[int, int, list[int]]:
    anchor = factories.an_anchor()
    keys = [factories.an_enterprise(f"Cook {name}", capabilities=CATERING) for name in names]
    gate, ask = ("certificate_each", "DBS", None), ("local_jobs", 2, 100)
    number = factories.a_lot(anchor, gates=(gate,), asks=(ask,))
    lot = db.session.get(Lot, number)
    assert lot is not None
    proposals.propose(lot)
    db.session.commit()
    return anchor, number, keys


def test_those_ticked_stand_side_by_side(make: Any, signed_in_as: Any) -> None:
    anchor, lot, keys = make(a_ranked_lot)
    officer = signed_in_as(anchor, "anchor", "buyer")
    assert officer.get(f"/buying/lots/{lot}/suppliers").text.count('name="with"') == 5
    page = officer.get(f"/buying/lots/{lot}/compare?with={keys[0]}&with={keys[3]}").text
    assert "Cook A" in page
    assert "Cook D" in page
    assert "Cook B" not in page
    assert "DBS: not held" in page


@pytest.mark.parametrize("ticked", [0, 1, 5])
def test_fewer_than_two_or_more_than_four_are_sent_back(make: Any, signed_in_as: Any, ticked: int) -> None:
    anchor, lot, keys = make(a_ranked_lot)
    officer = signed_in_as(anchor, "anchor", "viewer")
    address = f"/buying/lots/{lot}/compare?" + "&".join(f"with={key}" for key in keys[:ticked])
    assert officer.get(address).status_code == 302
    assert "Tick two, three or four enterprises" in officer.get(address, follow_redirects=True).text


def test_a_kept_ranking_stands_beside_todays_for_its_buyer_only(make: Any, signed_in_as: Any, app: Procure) -> None:
    anchor, lot, _ = make(a_ranked_lot)
    page = signed_in_as(anchor, "anchor", "viewer").get(f"/buying/lots/{lot}/rankings")
    assert "Ranked today, the answer is the same." in page.text
    other = make(factories.an_anchor)
    first = make(lambda: db.session.query(Proposal.id).order_by(Proposal.id).limit(1).scalar())
    stranger = signed_in_as(other, "anchor", "buyer")
    for address in (f"/buying/lots/{lot}/rankings", f"/buying/lots/{lot}/rankings/{first}"):
        assert stranger.get(address).status_code == 404
    told = json.loads(make(app.test_cli_runner().invoke, args=["match", "replay", str(first)]).stdout)
    assert told["is_same"] is True
    assert len(told["enterprises"]) == 5
