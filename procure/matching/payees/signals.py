"""The reasons, in the order in which they are learned: one small function each, from a comparison to a number.

A function's docstring is the sentence a person reads, in two halves: what it says when it speaks for the link, and what
when it speaks against. How much each number weighs is learned; what it means is fixed there.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from procure.matching.payees.comparison import Comparison
from procure.matching.payees.reasons_bodies import (
    cell_begins_with_person,
    compass_agrees,
    former_name,
    kinds_agree,
    legal_forms_agree,
    name_taken_over,
    numbers_agree,
    organisations_sharing_name,
    people_agree,
    places_agree,
    query_form,
    query_is_person,
    register_form,
    register_is_person,
    satellite,
)
from procure.matching.payees.reasons_spelling import (
    as_written_alike,
    begins_alike,
    cut_off,
    first_words_meet,
    initials_of_other,
    least_likeness,
    letters_alike,
    order_kept,
    part_alike,
    part_of_cell,
    register_spelt_out,
    run_together_alike,
    same_as_written,
    sorted_words_alike,
    written_words_shared,
)
from procure.matching.payees.reasons_words import (
    core_agrees,
    query_length,
    query_mass,
    query_mass_left,
    query_telling_left,
    query_words_met,
    rarest_query_word_left,
    rarest_register_word_left,
    register_length,
    register_mass_left,
    register_telling_left,
    register_words_after,
    register_words_before,
    register_words_between,
    register_words_met,
    words_after,
    words_before,
    words_between,
    words_met_mass,
)

Reason = Callable[[Comparison], float]

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


@cache
def _sentences(number: int) -> tuple[str, str]:
    told = (REASONS[number].__doc__ or "").partition(" / ")
    return told[0][:1].upper() + told[0][1:], told[2][:1].upper() + told[2][1:]


def sentence_of(number: int, weight: float) -> str:
    """What a reason says, for or against: the two halves of its docstring."""
    return _sentences(number)[0 if weight > 0 else 1]
