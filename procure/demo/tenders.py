"""What the anchors of the demonstration place want to buy, and what was said about it so far."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a lot must have covered. The needs' `value_pence` add up to the lot's."""

    name: str
    cpv: str
    unit: str
    units: int
    value_pence: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition: kind is turnover, insurance, certificate_each or certificate_any. Certificates have no amount."""

    kind: str
    name: str
    amount_pence: int | None


@dataclass(frozen=True, slots=True)
class AskedValue:
    """Social value asked, in counts as in OfferedValue; the weights of a lot's asks add up to 100."""

    measure: str
    quantity: int
    weight_percent: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A piece of work an anchor wants done.

    value_pence  estimated value of the whole term, without VAT
    postcode     a full postcode, or the district alone
    state        draft, open, invited, awarded, closed or withdrawn
    form         how a consortium would be judged: joint or lead
    answer       the truth: alone (one enterprise can), together (only several can) or none; a test checks it
    """

    key: str
    reference: str
    anchor: str
    title: str
    description: str
    cpv: str
    value_pence: int
    opened_on: date | None
    deadline_on: date
    starts_on: date
    ends_on: date
    postcode: str
    state: str
    social_value_percent: int
    form: str
    needs: tuple[Need, ...]
    gates: tuple[Gate, ...]
    asks: tuple[AskedValue, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Partner:
    """What one enterprise would carry. `units` holds (name of the need, units); shares of a proposal add up to 1."""

    enterprise: str
    is_lead: bool
    share: float
    units: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer to a lot made on an earlier day: kind is supplier, consortium or none (then it has no partners)."""

    key: str
    lot: str
    kind: str
    made_on: date
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a buyer decided, and why: shortlist, invite or reject, about one enterprise or one proposal."""

    lot: str
    enterprise: str | None
    proposal: str | None
    action: str
    reason: str
    person: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Interest:
    """What an enterprise answered to a lot: interested, saved or not_for_us, with its reason."""

    lot: str
    enterprise: str
    state: str
    reason: str
    consortium: str | None
    changed_on: date
