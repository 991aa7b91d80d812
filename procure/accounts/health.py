"""For the machine that watches the site, or shares out its visitors: whether it works."""

from flask.typing import ResponseReturnValue

from ..pages.guards import everyone
from ..services import health
from .journey import journey

NEEDED = ("database", "disk")
"""Without a worker pages still work: uploads wait."""


@journey.route("/health")
@everyone
def tell_health() -> ResponseReturnValue:
    parts = health.in_short()
    is_up = all(parts[name] for name in NEEDED)
    return {"is_up": is_up, **parts}, 200 if is_up else 503, {"Cache-Control": "no-store"}
