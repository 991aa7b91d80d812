"""Choosing how to hear of lots, reading the feed, and making messages stop."""

import re
from email.message import EmailMessage
from typing import Any
from xml.etree import ElementTree

import pytest

from procure import Procure
from procure.extensions import db
from procure.models import AlertChoice, Enterprise, OutgoingMail

from .. import factories

CATERING = (("Ward catering", "55520000", "meals a day", 100),)
ATOM = "{http://www.w3.org/2005/Atom}"


def a_cook() -> int:
    return factories.an_enterprise("Cook & Co", capabilities=CATERING)


def frequency() -> str:
    return db.session.query(AlertChoice).one().frequency


def quiet_path() -> str:
    from procure.services.alerts import alerts

    return alerts.quiet_address(db.session.query(AlertChoice).one()).split("/", 3)[3]


def test_a_choice_is_kept_and_shown(make: Any, signed_in_as: Any) -> None:
    cook = signed_in_as(make(a_cook), "enterprise", "member")
    assert 'value="never" checked' in cook.get("/supplying/alerts").text
    answer = cook.post("/supplying/alerts", {"frequency": "daily", "seen": "0"})
    assert answer.status_code == 302
    page = cook.get("/supplying/alerts").text
    assert 'value="daily" checked' in page
    assert "We look next on" in page


@pytest.mark.parametrize(
    ("values", "status"), [({"frequency": "hourly", "seen": "0"}, 409), ({"frequency": "daily", "seen": "7"}, 409)]
)
def test_what_nobody_may_choose_is_refused(make: Any, signed_in_as: Any, values: dict[str, str], status: int) -> None:
    cook = signed_in_as(make(a_cook), "enterprise", "member")
    assert cook.post("/supplying/alerts", values).status_code == status
    assert "daily" not in re.findall(r'value="(\w+)" checked', cook.get("/supplying/alerts").text)


def test_the_feed_tells_the_lots_that_fit_without_signing_in(make: Any, signed_in_as: Any, visitor: Any) -> None:
    cook = signed_in_as(make(a_cook), "enterprise", "member")
    make(lambda: factories.a_lot(factories.an_anchor("A <b> & Sons"), "Meals & drinks \x0b for wards"))
    page = "/supplying/alerts"
    cook.post("/supplying/alerts/feed", {"move": "start", "seen": "0"}, page=page)
    address = re.search(r'value="(http[^"]*/feeds/lots/[^"]+)"', cook.get(page).text)
    assert address
    path = "/" + address.group(1).split("/", 3)[3]
    answer = visitor().get(path)
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.findtext(f"{ATOM}title") == "Lots for Cook & Co"
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == ["Meals & drinks   for wards"]
    assert all("their" not in (one.text or "") for one in feed.iter(f"{ATOM}summary"))
    for needed in ("id", "updated", "author"):
        assert feed.find(f"{ATOM}{needed}") is not None
    cook.post("/supplying/alerts/feed", {"move": "replace", "seen": "1"}, page=page)
    assert visitor().get(path).status_code == 404


def test_opening_the_quiet_link_changes_nothing_and_one_post_stops_messages(
    make: Any, signed_in_as: Any, app: Procure
) -> None:
    cook = signed_in_as(make(a_cook), "enterprise", "member")
    cook.post("/supplying/alerts", {"frequency": "weekly", "seen": "0"})
    path = "/" + make(quiet_path)
    mail_program = app.test_client()
    page = mail_program.get(path)
    assert "Stop these messages" in page.text
    assert make(frequency) == "weekly"
    assert mail_program.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert make(frequency) == "never"
    assert mail_program.post(path + "x").status_code == 400


def test_a_message_carries_the_button_of_mail_programs(
    app: Procure, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import smtplib

    from procure.services import mail

    sent: list[EmailMessage] = []

    class Post:
        def __init__(self, *_: Any, **__: Any) -> None: ...
        def __enter__(self) -> "Post":
            return self

        def __exit__(self, *_: Any) -> None: ...
        def send_message(self, message: EmailMessage) -> None:
            sent.append(message)

    monkeypatch.setattr(smtplib, "SMTP", Post)
    app.config["SMTP_URL"] = "smtp://127.0.0.1"

    def story() -> None:
        mail.post("a@example.org", "Lots", "Body", key="one", quiet_address="https://procure.example/quiet/x")
        mail.post("a@example.org", "Other", "Body", key="two")
        db.session.commit()
        assert mail.send_waiting() == 2
        assert db.session.query(OutgoingMail).count() == 2

    make(story)
    assert sent[0]["List-Unsubscribe"] == "<https://procure.example/quiet/x>"
    assert sent[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent[1]["List-Unsubscribe"] is None


def test_the_ladder_page_tells_what_to_get_and_that_a_cost_is_not_known(make: Any, signed_in_as: Any) -> None:
    cook = make(a_cook)
    make(lambda: factories.a_lot(factories.an_anchor(), gates=(("certificate_each", "ISO 9001", None),)))
    page = signed_in_as(cook, "enterprise", "member").get("/supplying/ladder").text
    assert "Get ISO 9001" in page
    assert "Opens 1 lot worth £100,000" in page
    assert "Cost not known." in page


def test_the_ladder_names_the_consortium_one_is_in_for_a_lot_that_is_further_away(make: Any, signed_in_as: Any) -> None:
    cook = make(a_cook)
    far = (("Hip replacements", "85111100", "operations a year", 100, 90_000_000),)
    gates = (("certificate_each", "ISO 9001", None),)
    meals = ("Meals", "55520000", "meals a day", 100, 10_000_000)
    lot = make(lambda: factories.a_lot(factories.an_anchor(), needs=(meals, *far), gates=gates))
    visitor = signed_in_as(cook, "enterprise", "member")
    assert "You are in" not in visitor.get("/supplying/ladder").text
    visitor.post(f"/supplying/consortia/new?lot={lot}", {"name": "Well Fed"})
    page = visitor.get("/supplying/ladder").text
    assert "Further away" in page
    assert "Well Fed</a> for it" in page


def test_the_ladder_of_an_empty_profile_teaches(make: Any, signed_in_as: Any) -> None:
    def bare() -> int:
        cook = factories.an_enterprise()
        assert db.session.get(Enterprise, cook)
        return cook

    page = signed_in_as(make(bare), "enterprise", "admin").get("/supplying/ladder").text
    assert "Say more about what you do" in page
