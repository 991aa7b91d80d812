"""The public page of an anchor: looked at and switched by its finance officers, read by everybody."""

import hashlib
import io
import json
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from ..extensions import db, limiter
from ..models import PublicPage
from ..pages.charts import share_bars
from ..pages.definitions import SHARES
from ..pages.forms import ProcureForm
from ..pages.guards import actor, everyone, who
from ..services.publishing import public_pages
from ..services.publishing.public_figures import share_of, years_kept_back
from ..sheets import export
from .journey import FINANCE, READERS, journey

READS = "600 per hour"
CUTS = {"years": ("Year", "Financial year, April to March"), "categories": ("Category", "Category of spend")}
HEADINGS = tuple(SHARES)


class PublishForm(ProcureForm):
    """One button, and the total that was seen."""

    seen_pence = HiddenField()


@journey.route("/public-page")
@who(*READERS)
def show_switch() -> ResponseReturnValue:
    """Whether the page is on, and what it would say now."""
    me = actor()
    area, content = public_pages.preview(me.acting_for)
    return render_template(
        "open_data/public_switch.html",
        page=public_pages.page_of(me.acting_for),
        area=area,
        may_switch=me.may(*FINANCE),
        content=content,
        kept_back=years_kept_back(me.acting_for),
        **_figures(content),
    )


@journey.route("/public-page/publish", methods=["POST"])
@who(*FINANCE)
def publish_page() -> ResponseReturnValue:
    form = PublishForm()
    if not form.validate_on_submit() or not (form.seen_pence.data or "").lstrip("-").isdigit():
        abort(400)
    public_pages.publish(int(form.seen_pence.data), by=actor())
    db.session.commit()
    flash("The page is on. Anybody can read it now.", "success")
    return redirect(url_for(".show_switch"))


@journey.route("/public-page/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_page() -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    public_pages.withdraw(by=actor())
    db.session.commit()
    flash("The page is off. Its address shows nothing now.", "success")
    return redirect(url_for(".show_switch"))


@limiter.limit(READS)
@everyone
def show_public_page(slug: str) -> ResponseReturnValue:
    page = public_pages.open_page(slug)
    answer = current_app.make_response(
        render_template("open_data/public_page.html", page=page, content=page.content, **_figures(page.content))
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@limiter.limit(READS)
@everyone
def download_public_figures(slug: str, table: str, kind: str) -> ResponseReturnValue:
    """One table as CSV, or everything with its definition as JSON."""
    page = public_pages.open_page(slug)
    if (table, kind) == ("figures", "json"):
        return _cacheable(json.dumps(_as_json(page), ensure_ascii=False, indent=1).encode(), "application/json")
    if table not in CUTS or kind != "csv" or page.content is None:
        abort(404)
    stream = io.BytesIO()
    export.write_csv(
        stream, (CUTS[table][0], *HEADINGS), ([line["name"], *_cells(line)] for line in page.content[table])
    )
    return _cacheable(stream.getvalue(), "text/csv; charset=utf-8")


def _cacheable(content: bytes, kind: str) -> Response:
    """An answer that others may keep, if they ask each time whether it still stands: the page can go off at once."""
    answer = Response(content, content_type=kind)
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.make_conditional(request)
    return answer


def _as_json(page: PublicPage) -> dict[str, Any]:
    content = page.content or {}
    site = current_app.config["BASE_URL"]
    return {
        "organisation": page.organisation.name,
        "definition": f"Local is {content['area']}: {content['definition']}.",
        "edition": content["edition"],
        "generated": page.changed_at.date().isoformat(),
        "period": {"first_month": content["first"][:7], "last_month": content["last"][:7]},
        "left_out": content["left_out"],
        "kept_back": content.get("kept_back", []),
        "licence": content["licence"],
        "units": SHARES,
        "least_payees_in_a_line": content["least_payees"],
        "method": f"{site}{url_for('open_data.show_measure', name='public-page')}",
        "whole": _named(content["whole"]),
        **{cut: [{"name": line["name"], **_named(line)} for line in content[cut]] for cut in CUTS},
    }


def _named(parts: dict[str, Any]) -> dict[str, Any]:
    return dict(zip(HEADINGS, _cells(parts), strict=True))


def _cells(parts: dict[str, Any]) -> list[Any]:
    """One line of a file: pounds, and shares from 0 to 1."""
    share = share_of(parts)
    pounds = (share.local, share.elsewhere, share.unplaced, share.doubtful, share.total)
    return [*(pence / 100 for pence in pounds), share.low, share.high]


def _figures(content: dict[str, Any] | None) -> dict[str, Any]:
    """The content as the templates draw it."""
    if content is None:
        return {}
    cuts = {cut: [(line["name"], share_of(line)) for line in content[cut]] for cut in CUTS}
    return {"whole": share_of(content["whole"]), "cuts": cuts, "headings": CUTS, "chart": share_bars(cuts["years"])}


@journey.record
def _at_the_front(state: BlueprintSetupState) -> None:
    """Short addresses, outside this journey's folder: they are quoted in print."""
    add = state.app.add_url_rule
    add("/open/<slug>", f"{journey.name}.show_public_page", show_public_page)
    add("/open/<slug>/<table>.<kind>", f"{journey.name}.download_public_figures", download_public_figures)
