"""Routes of this journey."""

from flask import Blueprint

journey = Blueprint("administering", __name__, url_prefix="/administering")
