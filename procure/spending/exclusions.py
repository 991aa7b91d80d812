"""What is left out of the local share: each rule with its money, switched with a reason."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..services.errors import ConflictError, RefusedError
from ..services.shares import areas, shares, spend_rules, spend_vat
from ..spend import Share
from ..spend.exclusions import BY_CATEGORY, PASS_THROUGH, RULES, reads_handed_on, reads_like_pay
from .exclusion_forms import RuleForm
from .journey import ANCHOR, FINANCE, journey

MOST_PROPOSED = 30


@journey.route("/local-share/left-out")
@who(*ANCHOR)
def list_exclusions() -> ResponseReturnValue:
    me = actor()
    area = areas.headline(me.acting_for)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    found = shares.local_spend(me.acting_for, areas.shape(area))
    standing = spend_rules.standing(me.acting_for)
    out = {rule: (share, payments) for rule, share, payments in found.excluded}
    rows = [(name, *out.get(rule, (Share(), 0))) for rule, name in ((rule, RULES[rule].name) for rule in RULES)]
    would = shares.would_leave_out(found)
    everything = found.whole.total + sum(share.total for _, share, _ in rows)
    if kind := asked_kind():
        told = [["Counted", found.whole.total / 100, found.payments]]
        told += [[name, share.total / 100, payments or None] for name, share, payments in rows]
        return send_table(
            "local-share-left-out", ("What", "Pounds", "Payments"), told, kind, units=[None, "pounds", "number"]
        )
    return render_template(
        "spending/exclusions.html",
        rules=RULES,
        standing=standing,
        is_on={rule: spend_rules.is_on(rule, standing.get(rule)) for rule in RULES},
        out=out,
        found=found,
        everything=everything,
        nothing=Share(),
        would=would,
        told_vat=spend_vat.told_vat(me.acting_for),
        vat=spend_vat.pence_by_vat(me.acting_for),
        history=spend_rules.history(me.acting_for),
        may_edit=me.may(*FINANCE),
    )


@journey.route("/local-share/left-out/<rule>", methods=["GET", "POST"])
@who(*FINANCE)
def set_exclusion(rule: str) -> ResponseReturnValue:
    if rule not in RULES:
        abort(404)
    me = actor()
    was = spend_rules.standing(me.acting_for).get(rule)
    categories = spend_rules.known_categories(me.acting_for)
    form = RuleForm(
        is_on=was.is_on if was else True,  # as it stands, or what somebody who comes here for the first time wants
        categories="\n".join(was.categories) if was else "",
        seen=str(was.id if was else 0),
    )
    if rule not in BY_CATEGORY:
        del form.categories
    if form.validate_on_submit():
        try:
            spend_rules.switch(
                rule,
                is_on=bool(form.is_on.data),
                reason=form.reason.data or "",
                categories=form.listed if rule in BY_CATEGORY else [],
                seen=form.seen_id,
                by=me,
            )
            db.session.commit()
            flash("The rule is saved.", "success")
            return redirect(url_for(".list_exclusions"))
        except ConflictError:
            raise
        except RefusedError as refusal:
            db.session.rollback()
            form.reason.errors = [str(refusal)]
    reads = reads_handed_on if rule == PASS_THROUGH else reads_like_pay
    proposed = [category for category in categories if reads(category)] if rule in BY_CATEGORY else []
    return render_template(
        "spending/exclusion.html", form=form, rule=RULES[rule], proposed=proposed[:MOST_PROPOSED], was=was
    )
