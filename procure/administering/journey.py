"""The blueprint all pages of this journey hang on."""

from flask import Blueprint

journey = Blueprint("administering", __name__, url_prefix="/administering")
