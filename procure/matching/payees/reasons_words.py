"""Reasons from which words meet and which are left. A docstring is what a person reads: for the link / against it."""

from procure.matching.payees.comparison import Comparison


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


def core_agrees(pair: Comparison) -> float:
    """apart from words for the kind of body the names agree / apart from words for the kind of body they differ"""
    return pair.core


def query_mass(pair: Comparison) -> float:
    """the ledger's name is telling / the ledger's name has few telling words"""
    return pair.mine.mass


def query_length(pair: Comparison) -> float:
    """the ledger's name is long enough / the ledger's name is short"""
    return float(len(pair.query.words))


def register_length(pair: Comparison) -> float:
    """the registered name is long enough / the registered name is short"""
    return float(len(pair.candidate.words))
