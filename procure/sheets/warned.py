"""A sentence that a person should read before confirming, and of what kind it is."""


class Warned(str):
    """The sentence itself, so that it can be shown and stored as any text; `kind` is for programs to tell them apart.

    kind  "repeats", "total disagrees", "joined", "month first", "same headings", "hidden sheet", "hidden rows",
          "links", "xls rows", "sheet left out" or "same sheets"
    """

    kind: str

    def __new__(cls, kind: str, sentence: str) -> "Warned":
        told = super().__new__(cls, sentence)
        told.kind = kind
        return told

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return self.kind, str(self)
