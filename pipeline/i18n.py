"""What the program says, in Indonesian and English. Data never depend on the language chosen."""

from __future__ import annotations

from typing import Any, TypeVar

from pipeline.messages import MESSAGES
from schemas.errors import LkjipError

LANGUAGES = ("id", "en")

E = TypeVar("E", bound=LkjipError)


def say(key: str, lang: str = "id", /, **values: Any) -> str:
    """The message `key` in a language, with its values filled in."""
    return MESSAGES[key][LANGUAGES.index(lang)].format(**values)


def problem(cls: type[E], key: str, /, **values: Any) -> E:
    """An error whose message is Indonesian and which carries its English sentence too."""
    return cls(say(key, "id", **values), say(key, "en", **values))


def sentence(error: BaseException, lang: str = "id") -> str:
    """The sentence of an error in a language; Indonesian where it knows no other."""
    return str(getattr(error, "en", None) or error) if lang == "en" else str(error)
