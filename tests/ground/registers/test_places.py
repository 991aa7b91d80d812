"""Postcode directories, areas, deprivation and lists of codes."""

from pathlib import Path

import pytest

from procure.registers import Code, Kept, NamedArea, Place, Ranked, Record, Refused, latitude_longitude, read_file

from ...shared_data import SHARED, needs_shared
from . import published


def records(path: Path, kind: str) -> list[Record]:
    return [record for outcome in read_file(path, kind) if isinstance(outcome, Kept) for record in outcome.records]


def test_a_grid_reference_lies_where_the_ordnance_survey_says() -> None:
    """The worked example of the guide: 52 degrees 39' 28.72" N, 1 degree 42' 57.79" E."""
    latitude, longitude = latitude_longitude(651_409.903, 313_177.270)
    assert latitude == pytest.approx(52 + 39 / 60 + 28.72 / 3600, abs=0.00001)
    assert longitude == pytest.approx(1 + 42 / 60 + 57.79 / 3600, abs=0.00001)


@pytest.mark.parametrize(
    ("headings", "ward", "authority", "lsoa", "lsoa_2011", "region", "country", "icb"),
    [
        (published.ONSPD, "osward", "oslaua", "lsoa21", "lsoa11", "rgn", "ctry", "icb"),
        (published.ONSPD_2026, "wd25cd", "lad25cd", "lsoa21cd", "lsoa11cd", "rgn25cd", "ctry25cd", "icb26cd"),
        (published.NSPL, "ward", "laua", "lsoa21", None, "rgn", "ctry", "icb"),
    ],
)
def test_directories_old_and_new_give_the_same_facts(
    tmp_path: Path,
    headings: list[str],
    ward: str,
    authority: str,
    lsoa: str,
    lsoa_2011: str | None,
    region: str,
    country: str,
    icb: str,
) -> None:
    birmingham = {
        "pcds": "B18 5AA", "lat": "52.4905", "long": "-1.9283", ward: "E05011118", authority: "E08000025",
        lsoa: "E01033620", region: "E12000005", country: "E92000001", icb: "E54000055",
    } | ({lsoa_2011: "E01008881"} if lsoa_2011 else {})  # fmt: skip
    cardiff = {"pcds": "CF10 1AA", "lat": "99.999999", "long": "0", region: "W99999999", country: "W92000004"}
    path = published.table(tmp_path / "d.csv", headings, birmingham, cardiff)
    assert records(path, "postcodes") == [
        Place(
            "B18 5AA", 52.4905, -1.9283, "E01033620", "E01008881" if lsoa_2011 else None, "E05011118", "E08000025",
            "E12000005", "E54000055",
        ),
        Place("CF10 1AA", None, None, region="W92000004"),
    ]  # fmt: skip


def test_code_point_open_has_no_headings_and_gives_coordinates(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(
        '"B185AA",10,404900,288100,"E92000001","","","","E08000025","E05011118"\n'
        '"B1 1AA",90,0,0,"E92000001","","","","E08000025","E05011118"\n'
        '"nonsense",10,1,1,"E92000001","","","","",""\n'
    )
    first, second, third = read_file(path, "postcodes")
    assert isinstance(first, Kept)
    assert isinstance(second, Kept)
    (place,) = first.records
    assert isinstance(place, Place)
    assert (place.postcode, place.authority, place.ward) == ("B18 5AA", "E08000025", "E05011118")
    assert place.latitude == pytest.approx(52.4907, abs=0.001)
    assert place.longitude == pytest.approx(-1.9293, abs=0.001)
    assert second.records == (Place("B1 1AA", None, None, ward="E05011118", authority="E08000025"),)
    assert isinstance(third, Refused)


@pytest.mark.parametrize(("year", "census"), [(2019, 2011), (2025, 2021)])
def test_both_indices_of_deprivation_are_read_as_published(tmp_path: Path, year: int, census: int) -> None:
    code = f"LSOA code ({census})"
    cut = published.IMD_DECILE[:80] if year == 2025 else published.IMD_DECILE
    path = published.table(
        tmp_path / "imd.csv",
        [code, f"LSOA name ({census})", published.IMD_RANK, cut],
        {code: "E01000001", published.IMD_RANK: "29,199", cut: "9"},
        {code: "E01000002", published.IMD_RANK: "30", cut: "11"},
        {code: "W01000002", published.IMD_RANK: "30", cut: "1"},
    )
    outcomes = list(read_file(path, "deprivation"))
    assert outcomes[0] == Kept(2, (Ranked("E01000001", year, 9, 29_199),))
    assert outcomes[1] == Refused(3, "A decile is 1 to 10, not 11")
    assert isinstance(outcomes[2], Refused)


def test_a_lookup_of_wards_names_every_level_and_what_lies_above(tmp_path: Path) -> None:
    path = published.table(
        tmp_path / "w.csv",
        ["WD25CD", "WD25NM", "LAD25CD", "LAD25NM", "RGN25CD", "RGN25NM", "ObjectId"],
        {"WD25CD": "E05011118", "WD25NM": "Ladywood", "LAD25CD": "E08000025", "LAD25NM": "Birmingham",
         "RGN25CD": "E12000005", "RGN25NM": "West Midlands"},
    )  # fmt: skip
    assert records(path, "areas") == [
        NamedArea("E05011118", "ward", "Ladywood", "E08000025"),
        NamedArea("E08000025", "authority", "Birmingham", "E12000005"),
        NamedArea("E12000005", "region", "West Midlands", None),
    ]


def test_lists_of_codes_keep_code_title_and_what_lies_above(tmp_path: Path) -> None:
    cpv = published.table(tmp_path / "c.csv", ["CODE", "DE", "EN"], {"CODE": "45210000-2", "EN": "Building  work"})
    sic = published.table(tmp_path / "s.csv", ["SIC Code", "Description"], {"SIC Code": "1110", "Description": "Rice"})
    pro = published.table(
        tmp_path / "p.csv",
        ["code", "level1", "level2", "level3", "clarification_info"],
        {"code": "101010", "level1": "Catering", "level2": "Food", "level3": "Bread"},
    )
    assert records(cpv, "cpv") == [Code("cpv", "45210000", "Building work", "45200000")]
    assert records(sic, "sic") == [Code("sic", "01110", "Rice", None)]
    assert records(pro, "proclass") == [Code("proclass", "101010", "Catering > Food > Bread", None)]


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind", "least", "refused"),
    [
        ("cpv_2008", "cpv", 9_454, 0),
        ("sic_2007", "sic", 730, 0),
        ("imd_2025_lsoa21", "deprivation", 33_755, 0),
        ("local_authorities", "areas", 440, 25),
        ("lsoa_centroids", "areas", 48_424, 0),
        ("outcodes", "areas", 2_856, 0),
    ],
)
def test_the_layouts_of_public_repositories_load_too(name: str, kind: str, least: int, refused: int) -> None:
    outcomes = list(read_file(SHARED / "data" / "reference" / f"{name}.csv", kind))
    assert sum(isinstance(outcome, Kept) for outcome in outcomes) >= least
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == refused
