"""LM3: how much one pound is worth to an area by its third round, with honest bounds where we do not know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .shares import Share


@dataclass(frozen=True)
class Recipient:
    """Somebody who received part of the first round: a supplier, or the anchor's own staff.

    received_pence  what surely reached them in the area; not VAT, not transfers between anchors, not redacted rows
    respent         the part of it they spend in the area again, 0 to 1; None where they have not answered
    doubtful_pence  what may have reached them in the area besides: its place is unknown or uncertain
    respent_most    where they told a range, its upper end; `respent` is the lower
    """

    name: str
    received_pence: int
    respent: float | None = None
    doubtful_pence: int = 0
    respent_most: float | None = None

    @property
    def most_pence(self) -> int:
        """What reached them in the area if everything doubtful did."""
        return self.received_pence + self.doubtful_pence

    @property
    def has_answered(self) -> bool:
        return self.respent is not None

    @property
    def bounds(self) -> tuple[float, float]:
        """The part they spend in the area again: at least, at most."""
        if self.respent is None:
            return 0.0, 1.0
        return self.respent, self.respent if self.respent_most is None else self.respent_most


@dataclass(frozen=True)
class Multiplier:
    """LM3 as a range that holds the true figure, whatever the silent would say and wherever doubtful money went.

    coverage  part of the sure second round that the answers cover, 0 to 1; None where there was none
    framing   whose money is the first round: always shown beside the figure
    second    R2 in pence, at least and at most; third is R3
    silence   how much of the width comes from missing answers about money that surely was local; the rest comes
              from doubt about places
    source    docs/measures/lm3.md
    """

    low: float
    high: float
    coverage: float | None
    framing: str
    initial_pence: int = 0
    second: tuple[int, int] = (0, 0)
    third: tuple[int, int] = (0, 0)
    silence: float = 0.0

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def doubt(self) -> float:
        """How much of the width comes from money whose place is unknown or uncertain."""
        return max(0.0, self.width - self.silence)


@dataclass(frozen=True)
class Effect:
    """By how much one answer narrows the range, in points of LM3.

    least  if they spend everything in the area again
    most   if they spend nothing there; the same as `least` where it is sure where their money went
    """

    recipient: Recipient
    least: float
    most: float


def local_multiplier(initial_pence: int, recipients: Sequence[Recipient], *, framing: str = "the anchor") -> Multiplier:
    """LM3 = (R1 + R2 + R3) / R1.

    initial_pence  R1: what the first round was, in pence; above 0
    recipients     R2, one by one; R3 is what they spend locally again
    returns        bounds that hold whatever those who have not answered would say and wherever doubtful money went
    raises         ValueError where R1 is not above 0, an amount is below 0, a part is not 0 to 1,
                   or the second round may be larger than the first
    source         docs/measures/lm3.md
    """
    second = sum(one.received_pence for one in recipients), sum(one.most_pence for one in recipients)
    _refuse_impossible(initial_pence, second[1], recipients)
    third = (
        sum(one.received_pence * one.bounds[0] for one in recipients),
        sum(one.most_pence * one.bounds[1] for one in recipients),
    )
    low, high = ((initial_pence + second[end] + third[end]) / initial_pence for end in (0, 1))
    covered = sum(one.received_pence for one in recipients if one.has_answered)
    silence = sum(one.received_pence * (one.bounds[1] - one.bounds[0]) for one in recipients) / initial_pence
    return Multiplier(
        low,
        high,
        covered / second[0] if second[0] else None,
        framing,
        initial_pence,
        second,
        (round(third[0]), round(third[1])),
        silence,
    )


def _refuse_impossible(initial_pence: int, second: int, recipients: Sequence[Recipient]) -> None:
    if initial_pence <= 0:
        raise ValueError(f"The first round must be above 0, not {initial_pence}")
    for one in recipients:
        if one.received_pence < 0 or one.doubtful_pence < 0:
            raise ValueError(f"{one.name}: received {one.received_pence} and {one.doubtful_pence}, one is below 0")
        if not 0 <= one.bounds[0] <= one.bounds[1] <= 1:
            raise ValueError(f"{one.name}: respent must be a part from 0 to 1, not {one.bounds}")
    if second > initial_pence:
        raise ValueError(f"The second round, {second}, is larger than the first, {initial_pence}")


def recipient_of(name: str, share: Share) -> Recipient:
    """A payee of the first round by what its money did, before anybody asked it.

    share  its money in the area, elsewhere and not placed; a credit is taken off what the same payee was paid in
           the same part. It counts in the area for nothing at least, and at most for all it was paid
    """
    sure = share.local - share.local_shared
    doubts = (share.local_shared, share.elsewhere_shared, share.unplaced)
    whole = max(0, share.total)
    least = min(max(0, sure + sum(min(0, each) for each in doubts)), whole)
    most = min(max(0, sure + sum(max(0, each) for each in doubts)), whole)
    return Recipient(name, least, None, most - least)


def effect_of(recipient: Recipient, initial_pence: int) -> Effect:
    """What the range loses once this recipient says the part it spends in the area again."""
    low, high = recipient.bounds
    least, most = (pence * (high - low) / initial_pence for pence in (recipient.received_pence, recipient.most_pence))
    return Effect(recipient, least, most)


def ask_next(recipients: Sequence[Recipient], number: int = 5) -> list[Recipient]:
    """Whose answers would surely narrow the range most: those who surely received most here, then most perhaps.

    An answer takes what its giver surely received, as a part of R1, off the width of the range. Where some of it is
    doubtful it takes more, the less they spend in the area again; to find their place comes first. Ties go by name.
    """
    silent = [one for one in recipients if not one.has_answered and one.most_pence > 0]
    return sorted(silent, key=lambda one: (-one.received_pence, -one.doubtful_pence, one.name))[:number]


def answered(recipients: Sequence[Recipient], asked: Sequence[Recipient], part: float) -> list[Recipient]:
    """The same recipients once those asked have said that they spend this part in the area again."""
    said = {id(one) for one in asked}
    return [replace(one, respent=part, respent_most=None) if id(one) in said else one for one in recipients]
