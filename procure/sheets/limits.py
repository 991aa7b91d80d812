"""How much a file may ask of us before it is refused; every limit has a name and a unit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one uploaded file.

    The defaults suit a person's upload. A command-line import raises what it needs with `dataclasses.replace`.
    """

    upload_bytes: int = 25 * 1024 * 1024
    inflated_bytes: int = 100 * 1024 * 1024
    rows: int = 250_000  # rows that hold anything, over all sheets
    columns: int = 1_000
    members: int = 2_000  # files inside a workbook archive
    cell_characters: int = 32_767  # the most a spreadsheet cell can hold
    memory_bytes: int = 1024 * 1024 * 1024  # address space of the reading process
    cpu_seconds: int = 60
    wall_seconds: int = 90
    refused_rows_kept: int = 20_000  # with their cells, for the sheet of refusals; the rest are only counted
    problems_kept: int = 1_000


PERSON = Limits()
