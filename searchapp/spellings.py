"""The names of entities laid out for finding one by any of them, in any spelling and in Latin letters."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from analyzers.folding import fold
from analyzers.profiles import Profile, profiles

# U+200C parts the words of a name as a space does, and a hyphen those of an id.
_WORD_START = re.compile("(?:^|(?<=[\\s\u200c-]))(?=[^\\s\u200c-])")


def spelling(name: str) -> str:
    """Write a name or an id so that spacing, letter forms and capitals make no difference.

    >>> spelling("كره جنوبی") == spelling("کره‌جنوبی"), spelling("Sergey-Lavrov")
    (True, 'sergeylavrov')
    """
    return fold(name).replace(" ", "").replace("-", "")


def spellings(name: str) -> Iterator[str]:
    """Yield the spelling of a name from each of its words on, so that it is found by how any of them begins.

    >>> list(spellings("Strait of Hormuz"))
    ['straitofhormuz', 'ofhormuz', 'hormuz']
    """
    for match in _WORD_START.finditer(name):
        if found := spelling(name[match.start() :]):
            yield found


@cache
def known_spellings(kind: str) -> Mapping[str, str]:
    """Return, by id, the spellings of the ids and names that the tables hold for a type of entity.

    Each stands after a line break, in one string, for as many strings would take five times the memory.

    >>> "\\nلاوروف" in known_spellings("person")["sergey-lavrov"]
    True
    """
    return {profile.id: _spellings_of(profile) for profile in profiles(kind)}


def _spellings_of(profile: Profile) -> str:
    names = (profile.id, profile.label, profile.latin, *(each.text for each in profile.variants))
    return "".join(
        f"\n{found}" for found in dict.fromkeys(found for name in names for found in spellings(name))
    )
