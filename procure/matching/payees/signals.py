"""The reasons: one small function each, from a comparison to a number.

A function's docstring is the sentence a person reads, in two halves: what it says when it speaks for the link, and what
when it speaks against. How much each number weighs is learned; what it means is fixed here.
"""

from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from procure.matching.payees.comparison import Comparison, kinds
from procure.matching.payees.names import telling
from procure.matching.payees.persons import initials, initials_agree, surnames
from procure.matching.payees.spellings import SATELLITES

Reason = Callable[[Comparison], float]


def letters_alike(pair: Comparison) -> float:
    """the letters run alike / the letters differ"""
    return pair.letters


def query_words_met(pair: Comparison) -> float:
    """the ledger's telling words are all in the registered name / telling words of the ledger are missing from it"""
    return pair.mine.told / pair.mine.mass


def register_words_met(pair: Comparison) -> float:
    """the registered name's telling words are all in the ledger / telling words of the registered name are missing"""
    return pair.theirs.told / pair.theirs.mass


def rarest_query_word_left(pair: Comparison) -> float:
    """no rare word of the ledger is left over / a rare word of the ledger is not in the registered name"""
    return pair.mine.rarest


def rarest_register_word_left(pair: Comparison) -> float:
    """no rare word of the registered name is left over / a rare word of the registered name is not in the ledger"""
    return pair.theirs.rarest


def query_mass_left(pair: Comparison) -> float:
    """little of the ledger's name is left over / much of the ledger's name is left over"""
    return pair.mine.mass - pair.mine.told


def register_mass_left(pair: Comparison) -> float:
    """little of the registered name is left over / much of the registered name is left over"""
    return pair.theirs.mass - pair.theirs.told


def query_telling_left(pair: Comparison) -> float:
    """what the ledger adds is only a place or a kind / the ledger names something the register does not"""
    return pair.mine.telling


def register_telling_left(pair: Comparison) -> float:
    """what the register adds is only a place or a kind / the register names something the ledger does not"""
    return pair.theirs.telling


def words_met_mass(pair: Comparison) -> float:
    """the words they share are rare ones / the words they share are common ones"""
    return pair.mine.told


def sorted_words_alike(pair: Comparison) -> float:
    """read in any order the names are alike / the names differ in any order"""
    return fuzz.token_sort_ratio(pair.query.text, pair.candidate.text) / 100


def run_together_alike(pair: Comparison) -> float:
    """run together the names are spelt alike / run together the names are spelt differently"""
    return fuzz.ratio(pair.query.compact, pair.candidate.compact) / 100


def part_alike(pair: Comparison) -> float:
    """one name holds the other / neither name holds the other"""
    return fuzz.partial_ratio(pair.query.text, pair.candidate.text) / 100


def begins_alike(pair: Comparison) -> float:
    """the names begin alike / the names begin differently"""
    return float(JaroWinkler.normalized_similarity(pair.query.text, pair.candidate.text))


def same_as_written(pair: Comparison) -> float:
    """the names are the same / the names are not written the same"""
    if pair.query.plain == pair.candidate.plain:
        return 3.0
    if pair.query.text == pair.candidate.text:
        return 2.0
    if pair.query.compact == pair.candidate.compact:
        return 1.5
    return 1.0 if sorted(pair.query.words) == sorted(pair.candidate.words) else 0.0


def numbers_agree(pair: Comparison) -> float:
    """the numbers agree / the numbers differ"""
    mine, theirs = pair.query.numbers, pair.candidate.numbers
    if mine == theirs:
        return 0.5 if mine else 0.0
    if mine and theirs:
        return -2.0
    return -1.0 if theirs else -0.5


def compass_agrees(pair: Comparison) -> float:
    """the compass points agree / one is north, south, east or west and the other is not"""
    mine, theirs = pair.mine.compass, pair.theirs.compass
    if mine == theirs:
        return 1.0 if mine else 0.0
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


def words_before(pair: Comparison) -> float:
    """nothing stands before the name / the ledger has other words before the name"""
    return float(pair.mine.leading)


def words_between(pair: Comparison) -> float:
    """nothing stands inside the name / the ledger has other words inside the name"""
    return float(pair.mine.inner)


def words_after(pair: Comparison) -> float:
    """nothing stands after the name / the ledger has other words after the name"""
    return float(pair.mine.trailing)


def register_words_before(pair: Comparison) -> float:
    """the registered name begins as the ledger does / the registered name has other words in front"""
    return float(pair.theirs.leading)


def register_words_between(pair: Comparison) -> float:
    """the registered name has nothing in between / the registered name has other words in between"""
    return float(pair.theirs.inner)


def register_words_after(pair: Comparison) -> float:
    """the registered name ends as the ledger does / the registered name goes on"""
    return float(pair.theirs.trailing)


def places_agree(pair: Comparison) -> float:
    """no place speaks against it / they name different places"""
    if pair.mine.places and pair.theirs.places:
        return -2.0
    if pair.theirs.places:
        return -1.0
    return -0.5 if pair.mine.places else 0.0


