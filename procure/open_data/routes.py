"""Routes of this journey."""

from flask import Blueprint

journey = Blueprint("open_data", __name__, url_prefix="/open_data")
