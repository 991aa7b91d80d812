"""An administrator of the installation looks after registers and reference data."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select

from procure import Procure
from procure.administering import reference as loading_page
from procure.extensions import db
from procure.models import Edition, Job
from procure.pages import errors
from procure.services.editions import reference_uploads
from procure.services.reference import reference

from .. import factories
from ..conftest import Visitor
from ..ground.registers import published

ADDRESS = "/administering/reference"
OAK = {"name": "OAK CARE LIMITED", "number": "100", "line": "1 High Street", "postcode": "B18 5AA"}

Make = Callable[..., Any]


def send(visitor: Visitor, kind: str, path: Path, **values: str) -> Any:
    with path.open("rb") as file:
        return visitor.post(
            f"{ADDRESS}/load",
            {"kind": kind, "file": (file, path.name), **values},
            content_type="multipart/form-data",
        )


def editions() -> list[tuple[str, str, int, int]]:
    rows = db.session.scalars(select(Edition).order_by(Edition.id))
    return [(edition.kind, edition.state, edition.rows, edition.refused) for edition in rows]


def test_with_nothing_loaded_the_page_says_what_to_begin_with(signed_in_as: Callable[..., Visitor]) -> None:
    page = signed_in_as(None).get(ADDRESS).text
    assert "Begin with a postcode directory" in page
    assert "Free Company Data Product" in page
    assert "of the kind Companies" in page


def test_a_file_that_is_sent_is_loaded_by_a_job_and_then_in_force(
    signed_in_as: Callable[..., Visitor], make: Make, run_jobs: Callable[[], int], tmp_path: Path, app: Procure
) -> None:
    root = signed_in_as(None)
    path = published.companies(tmp_path / "BasicCompanyData.csv", OAK, {"name": "No number"})
    answer = send(root, "companies", path, edition_on="")
    assert answer.status_code == 302
    assert "Waiting to start" in root.get(ADDRESS).text
    job = make(lambda: db.session.scalars(select(Job)).one().id)
    assert root.get(f"/jobs/{job}").json["is_open"]
    assert make(editions) == [("companies", "loading", 0, 0)]
    run_jobs()
    assert make(editions) == [("companies", "ready", 1, 1)]
    page = root.get(ADDRESS).text
    assert "Companies House basic company data" in page
    assert "Free of copyright restrictions" in page
    edition = root.get(f"{ADDRESS}/1").text
    assert "There is no company number" in edition
    listed = root.get(f"{ADDRESS}/1?download=csv").data.decode()
    assert "3,There is no company number" in listed
    assert make(lambda: [body.name for body in reference.search_bodies("oak")]) == ["OAK CARE LIMITED"]
    assert list(Path(app.config["UPLOAD_FOLDER"]).iterdir()) == []


def test_the_day_and_the_licence_that_were_told_are_kept(
    signed_in_as: Callable[..., Visitor], make: Make, run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    path = published.companies(tmp_path / "a.csv", OAK)
    with path.open("rb") as file:
        values = {"kind": "companies", "file": (file, "a.csv"), "edition_on": ["1", "11", "2026"], "licence": "Ours"}
        signed_in_as(None).post(f"{ADDRESS}/load", values, content_type="multipart/form-data")
    run_jobs()
    assert make(lambda: [(one.edition_on, one.licence) for one in db.session.scalars(select(Edition))]) == [
        (date(2026, 11, 1), "Ours")
    ]


def test_a_file_of_the_wrong_kind_is_refused_with_what_it_seems_to_be(
    signed_in_as: Callable[..., Visitor], make: Make, tmp_path: Path, app: Procure
) -> None:
    answer = send(signed_in_as(None), "postcodes", published.companies(tmp_path / "a.csv", OAK))
    assert answer.status_code == 200
    assert "This seems to be Companies House basic company data, not postcodes" in answer.text
    assert make(editions) == []
    assert list(Path(app.config["UPLOAD_FOLDER"]).iterdir()) == []


def test_a_form_without_a_file_or_a_kind_says_what_to_do(signed_in_as: Callable[..., Visitor]) -> None:
    answer = signed_in_as(None).post(f"{ADDRESS}/load", {})
    assert "Choose what the file is" in answer.text
    assert "Choose a file" in answer.text


def test_a_file_larger_than_a_ledger_may_be_is_taken_from_an_administrator_only(
    signed_in_as: Callable[..., Visitor], make: Make, tmp_path: Path, app: Procure
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2_000
    path = published.companies(tmp_path / "a.csv", *({**OAK, "number": str(number)} for number in range(1, 30)))
    assert path.stat().st_size > 2_000
    assert send(signed_in_as(None), "companies", path).status_code == 302
    finance = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    with path.open("rb") as file:
        values = {**finance.token(), "kind": "companies", "file": (file, "a.csv")}
        refused = finance.client.post(f"{ADDRESS}/load", data=values, content_type="multipart/form-data")
    assert refused.status_code == 413
    assert "The largest file we can take is 25 MB" in refused.text


def test_a_register_too_large_for_its_page_is_told_that_pages_limit(
    signed_in_as: Callable[..., Visitor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (loading_page, errors):
        monkeypatch.setattr(room, "REFERENCE_BYTES_MOST", 2_000)
    path = published.companies(tmp_path / "a.csv", *({**OAK, "number": str(number)} for number in range(1, 30)))
    refused = send(signed_in_as(None), "companies", path)
    assert refused.status_code == 413
    assert "Load it by command" in refused.text


def test_a_job_of_the_installation_is_nobody_elses_business(
    signed_in_as: Callable[..., Visitor], make: Make, tmp_path: Path
) -> None:
    root = signed_in_as(None)
    send(root, "companies", published.companies(tmp_path / "a.csv", OAK))
    job = make(lambda: db.session.scalars(select(Job)).one().id)
    assert signed_in_as(make(factories.an_anchor), "anchor", "admin").get(f"/jobs/{job}").status_code == 404
    assert "The installation" in root.get("/administering/jobs").text


def test_a_file_that_was_lost_fails_its_load_and_says_to_send_it_again(
    signed_in_as: Callable[..., Visitor], make: Make, run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    root = signed_in_as(None)
    send(root, "companies", published.companies(tmp_path / "a.csv", OAK))
    make(lambda: reference_uploads.path_of(1).unlink())
    run_jobs()
    assert make(editions) == [("companies", "failed", 0, 0)]
    assert "Load the file again" in root.get(f"{ADDRESS}/1").text


@pytest.fixture
def command(app: Procure) -> Callable[..., Result]:
    return lambda *arguments: app.test_cli_runner().invoke(args=["reference", *arguments])


def test_the_command_loads_a_file_and_lists_what_is_in_force(command: Callable[..., Result], tmp_path: Path) -> None:
    assert "Nothing is loaded" in command("list").output
    path = published.companies(tmp_path / "a.csv", OAK, {"name": "No number"})
    answer = command("load", "companies", str(path), "--edition-on", "2026-11-01", "--licence", "Free")
    assert answer.exit_code == 0, answer.output
    assert "1 rows kept, 1 refused" in answer.stdout
    listed = command("list").stdout
    assert (
        "companies    2026-11-01            1 rows        1 refused  Companies House basic company data (Free)"
        in listed
    )


def test_the_command_refuses_a_file_of_the_wrong_kind(command: Callable[..., Result], tmp_path: Path) -> None:
    answer = command("load", "cpv", str(published.companies(tmp_path / "a.csv", OAK)))
    assert answer.exit_code == 2
    assert "seems to be Companies House" in answer.output
