"""Registers and reference data, loaded into both databases."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from procure import Procure
from procure.config import SHARED_OFFICE_BODIES
from procure.extensions import db
from procure.models import (
    AuditEntry,
    Classification,
    Deprivation,
    Edition,
    EditionRefusal,
    RegisteredBody,
    RegisteredName,
)
from procure.registers import UnreadableFileError
from procure.services.editions import reference_editions, reference_loading
from procure.services.reference import reference

from ..ground.registers import published

Make = Callable[..., Any]


def load(kind: str, *paths: Path, edition_on: date | None = None) -> int:
    """Load as the command does; the edition's id."""
    name = ", ".join(path.name for path in paths)
    edition = reference_editions.begin(reference_editions.Told(kind, name, edition_on), paths, by=None)
    number = edition.id
    db.session.commit()
    try:
        reference_loading.load(number, paths)
        db.session.commit()
    except UnreadableFileError as error:
        db.session.rollback()
        reference_editions.fail(number, str(error))
        db.session.commit()
    return number


def kept() -> list[tuple[Any, ...]]:
    """Everything that is known of bodies, with ids."""
    bodies = db.session.execute(text("SELECT * FROM registered_body ORDER BY id")).all()
    names = db.session.execute(text("SELECT * FROM registered_name ORDER BY id")).all()
    shared = db.session.execute(text("SELECT * FROM shared_office ORDER BY address_key")).all()
    return [tuple(row) for row in (*bodies, *names, *shared)]


def state_of(number: int) -> tuple[str, int, int, str | None]:
    edition = db.session.get(Edition, number, populate_existing=True)
    assert edition is not None
    return edition.state, edition.rows, edition.refused, edition.reason


def named(name: str) -> RegisteredBody:
    return db.session.scalars(select(RegisteredBody).where(RegisteredBody.name == name)).one()


OAK = {
    "name": "OAK CARE LIMITED",
    "number": "100",
    "line": "1 High Street",
    "postcode": "B18 5AA",
    "was": "ELM LIMITED",
}
ASH = {"name": "ASH & SONS LTD", "number": "SC200", "line": "2 Low Street", "postcode": "EH1 1AA",
       "sic": "62020 - Information technology consultancy activities"}  # fmt: skip
YEW = {"name": "YEW C.I.C.", "number": "300", "category": "Community Interest Company"}


def test_a_register_is_kept_with_its_date_licence_and_former_names(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        path = published.companies(tmp_path / "a.csv", OAK, ASH, {"name": "No number"}, {**OAK, "name": "Again"})
        number = load("companies", path, edition_on=date(2026, 11, 1))
        edition = db.session.get(Edition, number)
        assert edition is not None
        assert (edition.edition_on, edition.title) == (date(2026, 11, 1), "Companies House basic company data")
        assert state_of(number) == ("ready", 2, 2, None)
        refusals = db.session.execute(select(EditionRefusal.row, EditionRefusal.reason).order_by(EditionRefusal.row))
        assert [tuple(row) for row in refusals] == [
            (4, "There is no company number"),
            (5, "00000100 stands in an earlier row too; that one is kept"),
        ]
        assert (named("ASH & SONS LTD").sic, named("ASH & SONS LTD").name_key) == (["62020"], "ash and sons ltd")
        assert [name.name for name in reference.other_names([named("OAK CARE LIMITED").id]).popitem()[1]] == [
            "ELM LIMITED"
        ]
        assert reference.newest_change() is not None


def test_loading_the_same_file_again_changes_no_row_and_no_id(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        path = published.companies(tmp_path / "a.csv", OAK, ASH, YEW)
        first = load("companies", path)
        before = kept()
        second = load("companies", path)
        assert kept() == before
        assert (state_of(first)[0], state_of(second)[0]) == ("replaced", "ready")


def test_a_newer_edition_changes_adds_and_marks_what_is_gone(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK, ASH))
        oak, ash = named(OAK["name"]).id, named(ASH["name"]).id
        renamed = {**OAK, "name": "OAK HOMES LIMITED", "was": "OAK CARE LIMITED", "was_before": "ELM LIMITED"}
        load("companies", published.companies(tmp_path / "b.csv", renamed, YEW))
        assert named("OAK HOMES LIMITED").id == oak
        assert sorted(name.name for name in reference.other_names([oak])[oak]) == ["ELM LIMITED", "OAK CARE LIMITED"]
        gone = reference.body(ash)
        assert gone is not None
        assert not gone.is_listed
        assert (named("YEW C.I.C.").form, named("YEW C.I.C.").is_listed) == ("cic", True)
        load("companies", published.companies(tmp_path / "c.csv", OAK, ASH, YEW))
        back = db.session.get(RegisteredBody, ash, populate_existing=True)
        assert back is not None
        assert back.is_listed


def test_registers_do_not_replace_each_other(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK))
        scottish = {"Charity Number": "SC012345", "Charity Name": "Glen Trust", "Known As": "The Glen"}
        load("charities", published.table(tmp_path / "s.csv", published.OSCR, scottish))
        english = {
            "registered_charity_number": "10",
            "charity_name": "Friends",
            "charity_company_registration_number": "100",
        }
        load("charities", published.table(tmp_path / "e.csv", published.CHARITY, english))
        assert len(reference_editions.in_force()) == 3
        assert all(body.is_listed for body in db.session.scalars(select(RegisteredBody)))
        assert [body.name for body in reference.by_number("100")] == ["Friends", "OAK CARE LIMITED"]


