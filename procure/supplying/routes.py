"""Routes of this journey."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from ..pages.guards import everyone

journey = Blueprint("supplying", __name__, url_prefix="/supplying")


@journey.route("/register")
@everyone
def register() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in"))
