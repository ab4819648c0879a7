"""What an index holds of a question's words, so that only words that it lacks are doubted."""

from collections.abc import Iterator, Sequence

from whoosh.query.positional import Phrase

from analyzers import PersianAnalyzer, Token
from analyzers.folding import fold
from analyzers.lexicon import BASE, zipf_hundredths
from analyzers.relations import Relations
from indexer.engine import Engine, SearchRequest, TermCount
from searchapp.freshness import Fresh
from searchapp.vocabulary import ALPHABET, Vocabulary
from searchapp.wording import Wording

_EVERYTHING = 1 << 62
# A word so common in the language (Zipf frequency in hundredths) is no misspelling where the index lacks it.
_COMMON = 300


class KnownWords:
    """Looks words up in one index; one instance serves all threads.

    A word that came into the index a moment ago counts as known, though it is not yet in the vocabulary.
    """

    def __init__(
        self, engine: Engine, analyzer: PersianAnalyzer, relations: Relations, wording: Wording
    ) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._relations = relations
        self._wording = wording
        self._vocabulary = Fresh(lambda: Vocabulary(_persian_words(engine)), engine.revision)

    @property
    def vocabulary(self) -> Vocabulary:
        """The exact forms of the index, for finding near ones; the first that asks waits for them."""
        return self._vocabulary()

    def count(self, word: str) -> int:
        """Count the paragraphs that hold an exact form; the vocabulary is not needed for it."""
        return self.counts([word])[word]

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """Count the paragraphs that hold each of some exact forms, all in one look at the index."""
        return dict(zip(words, self._engine.count_terms(words, field="exact"), strict=True))

    def holds(self, text: str) -> bool:
        """Tell whether the index holds a word as it is read; of several in one, all side by side."""
        if self.count(fold(text)):
            return True
        tokens = self._analyzer.analyze(text)
        if len(tokens) < 2:
            return bool(tokens) and self._has(tokens[0])
        phrase = Phrase("exact", [token.exact for token in tokens])
        return self._engine.search(SearchRequest(query=phrase, limit=0, facets=())).total > 0

    def doubtful(self, question: str) -> list[tuple[int, int]]:
        """Return the [start, end) of words that neither the index nor the language knows, as they are read.

        Words are read side by side: of ``هسته ای`` no part is a word by itself, and ``دوبره`` is two only
        where the index has them together.
        """
        read = self._analyzer.analyze(question)
        counts = self.counts([token.exact for token in read])
        glued: list[list[Token]] = []
        for token in read:
            if glued and token.start <= glued[-1][-1].end:
                glued[-1].append(token)
            else:
                glued.append([token])
        return [
            (tokens[0].start, tokens[-1].end)
            for tokens in glued
            if not (len(tokens) == 1 and counts[tokens[0].exact])
            and not self._is_known(tokens, question[tokens[0].start : tokens[-1].end])
        ]

    def frequency(self, text: str) -> int:
        """Count the paragraphs that hold the rarest word of a text; 0 when one is missing."""
        return self.count(fold(text)) or min(
            (self.count(token.exact) for token in self._analyzer.analyze(text)), default=0
        )

    def apart(self, words: Sequence[str]) -> list[str]:
        """Leave out forms of a word before them, and what is related to it, as they would find the same.

        Beside تحریم these are تحریم‌ها and تحریمی.
        """
        first: list[str] = []
        found: set[tuple[str, ...]] = set()
        for word in words:
            terms = tuple(token.term for token in self._analyzer.analyze(word))
            if terms not in found:
                first.append(word)
                found |= {terms, *(related.terms for related in self._relations.related(terms))}
        return first

    def written(self, words: Sequence[str]) -> list[str]:
        """Return how the corpus writes words, each once."""
        return list(dict.fromkeys(self._wording.written(word) for word in words))

    def _is_known(self, tokens: Sequence[Token], text: str) -> bool:
        parted = "\u200c" in text  # by the writer, so each part is a word
        if len({token.position for token in tokens}) > 1 and not parted:
            return self.holds(text)
        return any(self._has(token) or self._is_language(token) for token in tokens)

    def _has(self, token: Token) -> bool:
        if self.count(token.exact):
            return True
        return any(self._engine.count_terms([token.term], field=field)[0] for field in ("text", "title"))

    def _is_language(self, token: Token) -> bool:
        if self._relations.lists(token.term):
            return True
        words = self._analyzer.lexicon.words
        common = zipf_hundredths(words.get(token.exact, 0)) >= _COMMON
        return common and bool(words.get(token.term, 0) & BASE)


def _persian_words(engine: Engine) -> Iterator[TermCount]:
    """Yield the exact forms by their first letter, so that they are never in memory all at once."""
    for letter in sorted(ALPHABET):
        yield from engine.suggest_terms(letter, field="exact", limit=_EVERYTHING)
