"""What every verb needs besides the database: where files are kept, the key of identity hashes, our address.

The composition root equips the engine of a database once; a verb then asks by its session.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from common.files import FileStore
from common.problems import MotcuaError
from config import Settings


@dataclass(frozen=True, slots=True)
class Office:
    """`address` is how citizens reach the portal: the QR code on the slip leads there.

    `sends_mail` False: no mail server is set, news is recorded and not sent.
    """

    files: FileStore
    identity_key: str
    address: str
    sends_mail: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "Office":
        files = FileStore(settings.data_folder / "files")
        return cls(files, settings.identity_key, settings.public_url, bool(settings.mail_server))


_offices: "WeakKeyDictionary[Engine, Office]" = WeakKeyDictionary()


def equip(engine: Engine, office: Office) -> None:
    """Verbs on this database work with this office from now on."""
    _offices[engine] = office


def office_of(session: Session) -> Office:
    """The office of the session's database."""
    try:
        return _offices[session.get_bind().engine]
    except KeyError:
        raise MotcuaError("runtime.office.equip was not called for this database") from None
