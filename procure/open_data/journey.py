"""What an anchor must or may publish: files made from its confirmed ledgers."""

from flask import Blueprint

journey = Blueprint("open_data", __name__, url_prefix="/open-data")

FINANCE = ("anchor:finance", "anchor:admin")
READERS = (*FINANCE, "anchor:viewer")
