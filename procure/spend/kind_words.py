"""What a name alone tells of the kind of payee: words of a legal form, of public bodies, and how people are written.

Rules simple enough to print on the page; each stands with the sentence it gives. The first that fits decides.
source  docs/measures/payee-places.md
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .private_names import ALREADY_HIDDEN, reason_to_redact


@dataclass(frozen=True)
class Inferred:
    """What a name seems to be: the group, the legal form where the name says it, and why."""

    group: str
    form: str | None
    reason: str


_FIRM: Final = re.compile(
    r"\b(ltd|limited|plc|llp|lp|inc|gmbh|bv|b v|cyf|cyfyngedig|ccc|public limited company|bros)\b"
    r"|(&|\band) (sons?|co)\b"
)
_VCSE: Final = (
    ("cic", r"\bc\s?i\s?c\b|\bcommunity interest (co|company)\b|\bcwmni buddiannau cymunedol\b", "CIC"),
    ("cio", r"\bs?cio\b|\bcharitable incorporated organisation\b", "CIO"),
    ("credit_union", r"\bcredit union\b|\bundeb credyd\b", "credit union"),
    ("community_benefit", r"\bcommunity benefit society\b|\bbencom\b", "community benefit society"),
    ("cooperative", r"\bco ?operatives?\b|\bco ?op\b", "co-operative"),
    ("social_enterprise", r"\bsocial enterprises?\b", "social enterprise"),
    ("charity", r"\b(charity|charitable)\b", "charity"),
)
_FORMS: Final = tuple((form, re.compile(pattern), words) for form, pattern, words in _VCSE)
_NOT_VCSE: Final = re.compile(
    r"\bcharity commission\b|\bco ?op(erative)? (bank|academy|academies|insurance)\b|\bgmbh\b"
)
_PUBLIC: Final = re.compile(
    r"\b(county|borough|city|district|parish|town|metropolitan|unitary|london|community|mbc|m b c) council\b"
    r"|^council of\b|\bcombined authority\b|\bfire (and|&) rescue\b|\bfire authority\b|\bconstabulary\b"
    r"|\bpolice\b|\bcrime commissioner\b|\bnhs\b.*\b(trust|england|supply chain|blood|board|property)\b|\bnhs england\b"
    r"|\bnhs (tr|tru|trus|f|ft|fo\w*|found\w*( tr\w*)?)$|\bnhsft\b"  # names cut off by a finance system
    r"|\b(integrated care|health) board\b|\bclinical commissioning group\b|\bdepartment (for|of)\b|\bministry of\b"
    r"|\bhome office\b|\bhmrc\b|\bhm (revenue|courts|land|treasury|prison)|\bcrown commercial service\b"
    r"|\b(environment|highways|national highways|driver and vehicle licensing) agency\b|\bdvla\b|\bofsted\b"
    r"|\b(charity|care quality) commission\b|\buniversity\b|\bacadem(y|ies) trust\b|\bmulti academy\b"
    r"|\b(london|royal|metropolitan) borough of\b"
    r"|\b(primary|infant|junior|secondary|nursery) school\b|\b(mbc|lbc|bcc|cbc)$|\bcouncil$"
)
_COUNCILS_THAT_ARE_NOT: Final = re.compile(
    r"\b(british|arts|research|churches|voluntary|voluntary service|trade|national) council\b"
)


@lru_cache(maxsize=65_536)
def infer_kind(name: str) -> Inferred | None:
    """What the name tells; None where it tells nothing."""
    text = _plain(name)
    if not _NOT_VCSE.search(text):
        for form, pattern, words in _FORMS:
            if pattern.search(text):
                return Inferred("vcse", form, f"Its name has the words of a {words}")
    if _FIRM.search(text):
        return Inferred("business", None, "Its name has the words of a firm, such as Ltd")
    if _PUBLIC.search(text) and not _COUNCILS_THAT_ARE_NOT.search(text):
        return Inferred("public_body", None, "Its name has the words of a public body")
    reason = reason_to_redact(name)
    if reason and reason != ALREADY_HIDDEN:
        return Inferred("person", None, reason)
    return None


def _plain(name: str) -> str:
    """Small letters with full stops and hyphens gone, so that C.I.C. and Co-op read as CIC and co op."""
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)|(?<=\b\w)\.(?=\s|$)", "", name.casefold())
    return re.sub(r"[^\w&]+", " ", text).strip()
