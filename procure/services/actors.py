"""Who acts, and for which organisation: what every service needs to know of the person before it."""

from dataclasses import dataclass

from ..models import Person


@dataclass(frozen=True)
class Actor:
    """A signed-in person acting for one organisation, or for the installation itself."""

    person_id: int | None
    """None is the system itself, such as a command."""
    name: str
    email: str
    organisation_id: int | None = None
    organisation_name: str = ""
    permissions: frozenset[str] = frozenset()
    """Words such as "anchor:finance"; "installation:admin" for the installation's administrator."""

    @property
    def acting_for(self) -> int:
        """The organisation acted for.

        errors  ValueError when the person acts for none: a route let in somebody it should not have
        """
        if self.organisation_id is None:
            raise ValueError(f"person {self.person_id} acts for no organisation")
        return self.organisation_id

    def may(self, *permissions: str) -> bool:
        return not self.permissions.isdisjoint(permissions)

    def is_of(self, kind: str) -> bool:
        """Whether any of the person's roles belongs to this kind of organisation."""
        return any(permission.startswith(f"{kind}:") for permission in self.permissions)


def themselves(person: Person) -> Actor:
    """A person acting for nobody but themselves: signing in, joining, choosing a password."""
    return Actor(person.id, person.name, person.email)
