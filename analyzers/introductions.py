"""People whom a corpus introduces by their office, so that a new minister is known without a change of table.

News introduces people again and again: «وزیر خارجه ایکس، بهرام کوهسار», «بهرام کوهسار، سفیر ایکس». Whoever
is introduced in a few different texts, by two or three words that are hardly anything but a name, is learned.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from analyzers.folding import fold
from analyzers.lexicon import Lexicon, zipf_hundredths
from analyzers.morphology import Morphology
from analyzers.names import forms
from analyzers.people import people_rows
from analyzers.tables import DATA, read_rows
from analyzers.tokenizer import CHUNK

# Tables whose words may stand between an office and the name: «وزیر امور خارجه روسیه».
_COMPLEMENTS = ("organization_words.tsv", "portfolios.tsv", "countries.tsv")
_LEAST_TEXTS = 3
_MOST_COMPLEMENTS, _FEWEST_WORDS, _MOST_WORDS = 5, 2, 3
# Zipf in hundredths, from which a word is hardly a name; below which it needs nothing else to be one.
_COMMON, _UNKNOWN = 330, 150
_GAP = re.compile('[ \u00a0]{1,3}[«"]?')
_WORD = '[^\\s\u060c.:!()«»"\u061b\u061f]+'
# Compared with the text before an office in reverse: a search for what ends there would try every start.
_BEFORE = re.compile(f'\\s*[\u060c(]?\\s*[»"]?({_WORD}(?:[ \u00a0]+{_WORD}){{1,2}})')
_MARKS = ("\u060c", "»", "(", '"')
_REACH = 60
# Endings of surnames, which may look like plurals.
_ENDINGS = ("یان", "زاده", "پور", "نژاد", "نیا", "وند")
_SAYYID = ("سید", "سیده")


class Introductions:
    """Finds who is introduced in a text, and tells who was introduced often enough to be known."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.words
        self._verbs = lexicon.verbs
        self._morphology = Morphology(lexicon)
        self._given = _keys("given_names.tsv")
        self._sure = self._given | _keys("surnames.tsv")
        self._stops = _keys("stop_words_of_names.tsv")
        self._complements = frozenset(word for table in _COMPLEMENTS for word in _pieces(table))
        offices = [
            text for text, role in read_rows(DATA / "beside_persons.tsv", columns=2) if role == "office"
        ]
        self._offices = frozenset(fold(office).replace("\u200c", "").replace(" ", "") for office in offices)
        self._office = re.compile(_any_of(map(_letters, offices)))
        self._listed = {
            _bare(form) for _, label, names, *_ in people_rows() for form in (label, *forms(names))
        }
        self._kinds: dict[str, bool] = {}

    def find(self, text: str) -> set[str]:
        """Name those whom one text introduces."""
        found: set[str] = set()
        for match in self._office.finditer(text):
            start, end = match.span()
            if text[start - 1 : start].isalpha() or text[end : end + 1].isalpha():
                continue
            names = (self._following(text, end), self._preceding(text, start))
            found.update(name for name in names if name)
        return found

    def people(self, introduced: Mapping[str, int]) -> tuple[str, ...]:
        """Return the names that are learned, each in its commonest spelling, in order.

        ``introduced`` counts the texts that introduce a name as it is spelled there.
        """
        spellings: dict[str, Counter[str]] = {}
        for name, count in introduced.items():
            spellings.setdefault(_bare(name), Counter())[name] = count
        return tuple(
            sorted(
                max(sorted(counts), key=counts.__getitem__)
                for bare, counts in spellings.items()
                if counts.total() >= _LEAST_TEXTS and bare not in self._listed
            )
        )

    def _following(self, text: str, position: int) -> str:
        """Return the name after an office and what it is an office of."""
        words: list[str] = []
        complements = 0
        while len(words) < _MOST_WORDS:
            gap = _GAP.match(text, position)
            chunk = CHUNK.match(text, gap.end()) if gap else None
            if chunk is None:
                break
            word = chunk[0]
            if self._is_namelike(word):
                words.append(word)
            elif words or complements == _MOST_COMPLEMENTS or not self._is_complement(word):
                break
            else:
                complements += 1
            position = chunk.end()
        return self._name(words)

    def _preceding(self, text: str, position: int) -> str:
        """Return the name before an office; without a mark between it must begin with a given name."""
        before = text[max(0, position - _REACH) : position]
        match = _BEFORE.match(before[::-1])
        if match is None:
            return ""
        last = match[1][::-1].split()
        words = list(takewhile(self._is_namelike, reversed(last)))[::-1]
        marked = before.rstrip().endswith(_MARKS)
        return self._name(words) if marked or (words and self._is_given(words[0])) else ""

    def _name(self, words: list[str]) -> str:
        """Return the words as a name if some of them are surely one's, or all of them are in no list."""
        if len(words) < _FEWEST_WORDS:
            return ""
        keys = [_key(word) for word in words]
        listed = self._is_given(words[0]) or keys[-1] in self._sure
        unknown = all(zipf_hundredths(self._words.get(key, 0)) <= _UNKNOWN for key in keys)
        return " ".join(words) if listed or unknown else ""

    def _is_given(self, word: str) -> bool:
        key = _key(word)
        return key.removeprefix(_SAYYID[0]) in self._given or key in _SAYYID

    def _is_namelike(self, word: str) -> bool:
        known = self._kinds.get(word)
        if known is None:
            known = self._kinds[word] = self._judge(_key(word))
        return known

    def _judge(self, key: str) -> bool:
        if key in self._sure or key in _SAYYID:
            return True
        if len(key) < 3 or not "\u0600" <= key[0] <= "\u06ff" or key[0].isdigit():
            return False
        if key in self._stops or key in self._verbs or key in self._complements or key in self._offices:
            return False
        frequency = zipf_hundredths(self._words.get(key, 0))
        if frequency >= _COMMON:
            return False
        return self._morphology.lemma(key) in (None, key) or (
            key.endswith(_ENDINGS) and frequency <= _UNKNOWN
        )

    def _is_complement(self, word: str) -> bool:
        key = _key(word)
        return key in self._complements or self._morphology.lemma(key) in self._complements


