"""One text to be given a category, and the answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A notice or a ledger line.

    text       what it says; a notice's title stands first
    title      the title alone, empty for a ledger line
    supplier   the payee of a ledger line; for a notice always empty: who wins is no evidence of what is bought
    unit       the department of a ledger line
    publisher  whose categories are meant, for ledger lines
    group      who wrote it (buyer or supplier): rows of one group are held out together and count less each
    labels     its categories, main one first; empty where they are asked for
    """

    text: str
    title: str = ""
    supplier: str = ""
    unit: str = ""
    publisher: str = ""
    group: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest category, the chance that it is right, and the two next best.

    `label` is always the best guess; a caller that must not err abstains below a probability of its own choosing.
    """

    label: str
    probability: float
    second: str = ""
    third: str = ""
