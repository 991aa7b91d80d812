"""Many lots by spreadsheet: the template, the upload, how it was read, and the drafts made of it."""

from io import BytesIO
from pathlib import Path

from flask import Response, abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from .. import jobs
from ..extensions import db
from ..matching.categories import DIVISION_NAMES
from ..pages.downloads import KINDS, attach, send_original, send_table
from ..pages.filters import plural
from ..pages.guards import actor
from ..services.lots import lot_files, tenders
from ..sheets import write_template
from .blueprint import BUYERS, anchor_people, buyers, journey
from .forms import LotsFileForm


@journey.route("/lots/upload", methods=["GET", "POST"])
@buyers
def upload_lots() -> ResponseReturnValue:
    form = LotsFileForm()
    if form.validate_on_submit():
        upload, job = lot_files.receive(form.file.data.filename, form.file.data.stream, by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_upload", upload_id=upload.id))
    return render_template("buying/upload_lots.html", form=form, examples=_examples())


@journey.route("/uploads/<id:upload_id>")
@anchor_people
def show_upload(upload_id: int) -> ResponseReturnValue:
    """How a lots file was read; the refused rows as a file where ?download= asks for them."""
    upload = lot_files.find_upload(upload_id, of=actor().acting_for)
    refused = upload.reading.get("refused", [])
    kind = request.args.get("download", "")
    if kind in KINDS and refused:
        return send_table(f"refused-rows-{upload.id}", REFUSED_HEADINGS, map(_refused_cells, refused), kind)
    job = tenders.open_job("read lots", upload.id, of=actor().acting_for)
    made = lot_files.lots_of(upload)
    return render_template(
        "buying/show_upload.html",
        upload=upload,
        job=job,
        made=made,
        rows=lot_files.facts_in(upload),
        doubles=lot_files.doubles_in(upload) if upload.state == "read" else [],
        may_write=actor().may(*BUYERS),
    )


REFUSED_HEADINGS = ("Sheet", "Row", "Cells", "What to do")


def _refused_cells(refused: dict) -> tuple[str | int, ...]:
    advice = "; ".join(
        f"{problem['column']}: {problem['message']}" if problem["column"] else problem["message"]
        for problem in refused["problems"]
    )
    return refused["sheet"] or "", refused["row"], " | ".join(refused["cells"]), advice


@journey.route("/uploads/<id:upload_id>/confirm", methods=["POST"])
@buyers
def confirm_upload(upload_id: int) -> ResponseReturnValue:
    lots = lot_files.confirm(upload_id, by=actor())
    db.session.commit()
    flash(
        f"{plural(len(lots), 'lot is kept as a draft', 'lots are kept as drafts')}. Open each when it is ready.",
        "success",
    )
    return redirect(url_for(".list_lots", state="draft"))


@journey.route("/uploads/<id:upload_id>/discard", methods=["POST"])
@buyers
def discard_upload(upload_id: int) -> ResponseReturnValue:
    lot_files.discard(upload_id, by=actor())
    db.session.commit()
    flash("The file is discarded. No lots were made.", "success")
    return redirect(url_for(".upload_lots"))


@journey.route("/lots/template")
@buyers
def download_template() -> Response:
    stream = BytesIO()
    choices = [f"{code}000000 {words}" for code, words in DIVISION_NAMES.items()]
    write_template("lots", stream, choices={"cpv": choices})
    stream.seek(0)
    return attach(send_file(stream, mimetype=KINDS["xlsx"]), "lots-template.xlsx")


@journey.route("/lots/examples/<name>")
@buyers
def download_example(name: str) -> Response:
    """One of the example files the demonstration place wrote: only those named lots..."""
    found = next((path for path in _examples() if path.name == name), None)
    if found is None:
        abort(404)
    return send_original(found, found.name)


def _examples() -> list[Path]:
    return sorted(path for path in Path(current_app.config["EXAMPLES_FOLDER"]).glob("lots*") if path.is_file())
