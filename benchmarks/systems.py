"""The analyzers that are compared, each as a function from a text to its terms, word after word."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import version
from itertools import groupby
from typing import NamedTuple

import hazm as hazm_library
import parsivar as parsivar_library

from analyzers import load_analyzer, load_lexicon
from analyzers.learning import learn_layer

Alternatives = frozenset[str]
Analyze = Callable[[str], list[Alternatives]]

_WORD = re.compile(r"\w")


class System(NamedTuple):
    """An analyzer under its name; each word of a text comes back as the set of terms that it may be.

    ``native`` is the analyzer's own call, for measuring its speed.
    """

    name: str
    analyze: Analyze
    native: Callable[[str], object]


def rasad(learned_from: Iterable[str] | None) -> System:
    """Rasad's analyzer, with a corpus layer learned from texts, or with none."""
    layer = None if learned_from is None else learn_layer(learned_from, load_lexicon())
    analyzer = load_analyzer(layer)

    def analyze(text: str) -> list[Alternatives]:
        positions = groupby(analyzer.analyze(text), key=lambda token: token.position)
        return [frozenset(token.term for token in tokens) for _, tokens in positions]

    return System("Rasad" if layer else "Rasad, no corpus layer", analyze, analyzer.analyze)


def hazm() -> System:
    """hazm's normalizer, tokenizer and lemmatizer, words remembered so that none is looked up twice."""
    normalize = hazm_library.Normalizer().normalize
    lemmatize = lru_cache(maxsize=None)(hazm_library.Lemmatizer().lemmatize)

    def native(text: str) -> list[str]:
        return [lemmatize(word) for word in hazm_library.word_tokenize(normalize(text)) if _WORD.search(word)]

    return System(
        f"hazm {version('hazm')}", lambda text: [frozenset([term]) for term in native(text)], native
    )


def parsivar() -> System:
    """Parsivar's normalizer, tokenizer and stemmer, words remembered so that none is looked up twice."""
    normalize = parsivar_library.Normalizer().normalize
    tokenize = parsivar_library.Tokenizer().tokenize_words
    stem = lru_cache(maxsize=None)(parsivar_library.FindStems().convert_to_stem)

    def native(text: str) -> list[str]:
        return [stem(word) for word in tokenize(normalize(text)) if _WORD.search(word)]

    return System(
        f"Parsivar {version('parsivar')}", lambda text: [frozenset([term]) for term in native(text)], native
    )
