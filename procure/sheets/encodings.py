"""Parts of a workbook written in another encoding than UTF-8: legal, rare, and empty sheets to the cells' reader."""

import codecs
import io
import re
import zipfile

_HEAD_BYTES = 200
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)[\"']")
_PROLOG = re.compile(r"<\?xml[^>]*\?>")
_PLAIN = {"utf-8", "ascii"}


def recode(content: bytes) -> bytes | None:
    """The archive with every XML part in UTF-8, or None where all are already. The guard must have passed it first.

    raises  UnicodeError where a part is not in the encoding it says
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        encodings = {name: _encoding(archive, name) for name in archive.namelist()}
        if not any(encodings.values()):
            return None
        recoded = io.BytesIO()
        with zipfile.ZipFile(recoded, "w", zipfile.ZIP_STORED) as packed:
            for name, encoding in encodings.items():
                body = archive.read(name)
                packed.writestr(name, _recode_part(body, encoding) if encoding else body)
    return recoded.getvalue()


def _encoding(archive: zipfile.ZipFile, name: str) -> str | None:
    """The encoding a part must be read by, or None where it is UTF-8 or no XML."""
    if not name.casefold().endswith((".xml", ".rels")):
        return None
    with archive.open(name) as part:
        head = part.read(_HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\x00", b"\x00<")):
        return "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    declared = _DECLARED.search(head)
    try:
        known = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return None
    return None if known in _PLAIN or known.startswith("utf-16") else known


def _recode_part(body: bytes, encoding: str) -> bytes:
    return _PROLOG.sub('<?xml version="1.0" encoding="UTF-8"?>', body.decode(encoding), count=1).encode()
