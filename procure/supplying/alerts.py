"""How a person hears of lots: the choice, the feed's address, and the link that stops messages."""

from datetime import datetime

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from ..extensions import csrf, db
from ..models import AlertChoice
from ..pages.forms import ProcureForm
from ..pages.guards import actor, everyone
from ..services.alerts import alerts, digests
from ..services.alerts.alerts import FREQUENCY_WORDS
from ..services.errors import NotFoundError
from .blueprint import enterprise_people, journey

SAID = {
    "start": "Your feed has an address now. Keep it to yourself: whoever has it can read it.",
    "replace": "Your feed has a new address. The old one no longer works.",
    "stop": "Your feed is switched off.",
}


class AlertForm(ProcureForm):
    """One choice, with the version of what the person saw."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        written = self.seen.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


@journey.route("/alerts", methods=["GET", "POST"])
@enterprise_people
def show_alerts() -> ResponseReturnValue:
    form = AlertForm()
    if form.validate_on_submit():
        choice = alerts.choose(request.form.get("frequency", ""), seen=form.version, by=actor())
        db.session.commit()
        flash(f"Saved. We will tell you: {FREQUENCY_WORDS[choice.frequency].lower()}.", "success")
        return redirect(url_for(".show_alerts"))
    kept = alerts.find(by=actor())
    token = alerts.feed_token(kept) if kept else None
    return render_template(
        "supplying/alerts.html",
        form=form,
        choice=kept,
        next_at=_next(kept),
        words=FREQUENCY_WORDS,
        feed=f"{current_app.config['BASE_URL']}{url_for('open_data.feed_lots', token=token)}" if token else None,
    )


def _next(choice: AlertChoice | None) -> datetime | None:
    """When the next message may come; None where none comes, or one comes whenever a lot opens."""
    if choice is None or choice.frequency not in ("daily", "weekly"):
        return None
    return digests.next_time(choice.frequency, choice.looked_at or choice.changed_at)


@journey.route("/alerts/feed", methods=["POST"])
@enterprise_people
def change_feed() -> ResponseReturnValue:
    form = AlertForm()
    if not form.validate():
        abort(400)
    move = request.form.get("move", "")
    alerts.feed(move, seen=form.version, by=actor())
    db.session.commit()
    flash(SAID[move], "success")
    return redirect(url_for(".show_alerts"))


@journey.route("/alerts/quiet/<token>", methods=["GET", "POST"])
@csrf.exempt
@everyone
def quieten(token: str) -> ResponseReturnValue:
    """The link in a message. A mail program posts to it on its own (RFC 8058), so its only proof is the address."""
    if request.method == "GET":
        return _unlisted(render_template("supplying/quiet.html", choice=alerts.choice_to_quiet(token), is_done=False))
    try:
        choice = alerts.quieten(token)
    except NotFoundError:
        abort(400)
    db.session.commit()
    return _unlisted(render_template("supplying/quiet.html", choice=choice, is_done=True))


def _unlisted(page: str) -> Response:
    answer = Response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
