"""The settings: read once from the environment, judged together, frozen.

Every setting is one field below; `docs/settings.md` says the same to an administrator and a test compares the
two. This module imports nothing of ours, so everything may import it.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SYSTEM_FOLDER = Path("/var/lib/motcua")


class SettingsError(Exception):
    """The environment cannot be used. `problems` holds one sentence for each wrong setting."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"expected a whole number from {low} to {high}")
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("expected 0 or 1")
    return text == "1"


def _key(text: str) -> str:
    if len(text) < 32:
        raise ValueError("expected at least 32 random characters")
    return text


def _database(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if not separator or scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError(
            "expected postgresql://ROLE:PASSWORD@HOST/DATABASE (PostgreSQL is the only database)"
        )
    return f"postgresql+psycopg://{rest}"


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("expected an address that starts with http:// or https://")
    return text.rstrip("/")


def _mail_server(text: str) -> str:
    if not text.startswith(("smtp://", "smtps://")):
        raise ValueError("expected smtp://USER:PASSWORD@HOST:PORT or smtps://…")
    return text


def _connectors(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [each.partition("=") for each in text.split()]
    if not all(name.isidentifier() and there.startswith(("https://", "http://")) for name, _, there in pairs):
        raise ValueError("expected NAME=https://ADDRESS, several with blanks between")
    return tuple((name, there) for name, _, there in pairs)


def _level(text: str) -> str:
    if text not in ("debug", "info", "warning", "error"):
        raise ValueError("expected debug, info, warning or error")
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _from(variable: str, reads: Callable[[str], Any]) -> dict[str, Any]:
    """Where a field comes from."""
    return {"variable": variable, "reads": reads}


def default_data_folder(checkout: Path = CHECKOUT) -> Path:
    """One folder per checkout. Root keeps it under /var/lib, where the database's own account can enter."""
    if os.geteuid() == 0:
        return SYSTEM_FOLDER / sha256(os.fsencode(checkout)).hexdigest()[:12]
    return checkout / ".var"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. None for both database URLs means the embedded server."""

    data_folder: Path = field(metadata=_from("MOTCUA_DATA_FOLDER", _folder))
    database_url: str | None = field(default=None, metadata=_from("MOTCUA_DATABASE_URL", _database))
    database_owner_url: str | None = field(
        default=None, metadata=_from("MOTCUA_DATABASE_OWNER_URL", _database)
    )
    host: str = field(default="127.0.0.1", metadata=_from("MOTCUA_HOST", str))
    port: int = field(default=8000, metadata=_from("PORT", _whole(1, 65535)))
    public_url: str = field(default="", metadata=_from("MOTCUA_PUBLIC_URL", _address))
    proxies: int = field(default=0, metadata=_from("MOTCUA_PROXIES", _whole(0, 5)))
    secret_key: str = field(default="", metadata=_from("MOTCUA_SECRET_KEY", _key))
    identity_key: str = field(default="", metadata=_from("MOTCUA_IDENTITY_KEY", _key))
    demo: bool = field(default=False, metadata=_from("MOTCUA_DEMO", _switch))
    web_workers: int = field(default=2, metadata=_from("MOTCUA_WEB_WORKERS", _whole(1, 64)))
    upload_megabytes: int = field(default=20, metadata=_from("MOTCUA_UPLOAD_MEGABYTES", _whole(1, 200)))
    mail_server: str = field(default="", metadata=_from("MOTCUA_MAIL_SERVER", _mail_server))
    mail_sender: str = field(default="", metadata=_from("MOTCUA_MAIL_SENDER", str))
    connectors: tuple[tuple[str, str], ...] = field(
        default=(), metadata=_from("MOTCUA_CONNECTORS", _connectors)
    )
    connector_key: str = field(default="", metadata=_from("MOTCUA_CONNECTOR_KEY", _key))
    log_level: str = field(default="info", metadata=_from("MOTCUA_LOG_LEVEL", _level))

    @property
    def embedded(self) -> bool:
        """Whether the database is the one we start ourselves."""
        return self.database_url is None

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the web server directly."""
        return self.host in LOOPBACK

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel only over https, except where the address is plain http on this machine."""
        return self.public_url.startswith("https://") or not self.on_loopback

    @property
    def upload_limit(self) -> int:
        """The largest document taken, in bytes."""
        return self.upload_megabytes * 1024 * 1024


def variables() -> tuple[str, ...]:
    """The name of every variable that is read, in the order of the fields."""
    return tuple(f.metadata["variable"] for f in fields(Settings))


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises one SettingsError that names everything wrong."""
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    problems: list[str] = []
    for each in fields(Settings):
        variable = each.metadata["variable"]
        if text := environment.get(variable, "").strip():
            try:
                values[each.name] = each.metadata["reads"](text)
            except ValueError as wrong:
                problems.append(f"{variable}: {wrong}")
    values.setdefault("data_folder", default_data_folder())
    values.setdefault("public_url", _own_address(values))
    problems += _missing(values, environment)
    if problems:
        raise SettingsError(tuple(problems))
    return Settings(**{**values, **_keys(values)})


def _own_address(values: Mapping[str, Any]) -> str:
    host = values.get("host", "127.0.0.1")
    return f"http://{f'[{host}]' if ':' in host else host}:{values.get('port', 8000)}"


def _missing(values: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """What a managed database asks for: its keys outlive this machine, so they are never made up here."""
    missing = []
    if "connectors" in values and "connector_key" not in values:
        missing.append("MOTCUA_CONNECTOR_KEY: missing; what connectors are sent is signed with it")
    if "mail_server" in values and "mail_sender" not in values:
        missing.append("MOTCUA_MAIL_SENDER: missing; mail needs an address that it comes from")
    if environment.get("MOTCUA_DATABASE_OWNER_URL", "").strip() and "database_url" not in values:
        missing.append("MOTCUA_DATABASE_URL: missing, though MOTCUA_DATABASE_OWNER_URL is given")
    if "database_url" in values and not values.get("demo"):
        for name in ("secret_key", "identity_key"):
            variable = f"MOTCUA_{name.upper()}"
            if not environment.get(variable, "").strip():
                missing.append(f"{variable}: missing; make one with: openssl rand -hex 32")
    return missing


def _keys(values: Mapping[str, Any]) -> dict[str, str]:
    folder: Path = values["data_folder"] / "secrets"
    return {name: values.get(name) or kept_secret(folder / name) for name in ("secret_key", "identity_key")}


def kept_secret(path: Path) -> str:
    """The secret in the file, made at the first call; only its owner can read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link fails when another process was first: both then read the same secret.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
