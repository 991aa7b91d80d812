"""The finance officer's journey: from a spend file to the local share."""

from flask import Blueprint

journey = Blueprint("spending", __name__, url_prefix="/spending")

FINANCE = ("anchor:finance", "anchor:admin")
READERS = (*FINANCE, "anchor:viewer")
ANCHOR = (*READERS, "anchor:buyer")
