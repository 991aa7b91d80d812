"""A page that says no calls it so, and leads back to where the person came from, never to another site."""

from typing import Any

import pytest

from .. import factories


@pytest.fixture
def refused(make: Any, signed_in_as: Any) -> Any:
    """What an enterprise gets that is interested in a lot that is closed, coming from a page."""
    lot = make(factories.a_lot, make(factories.an_anchor), "Over", state="closed")
    visitor = signed_in_as(make(factories.an_enterprise, "Late"), "enterprise", "admin")

    def ask(came_from: str) -> str:
        answer = visitor.client.post(
            f"/supplying/lots/{lot}/answer",
            data={**visitor.token(), "state": "interested"},
            headers={"Referer": came_from} if came_from else {},
        )
        assert answer.status_code == 409
        return str(answer.text)

    return ask


def test_a_refusal_is_called_one_and_leads_back(refused: Any) -> None:
    page = refused("http://localhost/supplying/lots?show=all")
    assert "This cannot be done" in page
    assert "no longer takes interest" in page
    assert 'href="/supplying/lots?show=all"' in page


@pytest.mark.parametrize(
    "came_from", ["", "http://evil.example/supplying/lots", "http://localhost//evil.example", "javascript:alert(1)"]
)
def test_it_leads_to_no_other_site(refused: Any, came_from: str) -> None:
    page = refused(came_from)
    assert "Go back to the page before" not in page
    assert "evil" not in page
