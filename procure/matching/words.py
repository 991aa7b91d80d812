"""The telling words of a notice or of a stated capability."""

import html
import re
from functools import lru_cache

# Words that every notice uses say nothing about the work, and would otherwise be shown as reasons.
STOP_WORDS = frozenset(
    """
    a about above after all also an and any are as at be been before being below between both but by can could did
    do does doing down during each either etc few for from further had has have having he her here hers him his how
    i if in into is it its itself may more most must my no nor not of off on once only or other our out over own per
    same shall she should so some such than that the their them then there these they this those through to too
    under until up upon very via was we were what when where which while who whom why will with within without would
    you your appoint appointed authority award awarded based behalf bid bidders call company contract contracting
    contractor contractors contracts council covering current currently date delivery description details further
    following include included includes including information intends invite invited inviting ltd limited lot lots
    notice notices number offer opportunity organisation organisations order part please procurement procured
    provide provided provider providers providing provision published publication purchase purpose purposes range
    relating relation require required requirement requirements requires seek seeking service services set several
    submit successful suitably supplier suppliers supplied supply tender tenderers tenders transparency undertake
    use used uses various wish wishes work works year years
    """.split()  # noqa: SIM905 - a list of three hundred quoted words hides the words
)

_WORD = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?|\d+[a-z]+\d*")


def plain_text(text: str) -> str:
    """Lower case, with character references undone twice: published notices often carry `&amp;#039;`."""
    return html.unescape(html.unescape(text)).replace("’", "'").replace("\ufffd", "'").lower()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take English endings off, so that 'catering', 'caterers' and 'caterer' meet; never shorter than three letters."""
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            word = word[: len(word) - len(ending)] + instead
            break
    for ending in ("ing", "ers", "er", "ed", "or"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 4 else word


_ENDINGS = (
    ("sses", "ss"),
    ("ies", "y"),
    ("ations", "at"),
    ("ation", "at"),
    ("ions", ""),
    ("ion", ""),
    ("ments", ""),
    ("ment", ""),
    ("ness", ""),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
)


def words(text: str) -> list[str]:
    """The telling words of a text in order, as written but in lower case; two letters or more, stop words left out."""
    return [word for word in _WORD.findall(plain_text(text)) if len(word) > 1 and word not in STOP_WORDS]


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text))


def stems(text: str) -> list[str]:
    """The stems of the telling words, in order, repeats kept.

    Kept for texts met lately: a notice with forty winners, or asked by both pages of a pair, is read once.
    """
    return list(_stems(text))
