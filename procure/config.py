"""Settings from the environment. Every threshold has a name and a unit; every fault is listed at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET = 32


class FaultySettingsError(Exception):
    """The environment cannot be used as it is; the text lists every fault."""


@dataclass(frozen=True)
class Settings:
    """What an installation may change. README.md lists the variables."""

    instance: Path
    database_url: str
    queue_url: str
    limiter_url: str
    secret_key: str
    base_url: str
    port: int
    smtp_url: str | None
    mail_from: str
    trusted_proxies: int
    model_folder: Path | None

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def flask(self) -> dict[str, Any]:
        """The same, in the words Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
            "QUEUE_URL": self.queue_url,
            "RATELIMIT_STORAGE_URI": self.limiter_url,
            "RATELIMIT_ENABLED": True,
            "RATELIMIT_HEADERS_ENABLED": True,
            "BASE_URL": self.base_url,
            "SERVER_PORT": self.port,
            "UPLOAD_FOLDER": str(self.instance / "uploads"),
            "EXAMPLES_FOLDER": str(self.instance / "examples"),
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": self.mail_from,
            "TRUSTED_PROXIES": self.trusted_proxies,
            "MODEL_FOLDER": str(self.model_folder) if self.model_folder else None,
            "SESSION_COOKIE_NAME": "__Host-procure" if self.is_https else "procure",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": SESSION_LONGEST,
            "WTF_CSRF_TIME_LIMIT": int(SESSION_LONGEST.total_seconds()),
            "MAX_CONTENT_LENGTH": UPLOAD_BYTES_MOST + 1_000_000,
            "MAX_FORM_MEMORY_SIZE": 1_000_000,
            "MAX_FORM_PARTS": 1_000,
        }


SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
INVITATION_LIFE = timedelta(days=7)
RESET_LIFE = timedelta(minutes=60)
UPLOAD_BYTES_MOST = 25 * 1024 * 1024
UPLOADS_PER_MINUTE = 30
SIGN_IN_GUESSES = "10 per 5 minutes"
PAGE_ROWS = 25
SHARED_OFFICE_BODIES = 50
"""So many bodies at one registered office, and it says little about where they work."""
WITHOUT_MODEL = "PROCURE_MODEL_FOLDER: %s. Until then lots are ranked without meaning"
"""Said at start-up, and where the model is first read: nobody's ledger waits for a better ranking."""
REFERENCE_BYTES_MOST = 2 * 1024**3
"""The largest register an administrator may send through the page; the command takes any size."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment.

    errors  FaultySettingsError naming every fault at once
    """
    instance = Path(environment.get("PROCURE_INSTANCE_PATH", ROOT / "instance"))
    port_text = environment.get("PORT", "5000")
    port = int(port_text) if port_text.isascii() and port_text.isdigit() else 0
    base_url = environment.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    faults = []
    if not 0 < port < 65_536:
        faults.append(f"PORT must be a number from 1 to 65535, not {port_text!r}")
    is_local = urlsplit(base_url).hostname in LOOPBACK
    if not is_local and not base_url.startswith("https://"):
        faults.append("BASE_URL must start with https:// unless the site runs on this machine only")
    secret = environment.get("SECRET_KEY", "")
    if secret and len(secret) < SHORTEST_SECRET:
        faults.append(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters")
    if not secret and not is_local:
        faults.append("SECRET_KEY must be set: make one with python -c 'import secrets; print(secrets.token_hex(32))'")
    proxies = environment.get("TRUSTED_PROXIES", "0")
    if not proxies.isdigit():
        faults.append("TRUSTED_PROXIES must be the number of proxies in front of the site, such as 1")
    if faults:
        raise FaultySettingsError("; ".join(faults))
    return Settings(
        instance=instance,
        database_url=_database_url(environment.get("DATABASE_URL", f"sqlite:///{instance / 'procure.sqlite'}")),
        queue_url=environment.get("QUEUE_URL")
        or environment.get("REDIS_URL")
        or f"sqlite:///{instance / 'queue.sqlite'}",
        limiter_url=environment.get("REDIS_URL", "memory://"),
        secret_key=secret,
        base_url=base_url,
        port=port,
        smtp_url=environment.get("SMTP_URL") or None,
        mail_from=environment.get("MAIL_FROM", "procure@localhost"),
        trusted_proxies=int(proxies),
        model_folder=Path(folder) if (folder := environment.get("PROCURE_MODEL_FOLDER")) else None,
    )


def _database_url(url: str) -> str:
    """Name the driver we ship for PostgreSQL, whichever spelling the host gives."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
