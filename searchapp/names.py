"""From the name of a facet's value, as typed in a question, to its ids, whatever spelling it was typed in.

A value is meant by its id (``RU``), by its label in any spacing (``کره‌جنوبی``), by another of its names that
the entity finder knows, or by part of its label (``لاوروف`` for سرگئی لاوروف); where
none holds it as typed, in any form of its words (``نمونه`` for نمونه‌های رصد).
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder

MOST_PARTIAL = 20

Form = tuple[str, ...]
Labels = Callable[[str], Sequence[tuple[str, str]]]


class _Name(NamedTuple):
    """The words of a name, as they stand and as they are searched."""

    exact: Form
    terms: Form


class FacetNames:
    """Looks names up among the values that the index holds.

    ``labels`` gives the index's values of a facet as (id, label) pairs; it is asked once for each facet.
    """

    def __init__(self, analyzer: PersianAnalyzer, finder: EntityFinder, labels: Labels):
        self._analyzer = analyzer
        self._finder = finder
        self._labels = labels
        self._forms: dict[str, list[tuple[str, _Name]]] = {}
        self._lock = Lock()

    def ids(self, facet: str, name: str) -> list[str]:
        """Return the ids that a name stands for: one when it is clear, several when it is part of several."""
        values = self._values(facet)
        typed = name.strip().casefold()
        if named := [value for value, _ in values if value.casefold() == typed]:
            return named
        tokens = self._analyzer.analyze(name)
        if not tokens:
            return []
        form = self._name(name)
        if named := [value for value, label in values if "".join(label.exact) == "".join(form.exact)]:
            return named
        known = [
            entity.id
            for entity in self._finder.find(name, tokens)
            if entity.type == facet
            and self._finder.is_one(entity)
            and entity.start <= tokens[0].start
            and entity.end >= tokens[-1].end
        ]
        if known:
            return known[:1]
        partial = [value for value, label in values if _holds(label.exact, form.exact)]
        partial = partial or [value for value, label in values if _holds(label.terms, form.terms)]
        return partial[:MOST_PARTIAL]

    def _values(self, facet: str) -> list[tuple[str, _Name]]:
        with self._lock:
            if facet not in self._forms:
                self._forms[facet] = [(value, self._name(label)) for value, label in self._labels(facet)]
            return self._forms[facet]

    def _name(self, name: str) -> _Name:
        tokens = self._analyzer.analyze(name)
        return _Name(tuple(token.exact for token in tokens), tuple(token.term for token in tokens))


def _holds(label: Form, form: Form) -> bool:
    return any(label[start : start + len(form)] == form for start in range(len(label) - len(form) + 1))
