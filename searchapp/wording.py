"""The form in which a term is shown to people: as the corpus itself writes it, with U+200C and hamza.

A term of the index has neither (``همکاریها``, ``مسیول``), so the texts that hold it are asked.
"""

from collections import Counter
from functools import lru_cache

from whoosh.query.terms import Term

from analyzers import PersianAnalyzer
from indexer.engine import Engine, SearchRequest

_TEXTS = 5
_REMEMBERED = 4096
# Arabic letters in the place of Persian ones, tatweel and vowel marks.
_TIDY = str.maketrans(
    {"\u064a": "ی", "\u0649": "ی", "\u0643": "ک", "\u0640": ""}
    | {chr(mark): "" for mark in range(0x064B, 0x0653)}
)


def tidied(text: str) -> str:
    """Write Persian letters for Arabic ones, without tatweel and vowel marks.

    >>> tidied("سازمان تحقيقات")
    'سازمان تحقیقات'
    """
    tidy = text.translate(_TIDY)
    return text if tidy == text else tidy  # the same string again, so that tables of names share it


def commonest(forms: Counter[str]) -> str:
    """Return the commonest of written forms, of two equally common the one with U+200C."""
    return max(forms, key=lambda form: (forms[form], "\u200c" in form, form))


class Wording:
    """Finds written forms; one instance serves all threads."""

    def __init__(self, engine: Engine, analyzer: PersianAnalyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self.written = lru_cache(maxsize=_REMEMBERED)(self._written)

    def _written(self, term: str) -> str:
        """Return the commonest written form of an exact form."""
        request = SearchRequest(query=Term("exact", term), limit=_TEXTS, group="paragraph", more=0, facets=())
        forms: Counter[str] = Counter()
        for hit in self._engine.search(request).hits:
            for text in (hit.document.text, hit.document.heading):
                tokens = self._analyzer.analyze(text)
                forms.update(text[token.start : token.end] for token in tokens if token.exact == term)
        tidy: Counter[str] = Counter()
        for form, count in forms.items():
            tidy[tidied(form).strip("\u200c")] += count
        return commonest(tidy) if tidy else term
