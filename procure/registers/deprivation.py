"""English Indices of Deprivation: File 7 of 2019 and of 2025 as published, and 2025 as a data package lays it out.

Field list: Ministry of Housing, Communities and Local Government, "File 7: all ranks, deciles and scores for the
indices of deprivation, and population denominators" (csv). Neighbourhoods are those of 2011 in 2019, of 2021 in 2025.
"""

import re
from collections.abc import Callable, Iterable

from .layouts import Cells, Layout
from .records import Ranked, RowRefused

_LSOA = re.compile(r"E01[0-9]{6}")
_WHOLE = re.compile(r"([0-9]+)(\.0+)?")


def _reader(year: int) -> Callable[[Cells], Iterable[Ranked]]:
    def read(cells: Cells) -> Iterable[Ranked]:
        lsoa, decile, rank = cells
        if not _LSOA.fullmatch(lsoa):
            raise RowRefused(f"{lsoa[:20]!r} is not the code of an English neighbourhood, such as E01000001")
        tenth, place = _whole(decile.replace(",", "")), _whole(rank.replace(",", ""))
        if not 1 <= tenth <= 10:
            raise RowRefused(f"A decile is 1 to 10, not {decile[:20]}")
        if place < 1:
            raise RowRefused(f"A rank begins at 1, not {rank[:20]}")
        yield Ranked(lsoa, year, tenth, place)

    return read


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise RowRefused(f"{text[:20]!r} is not a whole number")
    return int(found[1])


def _file_7(year: int, census: int) -> Layout:
    return Layout(
        name=f"imd-{year}",
        kind="deprivation",
        series=f"deprivation-{year}",
        title=f"English Indices of Deprivation {year}",
        publisher="Ministry of Housing, Communities and Local Government",
        read=_reader(year),
        fields={
            "lsoa": rf"lsoa code \({census}\)",
            "decile": r"index of multiple deprivation \(imd\) decile.*",
            "rank": r"index of multiple deprivation \(imd\) rank.*",
        },
        gives=f"How deprived each English neighbourhood is ({year}), by decile and rank",
        where=f"English indices of deprivation {year}: File 7 (csv)",
    )


IMD_2019 = _file_7(2019, 2011)
IMD_2025 = _file_7(2025, 2021)
IMD_2025_PACKAGE = Layout(
    name="imd-2025-package",
    kind="deprivation",
    series="deprivation-2025",
    title="English Indices of Deprivation 2025, as a data package",
    publisher="Ministry of Housing, Communities and Local Government, through the Humaniverse IMD package",
    read=_reader(2025),
    fields={"lsoa": "lsoa21_code", "decile": "imd_decile", "rank": "imd_rank"},
    gives="The same ranks and deciles as File 7 of 2025",
    where="Humaniverse: IMD, England 2025 by LSOA 2021",
)
