"""The lemma of a word, so that a search for تحریم finds تحریم‌هایشان.

Suffixes come off from the outside in, as Persian puts them on: copula or possessive, then ی (indefinite,
ezafe), then plural or comparative. A suffix comes off only where the lexicon knows what is left; only the
plurals in ها, which no other word ends in, come off an unknown word. Names never lose anything.
"""

from analyzers.lexicon import ADJECTIVE, BASE, Lexicon, zipf_hundredths

_POSSESSIVES_LONG = ("مان", "تان", "شان")
_POSSESSIVES_SHORT = ("م", "ت", "ش")
HA_ENDINGS = tuple(
    sorted(
        {
            "ها" + yeh + possessive
            for yeh in ("", "ی")
            for possessive in ("", *_POSSESSIVES_SHORT, *_POSSESSIVES_LONG)
        }
        | {"هایی", "هاست", "هایند"},
        key=len,
        reverse=True,
    )
)
PREVERBS = frozenset({"بر", "باز", "در", "فرا", "فرو", "وا", "پیش", "پس"})
VERB_PREFIXES = frozenset(preverb + sign for preverb in ("", *PREVERBS) for sign in ("می", "نمی"))
PERSON_ENDINGS = frozenset({"ام", "ای", "اند", "ایم", "اید"})
PLURALS = frozenset(HA_ENDINGS)
# What may stand apart from the word it belongs to, after a space or U+200C.
SUFFIXES = (
    PLURALS
    | PERSON_ENDINGS
    | {"ی", "یی", "ات", "اش", "مان", "تان", "شان"}
    | {"تر", "تری", "ترین", "ترها", "ترهای", "ترینها", "ترینهای"}
)
_LETTER_POSSESSIVE_ZIPF = 350  # a one-letter suffix comes off common words only
_POSSESSIVE_ZIPF = 250


class Morphology:
    """Finds lemmas of nouns, adjectives and verb forms by lexicon and suffix rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._verbs = lexicon.verbs
        self._verb_lemmas = lexicon.verb_lemmas
        self._lemmas = lexicon.lemmas

    def lemma(self, key: str, border: int = 0) -> str | None:
        """Return the lemma of ``key`` (folded, without U+200C), or None where nothing is known of it.

        ``border`` is how many letters the writer set apart by a last U+200C or space (0: none seen); it
        decides خانه‌ای against خان‌های, which are the same letters.
        """
        if (listed := self._listed(key)) is not None:
            return listed
        return self._stripped(key, border)

    def _listed(self, key: str) -> str | None:
        if (reviewed := self._lemmas.get(key)) is not None:
            return reviewed
        if (verb := self._verbs.get(key)) is not None:
            return self._verb_lemmas[verb]
        return key if self._words.get(key, 0) & BASE else None

    def _stripped(self, key: str, border: int) -> str | None:
        return (
            self._without_plural_ha(key, border)
            or self._without_possessive(key)
            or self._without_yeh(key)
            or self._without_inner_suffix(key)
        )

    def _without_plural_ha(self, key: str, border: int) -> str | None:
        for ending in HA_ENDINGS:
            if key.endswith(ending) and len(key) > len(ending):
                stem = key[: -len(ending)]
                if ending == "های" and (with_heh := self._indefinite_after_heh(key, border)) is not None:
                    return with_heh
                if (known := self._inner(stem)) is not None:
                    return known
                if (known := self._listed(stem + "ه")) is not None and ending not in {"هام", "هات", "هاش"}:
                    return known
        return None

    def _indefinite_after_heh(self, key: str, border: int) -> str | None:
        """Read خانهای as خانه + ای where it is written so, or خانه is a commoner word than خان."""
        with_heh, without = key[:-2], key[:-3]
        if border == len(without):
            return None
        if border == len(with_heh):
            return self._listed(with_heh)
        if self._listed(with_heh) is None or len(without) < 2:
            return None
        return self._listed(with_heh) if self._zipf(with_heh) > self._zipf(without) + 30 else None

    def _without_possessive(self, key: str) -> str | None:
        for endings, least in ((_POSSESSIVES_LONG, _POSSESSIVE_ZIPF), (_POSSESSIVES_SHORT, _LETTER_POSSESSIVE_ZIPF)):
            for ending in endings:
                if key.endswith(ending):
                    stem = key[: -len(ending)]
                    stems = [stem]
                    if stem.endswith("ها"):
                        continue
                    if stem.endswith(("ای", "وی")):
                        stems.insert(0, stem[:-1])
                    elif stem.endswith("ها"[0] + "ا"):
                        stems.insert(0, stem[:-1])
                    for bare in stems:
                        if len(bare) >= 2 and self._zipf(bare) >= least and (known := self._inner(bare)) is not None:
                            return known
        if key.endswith(("ام", "ات", "اش")) and len(key) > 4 and self._zipf(key[:-2]) >= _POSSESSIVE_ZIPF:
            return self._inner(key[:-2])
        if key.endswith("اند") and (known := self._inner(key[:-3])) is not None:
            return known
        return None

    def _without_yeh(self, key: str) -> str | None:
        if not key.endswith("ی"):
            return None
        stem = key[:-1]
        if stem.endswith(("ای", "وی")) and (known := self._inner(stem[:-1])) is not None:
            return known
        if stem.endswith("ها") and (known := self._listed(stem[:-1])) is not None:
            return known
        if len(stem) >= 2 and (known := self._inner(stem)) is not None:
            return known
        return None

    def _inner(self, key: str) -> str | None:
        """Return the lemma of a word that has lost its outer suffixes: listed, or plural or comparative."""
        return self._listed(key) or self._without_inner_suffix(key)

    def _without_inner_suffix(self, key: str) -> str | None:
        for ending in ("ترین", "تر"):
            if key.endswith(ending) and len(key) > len(ending) + 1:
                stem = key[: -len(ending)]
                if self._words.get(stem, 0) & (ADJECTIVE | BASE):
                    return self._listed(stem)
        for ending, repairs in _NOUN_PLURALS:
            if key.endswith(ending) and len(key) >= len(ending) + 2:
                for repair in repairs:
                    stem = key[: -len(ending)] + repair
                    if self._words.get(stem, 0) & BASE:
                        return self._listed(stem)
        return None

    def _zipf(self, key: str) -> int:
        return zipf_hundredths(self._words.get(key, 0))


_NOUN_PLURALS = (
    ("گان", ("ه",)),
    ("یان", ("", "ی")),
    ("ان", ("",)),
    ("یات", ("ی", "یت", "یه")),
    ("جات", ("", "ه")),
    ("ات", ("", "ه", "ت")),
    ("یون", ("ی",)),
    ("ین", ("",)),
    ("ون", ("",)),
)
