"""What an anchor leaves out of its local share: switched by its finance officer, with a reason, and never forgotten."""

from collections.abc import Sequence

from sqlalchemy import select

from ...extensions import db
from ...models import MonthlySpend, SpendRule
from ...spend.exclusions import PASS_THROUGH, RULES, InForce, folded
from .. import audit, spend_marks
from .. import standing as standings
from ..actors import Actor
from ..errors import NotFoundError, RefusedError

MOST_CATEGORIES = 500


def standing(of: int) -> dict[str, SpendRule]:
    """The rules an officer ever set, as they stand."""
    found = db.session.scalars(select(SpendRule).where(SpendRule.organisation_id == of, SpendRule.ended_at.is_(None)))
    return {rule.rule: rule for rule in found}


def is_on(rule: str, setting: SpendRule | None) -> bool:
    """Whether a rule leaves money out, as an officer set it or as it stands until somebody does."""
    return setting.is_on if setting else RULES[rule].stands


def in_force(of: int) -> InForce:
    """The rules that leave money out, as the ground takes them."""
    found = standing(of)
    on = [rule for rule in RULES if is_on(rule, found.get(rule))]
    return InForce({rule: folded(found[rule].categories) if rule in found else frozenset() for rule in on})


def words_in_force(of: int) -> str:
    """What an anchor leaves out of its local share, for readers of its figures: "VAT, salaries and pensions"."""
    names = [RULES[rule].name for rule in in_force(of).categories]
    return ", ".join(name if name.isupper() else name[0].lower() + name[1:] for name in names) or "nothing"


def history(of: int) -> list[SpendRule]:
    """Every setting there ever was, the latest first."""
    return list(
        db.session.scalars(select(SpendRule).where(SpendRule.organisation_id == of).order_by(SpendRule.id.desc()))
    )


def known_categories(of: int) -> list[str]:
    """The publisher's categories in the confirmed ledgers, in alphabetical order."""
    found = select(MonthlySpend.category).where(MonthlySpend.organisation_id == of, MonthlySpend.category != "")
    return sorted(db.session.scalars(found.distinct()))


def switch(rule: str, *, is_on: bool, reason: str, categories: Sequence[str], seen: int, by: Actor) -> SpendRule:
    """Leave money out by a rule, or count it again; the setting before it is kept.

    categories  the publisher's, one by one, for a rule that goes by category
    seen        id of the setting the officer saw standing; 0 for none
    errors      NotFoundError for a rule there is not; RefusedError; ConflictError where somebody was faster
    """
    if rule not in RULES:
        raise NotFoundError
    if not reason.strip():
        raise RefusedError("Say why, like Our board counts purchases only")
    listed = list(dict.fromkeys(each.strip() for each in categories if each.strip()))
    if is_on and rule == PASS_THROUGH and not listed:
        raise RefusedError("List at least one category of money that you only pass on")
    if len(listed) > MOST_CATEGORIES:
        raise RefusedError(f"List at most {MOST_CATEGORIES} categories")
    was = standing(by.acting_for).get(rule)
    standings.check_seen(was, seen)
    setting = SpendRule(rule=rule, is_on=is_on, categories=listed, reason=reason.strip(), decided_by_id=by.person_id)
    standings.put(setting, seen, of=by.acting_for)
    audit.note(by, "spend rule set", setting, rule=rule, is_on=is_on, categories=listed, reason=setting.reason)
    spend_marks.mark(by.acting_for, person_id=by.person_id)
    return setting
