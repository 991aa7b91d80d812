"""Routes of this journey."""

from flask import Blueprint

journey = Blueprint("spending", __name__, url_prefix="/spending")
