"""The blueprint that the pages of this journey hang on, and who its people are."""

from flask import Blueprint

from ..pages.guards import who

journey = Blueprint("buying", __name__, url_prefix="/buying")
anchor_people = who("anchor:buyer", "anchor:finance", "anchor:viewer", "anchor:admin")
buyers = who("anchor:buyer", "anchor:admin")
BUYERS = ("anchor:buyer", "anchor:admin")
