"""The one map of keys: the help sheet is drawn from it, and the script that listens reads it there."""

from typing import NamedTuple

from searchapp.translation import gettext, gettext_noop


class Shortcut(NamedTuple):
    """A key, those that stand in its place on a Persian layout, and what it does.

    ``action`` is what the script knows it by; empty where the browser does it by itself.
    """

    key: str
    others: str
    action: str
    label: str


SHORTCUTS = (
    Shortcut("/", "", "search", gettext_noop("رفتن به جعبهٔ جست‌وجو")),
    Shortcut("j", "ت", "next", gettext_noop("نتیجه یا مورد بعد")),
    Shortcut("k", "ن", "previous", gettext_noop("نتیجه یا مورد پیش")),
    Shortcut("Enter", "", "", gettext_noop("بازکردن نتیجهٔ برگزیده")),
    Shortcut("?", "؟", "help", gettext_noop("نمایش این راهنما")),
)


def said() -> list[Shortcut]:
    """Give the map in the reader's language."""
    return [shortcut._replace(label=gettext(shortcut.label)) for shortcut in SHORTCUTS]
