"""A consortium's documents, its message thread and its bid packs."""

import io

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import RoomMessage
from ..pages.downloads import KINDS, attach, send_original
from ..pages.forms import refuse_other_organisation
from ..pages.guards import actor
from ..pages.listing import Column, Listing
from ..papers import NoPdfError
from ..services.consortia import bid_packs, consortia_papers, messages, workspace
from ..services.errors import NotFoundError, RefusedError
from .bid_files import write_docx, write_pdf, write_xlsx
from .blueprint import enterprise_people, journey
from .workspace_forms import DocumentForm, MessageForm, SeenForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKS = {
    "docx": ("Word", DOCX, write_docx),
    "pdf": ("PDF", "application/pdf", write_pdf),
    "xlsx": ("Excel", KINDS["xlsx"], write_xlsx),
}
"""Ending of a bid pack's file > what people call it, its type, and who writes it."""


@journey.route("/consortia/<id:consortium_id>/bid/documents", methods=["GET", "POST"])
@enterprise_people
def list_documents(consortium_id: int) -> ResponseReturnValue:
    room = workspace.enter(consortium_id, of=actor().acting_for)
    form = DocumentForm()
    if form.validate_on_submit():
        given = form.file.data
        try:
            consortia_papers.add(consortium_id, form.kind.data, given.filename or "file", given.stream, by=actor())
            db.session.commit()
            flash("The document is in the room.", "success")
            return redirect(url_for(".list_documents", consortium_id=consortium_id))
        except RefusedError as refused:
            db.session.rollback()
            form.file.errors = [str(refused)]
            room = workspace.enter(consortium_id, of=actor().acting_for)
    return render_template(
        "supplying/workspace_documents.html",
        room=room,
        form=form,
        documents=consortia_papers.documents_in(consortium_id, of=actor().acting_for),
        kinds=consortia_papers.KINDS,
        wanted=consortia_papers.WANTED,
        types=consortia_papers.TYPES,
    )


@journey.route("/consortia/<id:consortium_id>/bid/documents/<id:document_id>")
@enterprise_people
def download_document(consortium_id: int, document_id: int) -> ResponseReturnValue:
    document = consortia_papers.find(consortium_id, document_id, of=actor().acting_for)
    path = consortia_papers.path_of(document)
    if not path.exists():
        raise NotFoundError
    return send_original(path, document.filename)


@journey.route("/consortia/<id:consortium_id>/bid/documents/<id:document_id>/remove", methods=["POST"])
@enterprise_people
def remove_document(consortium_id: int, document_id: int) -> ResponseReturnValue:
    refuse_other_organisation()
    document = consortia_papers.take_away(consortium_id, document_id, by=actor())
    path = consortia_papers.path_of(document)
    db.session.commit()
    path.unlink(missing_ok=True)
    flash("The document is taken away and deleted.", "success")
    return redirect(url_for(".list_documents", consortium_id=consortium_id))


@journey.route("/consortia/<id:consortium_id>/bid/messages", methods=["GET", "POST"])
@enterprise_people
def list_messages(consortium_id: int) -> ResponseReturnValue:
    room = workspace.enter(consortium_id, of=actor().acting_for)
    form = MessageForm()
    if form.validate_on_submit():
        messages.post(consortium_id, form.body.data, once=form.once.data or messages.new_token(), by=actor())
        db.session.commit()
        flash("Your message is sent to the other members.", "success")
        return redirect(url_for(".list_messages", consortium_id=consortium_id))
    form.once.data = form.once.data or messages.new_token()
    page = _thread(consortium_id).answer()
    if isinstance(page, Response):
        return page
    return render_template("supplying/workspace_messages.html", room=room, form=form, page=page, author=_author)


def _thread(consortium_id: int) -> Listing:
    return Listing(
        name="messages",
        query=messages.thread(consortium_id, of=actor().acting_for),
        columns=(
            Column("sent", "Sent", lambda one: one.sent_at, sort=RoomMessage.id, show="moment"),
            Column("who", "Who", _author),
            Column("enterprise", "Enterprise", lambda one: one.organisation.name),
            Column("body", "Message", lambda one: one.body),
        ),
        search_in=(RoomMessage.body,),
        default_sort="-sent",
    )


def _author(message: RoomMessage) -> str:
    return message.person.name if message.person else "Somebody who has left"


@journey.route("/consortia/<id:consortium_id>/bid/packs", methods=["GET", "POST"])
@enterprise_people
def list_packs(consortium_id: int) -> ResponseReturnValue:
    if request.method == "POST":
        bid_packs.make(consortium_id, seen=SeenForm().seen, by=actor())
        db.session.commit()
        flash("The bid pack is made. Download it and send it through the buyer's own portal.", "success")
        return redirect(url_for(".list_packs", consortium_id=consortium_id))
    room = workspace.enter(consortium_id, of=actor().acting_for)
    return render_template(
        "supplying/workspace_packs.html",
        room=room,
        packs=bid_packs.packs_of(consortium_id, of=actor().acting_for),
        open_gates=[gate for gate in room.gates if gate.state != "met"],
        files={kind: words for kind, (words, _, _) in PACKS.items()},
    )


@journey.route("/consortia/<id:consortium_id>/bid/packs/<id:pack_id>")
@enterprise_people
def download_pack(consortium_id: int, pack_id: int) -> ResponseReturnValue:
    pack = bid_packs.find(consortium_id, pack_id, of=actor().acting_for)
    kind = request.args.get("kind", "docx")
    if kind not in PACKS:
        raise NotFoundError
    with_prices = request.args.get("prices") != "no"
    _, kind_of_file, write = PACKS[kind]
    stream = io.BytesIO()
    try:
        write(stream, pack.content, bid_packs.sections(pack, with_prices=with_prices))
    except NoPdfError as fault:
        current_app.logger.warning("no PDF was made: %s", fault.__cause__)
        flash(str(fault), "note")
        return redirect(url_for(".list_packs", consortium_id=consortium_id))
    stream.seek(0)
    ending = "" if with_prices else " without prices"
    response = send_file(stream, mimetype=kind_of_file)
    return attach(response, f"Bid pack version {pack.version}{ending}.{kind}")
