"""Whether the installation is well, and what to do where it is not."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ..pages.guards import installation_admins
from ..services import health
from .journey import journey


@journey.route("/health")
@installation_admins
def show_health() -> ResponseReturnValue:
    findings = health.findings()
    return render_template(
        "administering/health.html", findings=findings, ill=[one for one in findings if not one.is_well]
    )
