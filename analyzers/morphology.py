"""The lemma of a word, so that a search for تحریم finds تحریم‌هایشان.

Suffixes come off from the outside in, as Persian puts them on: copula or possessive, then ی (indefinite or
ezafe), then plural or comparative. A suffix comes off only where the lexicon knows what is left. Irregular
forms, verb forms and words that merely look inflected are listed in the lexicon and looked up first.
"""

from collections.abc import Sequence
from typing import TypeVar

from analyzers.lexicon import ADJECTIVE, BASE, Lexicon, zipf_hundredths

_Rule = TypeVar("_Rule", bound=tuple[str, object])

_PERSONS = ("م", "ت", "ش", "مان", "تان", "شان")
_HA = "ها"
# Each begins with ها and holds it once, so a word has the one that begins at its last ها, or none.
PLURALS = frozenset(
    {_HA + yeh + person for yeh in ("", "ی") for person in ("", *_PERSONS)} | {"هایی", "هاست", "هایند"}
)
PREVERBS = frozenset({"بر", "باز", "در", "فرا", "فرو", "وا", "پیش", "پس"})
_PRODUCTIVE_PREVERBS = ("فرو", "فرا", "باز")  # these make verbs that no list ends
VERB_SIGNS = ("می", "نمی")  # never words of their own beside a verb, colloquial ones included
VERB_PREFIXES = frozenset(preverb + sign for preverb in ("", *PREVERBS) for sign in VERB_SIGNS)
PERSON_ENDINGS = frozenset({"ام", "ای", "اند", "ایم", "اید"})
# What may stand apart from the word it belongs to, after a space or U+200C.
SUFFIXES = (
    PLURALS
    | PERSON_ENDINGS
    | {"ی", "یی", "ست", "ات", "اش", "مان", "تان", "شان"}
    | {"تر", "تری", "ترین", "ترها", "ترهای", "ترینها", "ترینهای"}
)
# Ending, least Zipf frequency (in hundredths) of what is left: one letter comes off common words only.
_CLITICS = (
    ("یمان", 250), ("یتان", 250), ("یشان", 250), ("مان", 250), ("تان", 250), ("شان", 250),
    ("اند", 250), ("ست", 350), ("ام", 250), ("ات", 250), ("اش", 250),
    ("یم", 300), ("یت", 300), ("یش", 300), ("م", 350), ("ت", 350), ("ش", 350),
)  # fmt: skip
# Ending, what the singular may have in its place.
_NOUN_PLURALS = (
    ("گان", ("ه",)),
    ("یان", ("", "ی")),
    ("ان", ("",)),
    ("یات", ("ی", "یت", "یه")),
    ("جات", ("", "ه")),
    ("ات", ("", "ه", "ت")),
    ("یون", ("ی",)),
    ("ین", ("",)),
)
_CLEARLY_COMMONER = 30  # hundredths of Zipf frequency


def plural_stem(key: str) -> str:
    """Return what stands before ها and what may follow it, empty where a word does not end so.

    >>> plural_stem("تحریمهایشان"), plural_stem("ها"), plural_stem("تحریم")
    ('تحریم', '', '')
    """
    start = key.rfind(_HA)
    return key[:start] if start > 0 and key[start:] in PLURALS else ""


def _by_last_letter(endings: Sequence[_Rule]) -> dict[str, tuple[_Rule, ...]]:
    """Let a word be tried with those endings only that end in its last letter; they stay in order."""
    letters = dict.fromkeys(ending[-1] for ending, _ in endings)
    return {letter: tuple(rule for rule in endings if rule[0].endswith(letter)) for letter in letters}


_CLITICS_OF = _by_last_letter(_CLITICS)
_NOUN_PLURALS_OF = _by_last_letter(_NOUN_PLURALS)


class Morphology:
    """Finds the lemma of nouns, adjectives and verbs in a lexicon; keys are folded and free of U+200C."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._verbs = lexicon.verbs
        self._lemma = lexicon.lemma

    def lemma(self, key: str, border: int = 0) -> str | None:
        """Return the lemma of ``key``, or None where nothing is known of it.

        ``border`` is how many letters the writer set apart by a last U+200C or space (0: none seen); it
        decides خانه‌ای against خان‌های, which are the same letters.
        """
        if border and key[border:] in PLURALS and (plural := self._inner(key[:border])) is not None:
            return plural
        return self._lemma(key) or self.derived(key, border)

    def derived(self, key: str, border: int = 0) -> str | None:
        """Return the lemma of what the lexicon does not list, or None where nothing is known of it."""
        return (
            self._prefixed(key)
            or self._without_ha(key, border)
            or self._without_outer(key)
            or self._singular(key)
        )

    def _listed(self, key: str) -> str | None:
        return self._lemma(key) or self._prefixed(key)

    def _prefixed(self, key: str) -> str | None:
        if key.startswith(_PRODUCTIVE_PREVERBS):
            for preverb in _PRODUCTIVE_PREVERBS:
                if key.startswith(preverb) and (verb := self._verbs.get(key[len(preverb) :])) is not None:
                    return preverb + verb
        return None

    def _inner(self, key: str) -> str | None:
        """Return the lemma of what has lost its outer suffixes: a word, or its plural or comparative."""
        return self._listed(key) or self._singular(key)

    def _without_ha(self, key: str, border: int) -> str | None:
        """Take off ها with what may follow it; a stem may have lost its final ه to it (برنامها)."""
        if not (stem := plural_stem(key)):
            return None
        if key.endswith("های") and (with_heh := self._indefinite(key, border)) is not None:
            return with_heh
        return self._inner(stem) or self._listed(stem + "ه")

    def _indefinite(self, key: str, border: int) -> str | None:
        """Read خانهای as خانه + ای where it is written so, or خانه is clearly commoner than خان."""
        with_heh, without = key[:-2], key[:-3]
        if border == len(without) or len(without) < 2:
            return None
        if border == len(with_heh) or self._zipf(with_heh) > self._zipf(without) + _CLEARLY_COMMONER:
            return self._listed(with_heh)
        return None

    def _without_outer(self, key: str) -> str | None:
        """Take off a possessive or copula, or one ی."""
        for ending, least in _CLITICS_OF.get(key[-1:], ()):
            if key.endswith(ending) and len(key) > len(ending) + 1:
                stem = key[: -len(ending)]
                known = self._inner(stem)
                if known is not None and max(self._zipf(stem), self._zipf(known)) >= least:
                    return known
        if not key.endswith("ی"):
            return None
        stem = key[:-1]
        if len(stem) > 1 and (known := self._inner(stem)) is not None:
            return known
        # زیبا+یی, گفتگو+یی; خانه+ای, بین‌المللی+ای
        return self._inner(stem[:-1]) if stem.endswith(("ای", "وی", "ها", "یا")) else None

    def _singular(self, key: str) -> str | None:
        """Take off a comparative or a plural other than ها."""
        if key.endswith(("تر", "ترین")):
            stem = key.removesuffix("ین").removesuffix("تر")
            if len(stem) > 1 and self._words.get(stem, 0) & (ADJECTIVE | BASE):
                return self._listed(stem)
        for ending, repairs in _NOUN_PLURALS_OF.get(key[-1:], ()):
            if key.endswith(ending) and len(key) > len(ending) + 1:
                for repair in repairs:
                    if self._words.get(single := key[: -len(ending)] + repair, 0) & BASE:
                        return self._listed(single)
        return None

    def _zipf(self, key: str) -> int:
        return zipf_hundredths(self._words.get(key, 0))