def test_names_of_charities_need_their_charity_and_survive_its_next_edition(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        english = {"registered_charity_number": "10", "charity_name": "Friends of the Park"}
        register = published.table(tmp_path / "e.csv", published.CHARITY, english)
        names = published.table(
            tmp_path / "n.csv",
            published.OTHER_NAMES,
            {"registered_charity_number": "10", "charity_name_type": "Working name", "charity_name": "Park Pals"},
            {"registered_charity_number": "99", "charity_name_type": "Working name", "charity_name": "Nobody"},
        )
        load("charities", register)
        number = load("charities", names)
        assert state_of(number)[:3] == ("ready", 1, 1)
        load("charities", register)
        assert [body.name for body in reference.search_bodies("park pals")] == ["Friends of the Park"]


def test_a_damaged_file_leaves_the_edition_before_it_in_force(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        first = load("companies", published.companies(tmp_path / "a.csv", OAK))
        before = kept()
        rows = [{**ASH, "number": str(number)} for number in range(1, 9_000)]
        path = published.zipped(tmp_path / "z.zip", {"a.csv": published.companies(tmp_path / "b.csv", *rows)})
        content = bytearray(path.read_bytes())
        content[len(content) * 2 // 3] ^= 0xFF
        path.write_bytes(content)
        second = load("companies", path)
        assert (state_of(first)[0], state_of(second)[0]) == ("ready", "failed")
        assert "Download it again" in str(state_of(second)[3])
        assert kept() == before
        third = load("companies", published.companies(tmp_path / "c.csv", {"name": "", "number": "1"}))
        assert state_of(third)[0] == "failed"
        assert kept() == before


def test_a_load_killed_half_way_leaves_the_old_edition_and_can_be_repeated(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK))
        before = kept()
        rows = [{**ASH, "name": f"ASH {number} LTD", "number": str(number)} for number in range(1, 40_000)]
        path = published.companies(tmp_path / "b.csv", *rows)
        environment = {**os.environ, "PROCURE_INSTANCE_PATH": app.instance_path, "SECRET_KEY": app.config["SECRET_KEY"]}
        environment["DATABASE_URL"] = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg", "postgresql")
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "reference", "load", "companies", str(path)]
        worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            _wait_for(lambda: _loading() == 1)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert kept() == before
        assert _loading() == 1
        number = load("companies", path)
        assert state_of(number)[:2] == ("ready", 39_999)
        assert _loading() == 0
        assert not list(Path(app.instance_path).glob("staging-*"))


def _loading() -> int:
    db.session.rollback()
    number = db.session.scalar(select(func.count(Edition.id)).where(Edition.state == "loading")) or 0
    db.session.rollback()
    return number


def _wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "it did not come to pass in a minute"
        time.sleep(0.02)


def test_an_office_that_many_share_is_known_from_the_register(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        many = [
            {"name": f"BOX {number} LTD", "number": str(number), "line": f"SUITE {number}",
             "line_2": "71-75 Shelton Street",
             "postcode": "WC2H 9JQ"}
            for number in range(1, SHARED_OFFICE_BODIES + 1)
        ]  # fmt: skip
        load("companies", published.companies(tmp_path / "a.csv", OAK, *many))
        assert reference.is_shared_office(named("BOX 7 LTD"))
        assert not reference.is_shared_office(named(OAK["name"]))
        keys = [named("BOX 7 LTD").address_key, named(OAK["name"]).address_key]
        assert reference.shared_offices([key for key in keys if key]) == {"71 75 shelton street|WC2H 9JQ": 50}
        load("companies", published.companies(tmp_path / "b.csv", OAK, *many[1:]))
        assert not reference.is_shared_office(named("BOX 7 LTD"))


def test_bodies_are_found_by_number_and_by_how_any_name_begins(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK, ASH, YEW))
        found = {words: [body.name for body in reference.search_bodies(words)] for words in
                 ("oak c", "Elm", "ash and", "100", "sc000200", "c", "", "zebra")}  # fmt: skip
        assert found == {
            "oak c": [OAK["name"]], "Elm": [OAK["name"]], "ash and": [ASH["name"]], "100": [OAK["name"]],
            "sc000200": [ASH["name"]], "c": [], "": [], "zebra": [],
        }  # fmt: skip


def test_the_index_of_names_gets_every_body_with_its_names_and_numbers(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK, YEW))
        english = {
            "registered_charity_number": "10",
            "charity_name": "Friends",
            "charity_company_registration_number": "100",
        }
        load("charities", published.table(tmp_path / "e.csv", published.CHARITY, english))
        rows = {row.name: row for row in reference.registered_rows()}
        assert rows[OAK["name"]].entity == f"body:{named(OAK['name']).id}"
        assert (rows[OAK["name"]].previous_names, rows[OAK["name"]].postcode) == (("ELM LIMITED",), "B18 5AA")
        assert rows["Friends"].numbers == ("charity:10", "company:00000100")
        assert rows["YEW C.I.C."].kind == "cic"


