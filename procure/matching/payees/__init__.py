"""Who was paid: names in ledgers to registered organisations, or to none."""

from procure.matching.payees.answers import Candidate, Decision, Identification, PayeeKind, Query, RegisterRow, Signal
from procure.matching.payees.building import build_index
from procure.matching.payees.fitting import Decided, Lesson, fit, lessons_from, refit
from procure.matching.payees.parameters import Parameters, parameters_from, shipped
from procure.matching.payees.reconcile import identify
from procure.matching.payees.register import Register
from procure.matching.payees.stored import UnusableIndexError, edition_of, open_index
from procure.matching.payees.suppliers import agree_by_supplier
from procure.matching.payees.whom import kind_of
from procure.matching.payees.workers import cluster_executor, identify_across

__all__ = [
    "Candidate",
    "Decided",
    "Decision",
    "Identification",
    "Lesson",
    "Parameters",
    "PayeeKind",
    "Query",
    "Register",
    "RegisterRow",
    "Signal",
    "UnusableIndexError",
    "agree_by_supplier",
    "build_index",
    "cluster_executor",
    "edition_of",
    "fit",
    "identify",
    "identify_across",
    "kind_of",
    "lessons_from",
    "open_index",
    "parameters_from",
    "refit",
    "shipped",
]
