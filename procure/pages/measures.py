"""The pages of docs/measures as the product shows them: how each figure is worked out, in the documents' words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from ..config import ROOT

FOLDER = ROOT / "docs" / "measures"
CLASSES = {
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_NAME = re.compile(r"(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+)*")
_LINK = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
_SAYS = re.compile(r"(?:\*\*What it says\.\*\*|## What it says\n)\s*(.+?)(?:\n\n|\Z)", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[A-Z])")
_MARKS = re.compile(r"[*`]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Measure:
    """One document: the name in its address, its title, one line on what the figure says, and its whole text."""

    name: str
    title: str
    summary: str
    text: str


def list_measures() -> list[Measure]:
    """Every measure, by title."""
    found = (_read(path, path.stat().st_mtime_ns) for path in FOLDER.glob("*.md"))
    return sorted(found, key=lambda measure: measure.title.casefold())


def find_measure(name: str) -> Measure | None:
    """A measure by its name, or None where there is no such document."""
    if not _NAME.fullmatch(name):
        return None
    path = FOLDER / f"{name}.md"
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Measure:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ").strip()
    says = _SAYS.search(text)
    plain = _MARKS.sub(r"\1", " ".join(says.group(1).split())) if says else ""
    return Measure(path.stem, title, _SENTENCE_END.split(plain)[0], text)


def as_html(measure: Measure) -> Markup:
    """The document as HTML of the GOV.UK Design System. HTML inside a document is shown as text, never passed on."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(measure.text)
    _dress(tokens, measure.title)
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - the reader escapes all text


def _dress(tokens: list[Token], title: str) -> None:
    """Give every element its class, tables their headings and a box to scroll in, and links their addresses."""
    tables = 0
    for place, token in enumerate(tokens):
        if token.children:
            _dress(token.children, title)
        if token.tag in CLASSES and token.nesting == 1:
            token.attrSet("class", CLASSES[token.tag])
        if token.type in ("th_open", "td_open"):
            _dress_cell(tokens, place)
        elif token.type == "table_open":
            tables += 1
            token.meta["label"] = f"{title}, table {tables}"
        elif token.type == "link_open":
            token.attrSet("href", _address(str(token.attrGet("href"))))
    for place in reversed([place for place, token in enumerate(tokens) if token.type.startswith("table_")]):
        _box(tokens, place)


def _dress_cell(tokens: list[Token], place: int) -> None:
    """A figure stands on the right by class; a heading with no words is none; words in the first cell name the row."""
    cell = tokens[place]
    is_right = "right" in str(cell.attrs.pop("style", ""))
    is_first_of_row = tokens[place - 1].type == "tr_open"
    words = tokens[place + 1].content.strip()
    if cell.tag == "th" and not words:
        _retag(tokens, place, "td")
    elif cell.tag == "th":
        cell.attrSet("scope", "col")
    elif is_first_of_row and words and not is_right:
        _retag(tokens, place, "th")
        cell.attrSet("scope", "row")
    kind = "cell" if cell.tag == "td" else "header"
    figure = f" govuk-table__{kind}--numeric" if is_right else ""
    cell.attrSet("class", f"govuk-table__{kind}{figure}")


def _retag(tokens: list[Token], place: int, tag: str) -> None:
    tokens[place].tag = tokens[place + 2].tag = tag


def _box(tokens: list[Token], place: int) -> None:
    token = tokens[place]
    box = Token("html_box", "div", token.nesting, block=True)
    if token.nesting == 1:
        box.attrs = {"class": "wide", "tabindex": "0", "role": "region", "aria-label": token.meta["label"]}
        tokens.insert(place, box)
    else:
        tokens.insert(place + 1, box)


def _address(written: str) -> str:
    """The page of another measure where the document links to its file."""
    found = _LINK.fullmatch(written)
    if not found:
        return written
    values: dict[str, Any] = {"name": found.group(1)}
    return url_for("open_data.show_measure", **values) + (found.group(2) or "")
