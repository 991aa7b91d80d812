"""What the tags of a PDF must say besides what WeasyPrint makes them say, so that a checker of PDF/UA finds it."""

from collections.abc import Iterator, Mapping
from typing import Any

POINTS_A_PIXEL = 0.75


def complete(_document: Any, pdf: Any) -> None:
    """Say of each heading cell whether it heads a column or a row, list the ids that cells name their headings by,
    and give pictures their place in points from the bottom of the page.

    source  ISO 14289-1, 7.5 and 7.3; ISO 32000-1, 14.7.2 and 14.8.5
    """
    from pydyf import Array, Dictionary

    by_reference = {each.reference: each for each in pdf.objects}
    tags = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("Type") == "/StructElem"]
    for tag in tags:
        if tag["S"] == "/THead":
            _head(tag, by_reference, "/Column")
        elif tag["S"] == "/TBody":
            _head(tag, by_reference, "/Row")
        elif tag["S"] == "/Figure":
            _place(tag, by_reference[tag["Pg"]]["MediaBox"][3])
    named = sorted(((tag["ID"].data, tag) for tag in tags if "ID" in tag), key=lambda pair: pair[0])
    if named:
        ids = Dictionary({"Names": Array([part for _, tag in named for part in (tag["ID"], tag.reference)])})
        pdf.add_object(ids)
        by_reference[pdf.catalog["StructTreeRoot"]]["IDTree"] = ids.reference


def _head(part: Any, by_reference: Mapping[bytes, Any], scope: str) -> None:
    for row in _below(part, by_reference):
        for cell in _below(row, by_reference):
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope


def _below(tag: Any, by_reference: Mapping[bytes, Any]) -> Iterator[Any]:
    return (by_reference[each] for each in tag["K"] if isinstance(each, bytes) and "S" in by_reference[each])


def _place(figure: Any, height: float) -> None:
    """From pixels below the top of the page to points above its bottom."""
    left, top, right, bottom = (POINTS_A_PIXEL * side for side in figure["A"]["BBox"])
    figure["A"]["BBox"][:] = (left, height - bottom, right, height - top)
