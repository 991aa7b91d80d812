"""The blueprint that the pages of this journey hang on, and who its people are."""

from flask import Blueprint

from ..pages.guards import who

journey = Blueprint("supplying", __name__, url_prefix="/supplying")
enterprise_people = who("enterprise:member", "enterprise:admin")
network_people = who("network:adviser", "network:admin")
