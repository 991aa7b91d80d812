"""Who lives in the demonstration place: organisations, people, enterprises, consortia. All of it is invented."""

from dataclasses import dataclass
from datetime import date

DEMO_DAY = date(2026, 11, 2)
"""The day on which the demonstration place stands still; every other date is counted from it."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An anchor, the place authority or the support network.

    kind      anchor, place or network
    sector    nhs, council or university for an anchor; None for the others
    outcodes  what it means by local, as postcode districts; empty where it has no area of its own
    """

    key: str
    name: str
    kind: str
    sector: str | None
    postcode: str
    outcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A role that somebody may sign in as. Nobody is named: the name says what the person does.

    organisation  key of an organisation or an enterprise; None for the installation administrator
    kind, role    as in "anchor", "buyer"; both None for the installation administrator
    is_listed     the one person of this role whom `demo summary` prints
    """

    key: str
    name: str
    email: str
    password: str
    organisation: str | None
    kind: str | None
    role: str | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing an enterprise can do: `units` of `unit` at once, such as 200 meals a day."""

    need: str
    statement: str
    cpv: str
    unit: str
    units: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """An insurance or a certificate. `kind` is insurance or certificate; `grade` is register, declared or inferred."""

    kind: str
    name: str
    amount_pence: int | None
    expires_on: date | None
    grade: str


@dataclass(frozen=True, slots=True)
class OfferedValue:
    """Social value offered in counts.

    measure   local_jobs (full-time jobs), apprenticeships (starts), living_wage (percent of staff),
              vcse_spend (pence a year with other social enterprises) or carbon (tonnes of CO2e saved a year)
    """

    measure: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Workforce:
    """Heads, not full-time equivalents."""

    employees: int
    local_employees: int
    apprentices: int
    volunteers: int
    disadvantaged: int


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The profile of a supplier: what the six questions of registration ask. None or empty is an answer not given yet.

    legal_form           cic, charity, cio, cooperative, social_enterprise, company or partnership
    legal_form_grade     register where the number proves it, declared otherwise
    company_number       from a range Companies House has never issued; likewise charity_number
    outcodes             districts it works in
    capacity_pence       the most contract value it could take on in a year
    registered_by        key of the support network, or None where it registered itself
    claimed_on           when its own people took the profile over; None while only the network speaks for it
    shares_details_on    when it agreed to show turnover, insurance and contact to buyers
    answered             how many of the six questions are answered
    """

    key: str
    trade: str
    name: str
    trading_name: str | None
    previous_names: tuple[str, ...]
    legal_form: str
    legal_form_grade: str
    company_number: str | None
    charity_number: str | None
    summary: str
    address: str
    postcode: str
    outcodes: tuple[str, ...]
    turnover_pence: int | None
    capacity_pence: int | None
    workforce: Workforce | None
    capabilities: tuple[Capability, ...]
    holdings: tuple[Holding, ...]
    offers: tuple[OfferedValue, ...]
    contact_name: str | None
    contact_email: str | None
    registered_by: str | None
    registered_on: date
    claimed_on: date | None
    shares_details_on: date | None
    answered: int

    @property
    def is_complete(self) -> bool:
        return self.answered == 6

    def holds(self, name: str, *, on: date) -> bool:
        """Whether it holds the certificate of that name, not expired, on that day."""
        return any(h.name == name and (h.expires_on is None or h.expires_on >= on) for h in self.holdings)

    def cover_pence(self, name: str, *, on: date) -> int:
        """How much of the named insurance it holds on that day; nothing is 0."""
        return max((h.amount_pence or 0 for h in self.holdings if h.name == name and _runs(h, on)), default=0)


def _runs(holding: Holding, on: date) -> bool:
    return holding.expires_on is None or holding.expires_on >= on


@dataclass(frozen=True, slots=True)
class ConsortiumMember:
    """An enterprise's place in a consortium: invited, accepted or declined; shares of those inside add up to 100."""

    enterprise: str
    state: str
    is_lead: bool
    share_percent: int | None


@dataclass(frozen=True, slots=True)
class Consortium:
    """Enterprises that supply together. `lot`: the key of the lot in sight."""

    key: str
    name: str
    sector: str
    lot: str
    purpose: str
    formed_by: str
    formed_on: date
    members: tuple[ConsortiumMember, ...]
