"""Lots that fit an enterprise, as an Atom feed at an address only one person knows."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from ..extensions import limiter
from ..pages.filters import day, whole_pounds
from ..pages.guards import everyone
from ..services.alerts import alerts
from ..services.alerts.alerts import Fed
from ..services.ranking.matches import LotMatch
from .journey import journey

ATOM = "http://www.w3.org/2005/Atom"
READS = "120 per hour"


@journey.route("/feeds/lots/<token>")
@limiter.limit(READS)
@everyone
def feed_lots(token: str) -> ResponseReturnValue:
    fed = alerts.fed(token)
    answer = Response(_atom(fed), mimetype="application/atom+xml")
    answer.headers["Cache-Control"] = "private, max-age=600"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _atom(fed: Fed) -> bytes:
    site = current_app.config["BASE_URL"]
    feed = Element("feed", xmlns=ATOM)
    name = fed.enterprise.organisation.name
    SubElement(feed, "id").text = f"{site}/supplying/lots#{fed.enterprise.organisation_id}"
    SubElement(feed, "title").text = f"Lots for {_plain(name)}"
    SubElement(feed, "link", href=f"{site}/supplying/lots")
    moments = [_opened(one) for one in fed.lots]
    SubElement(feed, "updated").text = max(moments, default=fed.enterprise.updated_at).isoformat()
    author = SubElement(feed, "author")
    SubElement(author, "name").text = "Procure"
    for one in fed.lots:
        _add(feed, one, f"{site}/supplying/lots/{one.lot.id}")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")


def _add(feed: Element, one: LotMatch, link: str) -> None:
    lot = one.lot
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = link
    SubElement(entry, "title").text = _plain(lot.title)
    SubElement(entry, "link", href=link)
    SubElement(entry, "updated").text = _opened(one).isoformat()
    facts = [lot.organisation.name, whole_pounds(lot.value_pence), f"answer by {day(lot.deadline_on)}", one.fit_told]
    because = [one.reasons[0].to_supplier] if one.reasons else []
    SubElement(entry, "summary").text = _plain(". ".join([", ".join(facts), *because]))


def _opened(one: LotMatch) -> datetime:
    return one.lot.opened_at or one.lot.created_at


def _plain(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(mark if mark >= " " else " " for mark in text if mark not in "\ufffe\uffff")
