"""Which payees look like private individuals, by a rule simple enough to print on the page.

source  docs/measures/statutory-files.md
"""

import re
from functools import lru_cache
from typing import Final

_TITLES: Final = "mr mrs ms miss mx dr prof professor rev revd reverend sir dame lady"
_BODIES: Final = (
    "academy agency and architects associates association authority bank board borough building builders business "
    "care catering centre charity chemist church cic cio city cleaning clinic club co college commission committee "
    "community company construction consultancy consultants consulting contractors corporation cottage council "
    "county dental design department development district electrical engineering enterprises estate estates "
    "europe farm federation fire firm foundation fund garage group health healthcare heating holdings home homes "
    "hospice hospital hospitals hotel house housing inc infirmary institute insurance international kitchen law "
    "library limited lodge llp logistics ltd management media medical motors museum network nhs nursery nursing "
    "office optical optician organisation parish partners partnership pharma pharmacy plc plumbing police practice "
    "press print printing project projects properties property recruitment rentals research school schools security "
    "service services shop society software solicitors solutions sons stores studio studios supplies surgery systems "
    "taxis technologies technology theatre trading training transport travel trust uk union university utilities "
    "ventures veterinary vets warehouse water works cars coaches bus buses energy gas electric electricity power "
    "telecom telecoms communications mobile stores foods farms"
)
TITLES: Final = frozenset(_TITLES.split())
BODIES: Final = frozenset(_BODIES.split())
_REDACTED: Final = re.compile(r"\bredact|personal data|\bname withheld\b|^x{3,}$", re.IGNORECASE)
_MOST_WORDS = 5
ALREADY_HIDDEN: Final = "Redacted in the ledger"
"""The reason where the ledger itself hides the name."""


@lru_cache(maxsize=65_536)
def reason_to_redact(name: str) -> str | None:
    """Why a payee's name should not be published; None where the rule sees an organisation or cannot tell.

    A name is a person's where it has a title (Mrs), a single initial (J Smith) or a comma between family and
    first name (Smith, Jane), and no word, figure or "&" that organisations have. "Jane Smith" alone is not
    recognised: the same two words may be a shop.
    """
    if _REDACTED.search(name):
        return ALREADY_HIDDEN
    words = re.findall(r"[^\W\d_](?:[^\W\d_]|['’\-])*", name)
    bare = [word.casefold() for word in words]
    if not 2 <= len(words) <= _MOST_WORDS or re.search(r"[\d&@/+]", name) or not BODIES.isdisjoint(bare):
        return None
    rest = [word for word in bare if word not in TITLES]
    if not rest:
        return None
    if len(rest) < len(bare) and (bare[0] in TITLES or bare[-1] in TITLES):
        return "It has a title, as people’s names do"
    if any(len(word) == 1 for word in rest) and any(len(word) > 2 for word in rest) and len(rest) <= _MOST_WORDS - 1:
        return "It has an initial, as people’s names do"
    before, comma, after = name.partition(",")
    if comma and "," not in after and len(before.split()) == 1 and 1 <= len(after.split()) <= 2:
        return "It is written family name first, with a comma"
    return None
