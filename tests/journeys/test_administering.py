"""Looking after an installation and after an organisation's own people."""

from typing import Any

from .. import factories


def test_an_administrator_adds_an_anchor_and_invites_its_first_officer(signed_in_as: Any, visitor: Any) -> None:
    root = signed_in_as(None)
    added = root.post(
        "/administering/organisations/new", {"name": "Riverside Trust", "kinds": ["anchor"], "sector": "nhs"}
    )
    assert added.status_code == 302
    page = added.headers["Location"]
    assert root.post(page, {"email": "new@example.org", "role": "anchor:admin"}).status_code == 302
    letters = root.get("/administering/mail")
    assert "Join Riverside Trust on Procure" in letters.text
    address = letters.text.split('href="/administering/mail/')[1].split('"')[0]
    letter = root.get(f"/administering/mail/{address}").text
    link = "/invitations/" + letter.split("/invitations/")[1].split()[0]
    newcomer = visitor()
    assert newcomer.post(link, {"name": "New", "password": "plum tractor window nine"}).status_code == 302
    assert "Riverside Trust" in newcomer.get("/administering/people").text


def test_an_anchor_without_a_sector_is_sent_back_with_advice(signed_in_as: Any) -> None:
    root = signed_in_as(None)
    answer = root.post("/administering/organisations/new", {"name": "Riverside", "kinds": ["anchor"]})
    assert answer.status_code == 200
    assert "Say which kind of buyer the anchor is" in answer.text


def test_nobody_acts_for_a_suspended_organisation_until_it_is_restored(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor, "Riverside Trust")
    officer = signed_in_as(anchor, "anchor", "admin")
    root = signed_in_as(None)
    page = f"/administering/organisations/{anchor}"
    root.post(f"{page}/suspend", page=page)
    assert officer.get("/administering/people").status_code == 403
    root.post(f"{page}/restore", page=page)
    assert officer.get("/administering/people").status_code == 200


def test_the_last_administrator_stays(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    admin = signed_in_as(anchor, "anchor", "admin")
    people = admin.get("/administering/people").text
    end = "/administering/people/" + people.split("/administering/people/")[1].split('"')[0]
    refused = admin.post(end, page="/administering/people")
    assert refused.status_code == 409
    assert "last administrator" in refused.text


def test_a_withdrawn_invitation_opens_nothing(signed_in_as: Any, make: Any, visitor: Any) -> None:
    anchor = make(factories.an_anchor)
    admin = signed_in_as(anchor, "anchor", "admin")
    admin.post("/administering/people", {"email": "new@example.org", "role": "anchor:viewer"})
    root = signed_in_as(None)
    letters = root.get("/administering/mail").text
    letter = root.get("/administering/mail/" + letters.split('href="/administering/mail/')[1].split('"')[0]).text
    link = "/invitations/" + letter.split("/invitations/")[1].split()[0]
    people = admin.get("/administering/people").text
    withdraw = "/administering/invitations/" + people.split("/administering/invitations/")[1].split('"')[0]
    assert admin.post(withdraw, page="/administering/people").status_code == 302
    assert visitor().get(link).status_code == 404


def test_roles_are_offered_and_shown_in_words(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    admin = signed_in_as(anchor, "anchor", "admin")
    page = admin.get("/administering/people").text
    assert "Finance officer: adds ledgers, settles payees, says what local means" in page
    assert "administrator of the anchor" in page
    assert "anchor: admin" not in page
    assert "administrator of the anchor" in admin.get("/account").text
