"""The blueprint that the pages of this journey hang on, and who its people are."""

from flask import Blueprint

from ..pages.guards import who
from .words import units, with_marks

journey = Blueprint("buying", __name__, url_prefix="/buying")
anchor_people = who("anchor:buyer", "anchor:finance", "anchor:viewer", "anchor:admin")
buyers = who("anchor:buyer", "anchor:admin")
BUYERS = ("anchor:buyer", "anchor:admin")

for words_filter in (units, with_marks):
    journey.add_app_template_filter(words_filter)
