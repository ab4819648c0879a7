"""Where the name of a person begins and ends, once something gives reason to see one.

Names are of given names and surnames that lists hold, and of words so rare, or so like a surname, that they
may well be one.
"""

import re
from collections.abc import Set

from analyzers.passage import Passage
from analyzers.word_kinds import WordKinds

# Zipf in hundredths, from which a word is hardly a surname after a given name, and if it ends like one;
# where somebody speaks; as a second surname.
COMMON, _SHAPED, SPEAKER, _SECOND = 400, 530, 330, 250
_SHAPE = re.compile(".{2,}(?:زاده|نژاد|پور|فر|نیا|یان|وند|لو|منش|دوست|خواه|چی|مقدم|تبار|راد|[^ی]ی)")
# A word that begins with one of these is two that are run together, and no name.
_RUN_TOGETHER = frozenset(
    ["در", "بر", "با", "از", "به", "این", "آن", "که", "هر", "و", "نه", "بی", "هم", "می", "تازه"]
)
SAYYID = "سید"
# «مساعد بن محمد العیبان» begins before بن, whatever word مساعد may be elsewhere.
_SON_OF, _ARABIC_SURNAME = frozenset(["بن", "ابن"]), ("ال", "آل")


class PersonNames:
    """Tells how far a name reaches; one instance serves all threads.

    ``signs`` are the words that give reason to see a name.
    """

    def __init__(self, kinds: WordKinds, signs: Set[str]) -> None:
        self._kinds = kinds
        self._signs = signs

    def full_name(self, passage: Passage, first: int) -> int | None:
        """Return the end of a name that begins with given names."""
        exact, given = passage.exact, self._kinds.given
        last, count, doubtful, goes_on = first - 1, 0, False, first < len(exact)
        while goes_on:
            end = passage.word_end(last + 1)
            word = passage.written(last + 1, end)
            if word not in given and word != SAYYID:
                break
            doubtful = count == 0 and word in self._kinds.doubtful_given
            last, count = end, count + 1
            goes_on = passage.runs_on(last)
        if not count or (count == 1 and exact[first] == SAYYID):
            return None
        if goes_on:
            if count == 1 and exact[last + 1] in self._kinds.endings:
                return None
            if self._is_nisba(passage, last + 1):
                return last + 1
            surname = self.surname(passage, last + 1, SPEAKER if doubtful else COMMON)
            if surname is not None:
                return surname
        whole = passage.written(first, passage.word_end(first)) not in self._kinds.doubtful_given
        return last if count > 1 and whole else None

    def _is_nisba(self, passage: Passage, index: int) -> bool:
        """Tell whether a token names a people and may be a surname after a given name: عراقی, no عراقی‌ها."""
        known = passage.at(index)
        return (
            known is not None
            and known.entity.via == "demonym"
            and known.last == index
            and passage.exact[index] in self._kinds.surnames
        )

    def surname(self, passage: Passage, first: int, common: int) -> int | None:
        """Return the end of a surname that begins at a token, of one written word or more."""
        if first >= len(passage.tokens) or passage.around(first) is not None:
            return None
        last = passage.word_end(first)
        if not self.may_be_surname(passage, first, last, common):
            return None
        while passage.runs_on(last):
            end = passage.word_end(last + 1)
            word = passage.written(last + 1, end)
            goes_on = (
                passage.around(last + 1) is None
                and passage.around(end) is None
                and (
                    word in self._kinds.parts
                    or word in self._kinds.surnames
                    or self._kinds.is_origin(word)
                    or self._is_rare(passage, last + 1, end, _SECOND)
                )
            )
            if not goes_on:
                break
            last = end
        return last

    def may_be_surname(self, passage: Passage, first: int, last: int, common: int) -> bool:
        """Tell whether a written word is in a list of surnames, or is rarer than ``common``."""
        word = passage.written(first, last)
        if word in self._kinds.parts or self._is_listed(word):
            return bool(common) or self._kinds.zipf(word) < COMMON or word in self._kinds.surnames
        return self._is_rare(passage, first, last, common)

    def _is_listed(self, word: str) -> bool:
        kinds = self._kinds
        return word in kinds.surnames or (kinds.is_famous(word) and kinds.zipf(word) < _SHAPED)

    def _is_rare(self, passage: Passage, first: int, last: int, common: int) -> bool:
        """Tell whether a written word is rare, or so like a surname, that it may well be one."""
        kinds, word, token = self._kinds, passage.written(first, last), passage.tokens[first]
        if len(word) < 2 or not word[0].isalpha() or word in self._signs:
            return False
        if kinds.is_stop(token) if first == last else token.exact in _RUN_TOGETHER:
            return False
        if first == last and token.term != token.exact and (word[-1] != "ی" or word.endswith("ای")):
            return False
        return kinds.zipf(word) < (_SHAPED if common == COMMON and _SHAPE.fullmatch(word) else common)

    def with_given(self, passage: Passage, surname: int) -> int:
        """Return where a name begins whose surname is known: with the word before, if that may be given."""
        if not surname or not passage.runs_on(surname - 1):
            return surname
        first = passage.word_start(surname - 1)
        word = passage.written(first, surname - 1)
        if passage.around(first) is not None or passage.around(surname - 1) is not None:
            return surname
        if word in self._kinds.given:
            return first
        alone = first == surname - 1  # two words written as one are no given name: «سنگ‌تمام گواردیولا»
        return first if alone and self._is_rare(passage, first, first, SPEAKER) else surname

    def with_father(self, passage: Passage, first: int, last: int) -> int:
        """Return where an Arabic name begins that seems to begin with «بن»: with the son, right before it."""
        before = first - 1
        if (
            passage.exact[first] not in _SON_OF
            or not first
            or not passage.runs_on(before)
            or passage.around(before) is not None
            or passage.word_start(before) < before
            or not passage.exact[passage.word_start(last)].startswith(_ARABIC_SURNAME)
        ):
            return first
        word = passage.tokens[before]
        known = word.exact in self._signs or self._kinds.is_stop(word)
        return before if word.exact[0].isalpha() and not known else first
