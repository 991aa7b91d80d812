"""Papers to take away: one content, and the files that are made of it, all with the same figures."""

from .content import Chart, ChartBar, Column, Report, Section, Table, as_data, from_data, shown
from .pdf import NoPdfError, write_pdf
from .word import write_docx
from .workbook import write_xlsx

__all__ = [
    "Chart",
    "ChartBar",
    "Column",
    "NoPdfError",
    "Report",
    "Section",
    "Table",
    "as_data",
    "from_data",
    "shown",
    "write_docx",
    "write_pdf",
    "write_xlsx",
]
