"""The directory of enterprises and one profile."""

from datetime import date

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from ..models import Enterprise, Organisation
from ..models.enterprises import VCSE_FORMS
from ..pages.guards import actor
from ..pages.listing import Choice, Column, Listing
from ..services.enterprises import directory
from ..services.reference.cpv import division_words
from ..social_value import MEASURES
from .blueprint import anchor_people, journey
from .words import DONE_WORDS, FORM_WORDS, GRADE_WORDS

MOST_SHOWN = 3


@journey.route("/enterprises")
@anchor_people
def list_enterprises() -> ResponseReturnValue:
    listing = Listing(
        "enterprises",
        directory.everyone(),
        (
            Column(
                "name",
                "Enterprise",
                lambda one: one.organisation.name,
                Organisation.name,
                link=lambda one: url_for("buying.show_enterprise", enterprise_id=one.organisation_id),
            ),
            Column("kind", "Kind", lambda one: FORM_WORDS[one.legal_form], Enterprise.legal_form),
            Column("grade", "How we know", lambda one: GRADE_WORDS[one.legal_form_grade], Enterprise.legal_form_grade),
            Column("postcode", "Where", lambda one: one.organisation.postcode, Organisation.postcode),
            Column("does", "What they do", _does),
        ),
        search_in=(Organisation.name, Enterprise.summary, directory.StatementSearch()),
        default_sort="name",
        choices=_choices(),
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("buying/list_enterprises.html", page=answer)


def _choices() -> dict[str, Choice]:
    kinds = {key: (words, Enterprise.legal_form == key) for key, words in FORM_WORDS.items()}
    vcse = {"vcse": ("Any charity or social enterprise", Enterprise.legal_form.in_(sorted(VCSE_FORMS)))}
    return {
        "kind": Choice("Kind", {**vcse, **kinds}),
        "area": Choice(
            "Based or working in", {one: (one, directory.based_or_working_in(one)) for one in directory.districts()}
        ),
        "holds": Choice("Holds", {one: (one, directory.holds(one)) for one in directory.certificates()}),
    }


def _does(one: Enterprise) -> str:
    said = [capability.statement for capability in one.capabilities] or [one.summary]
    more = len(said) - MOST_SHOWN
    told = "; ".join(text.rstrip(". ") for text in said[:MOST_SHOWN])
    return told + (f"; and {more} more" if more > 0 else "")


@journey.route("/enterprises/<id:enterprise_id>")
@anchor_people
def show_enterprise(enterprise_id: int) -> ResponseReturnValue:
    profile = directory.find_profile(enterprise_id, of=actor().acting_for)
    return render_template(
        "buying/show_enterprise.html",
        profile=profile,
        enterprise=profile.enterprise,
        form_words=FORM_WORDS,
        grade_words=GRADE_WORDS,
        done_words=DONE_WORDS,
        measures=MEASURES,
        today=date.today(),
        division_words=division_words,
        history=directory.dealings(enterprise_id, of=actor().acting_for),
    )
