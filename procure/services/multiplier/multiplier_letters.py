"""How suppliers are asked what they spend here: the words of the area, and of the message."""

from dataclasses import dataclass
from datetime import datetime

from ...models import LocalArea, RespendSurvey
from ..actors import Actor
from ..shares import areas
from ..shares.spend_periods import year_words

MOST_CODES = 40
"""An area of more parts is told by their number."""


@dataclass(frozen=True)
class Asked:
    """A survey, and the link that opens it; the link is known only now."""

    survey: RespendSurvey
    link: str


def words_of(area: LocalArea) -> str:
    """The area as a supplier is told it."""
    shape = areas.shape(area)
    if shape.outcodes is not None and len(shape.outcodes) <= MOST_CODES:
        also = ", or with a branch there" if shape.counts_branches else ""
        return f"postcodes that begin with {_listed(sorted(shape.outcodes))}{also}"
    return shape.definition


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def subject_of(by: Actor) -> str:
    return f"{by.organisation_name} asks: how much of your spending stays local?"


def reminder(asked: Asked, by: Actor) -> str:
    return f"We asked you on {_day(asked.survey.asked_at)}. This is our only reminder.\n\n{letter(asked, by)}"


def letter(asked: Asked, by: Actor) -> str:
    """The message to a supplier, to be mailed or copied."""
    survey, closes = asked.survey, asked.survey.expires_at
    until = _day(closes) if closes else ""
    return (
        f"{by.organisation_name} wants to know how much of its money stays in {survey.area_name} "
        f"({survey.area_words}).\n\n"
        f"Would you answer three questions about {year_words(survey.year)}? It takes five minutes and needs no "
        f"account. Estimates are fine. You may also say that you would rather not.\n\n{asked.link}\n\n"
        f"You can answer, and change your answer, until {until}. Only {by.organisation_name} sees it. "
        f"It changes nothing about your contracts or payments.\n"
    )
