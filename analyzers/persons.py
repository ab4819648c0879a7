"""People that no table holds, known by what they are called and by what stands beside it.

A given name and a surname; a surname after a title; a surname, or a word that no list has, where somebody
speaks («دیناروند افزود»); a surname that the article has given in full before. No single sign is
enough where the word may be another.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from analyzers.folding import fold
from analyzers.mentions import Mentions
from analyzers.passage import Known, Passage
from analyzers.people import only_bearers
from analyzers.person_names import COMMON, SAYYID, SPEAKER, PersonNames
from analyzers.tables import DATA, read_rows
from analyzers.word_kinds import WordKinds

# Zipf in hundredths, from which a word is hardly a surname after a title, and where nothing but a person can
# speak.
_TITLED, _SURE_SPEAKER = 350, 480
_MOST_SPEAKERS_WORDS = 3
_SURE_ENDINGS, _BEFORE_ENDING = ("زاده", "نژاد", "پور", "نیا", "یان", "وند", "تبار", "منش"), 2
_SHEIKH = "شیخ"
# After these علی is Arabic and means "upon".
_UPON, _GOD = "علی", "الله"
_INVOKED = frozenset(["صل", "صلی", "وصل", "صلوا", "سلام", "السلام", "حی", "توکلت", "لعنه", "لعنت"])
_SENTENCE = re.compile(r"[.!?:;()\[\]«»\"'*\n\u061b\u061f\u2026\u2013\u2014/-]")
_HONORIFIC = re.compile(r"\s*\(\s*(?:ع|ره|س|ص|عج|علیه‌السلام|رحمة‌الله)\s*\)")


class _Reason(Struct, frozen=True, gc=False):
    """A name that a token gives reason to see, ``tokens[first]`` to ``tokens[last]``, and that reason."""

    first: int
    last: int
    why: str


_Rule = Callable[[Passage, int], _Reason | None]


class Persons:
    """Reads names of people; one instance serves all threads."""

    def __init__(self, kinds: WordKinds) -> None:
        self._kinds = kinds
        self.table = list(read_rows(DATA / "beside_persons.tsv", columns=2))
        beside: dict[str, set[str]] = {}
        for text, role in self.table:
            beside.setdefault(role, set()).add(fold(text).replace(" ", "").replace("\u200c", ""))
        self._titles = frozenset(beside["title"])
        self._high = frozenset(beside["high"])
        self._bearers = only_bearers()
        self._after_with = frozenset(beside["with"])
        self._said = frozenset(beside["said"])
        self._holy = frozenset(beside["holy"])
        # What each word gives reason to try, the best founded rule first.
        rules: dict[str, list[_Rule]] = {word: [] for word in kinds.parts | kinds.surnames}
        for words, rule in (
            (self._holy, self._holy_person),
            (kinds.given | {SAYYID}, self._given_and_surname),
            (self._titles | beside["role"], self._titled),
            (beside["source"], self._source),
            (beside["speech"], self._speaker),
        ):
            for word in words:
                rules.setdefault(word, []).append(rule)
        self._rules = {
            word: (*of_word, self._surname_alone if self._is_surname(word) else self._longer_surname)
            for word, of_word in rules.items()
        }
        self._first_rules = (self._surname_alone,)
        self.triggers = self._rules.keys()
        self._names = PersonNames(kinds, self.triggers)

    def read(self, passage: Passage, starts: Sequence[int], mentions: Mentions) -> None:
        """Enter the people that no table holds into ``passage``, and tell ``mentions`` of them.

        ``starts`` are the tokens that may give reason to see a name.
        """
        for each in passage.known():
            if each.entity.type == "person":
                self._trim(passage, each)
        exact, around, rules_of = passage.exact, passage.around, self._rules.get
        for index in starts if starts[:1] == [0] else (0, *starts):
            rules = rules_of(exact[index], () if index else self._first_rules)
            if not rules or around(index) is not None:
                continue
            if exact[index] == _UPON and _is_invoked(passage, index):
                continue
            for rule in rules:
                seen = rule(passage, index)
                if seen is not None and self._is_free(passage, seen):
                    self._put(passage, seen, mentions)
                    break
        if not mentions.surnames.keys().isdisjoint(exact):
            self._read_again(passage, mentions)

    def _is_free(self, passage: Passage, seen: _Reason) -> bool:
        """Tell whether a name may take its tokens: a people's name may be a surname, «محمد افغانی»."""
        for index in range(seen.first, seen.last + 1):
            known = passage.around(index)
            if known is not None and (index == seen.first or known.entity.via != "demonym"):
                return False
        return True

    def _holy_person(self, passage: Passage, index: int) -> _Reason | None:
        """See «امام رضا» and the like."""
        last, given, holy = index, self._kinds.given, self._holy
        while passage.runs_on(last) and ((word := passage.exact[last + 1]) in given or word in holy):
            last += 1
        return _Reason(index, last, "a holy person") if passage.exact[last] in given else None

    def _given_and_surname(self, passage: Passage, index: int) -> _Reason | None:
        if passage.word_start(index) < index:
            return None
        end = self._names.full_name(passage, index)
        if end is None:
            return None
        first = self._names.with_father(passage, index, end)
        return _Reason(first, end, "a given name, and what may be a surname")

    def _titled(self, passage: Passage, index: int) -> _Reason | None:
        """See who follows a title or a role."""
        if not passage.runs_on(index):
            return None
        exact, first = passage.exact[index], index + 1
        common = _TITLED if exact in self._titles else 0
        end = self._names.full_name(passage, first) or self._names.surname(passage, first, common)
        return None if end is None else _Reason(first, end, f"follows «{exact}»")

    def _surname_alone(self, passage: Passage, index: int) -> _Reason | None:
        """See a written word that is a surname wherever it stands, and what goes with it."""
        first, last = passage.word(index)
        word = passage.written(first, last)
        if not self._is_surname(word) or (
            first == last and word != passage.tokens[first].term and word not in self._kinds.surnames
        ):
            return None
        end = self._names.surname(passage, first, COMMON)
        return None if end is None else _Reason(self._names.with_given(passage, first), end, "a surname")

    def _longer_surname(self, passage: Passage, index: int) -> _Reason | None:
        """See such a word only where it is of more tokens, as this one by itself is no surname."""
        first, last = passage.word(index)
        return None if first == last else self._surname_alone(passage, index)

    def _is_surname(self, word: str) -> bool:
        """Tell whether a word is in the list of surnames and no other word, or rare and ends like one."""
        kinds = self._kinds
        if word in kinds.surnames:
            return word not in kinds.doubtful_surnames
        return word[_BEFORE_ENDING:].endswith(_SURE_ENDINGS) and kinds.zipf(word) < SPEAKER

    def _speaker(self, passage: Passage, cue: int) -> _Reason | None:
        """See who speaks in «دیناروند افزود»: up to three words that begin a sentence."""
        said = passage.exact[cue]
        if said in self._after_with:
            cue -= 1
            if cue < 1 or passage.exact[cue] not in ("با", "در"):
                return None
        if not cue or passage.around(cue - 1) is not None:
            return None
        first, common = cue, _SURE_SPEAKER if said in self._said else SPEAKER
        for _ in range(_MOST_SPEAKERS_WORDS):
            if not passage.runs_on(first - 1):
                return None
            first = passage.word_start(first - 1)
            if not self._may_be_speaker(passage, first, passage.word_end(first), common):
                return None
            if _begins(passage, first):
                return _Reason(first, cue - 1, "begins a sentence that tells what somebody said")
            common = _SURE_SPEAKER
        return None

    def _source(self, passage: Passage, index: int) -> _Reason | None:
        """See who is quoted in «به گفته دیناروند،»."""
        if not passage.runs_on(index):
            return None
        first, last = index + 1, passage.word_end(index + 1)
        if passage.runs_on(last) or not self._may_be_speaker(passage, first, last, _SURE_SPEAKER):
            return None
        return _Reason(first, last, "somebody is quoted")

    def _may_be_speaker(self, passage: Passage, first: int, last: int, common: int) -> bool:
        if passage.around(first) is not None or passage.around(last) is not None:
            return False
        token = passage.tokens[first]
        if first == last and token.term != token.exact:
            return False
        return self._names.may_be_surname(passage, first, last, common)

    def _trim(self, passage: Passage, known: Known) -> None:
        """Leave out a title that a table's name begins with, and take in the honorific that follows."""
        first, entity = known.first, known.entity
        while first < known.last and passage.exact[first] in self._titles:
            first += 1
        if passage.exact[first] == _SHEIKH and first + 1 < known.last:
            first += 1
        end = _honored_end(passage, entity.end)
        if first > known.first or end > entity.end:
            entity = structs.replace(entity, start=passage.tokens[first].start, end=end)
            passage.put(structs.replace(known, entity=entity, first=first))

    def _put(self, passage: Passage, seen: _Reason, mentions: Mentions) -> None:
        first, last = seen.first, seen.last
        start, end = passage.tokens[first].start, passage.tokens[last].end
        word_first = passage.word_start(last)
        surname = passage.written(word_first, last)
        bearer = mentions.surnames.get(surname) if word_first == first else None
        if bearer is None and word_first == first and first and passage.exact[first - 1] in self._high:
            bearer = self._bearers.get(surname)
        if bearer is not None:
            entity = structs.replace(bearer, start=start, end=end)
        else:
            entity = passage.unlisted("person", first, last, seen.why).entity
            kinds = self._kinds
            if word_first > first and surname not in kinds.given and surname not in kinds.parts:
                mentions.surnames[surname] = entity
        end = _honored_end(passage, end)
        if end > entity.end:
            entity = structs.replace(entity, end=end)
        passage.put(Known(entity, first, last, seen.why))
        mentions.note(entity)

    def _read_again(self, passage: Passage, mentions: Mentions) -> None:
        """Enter the surnames of people whom this text names in full, also before it does."""
        why, surnames = "a surname that the text gives in full elsewhere", mentions.surnames
        for index in [index for index, word in enumerate(passage.exact) if word in surnames]:
            if passage.around(index) is None and passage.word(index) == (index, index):
                self._put(passage, _Reason(index, index, why), mentions)


def _honored_end(passage: Passage, end: int) -> int:
    """Return where the honorific ends that follows a name, or else the name."""
    honorific = _HONORIFIC.match(passage.text, end) if "(" in passage.text else None
    return honorific.end() if honorific else end


def _begins(passage: Passage, first: int) -> bool:
    """Tell whether a token begins a sentence, or stands after a mark that parts it from what went before."""
    if not first:
        return True
    gap = passage.gap(first - 1)
    return gap == "\u060c" or bool(_SENTENCE.search(gap))


def _is_invoked(passage: Passage, index: int) -> bool:
    """Tell whether what stands before a word is an Arabic blessing or curse: «صل علی محمد»."""
    before = passage.exact[max(0, index - 2) : index]
    return bool(before) and (before[-1] in _INVOKED or (before[-1] == _GOD and before[0] in _INVOKED))
