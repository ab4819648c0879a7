"""From the name of a facet's value, as typed in a question, to its ids, whatever spelling it was typed in.

A value is meant by its id (``RU``), by its label in any spacing (``کره‌جنوبی``), by another of its names that
the entity finder knows, or by part of its label (``لاوروف`` for سرگئی لاوروف).
"""

from collections.abc import Callable, Sequence
from threading import Lock

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder

MOST_PARTIAL = 20

Form = tuple[str, ...]
Labels = Callable[[str], Sequence[tuple[str, str]]]


class FacetNames:
    """Looks names up among the values that the index holds.

    ``labels`` gives the index's values of a facet as (id, label) pairs; it is asked once for each facet.
    """

    def __init__(self, analyzer: PersianAnalyzer, finder: EntityFinder, labels: Labels):
        self._analyzer = analyzer
        self._finder = finder
        self._labels = labels
        self._forms: dict[str, list[tuple[str, Form]]] = {}
        self._lock = Lock()

    def ids(self, facet: str, name: str) -> list[str]:
        """Return the ids that a name stands for: one when it is clear, several when it is part of several."""
        values = self._values(facet)
        typed = name.strip().casefold()
        if named := [value for value, _ in values if value.casefold() == typed]:
            return named
        form = self._form(name)
        if not form:
            return []
        if named := [value for value, label in values if "".join(label) == "".join(form)]:
            return named
        tokens = self._analyzer.analyze(name)
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
        return [value for value, label in values if _holds(label, form)][:MOST_PARTIAL]

    def _values(self, facet: str) -> list[tuple[str, Form]]:
        with self._lock:
            if facet not in self._forms:
                self._forms[facet] = [(value, self._form(label)) for value, label in self._labels(facet)]
            return self._forms[facet]

    def _form(self, name: str) -> Form:
        return tuple(token.exact for token in self._analyzer.analyze(name))


def _holds(label: Form, form: Form) -> bool:
    return any(label[start : start + len(form)] == form for start in range(len(label) - len(form) + 1))
