"""Who was paid: names in ledgers to registered organisations, or to none."""

from procure.matching.payees.answers import Candidate, Decision, Identification, Query, RegisterRow, Signal
from procure.matching.payees.fitting import Decided, Lesson, fit, lessons_from, refit
from procure.matching.payees.parameters import Parameters, parameters_from, shipped
from procure.matching.payees.reconcile import identify
from procure.matching.payees.register import Register
from procure.matching.payees.workers import identify_across

__all__ = [
    "Candidate",
    "Decided",
    "Decision",
    "Identification",
    "Lesson",
    "Parameters",
    "Query",
    "Register",
    "RegisterRow",
    "Signal",
    "fit",
    "identify",
    "identify_across",
    "lessons_from",
    "parameters_from",
    "refit",
    "shipped",
]
