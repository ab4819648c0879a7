"""The names of entities laid out for finding one by any of them, in any spelling and in Latin letters."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from analyzers.folding import fold
from analyzers.profiles import profiles

# The names that a list of a large corpus has, looked through anew with every filter typed.
_KEPT = 1 << 16

# U+200C parts the words of a name as a space does, and a hyphen those of an id.
_WORD_START = re.compile("(?:^|(?<=[\\s\u200c-]))(?=[^\\s\u200c-])")


@lru_cache(maxsize=_KEPT)
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
def known_spellings(kind: str) -> Mapping[str, frozenset[str]]:
    """Return, by id, the spellings of the ids and names that the tables hold for a type of entity.

    >>> "لاوروف" in known_spellings("person")["sergey-lavrov"]
    True
    """
    return {
        profile.id: frozenset(
            found
            for name in (profile.id, profile.label, profile.latin, *(each.text for each in profile.variants))
            for found in spellings(name)
        )
        for profile in profiles().values()
        if profile.type == kind
    }
