"""Members of a support network from a spreadsheet."""

from io import BytesIO
from pathlib import Path

from flask import Response, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput

from .. import jobs
from ..extensions import db
from ..pages.downloads import KINDS, attach, send_original
from ..pages.forms import ProcureForm, refuse_other_organisation
from ..pages.guards import actor
from ..services.networks import member_files
from ..services.payees import payee_checks
from ..sheets import write_template
from .blueprint import journey, network_people

XLSX = KINDS["xlsx"]


class FileForm(ProcureForm):
    file = FileField(
        "Choose a spreadsheet", widget=GovFileInput(), validators=[FileRequired("Choose a spreadsheet to upload")]
    )


@journey.route("/members/upload", methods=["GET", "POST"])
@network_people
def upload_members() -> ResponseReturnValue:
    form = FileForm()
    if form.validate_on_submit():
        upload, job = member_files.receive(form.file.data.filename or "file", form.file.data.stream, by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_upload", upload_id=upload.id))
    return render_template("supplying/upload_members.html", form=form, has_example=_example() is not None)


@journey.route("/members/uploads/<id:upload_id>")
@network_people
def show_upload(upload_id: int) -> ResponseReturnValue:
    upload = member_files.find_upload(upload_id, of=actor().acting_for)
    new, known = member_files.new_and_known(upload) if upload.state == "read" else ([], [])
    sheets = upload.reading.get("sheets", [])
    return render_template(
        "supplying/upload.html",
        upload=upload,
        job=member_files.job_of(upload),
        sheets=sheets,
        new=new,
        known=known,
        refused=sum(sheet["refused"] for sheet in sheets),
        form=ProcureForm(),
    )


@journey.route("/members/uploads/<id:upload_id>/confirm", methods=["POST"])
@network_people
def confirm_upload(upload_id: int) -> ResponseReturnValue:
    refuse_other_organisation()
    made = member_files.confirm(upload_id, by=actor())
    db.session.commit()
    payee_checks.wake_waiting()
    flash(f"{len(made)} {'enterprise is' if len(made) == 1 else 'enterprises are'} registered by you.", "success")
    return redirect(url_for(".list_members"))


@journey.route("/members/uploads/<id:upload_id>/discard", methods=["POST"])
@network_people
def discard_upload(upload_id: int) -> ResponseReturnValue:
    refuse_other_organisation()
    member_files.discard(upload_id, by=actor())
    db.session.commit()
    flash("The file is discarded. Nobody was registered.", "success")
    return redirect(url_for(".upload_members"))


@journey.route("/members/uploads/<id:upload_id>/refused")
@network_people
def download_refused(upload_id: int) -> ResponseReturnValue:
    upload = member_files.find_upload(upload_id, of=actor().acting_for)
    stream = BytesIO()
    member_files.write_refused(stream, upload)
    return _xlsx(stream, "refused-rows.xlsx")


@journey.route("/members/template")
@network_people
def download_template() -> ResponseReturnValue:
    stream = BytesIO()
    write_template("capabilities", stream)
    return _xlsx(stream, "capabilities-template.xlsx")


@journey.route("/members/example")
@network_people
def download_example() -> ResponseReturnValue:
    path = _example()
    if path is None:
        abort(404)
    return send_original(path, path.name)


def _example() -> Path | None:
    """The example file that the demonstration place wrote, if it did."""
    folder = Path(current_app.config["EXAMPLES_FOLDER"])
    return next(iter(sorted(folder.glob("capabilities*"))), None)


def _xlsx(stream: BytesIO, name: str) -> Response:
    stream.seek(0)
    return attach(send_file(stream, mimetype=XLSX), name)
