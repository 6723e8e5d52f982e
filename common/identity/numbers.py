"""Personal identity numbers: read, judged, and searched without being compared in the clear.

Số định danh cá nhân has twelve digits (Law on Identification 2023, art. 12; Decree 70/2024 art. 5): three of
the place of birth registration, one of century and sex, two of the year of birth, six at random.
"""

import hashlib
import hmac
import re

LENGTH = 12
SEPARATORS = re.compile(r"[\s.\-]")
SHAPE = re.compile(r"0[0-9]{11}", re.ASCII)


def read_identity_number(typed: str) -> str | None:
    """The twelve digits, blanks and dots taken out; None when it is not an identity number."""
    digits = SEPARATORS.sub("", typed)
    return digits if SHAPE.fullmatch(digits) else None


def identity_hash(number: str, key: str) -> str:
    """Keyed hash by which a number is searched: useless to whoever has the table but not the key."""
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """The last three digits only, for pages where the whole number is not needed: •••••••••123."""
    return "•" * (len(number) - 3) + number[-3:]
