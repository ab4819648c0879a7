"""The words of a question as an index sees them: what may stand at one position, and what counts for less."""

from collections.abc import Sequence
from typing import NamedTuple

from whoosh.query.compound import DisjunctionMax, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Query
from whoosh.query.terms import Prefix, Term

from analyzers import PersianAnalyzer, Token
from analyzers.relations import Related, Relations
from indexer.coverage import WordForms

# Prepositions, conjunctions and pronouns that are never *required* beside other words; they still rank.
PARTICLES = "و در به از که را با تا بر برای این آن هم یا یک است"


class Boosts(NamedTuple):
    """What else a word counts for beside its place in a paragraph: its form as typed, and the headline."""

    exact: float
    title: float


class Slot(NamedTuple):
    """One word of a question: its alternative terms, its exact forms, what is related to it, and as typed."""

    terms: tuple[str, ...]
    exact: tuple[str, ...]
    related: list[Related]
    typed: str

    def query(self, field: str, boosts: Boosts | None) -> Query:
        """Join what may stand for the word: the best of its terms and related forms counts.

        With ``boosts`` the form as typed adds to that, and the word in the article's headline counts with its
        first paragraph; a boost of 0 leaves its part out.
        """
        best: dict[tuple[str, ...], float] = {}
        for terms, weight, _ in self.related:
            if len(terms) > 1 or terms[0] not in self.terms:
                best[terms] = max(weight, best.get(terms, 0))
        parts: list[Query] = [Term(field, term) for term in self.terms]
        for terms, weight in best.items():
            # A phrase scores the sum of its words; what stands for one word must not outweigh it.
            boost = weight / len(terms)
            alone = len(terms) == 1
            parts.append(
                Term(field, terms[0], boost=boost) if alone else Phrase(field, list(terms), boost=boost)
            )
        word = parts[0] if len(parts) == 1 else DisjunctionMax(parts)
        if boosts is None:
            return word
        more = [Term("exact", form, boost=boosts.exact) for form in self.exact if boosts.exact]
        more += [Term("title", term, boost=boosts.title) for term in self.terms if boosts.title]
        return WordForms([word, *more]) if more else word

    def as_typed(self, field: str) -> Query:
        """Ask for the word in the form it was typed in, whatever its spacing and letters."""
        return either([Term(field, form) for form in self.exact])

    def as_beginning(self, field: str) -> Query:
        """Ask for words that begin like this one."""
        return either([Prefix(field, form) for form in self.exact])


class SlotReader:
    """Makes slots of plain words; one instance serves all threads."""

    def __init__(self, analyzer: PersianAnalyzer, relations: Relations) -> None:
        self._analyzer = analyzer
        self._relations = relations
        self._particles = frozenset(token.exact for token in analyzer.analyze(PARTICLES))

    def read(self, text: str) -> list[Slot]:
        """Analyse words side by side together, as the analyzer joins and splits across spaces."""
        positions: dict[int, list[Token]] = {}
        for token in self._analyzer.analyze(text):
            positions.setdefault(token.position, []).append(token)
        return [
            Slot(
                terms=tuple(dict.fromkeys(token.term for token in tokens)),
                exact=tuple(dict.fromkeys(token.exact for token in tokens)),
                related=[],
                typed=text[min(token.start for token in tokens) : max(token.end for token in tokens)],
            )
            for _, tokens in sorted(positions.items())
        ]

    def relate(self, run: Sequence[Slot]) -> None:
        """Add related forms to a run of slots; what several words are related to is shared among them."""
        for length in range(1, min(self._relations.longest, len(run)) + 1):
            for start in range(len(run) - length + 1):
                span = run[start : start + length]
                alone = [(term,) for term in span[0].terms]
                for sequence in alone if length == 1 else [tuple(slot.terms[0] for slot in span)]:
                    for other in self._relations.related(sequence):
                        for slot in span:
                            slot.related.append(other._replace(weight=other.weight / length))

    def is_particle(self, slot: Slot) -> bool:
        """Tell whether a word is too empty to be required beside others."""
        return self._particles.issuperset(slot.exact)


def either(queries: Sequence[Query]) -> Query:
    """Join alternatives; a single one needs no joint."""
    return queries[0] if len(queries) == 1 else Or(list(queries))
