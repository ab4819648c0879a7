"""The language of the interface, so that the same code speaks Persian or English to whoever asks.

Sentences are written in Persian, and these are the message ids; Persian therefore needs no catalogue. Other
languages have theirs in ``translations``, as ``make messages`` keeps them. A catalogue is compiled when it is
first needed and never on disk, so that none can be out of date.
"""

from contextvars import ContextVar, Token
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent / "translations"
DIRECTIONS = {"fa": "rtl", "en": "ltr"}
NAMES = {"fa": "فارسی", "en": "English"}
DEFAULT = "fa"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """Return the code of the language that is spoken now: ``fa`` or ``en``."""
    return _language.get()


def speak(code: str) -> Token[str]:
    """Speak another language from now on, in this thread or task; undone by :func:`fall_silent`."""
    return _language.set(code)


def fall_silent(token: Token[str]) -> None:
    """Speak the language again that was spoken before."""
    _language.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """Say a sentence in the language of now; ``%(name)s`` in it stands for a value of that name.

    >>> gettext("چیزی پیدا نشد")
    'چیزی پیدا نشد'
    >>> token = speak("en")
    >>> gettext("چیزی پیدا نشد")
    'Nothing was found'
    >>> fall_silent(token)
    """
    said = _catalogue(language()).gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Say a sentence that counts something. Persian has one form, and both are the same there."""
    said = _catalogue(language()).ngettext(one, many, number)
    return said % values if values else said


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogue where it is written down, to be said later."""
    return message


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == DEFAULT:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (Persian needs neither)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        write_mo(compiled, read_po(source, code))
    compiled.seek(0)
    return GNUTranslations(compiled)
