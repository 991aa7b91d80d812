"""One search over everything a person may see."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..pages.guards import actor, signed_in
from ..services.home import searching
from .journey import journey

LONGEST = 200


@dataclass(frozen=True)
class Kind:
    """How a kind is headed, where one of it is seen and where all are; `by_name` where its list is the page of one."""

    heading: str
    endpoint: str
    value: str
    all: str
    by_name: bool = False


KINDS = {
    "lot": Kind("Lots", "buying.show_lot", "lot_id", "buying.list_lots"),
    "open lot": Kind("Lots", "supplying.show_lot", "lot_id", "supplying.list_matches"),
    "lot of the place": Kind("Open lots", "monitoring.list_open_lots", "q", "monitoring.list_open_lots", True),
    "enterprise": Kind("Enterprises", "buying.show_enterprise", "enterprise_id", "buying.list_enterprises"),
    "enterprise of the place": Kind(
        "Enterprises", "monitoring.list_enterprises", "q", "monitoring.list_enterprises", True
    ),
    "member": Kind("Our members", "supplying.show_member", "organisation_id", "supplying.list_members"),
    "payee": Kind("Payees", "spending.show_payee", "payee_id", "spending.list_payees"),
    "ledger": Kind("Ledgers", "spending.show_ledger", "ledger_id", "spending.list_ledgers"),
}


@journey.route("/search")
@signed_in
def search() -> ResponseReturnValue:
    asked = request.args.get("q", "").replace("\x00", "")[:LONGEST].strip()
    found = searching.search(asked, by=actor()) if asked else []
    return render_template(
        "accounts/search.html",
        asked=asked,
        shelves=[
            (KINDS[kind], url_for(KINDS[kind].all), [(hit, _page_of(kind, hit)) for hit in hits])
            for kind, hits in found
            if hits
        ],
        searched=[KINDS[kind].heading.lower() for kind, _ in found],
        most=searching.MOST,
    )


def _page_of(kind: str, hit: searching.Hit) -> str:
    place = KINDS[kind]
    values: dict[str, Any] = {place.value: hit.name if place.by_name else hit.id}
    return url_for(place.endpoint, **values)
