"""Names for organisations that do not exist, made of words that are not surnames."""

from collections.abc import Iterator
from random import Random

from .words import words


def coined_words(rng: Random) -> Iterator[str]:
    """Every made-up place word once, in an order of its own: Tallowmere, Nailwharf, ..."""
    made = [start + end for start in words("names")["starts"] for end in words("names")["ends"]]
    rng.shuffle(made)
    return iter(made)


def far_words(rng: Random) -> Iterator[str]:
    """Every made-up trade mark once, for firms that are not of the place: Quorvix, Zelphora, ..."""
    made = [start + end for start in words("names")["far_starts"] for end in words("names")["far_ends"]]
    rng.shuffle(made)
    return iter(made)


def enterprise_name(rng: Random, *, coined: str, label: str, legal_form: str) -> str:
    """A full name, with the words its legal form puts at the end."""
    ending: str = rng.choice(words("names")["suffixes"][legal_form])
    chance = rng.random()
    if chance < 0.14:
        return f"{rng.choice(words('names')['starts'])} & {label}{ending}"
    if chance < 0.28:
        return f"{label} on {rng.choice(words('names')['streets'])}{ending}"
    if chance < 0.38:
        return f"The {label} at {coined}{ending}"
    is_short = " " not in label and len(ending) < 9 and legal_form != "partnership"
    tail = rng.choice(words("names")["tails"]) if is_short else ""
    return f"{coined} {label}{tail}{ending}"


def name_without_suffix(name: str) -> str:
    """The name as people say it: without CIC, Limited and their like."""
    endings = sorted((s for group in words("names")["suffixes"].values() for s in group), key=len, reverse=True)
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def street_address(rng: Random) -> str:
    """An address in an invented street."""
    building: str = rng.choice(words("names")["building"])
    return f"{building.format(n=rng.randint(2, 68))}, {rng.choice(words('names')['streets'])}"


def mail_domain(name: str) -> str:
    """A mail domain for the organisation under example.org, which is reserved and never delivers."""
    plain = "".join(c if c.isalnum() else "-" for c in name_without_suffix(name).lower())
    return "-".join(filter(None, plain.split("-"))) + ".example.org"
