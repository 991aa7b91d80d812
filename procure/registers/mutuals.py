"""Financial Conduct Authority, Mutuals Public Register, society list (csv).

Headings as published; the register itself writes "Full Registation Number". Both spellings are read.
"""

from collections.abc import Iterable

from .addresses import address_key, postcode_within, sic_code
from .layouts import Cells, Layout
from .records import Body, RowRefused

_FORMS = (
    ("co-operative", "cooperative"),
    ("cooperative", "cooperative"),
    ("community benefit", "community_benefit"),
    ("benefit of the community", "community_benefit"),
    ("credit union", "credit_union"),
)


def _read(cells: Cells) -> Iterable[Body]:
    number, name, registered_as, address, sic, status = cells
    squeezed = number.replace(" ", "").upper()
    if not squeezed:
        raise RowRefused("There is no registration number")
    if not name:
        raise RowRefused("There is no name")
    said = registered_as.lower()
    postcode = postcode_within(address)
    code = sic_code(sic)
    yield Body(
        "mutuals",
        squeezed,
        name,
        status or None,
        next((form for words, form in _FORMS if words in said), "society"),
        postcode,
        address_key(tuple(address.split(",")), postcode),
        (code,) if code else (),
    )


MUTUALS = Layout(
    name="fca-mutuals",
    kind="mutuals",
    series="mutuals",
    title="Mutuals Public Register",
    publisher="Financial Conduct Authority",
    read=_read,
    fields={
        "number": r"full regist(r)?ation number",
        "name": "society name",
        "registered_as": "registered as",
        "address": "society address",
        "sic": r"standard industrial classification.*|sic.*",
        "status": "society status",
    },
    optional=frozenset({"sic", "status"}),
    gives="Co-operatives, community benefit societies and credit unions: names, numbers, status, addresses",
    where="Mutuals Public Register: society list",
)
