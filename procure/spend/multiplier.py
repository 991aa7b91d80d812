"""LM3: how much one pound is worth to an area by its third round, with honest bounds where the survey is thin."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Somebody in the area who received part of the second round: a local supplier, or the local staff.

    received_pence  what reached them locally; not VAT, not transfers between anchors, not redacted rows
    respent         the part of it they spend locally again, 0 to 1; None where they have not answered
    """

    name: str
    received_pence: int
    respent: float | None = None


@dataclass(frozen=True)
class Multiplier:
    """LM3 as a range: low if those who have not answered spend nothing locally, high if they spend everything.

    framing   whose money is the first round: always shown beside the figure
    coverage  part of the second round that the answers cover, 0 to 1; None where there was no second round
    source    docs/measures/lm3.md
    """

    low: float
    high: float
    coverage: float | None
    framing: str

    @property
    def is_exact(self) -> bool:
        return self.coverage is None or self.coverage == 1


def local_multiplier(initial_pence: int, recipients: Sequence[Recipient], *, framing: str = "the anchor") -> Multiplier:
    """LM3 = (R1 + R2 + R3) / R1.

    initial_pence  R1: what the first round was, in pence; above 0
    recipients     R2, one by one; R3 is what they spend locally again
    returns        bounds that hold whatever those who have not answered would say
    raises         ValueError where R1 is not above 0, a recipient received less than 0, a part is not 0 to 1,
                   or the second round is larger than the first
    source         docs/measures/lm3.md
    """
    second = sum(one.received_pence for one in recipients)
    _refuse_impossible(initial_pence, second, recipients)
    answered = [one for one in recipients if one.respent is not None]
    third = sum(one.received_pence * (one.respent or 0.0) for one in answered)
    covered = sum(one.received_pence for one in answered)
    low = (initial_pence + second + third) / initial_pence
    high = (initial_pence + second + third + (second - covered)) / initial_pence
    return Multiplier(low, high, covered / second if second else None, framing)


def _refuse_impossible(initial_pence: int, second: int, recipients: Sequence[Recipient]) -> None:
    if initial_pence <= 0:
        raise ValueError(f"The first round must be above 0, not {initial_pence}")
    for one in recipients:
        if one.received_pence < 0:
            raise ValueError(f"{one.name}: received {one.received_pence}, which is below 0")
        if one.respent is not None and not 0 <= one.respent <= 1:
            raise ValueError(f"{one.name}: respent must be a part from 0 to 1, not {one.respent}")
    if second > initial_pence:
        raise ValueError(f"The second round, {second}, is larger than the first, {initial_pence}")


def ask_next(recipients: Sequence[Recipient], number: int = 5) -> list[Recipient]:
    """Whose answers would narrow the range most: those who received most and have not answered, ties by name.

    Each answer takes exactly what its giver received, as a part of R1, off the width of the range.
    """
    silent = [one for one in recipients if one.respent is None and one.received_pence > 0]
    return sorted(silent, key=lambda one: (-one.received_pence, one.name))[:number]
