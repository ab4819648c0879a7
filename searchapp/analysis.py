"""Shows what analysis makes of any text, step by step, so that a reader sees why a word is found or not."""

from msgspec import Struct, structs

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.topics import TopicFinder, without_people
from searchapp.models import EntityMention, TopicLabel


class Word(Struct, frozen=True):
    """A word of the text: as it stands there, in its exact form, and as the term it is found under."""

    text: str
    exact: str
    term: str


class Explanation(Struct, frozen=True):
    """What each step gives in order, then words, names and topics; ``steps`` are (name, parts)."""

    steps: list[tuple[str, list[str]]]
    words: list[Word]
    entities: list[EntityMention]
    topics: list[TopicLabel]


class Explainer:
    """Explains texts as one index would read them; one instance serves all threads."""

    def __init__(self, analyzer: PersianAnalyzer, finder: EntityFinder) -> None:
        self._analyzer = analyzer
        self._finder = finder
        self._topics = TopicFinder(analyzer)

    def explain(self, text: str) -> Explanation:
        """Analyse a text and keep what came of every step."""
        tokens = self._analyzer.analyze(text)
        found = self._finder.find(text, tokens)
        about = self._topics.find(without_people(tokens, found))
        return Explanation(
            steps=self._analyzer.steps(text),
            words=[Word(text[token.start : token.end], token.exact, token.term) for token in tokens],
            entities=[EntityMention(*structs.astuple(entity)) for entity in found],
            topics=[TopicLabel(topic.id, topic.label) for topic in about],
        )
