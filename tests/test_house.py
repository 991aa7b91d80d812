"""The house: who may enter each room, what no request may do, and what every answer carries."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from procure import Procure, create_app
from procure.pages.security import SAFE_METHODS

from . import factories
from .conftest import Visitor, settings_for
from .permission_words import ANYONE, EVERY_PERMISSION, SIGNED_IN
from .permissions import PERMISSIONS

ROOT = Path(__file__).resolve().parent.parent
UNTESTED = frozenset({"static"})


@pytest.fixture(scope="module")
def house(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Procure:
    """One app for the whole walk, with an organisation of every kind in two tenants."""
    import shutil

    folder = tmp_path_factory.mktemp("house")
    shutil.copy(migrated, folder / "procure.sqlite")
    return create_app(settings_for(folder), TESTING=True, RATELIMIT_ENABLED=False).furnish()


@pytest.fixture(scope="module")
def people(house: Procure) -> dict[str, Visitor]:
    """One visitor for every actor: permission > visitor, and those who lost or never had any."""
    with house.app_context():
        everything = factories.an_organisation(
            "Everything", is_anchor=True, is_enterprise=True, is_place=True, is_network=True, sector="nhs"
        )
        addresses = {}
        for permission in sorted(EVERY_PERMISSION - {"installation:admin"}):
            kind, role = permission.split(":")
            addresses[permission] = f"{kind}-{role}@example.org"
            factories.a_member(everything, kind, role, addresses[permission])
        addresses["installation:admin"] = "root@example.org"
        factories.a_person("root@example.org", is_installation_admin=True)
        addresses["nobody"] = "nobody@example.org"
        factories.a_person("nobody@example.org")
    return {name: Visitor(house).sign_in(address) for name, address in addresses.items()}


def addresses_of(app: Procure) -> list[tuple[str, str, str]]:
    """(endpoint, method, address) for every route, with an id nobody has."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in UNTESTED:
            continue
        values = {name: _sample(converter) for name, converter in rule._converters.items()}
        with app.test_request_context():
            built = rule.build(values)
        assert built is not None, rule
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append((rule.endpoint, method, built[1]))
    return sorted(found)


def _sample(converter: Any) -> Any:
    return (
        1 if type(converter).__name__ == "IntegerConverter" else 987654321 if "Id" in type(converter).__name__ else "x"
    )


def test_every_route_stands_in_the_permission_table_and_every_entry_is_a_route(house: Procure) -> None:
    routes = {endpoint for endpoint, _, _ in addresses_of(house)}
    assert routes == set(PERMISSIONS)


def test_every_view_says_who_may_enter(house: Procure) -> None:
    silent = [name for name, view in house.view_functions.items() if name not in UNTESTED and not hasattr(view, "who")]
    assert silent == []


def test_nobody_without_an_account_gets_past_the_door(house: Procure) -> None:
    wrong = []
    for endpoint, method, address in addresses_of(house):
        if PERMISSIONS[endpoint] == ANYONE:
            continue
        answer = send(Visitor(house), method, address)
        if answer.status_code != 302 or "/sign-in" not in answer.headers["Location"]:
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("name", [*sorted(EVERY_PERMISSION), "nobody"])
def test_each_role_enters_its_rooms_and_no_other(house: Procure, people: dict[str, Visitor], name: str) -> None:
    wrong = []
    for endpoint, method, address in addresses_of(house):
        if endpoint == "accounts.sign_out":
            continue
        allowed = PERMISSIONS[endpoint]
        answer = send(people[name], method, address)
        may = allowed in (ANYONE, SIGNED_IN) or name in allowed
        was_refused = answer.status_code == 403 or "/sign-in?" in answer.headers.get("Location", "")
        if may == was_refused or answer.status_code >= 500:
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


def send(visitor: Visitor, method: str, address: str) -> Any:
    """A request with a good token, so that only the guard can refuse it."""
    if method in SAFE_METHODS:
        return visitor.get(address)
    return visitor.client.post(address, data=visitor.token(), buffered=True)


