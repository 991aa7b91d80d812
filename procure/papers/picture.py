"""A chart of a report as a picture: SVG for the PDF, PNG for a Word document."""

import io
from xml.etree.ElementTree import Element, SubElement, tostring

from .bars import BAR_HEIGHT, BarChart, stacked_bars
from .content import Chart

FILLS = {"local": "#1b4d3e", "unplaced": "#f2b544", "elsewhere": "#b1b4b6"}
PLAIN = "#b1b4b6"
INK = "#0b0c0c"
KEY = (("local", "local"), ("unplaced", "not placed"), ("elsewhere", "elsewhere"))
KEY_HEIGHT, SWATCH = 30, 14
SCALE = 2


def drawn(chart: Chart) -> BarChart:
    """Where everything of a chart lies, below its key."""
    return stacked_bars([(bar.label, bar.parts, bar.words) for bar in chart.bars])


def as_svg(chart: Chart) -> bytes:
    """The chart with its key of fills."""
    bars = drawn(chart)
    size = {"viewBox": f"0 0 {bars.width} {bars.height + KEY_HEIGHT}"}
    svg = Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": "Liberation Sans, Arial, sans-serif", **size}
    )
    for place, (kind, words) in enumerate(KEY):
        x = place * 120
        _box(svg, x, 2, SWATCH, SWATCH, kind)
        _text(svg, x + SWATCH + 6, 14, words)
    for bar in bars.bars:
        for base, line in bar.lines:
            _text(svg, 0, KEY_HEIGHT + base, line)
        for part in bar.parts:
            if part.width > 0:
                _box(svg, part.x, KEY_HEIGHT + bar.y, part.width, BAR_HEIGHT, part.kind)
        _text(svg, bars.width, KEY_HEIGHT + bar.middle, bar.text, {"text-anchor": "end"})
    return tostring(svg, encoding="utf-8")


def _box(svg: Element, x: float, y: float, width: float, height: float, kind: str) -> None:
    place = {"x": f"{x}", "y": f"{y}", "width": f"{width}", "height": f"{height}"}
    SubElement(svg, "rect", {**place, "fill": FILLS.get(kind, PLAIN), "stroke": INK, "stroke-width": "0.5"})


def _text(svg: Element, x: float, y: float, words: str, more: dict[str, str] | None = None) -> None:
    SubElement(svg, "text", {"x": f"{x}", "y": f"{y}", "font-size": "13", "fill": INK, **(more or {})}).text = words


def as_png(chart: Chart) -> bytes | None:
    """The same as pixels; None where this installation has no library to draw them."""
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        return None
    bars = drawn(chart)
    image = Image.new("RGB", (bars.width * SCALE, (bars.height + KEY_HEIGHT) * SCALE), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(13 * SCALE)

    def box(x: float, y: float, width: float, height: float, kind: str) -> None:
        corners = [x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1]
        draw.rectangle(corners, fill=FILLS.get(kind, PLAIN), outline=INK)

    def text(x: float, y: float, words: str, anchor: str = "ls") -> None:
        draw.text((x * SCALE, y * SCALE), words, fill=INK, font=font, anchor=anchor)

    for place, (kind, words) in enumerate(KEY):
        box(place * 120, 2, SWATCH, SWATCH, kind)
        text(place * 120 + SWATCH + 6, 14, words)
    for bar in bars.bars:
        for base, line in bar.lines:
            text(0, KEY_HEIGHT + base, line)
        for part in bar.parts:
            if part.width * SCALE >= 1:
                box(part.x, KEY_HEIGHT + bar.y, part.width, BAR_HEIGHT, part.kind)
        text(bars.width, KEY_HEIGHT + bar.middle, bar.text, "rs")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
