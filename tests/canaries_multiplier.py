"""What suppliers told a second tenant, for LM3."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from procure.extensions import db
from procure.models import LocalArea, OwnStaffPay, RespendAnswer, RespendSurvey


def a_survey(anchor: int, mark: str, pence: int) -> dict[str, int]:
    """A supplier's answer and the pay of own staff; ids by the name a route gives them."""
    area = db.session.scalars(select(LocalArea.id).where(LocalArea.organisation_id == anchor)).first()
    assert area is not None
    survey = RespendSurvey(
        organisation_id=anchor,
        payee_name=f"{mark} supplies",
        area_id=area,
        area_name=f"{mark} area",
        area_words=mark,
        area_key=mark,
        year=date(2025, 4, 1).year,
        state="answered",
        email=f"{mark}@supplier.example.org",
        token_hash=mark,
        expires_at=datetime.now(UTC) + timedelta(days=30),
    )
    db.session.add(survey)
    db.session.flush()
    answer = RespendAnswer(organisation_id=anchor, survey_id=survey.id, staff=71, given_by="officer", reason=mark)
    pay = OwnStaffPay(
        organisation_id=anchor,
        area_id=area,
        area_key=mark,
        period=mark,
        pay_pence=pence,
        local_pence=pence,
        source=mark,
    )
    db.session.add_all([answer, pay])
    db.session.commit()
    return {"survey_id": survey.id, "answer_id": answer.id, "pay_id": pay.id}