def initials_of_other(pair: Comparison) -> float:
    """one is the initials of the other / neither is the initials of the other"""
    if pair.query.words[0] in initials_of(pair.candidate.text):
        return 1.0 if len(pair.query.words) == 1 else 0.7
    return 0.5 if pair.candidate.words[0] in initials_of(pair.query.text) else 0.0


def initials_of(text: str) -> tuple[str, ...]:
    """The initials of a name of three words or more, with its linking words and without them."""
    words = text.split()
    few = telling(text)
    return tuple("".join(word[0] for word in each) for each in (words, few) if len(each) > 2)


def cut_off(pair: Comparison) -> float:
    """one name is the other cut short / neither name is the other cut short"""
    mine, theirs = pair.query.compact, pair.candidate.compact
    if mine == theirs:
        return 1.0
    if theirs.startswith(mine):
        return len(mine) / len(theirs)
    return -len(theirs) / len(mine) if mine.startswith(theirs) else 0.0


def first_words_meet(pair: Comparison) -> float:
    """the first words meet / the first words differ"""
    return next((likeness for mine, theirs, likeness in pair.alignment.met if mine == theirs == 0), 0.0)


def least_likeness(pair: Comparison) -> float:
    """every word that meets is spelt the same / a word is spelt differently"""
    return min((likeness for _, _, likeness in pair.alignment.met), default=0.0)


def order_kept(pair: Comparison) -> float:
    """the words stand in the same order / the words stand in another order"""
    order = [theirs for _, theirs, _ in sorted(pair.alignment.met)]
    return sum(later >= sooner for sooner, later in pairwise(order)) / max(1, len(order) - 1)


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


def core_agrees(pair: Comparison) -> float:
    """apart from words for the kind of body the names agree / apart from words for the kind of body they differ"""
    return pair.core


def as_written_alike(pair: Comparison) -> float:
    """as written, nothing spelt out, the names are alike / as written the names differ"""
    return fuzz.token_sort_ratio(pair.query.plain, pair.candidate.plain) / 100


def written_words_shared(pair: Comparison) -> float:
    """one name's words, as written, are all in the other / as written they share few words"""
    return fuzz.token_set_ratio(pair.query.plain, pair.candidate.plain) / 100


def register_spelt_out(pair: Comparison) -> float:
    """the register gives the name in full / the register gives only a short form"""
    return min(1.0, len(pair.candidate.plain) / len(pair.candidate.text))


def satellite(pair: Comparison) -> float:
    """neither is the charity or an arm of the other / one is the charity, the friends or an arm of the other"""
    mine, theirs = (frozenset(name.words) & SATELLITES for name in (pair.query, pair.candidate))
    if theirs - mine:
        return -2.0 if not mine else -1.0
    return -0.5 if mine - theirs else 0.0


def register_form(pair: Comparison) -> float:
    """the register's legal form fits / the register's legal form does not fit"""
    return {"": 0.0, "ltd": 1.0, "plc": 1.0, "cic": 2.0, "cio": 2.0}.get(pair.candidate.form, 3.0)


def query_form(pair: Comparison) -> float:
    """the ledger's legal form fits / the ledger's legal form does not fit"""
    return {"": 0.0, "ltd": 1.0, "plc": 1.0, "cic": 2.0, "cio": 2.0}.get(pair.query.form, 3.0)


def name_taken_over(pair: Comparison) -> float:
    """the name is read as written / the name is read as that of the body that took over"""
    return float(pair.query.succeeded)


def cell_begins_with_person(pair: Comparison) -> float:
    """the cell does not begin with a person / the cell begins with a person"""
    return pair.cell_person


def former_name(pair: Comparison) -> float:
    """it is a name in use / it is a former or trading name"""
    return float(pair.previous)


def part_of_cell(pair: Comparison) -> float:
    """the whole cell is the name / only part of the cell is read as the name"""
    return pair.reading


def query_mass(pair: Comparison) -> float:
    """the ledger's name is telling / the ledger's name has few telling words"""
    return pair.mine.mass


def query_length(pair: Comparison) -> float:
    """the ledger's name is long enough / the ledger's name is short"""
    return float(len(pair.query.words))


def register_length(pair: Comparison) -> float:
    """the registered name is long enough / the registered name is short"""
    return float(len(pair.candidate.words))


REASONS: Final[tuple[Reason, ...]] = (
    letters_alike,
    query_words_met,
    register_words_met,
    rarest_query_word_left,
    rarest_register_word_left,
    query_mass_left,
    register_mass_left,
    query_telling_left,
    register_telling_left,
    words_met_mass,
    sorted_words_alike,
    run_together_alike,
    part_alike,
    begins_alike,
    same_as_written,
    numbers_agree,
    compass_agrees,
    legal_forms_agree,
    kinds_agree,
    words_before,
    words_between,
    words_after,
    register_words_before,
    register_words_between,
    register_words_after,
    places_agree,
    initials_of_other,
    cut_off,
    first_words_meet,
    least_likeness,
    order_kept,
    query_is_person,
    register_is_person,
    people_agree,
    core_agrees,
    as_written_alike,
    written_words_shared,
    register_spelt_out,
    satellite,
    register_form,
    query_form,
    name_taken_over,
    cell_begins_with_person,
    organisations_sharing_name,
    former_name,
    part_of_cell,
    query_mass,
    query_length,
    register_length,
)
