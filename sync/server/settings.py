"""What the server is told by its environment. A secret may also lie in a file: DALA_…_FILE."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from sync.errors import UserError
from sync.join import check_address
from sync.language import mark
from sync.retention import Term, changed, terms

DATABASES = ("sqlite:///", "postgresql+psycopg://")
S3 = ("endpoint", "region", "key", "secret")


@dataclass(frozen=True)
class Settings:
    """Where the server keeps its data, and where it listens."""

    data: Path  # DALA_DATA: photos, and the SQLite file unless DALA_DATABASE says otherwise
    database: str  # DALA_DATABASE: an address for SQLAlchemy
    host: str = "127.0.0.1"  # DALA_HOST
    port: int = 8040  # DALA_PORT; 0: any free one
    region: str = "turkistan"  # DALA_REGION: a folder of resources/region
    certificate: Path | None = None  # DALA_TLS_CERT
    key: Path | None = None  # DALA_TLS_KEY
    blobs: str = ""  # DALA_BLOBS: a folder, or s3://bucket/prefix; blobs/ of the data by default
    region_key: Path | None = None  # DALA_REGION_KEY: a file, see sync.region_key
    officers: Path | None = None  # DALA_OFFICERS: a file, see sync.officers
    address: str = ""  # DALA_ADDRESS: by which laptops reach it, for join files
    authority: Path | None = None  # DALA_AUTHORITY: certificates that laptops are to trust, PEM
    terms: tuple[Term, ...] = field(default_factory=terms)  # DALA_TERMS: “issue=60 visit=never”
    backups: Path | None = None  # DALA_BACKUPS: a folder for one each day; None: none is made
    programs: Path | None = None  # DALA_PG_BIN: where pg_dump, pg_restore and psql are
    s3: Mapping[str, str] = field(default_factory=dict)  # DALA_S3_ENDPOINT, _REGION, _KEY, _SECRET

    def __repr__(self) -> str:  # the address may hold a password
        return f"Settings(data={str(self.data)!r}, region={self.region!r})"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from DALA_* variables. Raises UserError naming the one that is wrong."""

    def said(name: str) -> str:
        if file := environment.get(f"{name}_FILE"):
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise _wrong(f"{name}_FILE") from error
        return environment.get(name, "")

    def path(name: str) -> Path | None:
        return Path(found) if (found := said(name)) else None

    data = path("DALA_DATA") or user_data_path("dala-server", appauthor=False)
    database = said("DALA_DATABASE") or f"sqlite:///{data.absolute() / 'server.db'}"
    if not database.startswith(DATABASES) or not _readable(database):
        raise _wrong("DALA_DATABASE")
    port = said("DALA_PORT") or str(Settings.port)
    if not (port.isascii() and port.isdigit() and int(port) < 2**16):
        raise _wrong("DALA_PORT")
    certificate, key = path("DALA_TLS_CERT"), path("DALA_TLS_KEY")
    if key and not certificate:
        raise _wrong("DALA_TLS_CERT")
    blobs = said("DALA_BLOBS")
    bucket = blobs.startswith("s3://")
    if "://" in blobs and not (bucket and blobs.removeprefix("s3://").strip("/")):
        raise _wrong("DALA_BLOBS")
    s3 = {name: told for name in S3 if (told := said(f"DALA_S3_{name.upper()}"))}
    if bucket and ("key" in s3) != ("secret" in s3):
        raise _wrong("DALA_S3_SECRET" if "key" in s3 else "DALA_S3_KEY")
    return Settings(
        data=data,
        database=database,
        host=said("DALA_HOST") or Settings.host,
        port=int(port),
        region=said("DALA_REGION") or Settings.region,
        certificate=certificate,
        key=key,
        blobs=blobs,
        s3=s3,
        region_key=path("DALA_REGION_KEY"),
        officers=path("DALA_OFFICERS"),
        address=_address(said("DALA_ADDRESS").strip()),
        authority=path("DALA_AUTHORITY"),
        backups=path("DALA_BACKUPS"),
        programs=path("DALA_PG_BIN"),
        terms=_terms(said("DALA_TERMS")),
    )


def _address(said: str) -> str:
    try:
        fits = not said or check_address(said)
    except UserError:
        fits = False
    if not fits:
        raise _wrong("DALA_ADDRESS")
    return said


def _terms(said: str) -> tuple[Term, ...]:
    try:
        return changed(said)
    except ValueError as error:
        raise _wrong("DALA_TERMS") from error


def _readable(address: str) -> bool:
    try:
        make_url(address)
    except (ArgumentError, ValueError):  # the second: a port that is no number
        return False
    return True


def _wrong(name: str) -> UserError:
    return UserError(mark("The setting {name} is not right. See the README."), name=name)
