"""Lists of codes: what is bought (CPV, ProClass) and what companies do (SIC).

Field lists: European Commission, "CPV 2008" (columns CODE and EN); xterr, cpv-codes (code, parent, type, name);
Companies House, "Condensed SIC codes" (SIC Code, Description); nathanpitman, sic-codes (code, section, description);
ProClass classification (code and three levels).
"""

import re
from collections.abc import Iterable

from .layouts import Cells, Layout
from .records import Code, RowRefused

_CPV = re.compile(r"([0-9]{8})(-[0-9])?")
_DIGITS = re.compile(r"[0-9]{4,5}")
_SECTIONS = re.compile(r"[A-U]")


def _read_cpv(cells: Cells) -> Iterable[Code]:
    written, title, parent = cells
    code = _cpv(written)
    yield Code("cpv", code, _titled(title), _cpv(parent) if parent else _cpv_parent(code))


def _cpv(written: str) -> str:
    found = _CPV.fullmatch(written)
    if found is None:
        raise RowRefused(f"{written[:20]!r} is not a CPV code, such as 45000000-7")
    return found[1]


def _cpv_parent(code: str) -> str | None:
    """One level up: the last digit that is not nought becomes one. A division, two digits long, has none."""
    significant = code.rstrip("0")
    return significant[:-1].ljust(8, "0") if len(significant) > 2 else None


def _read_sic(cells: Cells) -> Iterable[Code]:
    written, title, section = cells
    if not _DIGITS.fullmatch(written):
        raise RowRefused(f"{written[:20]!r} is not a SIC code of five digits, such as 62020")
    yield Code("sic", written.zfill(5), _titled(title), section if _SECTIONS.fullmatch(section) else None)


def _read_proclass(cells: Cells) -> Iterable[Code]:
    """The levels are words, so a code's title is all of them and it names no parent."""
    code, *levels = cells
    if not code or len(code) > 20:
        raise RowRefused(f"{code[:20]!r} is not a ProClass code")
    yield Code("proclass", code, _titled(" > ".join(dict.fromkeys(level for level in levels if level))))


def _titled(title: str) -> str:
    if not title:
        raise RowRefused("The code has no title")
    return " ".join(title.split())


CPV_PUBLISHED = Layout(
    name="cpv-2008",
    kind="cpv",
    series="cpv",
    title="Common Procurement Vocabulary 2008",
    publisher="European Commission, Regulation (EC) 213/2008",
    read=_read_cpv,
    fields={"code": "code", "title": "en", "parent": "parent"},
    optional=frozenset({"parent"}),
    licence="Free reuse, Commission Decision 2011/833/EU",
    gives="Names of what is bought, for lots and capabilities",
    where="SIMAP: CPV 2008, saved as csv",
)
CPV_FLAT = Layout(
    name="xterr-cpv",
    kind="cpv",
    series="cpv",
    title="Common Procurement Vocabulary 2008, flattened",
    publisher="xterr/cpv-codes",
    read=_read_cpv,
    fields={"code": "code", "title": "name", "parent": "parent"},
    licence="MIT",
    gives="The same names, with the level above each",
    where="xterr: cpv-codes",
)
SIC_PUBLISHED = Layout(
    name="sic-2007",
    kind="sic",
    series="sic",
    title="Standard Industrial Classification 2007, condensed",
    publisher="Companies House",
    read=_read_sic,
    fields={"code": "sic ?code", "title": "description", "section": "section"},
    optional=frozenset({"section"}),
    gives="Names of what companies do",
    where="Nature of business: Standard Industrial Classification (SIC) codes, csv",
)
SIC_FLAT = Layout(
    name="nathanpitman-sic",
    kind="sic",
    series="sic",
    title="Standard Industrial Classification 2007",
    publisher="nathanpitman/sic-codes",
    read=_read_sic,
    fields={"code": "code", "title": "description", "section": "section"},
    gives="The same names, with the section of each",
    where="nathanpitman: sic-codes",
)
PROCLASS = Layout(
    name="proclass",
    kind="proclass",
    series="proclass",
    title="ProClass procurement classification",
    publisher="ProClass, for local government",
    read=_read_proclass,
    fields={"code": r"(proclass ?)?code", "1": r"level ?_?1.*", "2": r"level ?_?2.*", "3": r"level ?_?3.*"},
    optional=frozenset({"3"}),
    gives="Names of the categories many councils book their spend under",
    where="ProClass: classification",
)
