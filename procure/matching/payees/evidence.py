"""What a ledger knows besides the name: a postcode, a registration number.

Weighed by rule, since no published label has them.
"""

from typing import Final

import numpy as np

from procure.matching.payees.answers import Query, Signal
from procure.matching.payees.numbers import number_key, tidy_number
from procure.matching.payees.register import Register

NUMBERS: Final = "registration_numbers_agree"
SAME_NUMBER: Final = 9.0
OTHER_NUMBER: Final = -6.0
SAME_POSTCODE: Final = 3.0
SAME_OUTCODE: Final = 1.0
OTHER_POSTCODE: Final = -0.3


def evidence_for(query: Query, row: int, register: Register) -> tuple[Signal, ...]:
    """Signals, in log-odds, from what query and register row both state; where one is silent nothing is said."""
    if not query.numbers and not query.postcode:
        return ()
    found = (_numbers(query, register.numbers[row].split()), _postcodes(query, register.postcodes[row]))
    return tuple(signal for signal in found if signal is not None)


def _numbers(query: Query, theirs: list[str]) -> Signal | None:
    mine = {tidy_number(number) for number in query.numbers}
    if mine & set(theirs):
        return Signal(NUMBERS, SAME_NUMBER, "The registration number is the same")
    schemes = {number.partition(":")[0] for number in mine} & {number.partition(":")[0] for number in theirs}
    if schemes:
        return Signal(NUMBERS, OTHER_NUMBER, "The registration numbers differ")
    return None


def _postcodes(query: Query, theirs: str) -> Signal | None:
    mine = (query.postcode or "").replace(" ", "").upper()
    if not mine or not theirs:
        return None
    if mine == theirs:
        return Signal("postcodes_agree", SAME_POSTCODE, "The postcode is the same")
    if len(mine) > 4 and mine[:-3] == theirs[:-3]:
        return Signal("postcodes_agree", SAME_OUTCODE, "The postcode district is the same")
    # an invoice often comes from another office than the registered one, so this says little
    return Signal("postcodes_agree", OTHER_POSTCODE, "The postcodes differ")


def reachable_by_number(query: Query, register: Register) -> tuple[int, ...]:
    """Register rows that state one of the query's numbers, however unlike the names are."""
    rows: set[int] = set()
    for number in query.numbers:
        key = number_key(tidy_number(number))
        first, last = np.searchsorted(register.number_keys, [key, key + 1])
        rows.update(int(row) for row in register.number_rows[first:last])
    return tuple(sorted(rows))
