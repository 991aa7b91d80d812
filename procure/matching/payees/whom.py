"""Whom a written name speaks of: a person, a public body or another organisation."""

import re
from functools import lru_cache
from typing import Final

from procure.matching.payees.answers import PayeeKind
from procure.matching.payees.bodies import SATELLITES
from procure.matching.payees.names import Name, first_named
from procure.matching.payees.persons import personhood

SURELY_A_PERSON: Final = 0.9
_PUBLIC: Final = re.compile(
    r"""\b(?:
        (?:parish|town|city|county|borough|district|metropolitan|unitary|community|london\ borough)\ council
      | council$ | (?:london|royal|metropolitan)\ borough\ of
      | nhs\ (?:foundation\ )?trust | primary\ care\ trust | clinical\ commissioning\ group | integrated\ care\ board
      | health\ (?:authority|board) | nhs\ (?:england|resolution|supply\ chain|business\ services|blood|professionals)
      | police(?:\ and\ crime)?\ (?:authority|commissioner|constabulary|service) | constabulary | fire\ and\ rescue
      | combined\ authority | (?:department|ministry|office)\ (?:of|for)\ | hm\ revenue | hmrc$ | hm\ courts
      | (?:welsh|scottish)\ government | environment\ agency | companies\ house | land\ registry
    )""",
    re.VERBOSE,
)


@lru_cache(maxsize=1 << 14)
def kind_of(written: str) -> PayeeKind:
    """What the name says, and nothing else: a company may be named after a person, or own a public body's trade.

    A public body is one that the name itself calls a council, an NHS body, a police or fire authority or a department.
    """
    name = first_named(written)
    if personhood(name) >= SURELY_A_PERSON:
        return "person"
    return "public_body" if _is_public(name) else "organisation"


def _is_public(name: Name) -> bool:
    if name.form or SATELLITES.intersection(name.words):
        return False
    return bool(_PUBLIC.search(name.text))
