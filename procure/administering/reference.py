"""Reference data: which editions are in force, the history of loads, and adding one."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from .. import jobs
from ..config import REFERENCE_BYTES_MOST
from ..extensions import db
from ..models import Edition, EditionRefusal, Job, Person
from ..pages.guards import actor, installation_admins
from ..pages.listing import Choice, Column, Listing, Page
from ..registers import KINDS, Layout, UnreadableFileError
from ..services.editions import reference_editions, reference_uploads
from ..services.people import accounts
from .forms import ReferenceForm
from .journey import journey

KIND_WORDS = {
    "companies": "Companies",
    "charities": "Charities",
    "mutuals": "Mutuals",
    "postcodes": "Postcodes",
    "deprivation": "Deprivation",
    "areas": "Names of areas",
    "cpv": "What is bought (CPV)",
    "sic": "What companies do (SIC)",
    "proclass": "Council spend categories (ProClass)",
}
STATES = {
    "loading": "Being loaded",
    "ready": "In force",
    "replaced": "Replaced",
    "failed": "Not loaded",
}
LOADING_PAGE = "administering.load_reference"


@dataclass(frozen=True)
class Shelf:
    """One kind on the page: what is in force, what is being loaded, and what its publishers offer."""

    kind: str
    words: str
    in_force: list[Edition]
    loading: list[tuple[Edition, Job]]
    layouts: list[Layout]


@journey.route("/reference")
@installation_admins
def list_reference() -> ResponseReturnValue:
    """Every kind with its editions in force; below, every load there was."""
    listing = Listing(
        "reference-editions",
        reference_editions.select_editions(),
        [
            Column("started", "Asked for", lambda row: row[0].started_at, sort=Edition.started_at, show="moment"),
            Column("title", "What", lambda row: row[0].title, sort=Edition.title, link=_edition_page),
            Column("state", "State", lambda row: STATES[row[0].state], sort=Edition.state, tag=True),
            Column("rows", "Rows", lambda row: row[0].rows, sort=Edition.rows, show="count"),
            Column("refused", "Refused", lambda row: row[0].refused, sort=Edition.refused, show="count"),
            Column("who", "By", lambda row: row[1] or "a command", sort=Person.name),
        ],
        search_in=[Edition.title, Edition.filename],
        choices={"kind": Choice("Kind", {kind: (words, Edition.kind == kind) for kind, words in KIND_WORDS.items()})},
    )
    answer = listing.answer()
    if not isinstance(answer, Page):
        return answer
    return render_template("administering/reference.html", page=answer, shelves=_shelves())


def _shelves() -> list[Shelf]:
    ready, loading = reference_editions.in_force(), reference_uploads.open_jobs()
    under_way = [(reference_editions.find(number), job) for number, job in sorted(loading.items())]
    return [
        Shelf(
            kind,
            KIND_WORDS[kind],
            [edition for edition in ready if edition.kind == kind],
            [(edition, job) for edition, job in under_way if edition.kind == kind],
            reference_editions.of_kind(kind),
        )
        for kind in KINDS
    ]


@journey.route("/reference/load", methods=["GET", "POST"])
@installation_admins
def load_reference() -> ResponseReturnValue:
    """Send a publisher's file; a job loads it."""
    form = ReferenceForm()
    form.kind.choices = [SelectChoice(kind, words) for kind, words in KIND_WORDS.items()]
    if request.method == "GET" and request.args.get("kind") in KIND_WORDS:
        form.kind.data = request.args["kind"]
    if form.validate_on_submit() and (edition := _received(form)):
        flash(
            f"{edition.title}: the file is here and is being loaded. The edition before it stays until then.", "success"
        )
        return redirect(url_for(".list_reference"))
    return render_template("administering/reference_load.html", form=form)


def _received(form: ReferenceForm) -> Edition | None:
    reference_uploads.forget_files()
    sent = form.file.data
    told = reference_editions.Told(form.kind.data, sent.filename, form.edition_on.data, form.licence.data or None)
    try:
        edition, job = reference_uploads.receive(told, sent.stream, by=actor())
    except UnreadableFileError as error:
        db.session.rollback()
        form.file.errors = [str(error)]
        return None
    number = job.id
    db.session.commit()
    jobs.wake(number)
    return edition


@journey.route("/reference/<id:edition_id>")
@installation_admins
def show_edition(edition_id: int) -> ResponseReturnValue:
    """One load: what it brought, and the rows that were refused."""
    edition = reference_editions.find(edition_id)
    listing = Listing(
        f"refused-rows-{edition_id}",
        reference_editions.select_refusals(edition_id),
        [
            Column("row", "Row", lambda row: row.row, sort=EditionRefusal.row, show="count"),
            Column("reason", "Why", lambda row: row.reason, sort=EditionRefusal.reason),
        ],
        search_in=[EditionRefusal.reason],
    )
    answer = listing.answer()
    if not isinstance(answer, Page):
        return answer
    return render_template(
        "administering/reference_edition.html",
        page=answer,
        edition=edition,
        state=STATES[edition.state],
        kind=KIND_WORDS[edition.kind],
        job=reference_uploads.open_jobs().get(edition_id),
        most=reference_editions.MOST_REFUSALS_KEPT,
    )


def _edition_page(row: tuple[Edition, str]) -> str:
    return url_for(".show_edition", edition_id=row[0].id)


@journey.url_value_preprocessor
def take_large_files(endpoint: str | None, _values: object) -> None:
    """A register is larger than any ledger; only an administrator of the installation may send one that large."""
    if endpoint == LOADING_PAGE and request.method == "POST":
        person = accounts.person_of(session["token"]) if session.get("token") else None
        if person is not None and person.is_installation_admin:
            request.max_content_length = REFERENCE_BYTES_MOST
