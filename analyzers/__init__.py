"""Persian text analysis: text in; tokens, entities, topics and dates out."""

from analyzers.corpus_layer import CorpusLayer
from analyzers.errors import RasadError
from analyzers.lexicon import Lexicon, load_lexicon
from analyzers.persian import PersianAnalyzer, load_analyzer
from analyzers.token import Token

__all__ = [
    "CorpusLayer",
    "Lexicon",
    "PersianAnalyzer",
    "RasadError",
    "Token",
    "load_analyzer",
    "load_lexicon",
]
