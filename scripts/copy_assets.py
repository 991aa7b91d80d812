"""Copy what pages need from node_modules to procure/static/vendor, without the fonts only gov.uk may use."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
TARGET = ROOT / "procure" / "static" / "vendor"


def copy_assets() -> None:
    if not SOURCE.is_dir():
        sys.exit("node_modules/govuk-frontend is missing: run make assets")
    TARGET.mkdir(parents=True, exist_ok=True)
    css = (SOURCE / "govuk-frontend.min.css").read_text(encoding="utf-8")
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"\"?GDS Transport\"?\s*,\s*", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    (TARGET / "govuk-frontend.min.css").write_text(css, encoding="utf-8")
    script = (SOURCE / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (TARGET / "govuk-frontend.min.js").write_text(re.sub(r"//# sourceMappingURL=.*", "", script), encoding="utf-8")


if __name__ == "__main__":
    copy_assets()
