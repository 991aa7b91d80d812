"""What kind of payee somebody is, and what that rests on: a public register, its own word, or only its name.

source  docs/measures/payee-places.md
"""

from dataclasses import dataclass
from typing import Final

from .kind_words import Inferred, infer_kind

VCSE, PUBLIC, PERSON, BUSINESS, UNKNOWN = "vcse", "public_body", "person", "business", "unknown"
KINDS: Final = {
    VCSE: "Charity or social enterprise",
    BUSINESS: "Business",
    PUBLIC: "Public body",
    PERSON: "Person",
    UNKNOWN: "Not known",
}
GRADES: Final = {"register": "by a public register", "declared": "by its own word", "inferred": "by its name"}
FORMS: Final = {
    "charity": "Charity",
    "cio": "Charitable incorporated organisation",
    "cic": "Community interest company",
    "cooperative": "Co-operative",
    "community_benefit": "Community benefit society",
    "credit_union": "Credit union",
    "society": "Registered society",
    "social_enterprise": "Social enterprise",
    "company": "Company",
    "partnership": "Partnership",
    "sole_trader": "Sole trader",
}
VCSE_FORMS: Final = frozenset(
    {"charity", "cio", "cic", "cooperative", "community_benefit", "credit_union", "society", "social_enterprise"}
)
MOST_SME_STAFF = 249
MOST_SME_TURNOVER_PENCE = 44_000_000_00


@dataclass(frozen=True)
class Told:
    """What we were told about a payee, as far as anybody told us anything.

    name            as the ledger writes it
    settled         person or public_body, where an officer said so
    read_as         person or public_body, where matching reads the name so
    register_form   the form a public register gives the body it is linked to
    declared_form   what the enterprise it is linked to says of itself, with the grade of that word
    workforce       people it says work there
    turnover_pence  what it turns over in a year, where it agreed to show it
    """

    name: str
    settled: str | None = None
    read_as: str | None = None
    register_form: str | None = None
    declared_form: str | None = None
    declared_grade: str = "declared"
    workforce: int | None = None
    turnover_pence: int | None = None


@dataclass(frozen=True)
class Kind:
    """What kind of payee it is: the group (one of KINDS), the legal form where known, the grade and a sentence."""

    group: str
    form: str | None
    grade: str | None
    reason: str
    is_sme: bool | None = None
    """Whether it is a small or medium-sized enterprise; None where nobody says."""
    sme_grade: str | None = None
    sme_reason: str = "Nobody has said how many people work there"

    @property
    def is_vcse(self) -> bool:
        return self.group == VCSE


def kind_of(told: Told) -> Kind:
    """The kind that the best evidence gives: an officer's or a register's word, then its own, then its name.

    A register of companies says what form a body has, not that it is no charity. So a plain company counts as VCSE
    where it says so itself, or where nobody but its name tells; the grade then is that of the weaker word.
    """
    group, form, grade, reason = _group(told)
    is_sme, sme_grade, sme_reason = _size(told, group)
    return Kind(group, form, grade, reason, is_sme, sme_grade, sme_reason)


def _group(told: Told) -> tuple[str, str | None, str | None, str]:
    if told.settled in (PERSON, PUBLIC):
        return told.settled, None, "declared", f"You said it is a {KINDS[told.settled].lower()}"
    if told.register_form in VCSE_FORMS:
        return VCSE, told.register_form, "register", f"A public register lists it: {_named(told.register_form)}"
    if told.declared_form in FORMS:
        if told.declared_form in VCSE_FORMS or told.register_form is None:
            group = VCSE if told.declared_form in VCSE_FORMS else BUSINESS
            grade = told.declared_grade
            who = "A public register lists it" if grade == "register" else "Its own profile says it"
            return group, told.declared_form, grade, f"{who}: {_named(told.declared_form)}"
        return _company(told.register_form)
    guess = infer_kind(told.name) or _read(told.read_as)
    if told.register_form is not None and (guess is None or guess.group != VCSE):
        return _company(told.register_form)
    return _guessed(guess)


def _read(read_as: str | None) -> Inferred | None:
    if read_as not in (PERSON, PUBLIC):
        return None
    return Inferred(read_as, None, f"Its name reads like that of a {KINDS[read_as].lower()}")


def _company(form: str) -> tuple[str, str | None, str | None, str]:
    known = form if form in FORMS else None
    return BUSINESS, known, "register", f"A public register lists it: {_named(known) if known else 'other body'}"


def _guessed(guess: Inferred | None) -> tuple[str, str | None, str | None, str]:
    if guess is None:
        return UNKNOWN, None, None, "Neither a register, nor its profile, nor its name tells"
    return guess.group, guess.form, "inferred", guess.reason


def _named(form: str) -> str:
    return FORMS[form].lower()


def _size(told: Told, group: str) -> tuple[bool | None, str | None, str]:
    """An SME has fewer than 250 staff and turns over at most £44m, as far as it has said; PPN 001."""
    if group in (PERSON, PUBLIC):
        return None, None, f"Does not apply to a {KINDS[group].lower()}"
    if told.workforce is None:
        return None, None, "Nobody has said how many people work there"
    if told.workforce > MOST_SME_STAFF:
        return False, "declared", "It says it has 250 staff or more"
    if told.turnover_pence is not None and told.turnover_pence > MOST_SME_TURNOVER_PENCE:
        return False, "declared", "It says it turns over more than £44m a year"
    more = "" if told.turnover_pence is not None else "; its turnover is not known"
    return True, "declared", f"It says it has fewer than 250 staff{more}"
