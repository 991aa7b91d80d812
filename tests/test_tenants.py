"""Nothing private of one tenant is seen by another: every page, every search, every file, every form."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from procure import Procure, create_app

from . import factories
from .canaries import AMOUNTS, MARK, a_second_tenant
from .conftest import Visitor, settings_for
from .permission_words import EVERY_PERMISSION

NAMES_ANYBODY_MAY_SEE = (f"{MARK} trust", f"{MARK} council", f"{MARK} network")
"""Organisations' own names: an enterprise sees whose lot it is, a place sees which anchors there are."""
MOST_PAGES = 400


@pytest.fixture(scope="module")
def two_tenants(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Procure, dict[str, int]]:
    import shutil

    from .tenancy import watch_tenancy

    folder = tmp_path_factory.mktemp("tenants")
    shutil.copy(migrated, folder / "procure.sqlite")
    app = create_app(settings_for(folder), TESTING=True, RATELIMIT_ENABLED=False).furnish()
    watch_tenancy(app)
    with app.app_context():
        ids = a_second_tenant()
        ours = factories.an_organisation(
            "Ours", is_anchor=True, is_enterprise=True, is_place=True, is_network=True, sector="nhs", postcode="B18 5AA"
        )
        from procure.extensions import db
        from procure.models import Enterprise

        db.session.add(Enterprise(organisation_id=ours, answered=6, outcodes=["B18"]))
        db.session.commit()
        person = factories.a_person("ours@example.org")
        from procure.models import Membership

        for permission in EVERY_PERMISSION - {"installation:admin"}:
            kind, role = permission.split(":")
            db.session.add(Membership(person_id=person, organisation_id=ours, kind=kind, role=role))
        db.session.commit()
        factories.a_person("root@example.org", is_installation_admin=True)
    return app, ids


def leaks(text: str) -> list[str]:
    bare = text
    for name in NAMES_ANYBODY_MAY_SEE:
        bare = bare.replace(name, "")
    found = [bare[max(0, at.start() - 60) : at.end() + 40] for at in re.finditer(MARK, bare)]
    return found + [amount for amount in AMOUNTS if amount in bare]


def crawl(visitor: Visitor, start: str) -> dict[str, str]:
    """Address > page, for every page that links lead to."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop()
        if address in seen:
            continue
        answer = visitor.get(address)
        seen[address] = answer.data.decode("utf-8", "replace")
        if answer.status_code in (301, 302):
            waiting.append(answer.headers["Location"])
        for link in re.findall(r'href="([^"#]+)', seen[address]):
            path = urlsplit(link.replace("&amp;", "&"))
            if not path.netloc and path.path.startswith("/") and not path.path.startswith("/static"):
                waiting.append(path.path + (f"?{path.query}" if path.query else ""))
    return seen


@pytest.mark.parametrize("email", ["ours@example.org", "root@example.org"])
def test_no_page_a_person_can_reach_shows_another_tenants_secret(two_tenants: Any, email: str) -> None:
    app, _ = two_tenants
    visitor = Visitor(app).sign_in(email)
    pages = crawl(visitor, "/home")
    assert len(pages) > 3
    found = {address: leaks(page) for address, page in pages.items() if leaks(page)}
    if email == "root@example.org":
        found = {address: hits for address, hits in found.items() if "/administering/" not in address}
    assert found == {}


@pytest.mark.parametrize("word", [MARK, MARK.upper(), "kanari", "%", "7131719"])
def test_no_search_finds_another_tenants_secret(two_tenants: Any, word: str) -> None:
    app, _ = two_tenants
    visitor = Visitor(app).sign_in("ours@example.org")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments or rule.endpoint == "static":
            continue
        for extra in ({"q": word}, {"q": word, "download": "csv"}):
            answer = visitor.get(rule.rule, query_string=extra)
            text = answer.data.decode("utf-8", "replace")
            for echo in (f'value="{word}"', f"q={quote(word)}", f"“{word}”"):
                text = text.replace(echo, "")
            assert leaks(text) == [], rule.rule


def test_another_tenants_ids_open_nothing_and_change_nothing(two_tenants: Any) -> None:
    app, ids = two_tenants
    visitor = Visitor(app).sign_in("ours@example.org")
    before = everything(app)
    wrong = []
    for rule in app.url_map.iter_rules():
        if not rule.arguments or not rule.arguments <= ids.keys() or rule.endpoint.startswith("administering."):
            continue
        with app.test_request_context():
            built = rule.build({name: ids[name] for name in rule.arguments})
        assert built is not None
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            send = visitor.get if method == "GET" else lambda address: visitor.post(address, page="/account")
            answer = send(built[1])
            text = answer.data.decode("utf-8", "replace")
            is_public = rule.arguments <= {"enterprise_id", "anchor_id", "member_id", "organisation_id"}
            if (
                leaks(text)
                or (answer.status_code not in (400, 404, 405) and not is_public)
                or answer.status_code >= 500
            ):
                wrong.append((method, rule.endpoint, answer.status_code, leaks(text)[:1]))
    assert wrong == []
    assert everything(app) == before


def everything(app: Procure) -> dict[str, int]:
    """How many rows each private table holds for the second tenant, with a digest of what they say."""
    from sqlalchemy import select

    from procure.extensions import db
    from procure.models import InRoom, Private, Record

    with app.app_context():
        state = {}
        for mapper in Record.registry.mappers:
            if issubclass(mapper.class_, (Private, InRoom)):
                rows = db.session.execute(select(mapper.local_table)).all()
                state[mapper.local_table.name] = hash(tuple(sorted(map(str, rows))))
        return state
