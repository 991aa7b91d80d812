"""The pages of an installation's administrator about what was learned from decisions."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from flask.testing import FlaskClient

from procure.extensions import db
from procure.matching.payees import shipped
from procure.matching.payees.trials import Tried, figures
from procure.models import LearnedParameters
from procure.services.payees import payee_parameters

from .. import factories


def a_lesson(**facts: Any) -> int:
    told = asdict(figures([Tried(0.95, True, True, True), Tried(0.4, False, False, True)]))
    plain = {
        "state": "in_force", "reason": "It did better", "decisions": 200, "tried_on": 2, "newest_decision_id": 9,
        "taught_from": payee_parameters.digest_of_shipped(), "parameters": shipped().to_json(), "before": told,
        "after": told,
    }  # fmt: skip
    lesson = LearnedParameters(**{**plain, **facts})
    db.session.add(lesson)
    db.session.commit()
    return lesson.id


@pytest.fixture
def admin(make: Callable[..., Any], visitor: Callable[[], Any]) -> Any:
    make(factories.a_person, "ada@example.org", is_installation_admin=True)
    return visitor().sign_in("ada@example.org")


def test_an_administrator_reads_what_is_learned_and_that_no_name_is_kept(admin: Any) -> None:
    page = admin.get("/administering/learning").text
    assert "There is no lesson yet" in page
    assert "No name and no decision of an anchor is kept" in page


def test_a_lesson_is_taken_back_and_put_back(make: Callable[..., Any], admin: Any) -> None:
    lesson = make(a_lesson)
    address = f"/administering/learning/{lesson}"
    assert "In force" in admin.get("/administering/learning").text
    assert "What was said, and what was true" in admin.get(address).text
    assert "Taken back" in admin.post(f"{address}/revert", page=address, follow_redirects=True).text
    assert admin.post(f"{address}/revert", page=address).status_code == 409
    assert "No lesson is followed" in admin.get("/administering/learning").text
    assert "In force" in admin.post(f"{address}/put-back", page=address, follow_redirects=True).text


def test_with_too_few_decisions_the_page_says_what_to_wait_for(admin: Any) -> None:
    page = admin.post("/administering/learning/try", page="/administering/learning", follow_redirects=True).text
    assert "Wait for 50" in page


def test_a_lesson_that_is_not_there_is_not_found(admin: Any, client: FlaskClient) -> None:
    assert admin.get("/administering/learning/77").status_code == 404
    assert client.get("/administering/learning").status_code in (302, 401, 403)