def _key(word: str) -> str:
    return fold(word).replace("\u200c", "")


def _keys(table: str) -> frozenset[str]:
    return frozenset(
        _key(word).replace(" ", "") for word, _ in read_rows(DATA / table, columns=2, optional=1)
    )


def _pieces(table: str) -> list[str]:
    """Return the words in the first four cells of a table's rows."""
    rows = [line.split("\t")[:4] for line in (DATA / table).read_text(encoding="utf-8").splitlines()]
    cells = [cell for row in rows if row and not row[0].startswith("#") for cell in row]
    return [_key(word) for cell in cells for form in forms(cell) for word in form.split()]


def _bare(name: str) -> str:
    """Return the letters of a name, without سید before it."""
    words = [_key(word) for word in name.split()]
    if words[0] in _SAYYID and len(words) > 1:
        del words[0]
    words[0] = words[0].removeprefix(_SAYYID[0]) or words[0]
    return "".join(words)


def _letters(office: str) -> list[str]:
    """Return a pattern for every letter of an office; that the first is plain makes search fast."""
    letters = {"ی": "[ی\u064a\u0649]", "ک": "[ک\u0643]", "ئ": "[ئی\u064a]"}
    letters |= dict.fromkeys("\u200c ", "[ \u200c]?")
    return [office[0], *(letters.get(letter, re.escape(letter)) for letter in office[1:])]


def _any_of(words: Iterable[Sequence[str]]) -> str:
    """Return a pattern of the longest of some words that stands somewhere, each given letter by letter.

    What several begin with is looked at once.

    >>> _any_of(["وزیر", "وزارت", "سفیر", "سفیران"])
    '(?:وز(?:یر|ارت)|سفیر(?:ان)?)'
    """
    following: dict[str, list[Sequence[str]]] = {}
    whole = False
    for word in words:
        if word:
            following.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    branches = [letter + _any_of(rest) for letter, rest in following.items()]
    if len(branches) == 1 and not whole:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' * whole}" if branches else ""
