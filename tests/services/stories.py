"""People and moments that the supplying services' tests share."""

from procure.extensions import db
from procure.models import Enterprise
from procure.services.actors import Actor

from .. import factories


def acting_for(organisation: int, *permissions: str) -> Actor:
    """Somebody who acts for an organisation."""
    words = frozenset(permissions or ("enterprise:admin",))
    return Actor(factories.a_person(), "Pat", "pat@example.org", organisation, "Pat's own", words)


def enterprise_of(organisation: int) -> Enterprise:
    db.session.expire_all()
    found = db.session.get(Enterprise, organisation)
    assert found is not None
    return found
