"""Routes of this journey."""

from flask import Blueprint

journey = Blueprint("monitoring", __name__, url_prefix="/monitoring")
