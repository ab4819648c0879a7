"""People that no table holds, known by what they are called and by what stands beside it.

A given name and a surname; a surname after a title; a surname, or a word that no list has, where somebody
speaks («دیناروند افزود»); a surname that the article has given in full before. No single sign is
enough where the word may be another.
"""

import re
from collections.abc import Iterator, Sequence

from analyzers.folding import fold
from analyzers.mentions import Mentions
from analyzers.passage import Known, Passage
from analyzers.people import only_bearers
from analyzers.persian import PersianAnalyzer
from analyzers.tables import DATA, read_rows
from analyzers.word_kinds import WordKinds

# Zipf in hundredths, from which a word is hardly a surname after a given name, and if it ends like one;
# after a title; where somebody speaks; where nothing but a person can speak; as a second surname.
_COMMON, _SHAPED, _TITLED, _SPEAKER, _SURE_SPEAKER, _SECOND = 400, 530, 350, 330, 480, 250
_SHAPE = re.compile(".{2,}(?:زاده|نژاد|پور|فر|نیا|یان|وند|لو|منش|دوست|خواه|چی|مقدم|تبار|راد|[^ی]ی)")
_SURE_SHAPE = re.compile(".{2,}(?:زاده|نژاد|پور|نیا|یان|وند|تبار|منش)")
# A word that begins with one of these is two that are run together, and no name.
_RUN_TOGETHER = frozenset(
    ["در", "بر", "با", "از", "به", "این", "آن", "که", "هر", "و", "نه", "بی", "هم", "می", "تازه"]
)
_SAYYID, _SHEIKH = "سید", "شیخ"
# After these علی is Arabic and means "upon".
_UPON, _GOD = "علی", "الله"
_INVOKED = frozenset(["صل", "صلی", "وصل", "صلوا", "سلام", "السلام", "حی", "توکلت", "لعنه", "لعنت"])
_SENTENCE = re.compile(r"[.!?:;()\[\]«»\"'*\n\u061b\u061f\u2026\u2013\u2014/-]")
# «مساعد بن محمد العیبان» begins before بن, whatever word مساعد may be elsewhere.
_SON_OF, _ARABIC_SURNAME = frozenset(["بن", "ابن"]), ("ال", "آل")
_HONORIFIC = re.compile(r"\s*\(\s*(?:ع|ره|س|ص|عج|علیه‌السلام|رحمة‌الله)\s*\)")


