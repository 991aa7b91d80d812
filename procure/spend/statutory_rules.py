"""What each statutory file of payments must hold, as dated data with its source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("statutory_files.json")
NET, GROSS = "net", "gross"
FIELDS = frozenset(
    {
        "amount", "blank", "body", "category", "department", "description", "family", "irrecoverable_vat", "paid_on",
        "purpose", "supplier", "transaction_number",
    }
)  # fmt: skip
"""What a column of a statutory file may hold."""


@dataclass(frozen=True)
class StatutoryRule:
    """One kind of file as it is from a day on.

    threshold_pence   a payment must be more than this
    amounts           "net" or "gross": what is compared with the threshold, and published
    amounts_fixed     the law leaves no choice between the two
    includes_credits  credits as large as the threshold are published too
    leaves_out_tax    payments to HM Revenue and Customs are not published
    headings          (heading, one of FIELDS), in the order of the file
    verified          whether threshold, dates and headings were all read in the source
    doubt             what a person should check, in words
    """

    kind: str
    title: str
    law: str
    for_whom: str
    publish: str
    since: date
    threshold_pence: int
    amounts: str
    amounts_fixed: bool
    includes_credits: bool
    leaves_out_tax: bool
    headings: tuple[tuple[str, str], ...]
    source: str
    verified: bool
    doubt: str


def read_rules(path: Path = SHIPPED) -> tuple[StatutoryRule, ...]:
    """The dated table, oldest first within a kind, kinds in the table's order.

    errors  ValueError naming what is wrong with the table
    """
    try:
        rules = [_rule(row) for row in json.loads(path.read_text(encoding="utf-8"))["files"]]
    except (OSError, json.JSONDecodeError, KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"{path.name} cannot be used: {fault!r}") from fault
    kinds = list(dict.fromkeys(rule.kind for rule in rules))
    return tuple(sorted(rules, key=lambda rule: (kinds.index(rule.kind), rule.since)))


def rules_of(kind: str, rules: Sequence[StatutoryRule]) -> tuple[StatutoryRule, ...]:
    """The editions of one kind, oldest first; empty where there is no such kind."""
    return tuple(rule for rule in rules if rule.kind == kind)


def rule_on(day: date, editions: Sequence[StatutoryRule]) -> StatutoryRule | None:
    """The edition in force on a day; None before the first."""
    return next((rule for rule in reversed(editions) if rule.since <= day), None)


def _rule(row: dict[str, Any]) -> StatutoryRule:
    headings = tuple((str(heading), str(field)) for heading, field in row["headings"])
    if unknown := sorted({field for _, field in headings} - FIELDS):
        raise ValueError(f"no column can hold {', '.join(unknown)}")
    if not headings or row["amounts"] not in (NET, GROSS) or int(row["threshold_pence"]) < 0:
        raise ValueError(f"headings, amounts or threshold of {row['kind']}")
    return StatutoryRule(
        **{
            **row,
            "since": date.fromisoformat(row["since"]),
            "threshold_pence": int(row["threshold_pence"]),
            "headings": headings,
        }
    )
