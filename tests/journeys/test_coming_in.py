"""Signing in, invitations and passwords, as people meet them."""

from typing import Any

import pytest

from procure.accounts.routes import local_path
from procure.services.people import accounts, memberships
from procure.services.people.passwords import fault_in

from .. import factories


def test_the_first_visitor_sets_up_the_site_and_the_door_closes_behind_them(visitor: Any) -> None:
    first = visitor()
    answer = first.post("/set-up", {"name": "Ada", "email": "Ada@Example.org", "password": "plum tractor window nine"})
    assert answer.status_code == 302
    assert visitor().get("/set-up").status_code == 404
    assert first.get("/home").status_code in (200, 302)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Any, make: Any) -> None:
    make(factories.a_person, "ann@example.org")
    wrong = visitor().post("/sign-in", {"email": "ann@example.org", "password": "not this one at all"})
    unknown = visitor().post("/sign-in", {"email": "bob@example.org", "password": "not this one at all"})
    assert wrong.status_code == unknown.status_code == 401
    assert "We do not know this email address and password" in wrong.text
    assert "We do not know this email address and password" in unknown.text


def test_signing_out_ends_the_session_even_for_a_copied_cookie(signed_in_as: Any, make: Any, app: Any) -> None:
    anchor = make(factories.an_anchor)
    officer = signed_in_as(anchor, "anchor", "finance")
    cookie = officer.client.get_cookie("procure").value
    assert officer.get("/account").status_code == 200
    officer.post("/sign-out", page="/account")
    thief = app.test_client()
    thief.set_cookie("procure", cookie)
    assert thief.get("/account").status_code == 302


def test_taking_a_role_away_takes_effect_on_the_next_request(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    officer = signed_in_as(anchor, "anchor", "finance")
    assert officer.get("/account").status_code == 200

    def end_all() -> None:
        from sqlalchemy import update

        from procure.extensions import db
        from procure.models import Membership, now

        db.session.execute(update(Membership).values(ended_at=now()))
        db.session.commit()

    make(end_all)
    assert "You belong to no organisation yet" in officer.get("/home").text


def an_invitation(anchor: int, email: str) -> str:
    from procure.extensions import db
    from procure.models import Organisation

    organisation = db.session.get(Organisation, anchor)
    assert organisation is not None
    link = memberships.invite(organisation, email, "anchor", "buyer", by=None, base_url="")
    db.session.commit()
    return link


def test_an_invitation_works_once_for_a_newcomer(visitor: Any, make: Any) -> None:
    link = make(an_invitation, make(factories.an_anchor, "Riverside Trust"), "new@example.org")
    newcomer = visitor()
    assert "Riverside Trust" in newcomer.get(link).text
    assert newcomer.post(link, {"name": "New", "password": "plum tractor window nine"}).status_code == 302
    assert "Riverside Trust" in newcomer.get("/account").text
    assert visitor().get(link).status_code == 404


def test_an_invitation_is_only_for_the_invited_address(visitor: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    make(factories.a_person, "known@example.org")
    make(factories.a_person, "other@example.org")
    link = make(an_invitation, anchor, "known@example.org")
    other = visitor().sign_in("other@example.org")
    assert other.post(link, page="/account").status_code == 409
    known = visitor().sign_in("known@example.org")
    assert known.post(link).status_code == 302


def test_a_new_password_signs_out_everywhere_and_kills_the_link(visitor: Any, make: Any) -> None:
    make(factories.a_person, "ann@example.org")
    elsewhere = visitor().sign_in("ann@example.org")

    def ask() -> str:
        from sqlalchemy import select

        from procure.extensions import db
        from procure.models import OutgoingMail

        accounts.ask_reset("ann@example.org", base_url="")
        db.session.commit()
        body = db.session.scalar(select(OutgoingMail.body))
        return next(line for line in str(body).splitlines() if line.startswith("/password"))

    link = make(ask)
    new = "plum tractor window nine"
    assert visitor().post(link, {"password": new, "again": new}).status_code == 302
    assert visitor().get(link).status_code == 404
    assert elsewhere.get("/account").status_code == 302
    visitor().sign_in("ann@example.org", new)


@pytest.mark.parametrize(
    "password",
    ["short", "a" * 129, "aaaaaaaaaaaaa", "password1234567", "Riverside12345", "123456789012345"],
)
def test_passwords_that_are_easy_to_guess_are_refused_with_advice(password: str) -> None:
    assert fault_in(password, names=("Riverside Trust",))


@pytest.mark.parametrize("password", ["plum tractor window nine", "ÿčšř žluťoučký kůň", "x7!Kp-20dq#Lm"])
def test_long_passwords_of_any_letters_are_taken(password: str) -> None:
    assert fault_in(password) is None


@pytest.mark.parametrize(
    "address",
    ["//evil", "https://evil", "https:evil", "\\\\evil", "/\\evil", "/%09/evil", "/a\tb", "javascript:alert(1)", ""],
)
def test_nobody_is_sent_to_another_site_after_signing_in(address: str) -> None:
    assert local_path(address) is None


def test_a_local_page_is_kept_for_after_signing_in(visitor: Any, make: Any) -> None:
    make(factories.a_person, "ann@example.org")
    gate = visitor().get("/account")
    assert gate.status_code == 302
    assert "next=/account" in gate.headers["Location"]
    answer = visitor().post(gate.headers["Location"], {"email": "ann@example.org", "password": factories.PASSWORD})
    assert answer.headers["Location"] == "/account"