DIRECTORY = {"pcds": "B18 5AA", "lat": "52.49", "long": "-1.92", "oslaua": "E08000025", "osward": "E05011118",
             "lsoa11": "E01000001", "lsoa21": "E01000002", "rgn": "E12000005", "icb": "E54000055"}  # fmt: skip


def _load_places(folder: Path) -> None:
    load("postcodes", published.table(folder / "d.csv", published.ONSPD, DIRECTORY))
    for year, census, lsoa, decile in ((2019, 2011, "E01000001", "1"), (2025, 2021, "E01000002", "2")):
        code = f"LSOA code ({census})"
        row = {code: lsoa, published.IMD_RANK: "7", published.IMD_DECILE: decile}
        headings = [code, published.IMD_RANK, published.IMD_DECILE]
        load("deprivation", published.table(folder / f"{year}.csv", headings, row))
    row = {"LAD25CD": "E08000025", "LAD25NM": "Birmingham", "RGN25CD": "E12000005", "RGN25NM": "West Midlands"}
    load("areas", published.table(folder / "a.csv", list(row), row))


def test_a_postcode_knows_its_place_as_far_as_what_is_loaded_tells(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        _load_places(tmp_path)
        facts = reference.place_of("B18 5AA")
        assert facts is not None
        assert (facts.latitude, facts.longitude, facts.precision, facts.outcode) == (52.49, -1.92, "postcode", "B18")
        assert (facts.authority_name, facts.region_name, facts.ward_name) == ("Birmingham", "West Midlands", None)
        assert (facts.deciles, facts.ranks) == ({2019: 1, 2025: 2}, {2019: 7, 2025: 7})
        assert facts.icb == "E54000055"


def test_without_any_download_a_postcode_lies_at_the_centre_of_its_district(app: Procure) -> None:
    with app.app_context():
        found = reference.places_of(["B18 5AA", "ZE1 0AA"])
        assert list(found) == ["B18 5AA"]
        assert (found["B18 5AA"].precision, found["B18 5AA"].deciles, found["B18 5AA"].lsoa) == ("outcode", {}, None)
        assert reference.place_of("ZE1 0AA") is None


def test_a_list_of_districts_places_what_no_directory_knows(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        row = {"postcode": "ZE1", "latitude": "60.15", "longitude": "-1.14", "town": "Lerwick"}
        load("areas", published.table(tmp_path / "o.csv", list(row), row))
        facts = reference.place_of("ZE1 0AA")
        assert facts is not None
        assert (facts.latitude, facts.precision) == (60.15, "outcode")


def test_coordinates_from_another_publisher_do_not_wipe_the_neighbourhood(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        _load_places(tmp_path)
        path = tmp_path / "code-point.csv"
        path.write_text('"B185AA",10,404900,288100,"E92000001","","","","E08000025","E05011118"\n')
        load("postcodes", path)
        facts = reference.place_of("B18 5AA")
        assert facts is not None
        assert facts.lsoa == "E01000002"
        assert facts.latitude == pytest.approx(52.4907, abs=0.001)


def test_a_new_edition_of_a_list_takes_away_what_it_lacks(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        heads = ["CODE", "EN"]
        one, two = {"CODE": "45000000-7", "EN": "Building"}, {"CODE": "15000000-8", "EN": "Food"}
        load("cpv", published.table(tmp_path / "a.csv", heads, one, two))
        load("cpv", published.table(tmp_path / "b.csv", heads, {**one, "EN": "Construction"}))
        rows = db.session.execute(select(Classification.code, Classification.title)).all()
        assert [tuple(row) for row in rows] == [("45000000", "Construction")]
        _load_places(tmp_path)
        assert db.session.scalar(select(func.count()).select_from(Deprivation)) == 2


def test_a_file_of_the_wrong_kind_or_of_two_registers_begins_no_edition(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        companies = published.companies(tmp_path / "a.csv", OAK)
        scottish = published.table(tmp_path / "s.csv", published.OSCR)
        english = published.table(tmp_path / "e.csv", published.CHARITY)
        with pytest.raises(UnreadableFileError, match="seems to be Companies House"):
            load("postcodes", companies)
        with pytest.raises(UnreadableFileError, match="different registers"):
            load("charities", scottish, english)
        assert db.session.scalar(select(func.count(Edition.id))) == 0


def test_every_load_stands_in_the_audit_trail(app: Procure, tmp_path: Path) -> None:
    with app.app_context():
        load("companies", published.companies(tmp_path / "a.csv", OAK))
        assert list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))) == [
            "reference load asked",
            "reference loaded",
        ]
        assert db.session.scalar(select(func.count(RegisteredName.id))) == 1