def test_a_suspended_person_is_out_at_the_next_request(app: Procure, make: Any, signed_in_as: Any) -> None:
    officer = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    assert officer.get("/account").status_code == 200

    def suspend() -> None:
        from sqlalchemy import update

        from procure.extensions import db
        from procure.models import Person, now

        db.session.execute(update(Person).values(suspended_at=now()))
        db.session.commit()

    make(suspend)
    assert officer.get("/account").status_code == 302


def test_opening_a_page_never_writes(house: Procure, people: dict[str, Visitor]) -> None:
    written: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for _, method, address in addresses_of(house):
            if method == "GET":
                for visitor in people.values():
                    visitor.get(address)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert written == []


def test_every_post_needs_a_token_of_this_sign_in(house: Procure, people: dict[str, Visitor]) -> None:
    stranger = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', Visitor(house).get("/sign-in").text)
    assert stranger
    wrong = []
    for endpoint, method, address in addresses_of(house):
        if method != "POST":
            continue
        allowed = PERMISSIONS[endpoint]
        visitor = people[next(iter(sorted(allowed)))] if allowed not in (ANYONE, SIGNED_IN) else people["nobody"]
        for values in ({}, {"csrf_token": stranger.group(1)}):
            answer = visitor.client.post(address, data=values)
            if answer.status_code != 400:
                wrong.append((endpoint, answer.status_code, values))
    assert wrong == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_another_site_cannot_send_our_forms(
    house: Procure, people: dict[str, Visitor], headers: dict[str, str]
) -> None:
    assert people["nobody"].post("/sign-out", page="/account", headers=headers).status_code == 400


EXPECTED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("address", ["/", "/sign-in", "/nowhere", "/static/procure.css", "/account", "/home"])
def test_every_answer_carries_the_headers_that_close_doors(house: Procure, address: str) -> None:
    answer = Visitor(house).get(address)
    for name, value in EXPECTED_HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy


def test_a_site_on_the_web_has_secure_cookies_and_demands_https(migrated: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copy(migrated, tmp_path / "procure.sqlite")
    app = create_app(settings_for(tmp_path, BASE_URL="https://procure.example"), TESTING=True).furnish()
    answer = app.test_client().get("/sign-in", base_url="https://procure.example")
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-procure=")
    for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert mark in cookie


def test_signed_in_pages_are_not_kept_by_the_browser(people: dict[str, Visitor]) -> None:
    assert people["nobody"].get("/account").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_only_our_own_name_is_answered(house: Procure, host: str) -> None:
    assert house.test_client().get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("number", ["0", "-1", "01", "9" * 40, str(2**63), "1_0", "١", "%00", "1.json", "1/"])
def test_an_id_that_cannot_be_is_not_found(people: dict[str, Visitor], number: str) -> None:
    answer = people["installation:admin"].get(f"/administering/organisations/{number}")
    assert answer.status_code == 404


def test_a_form_opened_for_another_organisation_is_refused(house: Procure, people: dict[str, Visitor]) -> None:
    visitor = people["anchor:admin"]
    answer = visitor.post(
        "/administering/people", {"email": "x@example.org", "role": "anchor:buyer", "acting_for": "424242"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PATCH", "DELETE"])
def test_methods_no_page_has_are_refused(house: Procure, method: str) -> None:
    assert house.test_client().open("/sign-in", method=method).status_code == 405


def test_every_template_is_used() -> None:
    templates = ROOT / "procure" / "templates"
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "procure").rglob("*.py"))
    sources += "".join(path.read_text(encoding="utf-8") for path in templates.rglob("*.html"))
    unused = [
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if path.name not in sources and re.sub(r"[0-9]+", "{number}", path.name) not in sources
    ]
    assert unused == []


def test_no_file_is_too_long_to_hold_one_noun() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "procure").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}
