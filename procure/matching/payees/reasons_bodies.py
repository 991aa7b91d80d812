"""Reasons from what the names say of the bodies. Each docstring is what a person reads: for the link / against it."""

from collections.abc import Collection
from math import log

from procure.matching.payees.bodies import SATELLITES
from procure.matching.payees.comparison import Comparison, kinds
from procure.matching.payees.persons import initials, initials_agree, surnames

FORMS = {"": 0.0, "ltd": 1.0, "plc": 1.0, "cic": 2.0, "cio": 2.0}
OTHER_FORM = 3.0


def numbers_agree(pair: Comparison) -> float:
    """the numbers agree / the numbers differ"""
    return _agree(pair.query.numbers, pair.candidate.numbers, same=0.5)


def compass_agrees(pair: Comparison) -> float:
    """the compass points agree / one is north, south, east or west and the other is not"""
    return _agree(pair.mine.compass, pair.theirs.compass, same=1.0)


def _agree(mine: Collection[str], theirs: Collection[str], *, same: float) -> float:
    if mine == theirs:
        return same if mine else 0.0
    if mine and theirs:
        return -2.0
    return -1.0 if theirs else -0.5


def legal_forms_agree(pair: Comparison) -> float:
    """the legal forms agree / the legal forms differ"""
    mine, theirs = pair.query.form, pair.candidate.form
    if mine == theirs:
        return 1.0 if mine else 0.0
    if mine and theirs:
        return -1.0
    return -0.3 if mine else -0.5


def kinds_agree(pair: Comparison) -> float:
    """both are the same kind of body / they are different kinds of body"""
    mine, theirs = kinds(pair.query.words), kinds(pair.candidate.words)
    if not mine and not theirs:
        return 0.0
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else -0.3


def places_agree(pair: Comparison) -> float:
    """no place speaks against it / they name different places"""
    if pair.mine.places and pair.theirs.places:
        return -2.0
    if pair.theirs.places:
        return -1.0
    return -0.5 if pair.mine.places else 0.0


def query_is_person(pair: Comparison) -> float:
    """the ledger does not name a person / the ledger seems to name a person"""
    return pair.query_person


def register_is_person(pair: Comparison) -> float:
    """the register does not name a person / the register seems to name a person"""
    return pair.candidate_person


def people_agree(pair: Comparison) -> float:
    """the surnames and initials agree / the surnames or initials differ"""
    if not pair.query_person:
        return 0.0
    mine, theirs = surnames(pair.query), surnames(pair.candidate)
    if mine != theirs:
        return -1.0 if not mine & theirs else -0.5
    first, second = initials(pair.query), initials(pair.candidate)
    if first and second:
        return 2.0 if initials_agree(first, second) else -2.0
    return 1.0 if not first and not second else 0.5


def organisations_sharing_name(pair: Comparison) -> float:
    """no other organisation has this name / other organisations have the same name"""
    return log(pair.sharers)


def satellite(pair: Comparison) -> float:
    """neither is the charity or an arm of the other / one is the charity, the friends or an arm of the other"""
    mine, theirs = (frozenset(name.words) & SATELLITES for name in (pair.query, pair.candidate))
    if theirs - mine:
        return -2.0 if not mine else -1.0
    return -0.5 if mine - theirs else 0.0


def register_form(pair: Comparison) -> float:
    """the register's legal form fits / the register's legal form does not fit"""
    return FORMS.get(pair.candidate.form, OTHER_FORM)


def query_form(pair: Comparison) -> float:
    """the ledger's legal form fits / the ledger's legal form does not fit"""
    return FORMS.get(pair.query.form, OTHER_FORM)


def name_taken_over(pair: Comparison) -> float:
    """the name is read as written / the name is read as that of the body that took over"""
    return float(pair.query.succeeded)


def cell_begins_with_person(pair: Comparison) -> float:
    """the cell does not begin with a person / the cell begins with a person"""
    return pair.cell_person


def former_name(pair: Comparison) -> float:
    """it is a name in use / it is a former or trading name"""
    return float(pair.previous)