class Persons:
    """Reads names of people; one instance serves all threads."""

    def __init__(self, analyzer: PersianAnalyzer, kinds: WordKinds) -> None:
        self._kinds = kinds
        self._lexicon = analyzer.lexicon
        self.table = list(read_rows(DATA / "beside_persons.tsv", columns=2))
        beside: dict[str, set[str]] = {}
        for text, role in self.table:
            beside.setdefault(role, set()).add(fold(text).replace(" ", "").replace("\u200c", ""))
        self._titles = frozenset(beside["title"])
        self._roles = frozenset(beside["role"])
        self._high = frozenset(beside["high"])
        self._bearers = only_bearers()
        self._speech = frozenset(beside["speech"])
        self._after_with = frozenset(beside["with"])
        self._said = frozenset(beside["said"])
        self._holy = frozenset(beside["holy"])
        self._before = frozenset(beside["source"])
        self.triggers = (
            kinds.parts
            | {_SAYYID}
            | kinds.given
            | kinds.surnames
            | self._titles
            | self._roles
            | self._speech
            | self._before
            | self._holy
        )

    def read(self, passage: Passage, starts: Sequence[int], mentions: Mentions) -> None:
        """Enter the people that no table holds into ``passage``, and tell ``mentions`` of them.

        ``starts`` are the tokens that may give reason to see a name.
        """
        for each in passage.known():
            if each.entity.type == "person":
                passage.put(self._trimmed(passage, each))
        found = False
        for index in starts if starts[:1] == [0] else (0, *starts):
            if (
                index < len(passage.tokens)
                and passage.around(index) is None
                and (not index or passage.tokens[index].exact in self.triggers)
            ):
                found |= self._read(passage, index, mentions)
        if found or mentions.surnames:
            self._read_again(passage, mentions)

    def _read(self, passage: Passage, index: int, mentions: Mentions) -> bool:
        for first, last, why in self._candidates(passage, index):
            if all(self._is_free(passage, inner, first) for inner in range(first, last + 1)):
                self._put(passage, first, last, why, mentions)
                return True
        return False

    def _is_free(self, passage: Passage, index: int, first: int) -> bool:
        """Tell whether a name may take a token: a people's name may be a surname, «محمد افغانی»."""
        known = passage.around(index)
        return known is None or (index > first and known.entity.via == "demonym")

    def _candidates(self, passage: Passage, index: int) -> Iterator[tuple[int, int, str]]:
        """Yield the names that a token gives reason to see, with the reason, the best founded first."""
        exact, kinds = passage.tokens[index].exact, self._kinds
        if exact == _UPON and _is_invoked(passage, index):
            return
        if exact in self._holy and (end := self._holy_name(passage, index)) is not None:
            yield index, end, "a holy person"
        if (exact in kinds.given or exact == _SAYYID) and passage.word_start(index) == index:
            end = self._full_name(passage, index)
            if end is not None:
                first = self._with_father(passage, index, end)
                yield first, end, "a given name, and what may be a surname"
        if passage.runs_on(index):
            yield from self._after(passage, index)
        if exact in self._speech and index:
            yield from self._speaker(passage, index)
        start = passage.word_start(index)
        if self._is_surname_alone(passage, start, passage.word_end(index)):
            end = self._surname(passage, start, _COMMON)
            if end is not None:
                yield self._with_given(passage, start), end, "a surname"

    def _after(self, passage: Passage, index: int) -> Iterator[tuple[int, int, str]]:
        """Yield the names that follow a title, a role or a word for a source."""
        exact, first = passage.tokens[index].exact, index + 1
        if exact in self._titles or exact in self._roles:
            common = _TITLED if exact in self._titles else 0
            end = self._full_name(passage, first) or self._surname(passage, first, common)
            if end is not None:
                yield first, end, f"follows «{exact}»"
        if exact in self._before:
            yield from self._source(passage, first)

    def _holy_name(self, passage: Passage, index: int) -> int | None:
        """Return the end of «امام رضا» and the like."""
        last, given, holy = index, self._kinds.given, self._holy
        while passage.runs_on(last) and ((word := passage.tokens[last + 1].exact) in given or word in holy):
            last += 1
        return last if passage.tokens[last].exact in given else None

    def _full_name(self, passage: Passage, first: int) -> int | None:
        """Return the end of a name that begins with given names."""
        tokens, given = passage.tokens, self._kinds.given
        last, count, doubtful = first - 1, 0, False
        while last + 1 < len(tokens) and (last < first or passage.runs_on(last)):
            end = passage.word_end(last + 1)
            word = passage.written(last + 1, end)
            if word not in given and word != _SAYYID:
                break
            doubtful = count == 0 and word in self._kinds.doubtful_given
            last, count = end, count + 1
        if not count or (count == 1 and tokens[first].exact == _SAYYID):
            return None
        if count == 1 and passage.runs_on(last) and tokens[last + 1].exact in self._kinds.endings:
            return None
        if passage.runs_on(last):
            if self._is_nisba(passage, last + 1):
                return last + 1
            surname = self._surname(passage, last + 1, _SPEAKER if doubtful else _COMMON)
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
            and passage.tokens[index].exact in self._kinds.surnames
        )

    def _surname(self, passage: Passage, first: int, common: int) -> int | None:
        """Return the end of a surname that begins at a token, of one written word or more."""
        if first >= len(passage.tokens) or passage.around(first) is not None:
            return None
        last = passage.word_end(first)
        if not self._may_be_surname(passage, first, last, common):
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

    def _may_be_surname(self, passage: Passage, first: int, last: int, common: int) -> bool:
        word = passage.written(first, last)
        if word in self._kinds.parts or self._is_listed(word):
            return bool(common) or self._kinds.zipf(word) < _COMMON or word in self._kinds.surnames
        return self._is_rare(passage, first, last, common)

    def _is_listed(self, word: str) -> bool:
        kinds = self._kinds
        return word in kinds.surnames or (kinds.is_famous(word) and kinds.zipf(word) < _SHAPED)

    def _is_rare(self, passage: Passage, first: int, last: int, common: int) -> bool:
        """Tell whether a written word is rare, or so like a surname, that it may well be one."""
        kinds, word, token = self._kinds, passage.written(first, last), passage.tokens[first]
        if len(word) < 2 or not word[0].isalpha() or word in self.triggers:
            return False
        if kinds.is_stop(token) if first == last else token.exact in _RUN_TOGETHER:
            return False
        if first == last and token.term != token.exact and (word[-1] != "ی" or word.endswith("ای")):
            return False
        return kinds.zipf(word) < (_SHAPED if common == _COMMON and _SHAPE.fullmatch(word) else common)

    def _with_given(self, passage: Passage, surname: int) -> int:
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
        return first if alone and self._is_rare(passage, first, first, _SPEAKER) else surname

    def _with_father(self, passage: Passage, first: int, last: int) -> int:
        """Return where an Arabic name begins that seems to begin with «بن»: with the son, right before it."""
        tokens, before = passage.tokens, first - 1
        if (
            tokens[first].exact not in _SON_OF
            or not first
            or not passage.runs_on(before)
            or passage.around(before) is not None
            or passage.word_start(before) < before
            or not tokens[passage.word_start(last)].exact.startswith(_ARABIC_SURNAME)
        ):
            return first
        word = tokens[before]
        known = word.exact in self.triggers or self._kinds.is_stop(word)
        return before if word.exact[0].isalpha() and not known else first

    def _is_surname_alone(self, passage: Passage, first: int, last: int) -> bool:
        """Tell whether a written word is a surname wherever it stands."""
        word = passage.written(first, last)
        if word in self._kinds.surnames:
            return word not in self._kinds.doubtful_surnames
        token = passage.tokens[first]
        return (
            bool(_SURE_SHAPE.fullmatch(word))
            and (first < last or token.term == token.exact)
            and self._kinds.zipf(word) < _SPEAKER
        )

    def _speaker(self, passage: Passage, cue: int) -> Iterator[tuple[int, int, str]]:
        """Yield who speaks in «دیناروند افزود»: up to three words that begin a sentence."""
        tokens = passage.tokens
        exact = tokens[cue].exact
        if exact in self._after_with:
            cue -= 1
            if cue < 1 or tokens[cue].exact not in ("با", "در"):
                return
        last = cue - 1
        if not passage.runs_on(last) or passage.around(last) is not None:
            return
        common = _SURE_SPEAKER if exact in self._said and cue == last + 1 else _SPEAKER
        first = passage.word_start(last)
        for words in range(3):
            if not self._may_be_speaker(
                passage, first, passage.word_end(first), _SURE_SPEAKER if words else common
            ):
                return
            if _begins(passage, first):
                yield first, last, "begins a sentence that tells what somebody said"
                return
            if not passage.runs_on(first - 1):
                return
            first = passage.word_start(first - 1)

    def _source(self, passage: Passage, first: int) -> Iterator[tuple[int, int, str]]:
        """Yield who is quoted in «به گفته دیناروند،»."""
        last = passage.word_end(first)
        if not passage.runs_on(last) and self._may_be_speaker(passage, first, last, _SURE_SPEAKER):
            yield first, last, "somebody is quoted"

    def _may_be_speaker(self, passage: Passage, first: int, last: int, common: int) -> bool:
        if passage.around(first) is not None or passage.around(last) is not None:
            return False
        token = passage.tokens[first]
        if first == last and token.term != token.exact:
            return False
        return self._may_be_surname(passage, first, last, common)

    def _trimmed(self, passage: Passage, known: Known) -> Known:
        """Leave out a title that a table's name begins with, and take in the honorific that follows."""
        first, entity = known.first, known.entity
        while first < known.last and passage.tokens[first].exact in self._titles:
            first += 1
        if passage.tokens[first].exact == _SHEIKH and first + 1 < known.last:
            first += 1
        honorific = _HONORIFIC.match(passage.text, entity.end)
        end = honorific.end() if honorific else entity.end
        return known._replace(entity=entity._replace(start=passage.tokens[first].start, end=end), first=first)

    def _put(self, passage: Passage, first: int, last: int, why: str, mentions: Mentions) -> None:
        tokens = passage.tokens
        start, end = tokens[first].start, tokens[last].end
        word_first = passage.word_start(last)
        surname = passage.written(word_first, last)
        bearer = mentions.surnames.get(surname) if word_first == first else None
        if bearer is None and first and tokens[first - 1].exact in self._high:
            bearer = self._bearers.get(surname) if word_first == first else None
        if bearer is not None:
            entity = bearer._replace(start=start, end=end)
        else:
            entity = passage.unlisted("person", first, last, why).entity
            kinds = self._kinds
            if word_first > first and surname not in kinds.given and surname not in kinds.parts:
                mentions.surnames[surname] = entity
        honorific = _HONORIFIC.match(passage.text, end)
        if honorific:
            entity = entity._replace(end=honorific.end())
        passage.put(Known(entity, first, last, why))
        mentions.note(entity)

    def _read_again(self, passage: Passage, mentions: Mentions) -> None:
        """Enter the surnames of people whom this text names in full, also before it does."""
        surnames = mentions.surnames
        for index in [index for index, token in enumerate(passage.tokens) if token.exact in surnames]:
            if passage.around(index) is None and passage.word_end(index) == passage.word_start(index):
                self._put(passage, index, index, "a surname that the text gives in full elsewhere", mentions)


def _begins(passage: Passage, first: int) -> bool:
    """Tell whether a token begins a sentence, or stands after a mark that parts it from what went before."""
    return first == 0 or bool(_SENTENCE.search(passage.gap(first - 1))) or passage.gap(first - 1) == "\u060c"


def _is_invoked(passage: Passage, index: int) -> bool:
    """Tell whether what stands before a word is an Arabic blessing or curse: «صل علی محمد»."""
    before = [token.exact for token in passage.tokens[max(0, index - 2) : index]]
    return bool(before) and (before[-1] in _INVOKED or (before[-1] == _GOD and before[0] in _INVOKED))
