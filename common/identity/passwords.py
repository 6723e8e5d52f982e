"""Passwords: argon2id at the library's current defaults, re-hashed at sign-in when those move on."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from common.problems import Refusal
from common.text import folded

SHORTEST = 10
LONGEST = 200
# What guessing programs try first, here and elsewhere.
GUESSED_FIRST = ("motcua", "matkhau", "password", "admin", "qwerty", "12345", "09876", "vietnam", "abcde")

hasher = PasswordHasher()
# Verified when there is no such account, so that the answer takes as long as for a wrong password. Written down,
# because hashing takes half a second that every start would pay; a test keeps it at today's parameters.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$l1jGZIPT0khV+ifouI/YOA$kKmV3bIkgUIBDOMq92hFRJb+f6K6sdEbkEQUFsoiKrY"


def hash_password(password: str) -> str:
    """The text to store: algorithm, parameters, salt and hash."""
    return hasher.hash(password)


def is_password(stored: str, password: str) -> bool:
    """Whether the password is the one that was hashed; False for a text that is no hash."""
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(stored)


def is_weak(password: str, *known: str) -> bool:
    """Whether others would guess it: one letter repeated, or built on what is known of the person."""
    plain = password.casefold()
    return len(set(plain)) < 4 or any(len(word) > 3 and word.casefold() in plain for word in known)


def refusal_of(password: str, *names: str) -> Refusal | None:
    """Why an official may not have this password; None when all is well. `names` are those of person and agency."""
    if not SHORTEST <= len(password) <= LONGEST:
        return Refusal("identity.password_length", {"shortest": SHORTEST, "longest": LONGEST})
    known = " ".join(names)
    if is_weak(password, *known.split(), *folded(known).split(), *GUESSED_FIRST):
        return Refusal("identity.password_weak")
    return None
