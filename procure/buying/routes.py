"""Routes of this journey."""

from flask import Blueprint

journey = Blueprint("buying", __name__, url_prefix="/buying")
