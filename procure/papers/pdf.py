"""A report as a tagged PDF for everybody, also those who hear it: PDF/UA-1."""

from .content import Report
from .html import as_html
from .tags import complete

MISSING = "This installation cannot make PDF files. The Word document and the workbook hold the same figures."


class NoPdfError(Exception):
    """No PDF can be made here; the text says so in words for a page."""


def write_pdf(report: Report) -> bytes:
    """The report as PDF/UA-1: tags, language, title, words instead of pictures. Nothing is fetched from anywhere.

    errors  NoPdfError where WeasyPrint or a system library it needs is absent
    source  ISO 14289-1
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as fault:
        raise NoPdfError(MISSING) from fault
    only_inside = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    page = HTML(string=as_html(report), url_fetcher=only_inside)
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", finisher=complete)
    return made
