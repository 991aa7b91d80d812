"""Mail waits out a server that is away, for two days; a message that is refused holds up no other."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from procure import Procure
from procure.extensions import db
from procure.models import OutgoingMail, now
from procure.services import mail
from procure.services.actors import Actor
from procure.services.errors import ConflictError

from .. import factories
from ..demo_site import free_port

REFUSED = "gone@example.org"


class PostOffice(socketserver.StreamRequestHandler):
    """Takes every message, save those to one address."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            word = line.upper()
            if word.startswith(b"QUIT"):
                break
            if word.startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
            self.wfile.write(b"550 nobody here\r\n" if REFUSED.upper().encode() in word else b"250 good\r\n")


@pytest.fixture
def post_office(app: Procure) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), PostOffice) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def write(*recipients: str) -> None:
    for number, recipient in enumerate(recipients):
        mail.post(recipient, f"Letter {number}", "Hello", key=f"letter {number}")
    db.session.commit()


def grow_old(**age: float) -> None:
    db.session.execute(update(OutgoingMail).values(created_at=now() - timedelta(**age)))
    db.session.commit()


def standing() -> list[tuple[str, int, bool]]:
    """(recipient, tries, is sent) of every message."""
    found = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    return [(one.recipient, one.attempts, one.sent_at is not None) for one in found]


def test_a_server_that_is_away_for_a_day_loses_nothing(app: Procure, make: Any, request: pytest.FixtureRequest) -> None:
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    make(write, "a@example.org")
    tries = []
    for hours in (0, 0, 0, 0.1, 0.1, 1, 1, 1, 24):
        if hours:
            make(grow_old, hours=hours)
        assert make(mail.send_waiting) == 0
        tries.append(make(standing)[0][1])
    assert tries == [1, 1, 1, 2, 3, 4, 5, 5, 6]
    request.getfixturevalue("post_office")
    assert make(mail.send_waiting) == 1
    assert make(standing) == [("a@example.org", 7, True)]


def test_a_message_that_is_refused_holds_up_no_other(make: Any, post_office: None) -> None:
    make(write, REFUSED, "b@example.org")
    assert make(mail.send_waiting) == 1
    assert make(standing) == [(REFUSED, 1, False), ("b@example.org", 1, True)]


def test_a_server_that_is_away_is_asked_once_a_round(app: Procure, make: Any) -> None:
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    make(write, "a@example.org", "b@example.org")
    make(mail.send_waiting)
    assert make(standing) == [("a@example.org", 1, False), ("b@example.org", 0, False)]


def test_a_message_given_up_is_tried_again_when_an_administrator_says_so(make: Any, post_office: None) -> None:
    def give_up() -> None:
        db.session.execute(update(OutgoingMail).values(attempts=len(mail.WAITS), last_error="away"))
        db.session.commit()

    def again() -> None:
        found = db.session.scalars(select(OutgoingMail)).one()
        mail.try_again(found, by=Actor(factories.a_person(), "Ann", "ann@example.org", None, "", frozenset()))
        db.session.commit()

    make(write, "a@example.org")
    make(grow_old, days=5)
    make(give_up)
    assert make(mail.send_waiting) == 0
    make(again)
    assert make(mail.send_waiting) == 1
    with pytest.raises(ConflictError):
        make(again)
