"""Registering, finding lots, bidding together and helping members, as people meet them."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import Enterprise, Interest, Invitation, Lot, OutgoingMail

from .. import factories

PASSWORD = "plum tractor window nine"
CATERING = (("Hot meals cooked for wards", "55520000", "meals a day", 80),)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"name": "Canal Kitchen CIC", "legal_form": "cic", "company_number": "99001234", "postcode": "b18 5aa"},
    {
        "summary": "We cook fresh meals for hospitals and schools",
        "capabilities-0-statement": "Ward catering and hot meals",
        "capabilities-0-units": "80",
        "capabilities-0-unit": "meals a day",
        "capabilities-0-cpv": "55520000-1",
    },
    {"near": ["B18", "B19"], "districts": "dy4"},
    {"capacity_pence": "£150,000", "turnover_pence": "90000", "workforce": "12"},
    {
        "insurance_0-amount_pence": "5,000,000",
        "insurance_0-expires_on": ["31", "3", "2031"],
        "certificate_2-is_held": "y",
        "local_jobs": "3",
        "vcse_spend": "1,000.50",
    },
    {"contact_name": "Office", "contact_email": "hello@canal.example.org", "contact_phone": "0121 496 0000"},
)


def registered(visitor: Any, email: str = "pat@canal.example.org") -> Any:
    newcomer = visitor()
    answer = newcomer.post(
        "/supplying/register",
        {"enterprise": "Canal Kitchen", "name": "Pat", "email": email, "password": PASSWORD},
    )
    assert answer.headers["Location"] == "/supplying/question/1", answer.text
    return newcomer


def answer_all(newcomer: Any, *, first: int = 1, last: int = 6) -> Any:
    answer = None
    for number in range(first, last + 1):
        address = f"/supplying/question/{number}"
        version = re.search(r'name="version" value="(\d+)"', newcomer.get(address).text)
        assert version
        answer = newcomer.post(address, {**QUESTIONS[number - 1], "version": version[1]})
        assert answer.status_code == 302, answer.text
    return answer


def test_the_last_question_offers_the_details_of_whoever_registers(visitor: Any) -> None:
    newcomer = registered(visitor)
    answer_all(newcomer, last=5)
    page = newcomer.get("/supplying/question/6").text
    assert 'value="Pat"' in page
    assert 'value="pat@canal.example.org"' in page
    answer_all(newcomer, first=6)
    page = newcomer.get("/supplying/question/6").text
    assert 'value="Office"' in page
    assert "pat@canal" not in page


@pytest.mark.parametrize("written", ["B18, B19, DY4", "b18 b19 dy4", "B18 and B19 & dy4", "B18/B19;\nDY4"])
def test_districts_are_understood_however_they_are_set_apart(visitor: Any, make: Any, written: str) -> None:
    newcomer = registered(visitor)
    answer_all(newcomer, last=2)
    page = newcomer.get("/supplying/question/3").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    answer = newcomer.post("/supplying/question/3", {"districts": written, "version": version[1]})
    assert answer.status_code == 302, answer.text
    assert make(lambda: db.session.scalars(select(Enterprise)).one().outcodes) == ["B18", "B19", "DY4"]


def test_six_answers_lead_straight_to_the_lots_that_fit(visitor: Any, make: Any) -> None:
    make(factories.a_lot, make(factories.an_anchor, "Riverside Trust"), "Catering for wards")
    newcomer = registered(visitor)
    assert "Question 1 of 6" in newcomer.get("/supplying/question/1").text
    last = answer_all(newcomer)
    assert last.headers["Location"] == "/supplying/lots"
    page = newcomer.get("/supplying/lots").text
    assert "Catering for wards" in page
    assert "Riverside Trust" in page
    assert "you: 80 of 100 meals a day" in page


def test_what_was_answered_is_kept_to_the_penny_and_shown(visitor: Any, make: Any) -> None:
    newcomer = registered(visitor)
    answer_all(newcomer)

    def kept() -> tuple[Any, ...]:
        one = db.session.scalars(select(Enterprise)).one()
        offered = {offer.measure: offer.quantity for offer in one.offers}
        held = {holding.name: (holding.amount_pence, str(holding.expires_on)) for holding in one.holdings}
        return (
            (one.organisation.name, one.organisation.postcode, one.company_number, one.answered, one.outcodes),
            (one.capacity_pence, one.turnover_pence, one.workforce, one.shares_details_at),
            [(c.statement, c.cpv, c.unit, c.units) for c in one.capabilities],
            held,
            offered,
        )

    assert make(kept) == (
        ("Canal Kitchen CIC", "B18 5AA", "99001234", 6, ["B18", "B19", "DY4"]),
        (15_000_000, 9_000_000, 12, None),
        [("Ward catering and hot meals", "55520000", "meals a day", 80)],
        {"Public liability": (500_000_000, "2031-03-31"), "DBS": (None, "None")},
        {"local_jobs": 3, "vcse_spend": 100_050},
    )
    profile = newcomer.get("/supplying/profile").text
    assert "Canal Kitchen CIC" in profile
    assert "£5,000,000, runs until 31 March 2031" in profile
    assert 'value="80"' in newcomer.get("/supplying/question/2").text


def test_somebody_may_stop_and_come_back_where_they_were(visitor: Any) -> None:
    newcomer = registered(visitor)
    answer_all(newcomer, last=2)
    assert newcomer.get("/supplying/question/6").headers["Location"] == "/supplying/question/3"
    again = visitor().sign_in("pat@canal.example.org", PASSWORD)
    assert "Continue with question 3" in again.get("/supplying/profile").text
    assert "You answered 2 of 6 questions" in again.get("/supplying/lots").text


@pytest.mark.parametrize(
    ("number", "values", "said"),
    [
        (1, {"postcode": "nowhere"}, "Enter a full postcode"),
        (1, {"company_number": "12"}, None),
        (1, {"company_number": "not one"}, "Enter a company number"),
        (2, {"capabilities-0-statement": ""}, "Say what you can do, or clear the other boxes"),
        (2, {"capabilities-0-cpv": "catering"}, "Enter a CPV code of 8 digits"),
        (3, {"districts": "nowhere", "near": []}, "is not a postcode district"),
        (4, {"turnover_pence": "1e5"}, "Enter an amount in pounds"),
        (4, {"disadvantaged_workforce": "13"}, "This cannot be more than all the people"),
        (5, {"insurance_0-expires_on": ["31", "2", "2031"]}, "Enter a real date"),
        (6, {"contact_email": "nobody"}, "Enter an email address"),
    ],
)
def test_a_mistake_is_named_beside_its_box(visitor: Any, number: int, values: dict[str, Any], said: str | None) -> None:
    newcomer = registered(visitor)
    if number > 1:
        answer_all(newcomer, last=number - 1)
    answer = newcomer.post(f"/supplying/question/{number}", {**QUESTIONS[number - 1], "version": number, **values})
    if said is None:
        assert answer.status_code == 302
    else:
        assert said in answer.text
        assert "There is a problem" in answer.text


def test_two_who_change_one_answer_both_keep_their_words(visitor: Any) -> None:
    first = registered(visitor)
    answer_all(first)
    second = visitor().sign_in("pat@canal.example.org", PASSWORD)
    version = re.search(r'name="version" value="(\d+)"', first.get("/supplying/question/4").text)
    assert version
    first.post("/supplying/question/4", {"turnover_pence": "111", "version": version[1]})
    late = second.post("/supplying/question/4", {"turnover_pence": "222", "version": version[1]})
    assert late.status_code == 409
    assert 'value="222"' in late.text
    assert "£111" in late.text


def test_an_address_in_use_cannot_register_twice_and_a_weak_password_is_refused(visitor: Any) -> None:
    registered(visitor)
    facts = {"enterprise": "Other", "name": "Pat", "email": "pat@canal.example.org", "password": PASSWORD}
    assert visitor().post("/supplying/register", facts).status_code == 409
    weak = visitor().post("/supplying/register", {**facts, "email": "x@example.org", "password": "password1234"})
    assert "harder to guess" in weak.text


def test_a_signed_in_person_registers_another_enterprise_and_acts_for_it(visitor: Any) -> None:
    newcomer = registered(visitor)
    answer = newcomer.post("/supplying/register", {"enterprise": "Second Venture"})
    assert answer.headers["Location"] == "/supplying/question/1"
    assert "You act for <strong>Second Venture</strong>" in newcomer.get("/supplying/question/1").text


@pytest.fixture
def kitchen(make: Any) -> int:
    return make(
        factories.an_enterprise,
        "Canal Kitchen",
        capabilities=CATERING,
        summary="Hot meals for wards",
        turnover_pence=9_000_000,
        holdings=(("insurance", "Public liability", 500_000_000, None),),
    )


@pytest.fixture
def cook(signed_in_as: Any, kitchen: int) -> Any:
    return signed_in_as(kitchen, "enterprise", "admin")


@pytest.fixture
def lot(make: Any) -> int:
    return make(
        factories.a_lot,
        make(factories.an_anchor, "Riverside Trust"),
        "Catering for wards",
        gates=(("turnover", "Turnover", 20_000_000), ("insurance", "Public liability", 500_000_000)),
        asks=(("local_jobs", 4, 100),),
    )


def state_of(lot_id: int, organisation_id: int) -> str | None:
    return db.session.scalar(
        select(Interest.state).where(Interest.lot_id == lot_id, Interest.organisation_id == organisation_id)
    )


def test_an_enterprise_says_it_is_interested_and_takes_it_back(cook: Any, make: Any, kitchen: int, lot: int) -> None:
    page = f"/supplying/lots/{lot}"
    answer = f"{page}/answer"
    assert cook.post(answer, {"state": "interested"}, page=page).status_code == 302
    assert make(state_of, lot, kitchen) == "interested"
    assert "You told the buyer that you are interested" in cook.get(page).text
    cook.post(answer, {"state": "undo"}, page=page)
    assert make(state_of, lot, kitchen) is None
    assert cook.post(answer, {"state": "undo"}, page=page).status_code == 409


def test_not_for_us_needs_a_reason_and_takes_the_lot_off_the_list(cook: Any, make: Any, kitchen: int, lot: int) -> None:
    page = f"/supplying/lots/{lot}"
    assert cook.post(f"{page}/answer", {"state": "not_for_us"}, page=page).status_code == 422
    cook.post(f"{page}/answer", {"state": "not_for_us", "reason": "Too far"}, page=page)
    assert "Catering for wards" not in cook.get("/supplying/lots").text
    assert "Catering for wards" in cook.get("/supplying/lots?show=not_for_us").text


def test_a_lot_page_says_what_is_missing_and_how_to_get_it(cook: Any, lot: int) -> None:
    page = cook.get(f"/supplying/lots/{lot}").text
    assert "the lot asks for £200,000" in page
    assert "in a joint bid your turnovers are added up" in page
    assert "<mark>" in page


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_lot_that_is_not_out_looks_like_no_lot(cook: Any, make: Any, state: str) -> None:
    hidden = make(factories.a_lot, make(factories.an_anchor), "Secret catering", state=state)
    assert cook.get(f"/supplying/lots/{hidden}").status_code == 404
    assert cook.post(f"/supplying/lots/{hidden}/answer", {"state": "saved"}, page="/account").status_code == 404
    assert "Secret catering" not in cook.get("/supplying/lots?show=all").text


def test_a_closed_lot_can_be_read_but_not_answered_with_interest(cook: Any, make: Any, lot: int) -> None:
    def close() -> None:
        found = db.session.get(Lot, lot)
        assert found is not None
        found.state = "closed"
        db.session.commit()

    make(close)
    page = f"/supplying/lots/{lot}"
    assert "takes no more interest" in cook.get(page).text
    late = cook.post(f"{page}/answer", {"state": "interested"}, page="/supplying/consortia/new")
    assert late.status_code == 409


def test_the_list_downloads_as_a_file_with_the_same_lots(cook: Any, lot: int) -> None:
    table = cook.get("/supplying/lots?download=csv")
    assert "Catering for wards" in table.text
    assert table.headers["Content-Disposition"].startswith("attachment")
    assert cook.get("/supplying/lots?download=xlsx").data[:2] == b"PK"


def test_no_lots_at_all_is_told_with_what_to_do(cook: Any) -> None:
    assert "No buyer has an open lot now" in cook.get("/supplying/lots").text


def test_a_consortium_is_formed_joined_and_a_removed_partner_is_blind_at_once(
    cook: Any, make: Any, signed_in_as: Any, lot: int
) -> None:
    bakery = make(factories.an_enterprise, "Lock Bakery", capabilities=CATERING, contact_email="hi@lock.example.org")
    baker = signed_in_as(bakery, "enterprise", "member")
    formed = cook.post(f"/supplying/consortia/new?lot={lot}", {"name": "Ward Meals Together"})
    room = formed.headers["Location"]
    assert baker.get(room).status_code == 404
    page = cook.get(room).text
    assert "Short by 20" in page
    assert "Lock Bakery: up to 80 meals a day" in page
    cook.post(f"{room}/invite", {"enterprise": bakery}, page=room)
    assert "You are invited to join" in baker.get(room).text
    assert "Answer the invitation" in baker.get("/supplying/consortia").text
    baker.post(f"{room}/accept", page=room)
    assert "Covered" in cook.get(room).text
    assert baker.post(f"{room}/dissolve", page=room).status_code == 409
    member = re.search(rf"{room}/members/(\d+)/remove", cook.get(room).text)
    assert member
    cook.post(f"{room}/members/{member[1]}/remove", page=room)
    assert baker.get(room).status_code == 404
    assert "Ward Meals Together" not in baker.get("/supplying/consortia").text

    def mails() -> list[str]:
        return list(db.session.scalars(select(OutgoingMail.recipient)))

    assert make(mails) == ["hi@lock.example.org"]


def test_a_third_enterprise_sees_nothing_of_a_consortium(cook: Any, make: Any, signed_in_as: Any) -> None:
    room = cook.post("/supplying/consortia/new", {"name": "Ours"}).headers["Location"]
    stranger = signed_in_as(make(factories.an_enterprise, "Stranger"), "enterprise", "admin")
    for address in (room, f"{room}/dissolve"):
        assert stranger.get(address).status_code == 404
    for act in ("invite", "accept", "leave", "dissolve", "members/1/remove"):
        answer = stranger.post(f"{room}/{act}", {"enterprise": 1}, page="/supplying/consortia/new")
        assert answer.status_code == 404, act


def test_dissolving_asks_first_and_ends_it_for_all(cook: Any) -> None:
    room = cook.post("/supplying/consortia/new", {"name": "Ours"}).headers["Location"]
    assert "Do you want to dissolve Ours?" in cook.get(f"{room}/dissolve").text
    cook.post(f"{room}/dissolve")
    assert "This consortium ended on" in cook.get(room).text
    again = cook.post(f"{room}/dissolve")
    assert again.status_code == 409


@pytest.fixture
def network(make: Any) -> int:
    return make(factories.an_organisation, "Brook Support", is_network=True)


@pytest.fixture
def adviser(signed_in_as: Any, network: int) -> Any:
    return signed_in_as(network, "network", "adviser")


FILE = (
    "Enterprise name,Legal form,Postcode,Contact email,What they do,CPV codes,Areas,Capacity,Turnover,Insurance,"
    "Certificates,Company number,Social value offered\n"
    "Lock Bakery,CIC,B18 5AB,hi@lock.example.org,catering; event food,55520000,B18; B19,catering 80 meals,"
    "200000,5000000,DBS until 31/03/2031,99005678,2 apprenticeships\n"
    "Gate Cleaners,Charity,B19 1AA,not an address,cleaning,90910000,B19,,,,,,\n"
    "Canal Kitchen,CIC,B18 5AA,,catering,,B18,,,,,,\n"
)


def test_a_network_registers_many_by_spreadsheet_after_looking(
    adviser: Any, make: Any, run_jobs: Any, network: int, kitchen: int
) -> None:
    answer = adviser.post("/supplying/members/upload", {"file": (BytesIO(FILE.encode()), "our members.csv")})
    page = answer.headers["Location"]
    assert "Reading your file" in adviser.get(page).text
    run_jobs()
    reading = adviser.get(page).text
    assert "Register 1 enterprise" in reading
    assert "Enter an email address" in reading
    assert "Canal Kitchen already has a profile" in reading
    assert adviser.get(f"{page}/refused").data[:2] == b"PK"
    adviser.post(f"{page}/confirm", page=page)

    def kept() -> tuple[Any, ...]:
        one = db.session.scalars(select(Enterprise).where(Enterprise.registered_by_id == network)).one()
        return (
            one.organisation.name,
            one.claimed_at,
            [(c.statement, c.cpv, c.unit, c.units) for c in one.capabilities],
            [(h.name, h.amount_pence, str(h.expires_on)) for h in one.holdings],
            [(o.measure, o.quantity) for o in one.offers],
            one.answered,
        )

    assert make(kept) == (
        "Lock Bakery",
        None,
        [("catering", "55520000", "meals", 80), ("event food", None, None, None)],
        [("Public liability", 500_000_000, "None"), ("DBS", None, "2031-03-31")],
        [("apprenticeships", 2)],
        6,
    )
    assert adviser.post(f"{page}/confirm", page=page).status_code == 409
    assert "Lock Bakery" in adviser.get("/supplying/members").text


def test_a_file_that_is_no_spreadsheet_is_refused_with_a_reason(adviser: Any, run_jobs: Any) -> None:
    answer = adviser.post("/supplying/members/upload", {"file": (BytesIO(b"hello"), "hello.csv")})
    run_jobs()
    assert "We could not take this file" in adviser.get(answer.headers["Location"]).text


def test_another_network_sees_neither_members_nor_files(
    adviser: Any, signed_in_as: Any, make: Any, run_jobs: Any, network: int
) -> None:
    page = adviser.post("/supplying/members/upload", {"file": (BytesIO(FILE.encode()), "a.csv")}).headers["Location"]
    run_jobs()
    member = make(factories.an_enterprise, "Lock Bakery", registered_by_id=network)
    other = signed_in_as(make(factories.an_organisation, is_network=True), "network", "admin")
    assert other.get(page).status_code == 404
    assert other.get(f"/supplying/members/{member}").status_code == 404
    assert other.post(f"{page}/confirm", page="/supplying/members/upload").status_code == 404
    assert "Lock Bakery" not in other.get("/supplying/members").text


def test_a_member_claims_its_profile_and_then_keeps_its_own_counsel(
    adviser: Any, visitor: Any, make: Any, network: int
) -> None:
    member = make(
        factories.an_enterprise,
        "Lock Bakery",
        registered_by_id=network,
        turnover_pence=12_345_600,
        contact_email="hi@lock.example.org",
    )
    page = f"/supplying/members/{member}"
    assert "£123,456" in adviser.get(page).text
    adviser.post(f"{page}/invite", {"email": "hi@lock.example.org"}, page=page)

    def link() -> str:
        body = db.session.scalars(select(OutgoingMail.body)).one()
        found = re.search(r"(/invitations/\S+)", body)
        assert found
        return found[1]

    newcomer = visitor()
    newcomer.post(make(link), {"name": "Sam", "password": PASSWORD})
    assert "Brook Support made this profile for you" in newcomer.get("/supplying/profile").text
    newcomer.post("/supplying/profile/take-over", page="/supplying/profile")
    assert "Registered by Brook Support, and yours since" in newcomer.get("/supplying/profile").text
    assert newcomer.post("/supplying/profile/take-over", page="/account").status_code == 409
    assert "£123,456" not in adviser.get(page).text


def test_a_second_invitation_to_claim_ends_the_first(adviser: Any, make: Any, network: int) -> None:
    member = make(factories.an_enterprise, "Lock Bakery", registered_by_id=network)
    page = f"/supplying/members/{member}"
    for address in ("one@lock.example.org", "two@lock.example.org"):
        adviser.post(f"{page}/invite", {"email": address}, page=page)

    def open_invitations() -> list[str]:
        return list(db.session.scalars(select(Invitation.email).where(Invitation.revoked_at.is_(None))))

    assert make(open_invitations) == ["two@lock.example.org"]


def test_one_member_is_registered_by_hand_and_never_twice(adviser: Any) -> None:
    facts = {
        "name": "Lock Bakery",
        "legal_form": "cic",
        "postcode": "B18 5AB",
        "does": "catering\nevent food",
        "email": "",
        "contact_email": "hi@lock.example.org",
    }
    first = adviser.post("/supplying/members/new", facts)
    assert "Still to answer" in adviser.get(first.headers["Location"]).text
    assert "already has a profile" in adviser.post("/supplying/members/new", facts).text


def test_the_template_can_be_filled_in_and_read(adviser: Any) -> None:
    assert adviser.get("/supplying/members/template").data[:2] == b"PK"
    assert adviser.get("/supplying/members/example").status_code == 404
