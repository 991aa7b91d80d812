"""What anchors of one place tell each other, if both agreed: two consents, each given and taken back by itself."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import sharing_consents
from ..services.sharing_consents import LINKS, PURCHASES
from ..services.shift import shift_neighbours
from .journey import ANCHOR, FINANCE, READERS, journey
from .sharing_forms import SharingForm


@dataclass(frozen=True)
class Page:
    """Where one consent is given, and what its page says."""

    endpoint: str
    template: str
    naming: str
    given: str
    withdrawn: str


PAGES = {
    LINKS: Page(
        ".show_offers",
        "spending/payee_offers.html",
        "Tell them which decisions are ours",
        "Your links are offered to the anchors of your place that share theirs.",
        "Nobody sees your links any more, and you see nobody’s.",
    ),
    PURCHASES: Page(
        ".show_neighbours",
        "spending/shift_neighbours.html",
        "Tell them our name",
        "Kept. You and the anchors of your place that share too now help each other.",
        "Nobody is told what you buy any more, and you are told nothing.",
    ),
}


@journey.route("/payees/offers")
@who(*READERS)
def show_offers() -> ResponseReturnValue:
    return _page(LINKS)


@journey.route("/shift/neighbours")
@who(*ANCHOR)
def show_neighbours() -> ResponseReturnValue:
    return _page(PURCHASES)


@journey.route("/payees/offers/agree", methods=["POST"], defaults={"kind": LINKS})
@journey.route("/shift/neighbours/agree", methods=["POST"], defaults={"kind": PURCHASES})
@who(*FINANCE)
def agree_sharing(kind: str) -> ResponseReturnValue:
    form = SharingForm()
    if not form.validate_on_submit():
        abort(400)
    sharing_consents.agree(kind, bool(form.is_named.data), by=actor())
    db.session.commit()
    flash(PAGES[kind].given, "success")
    return redirect(url_for(PAGES[kind].endpoint))


@journey.route("/payees/offers/withdraw", methods=["POST"], defaults={"kind": LINKS})
@journey.route("/shift/neighbours/withdraw", methods=["POST"], defaults={"kind": PURCHASES})
@who(*FINANCE)
def withdraw_sharing(kind: str) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    sharing_consents.withdraw(kind, by=actor())
    db.session.commit()
    flash(PAGES[kind].withdrawn, "success")
    return redirect(url_for(PAGES[kind].endpoint))


def _page(kind: str) -> ResponseReturnValue:
    me, page = actor(), PAGES[kind]
    kept = sharing_consents.given(kind, of=me.acting_for)
    return render_template(
        page.template,
        kind=kind,
        kept=kept,
        places=sharing_consents.places(of=me.acting_for),
        partners=len(sharing_consents.partners(kind, of=me.acting_for)),
        form=SharingForm(is_named=bool(kept and kept.is_named)).asking(page.naming),
        may_decide=me.may(*FINANCE),
        least=shift_neighbours.LEAST_UNNAMED,
    )
