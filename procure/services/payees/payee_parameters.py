"""Which parameters weigh the evidence: the newest lesson in force, or what the product ships."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import undefer

from ...extensions import db
from ...matching.payees import Parameters, parameters_from, shipped
from ...models import LearnedParameters
from ...models.learning import IN_FORCE


@dataclass(frozen=True)
class Weights:
    """Parameters and the lesson they come from; None is what the product ships."""

    lesson_id: int | None
    parameters: Parameters


@lru_cache(maxsize=1)
def digest_of_shipped() -> str:
    """Tells one release's parameters from another's: lessons taught from others are set aside."""
    return sha256(shipped().to_json().encode("utf-8")).hexdigest()


def lesson_in_force() -> LearnedParameters | None:
    """The newest lesson in force that starts from the parameters of this release."""
    return db.session.scalar(
        select(LearnedParameters)
        .where(LearnedParameters.state == IN_FORCE, LearnedParameters.taught_from == digest_of_shipped())
        .order_by(LearnedParameters.id.desc())
        .limit(1)
    )


def weights() -> Weights:
    """The parameters in force."""
    lesson = lesson_in_force()
    if lesson is None:
        return Weights(None, shipped())
    return Weights(lesson.id, parameters_of(lesson.id))


def parameters_of(lesson_id: int) -> Parameters:
    """The parameters of one lesson."""
    lesson = db.session.scalars(
        select(LearnedParameters)
        .where(LearnedParameters.id == lesson_id)
        .options(undefer(LearnedParameters.parameters))
        .execution_options(populate_existing=True)
    ).one()
    return parameters_from(lesson.parameters)
