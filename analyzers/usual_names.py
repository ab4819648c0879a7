"""One name for a body whose country or parliament is written in several ways, so that it is one value.

«دولت ایالات متحده» and «دولت آمریکا» are one government, and «کمیسیون عمران مجلس شورای اسلامی» is the shorter
«کمیسیون عمران مجلس». What is a listed body with the country's usual name, «فرماندهی مرکزی ایالات متحده»,
is that body.
"""

from collections.abc import Sequence

from msgspec import structs

from analyzers.countries import country_labels
from analyzers.gazetteer import Gazetteer
from analyzers.mentions import Entity
from analyzers.openings import Openings
from analyzers.passage import Known, Passage
from analyzers.persian import PersianAnalyzer
from analyzers.token import Token


class UsualNames:
    """Gives unlisted organizations their usual name; one instance serves all threads."""

    def __init__(self, analyzer: PersianAnalyzer, gazetteer: Gazetteer, openings: Openings) -> None:
        self._analyzer = analyzer
        self._gazetteer = gazetteer
        self._openings = openings
        self._labels = {code: analyzer.analyze(label) for code, label in country_labels().items()}
        parliament = [token.exact for token in analyzer.analyze("مجلس شورای اسلامی")]
        self._parliament = [parliament, [*parliament, "ایران"]]

    def read(self, passage: Passage) -> None:
        """Put the usual names in the place of others."""
        for known in passage.known():
            entity = known.entity
            if entity.type == "organization" and not entity.id.isascii() and known.first < known.last:
                usual = self._usual(passage, known)
                if usual is not None:
                    passage.put(structs.replace(known, entity=usual))

    def _usual(self, passage: Passage, known: Known) -> Entity | None:
        """Return the entity by its usual name, None where it bears it already."""
        tokens = passage.tokens[known.first : known.last + 1]
        words = [token.exact for token in tokens]
        for ending in self._parliament:
            if len(words) > len(ending) and words[-len(ending) :] == ending:
                kept = tokens[: 1 - len(ending)]
                return _renamed(known.entity, [_written(passage, kept)], kept)
        owners = sorted(self._gazetteer.within(tokens), key=lambda owner: owner.start - owner.end)
        for owner in owners:  # the longest first: «ایالات متحده آمریکا»
            before = [token for token in tokens if token.end <= owner.start]
            after = [token for token in tokens if token.start >= owner.end]
            written = words[len(before) : len(words) - len(after)]
            label = self._label(owner, tokens[0], written)
            if label and before:
                if written == [token.exact for token in label]:
                    return None
                name = self._gazetteer.named(_in_order([*before, *label, *after]), "organization")
                if name is not None:
                    return structs.replace(known.entity, id=name.id, label=name.label)
                named = [_written(passage, before), owner.label, _written(passage, after)]
                return _renamed(known.entity, named, [*before, *label, *after])
        return None

    def _label(self, owner: Entity, opening: Token, words: Sequence[str]) -> Sequence[Token]:
        """Return the label of a country, or of whose government it is; nothing of others within the name."""
        if owner.type == "country":
            label = self._labels[owner.id]
            return label if owner.via == "name" or words[-1] == label[-1].exact else ()
        return self._analyzer.analyze(owner.label) if self._openings.of_state(opening) else ()


def _renamed(entity: Entity, label: Sequence[str], words: Sequence[Token]) -> Entity:
    """Return an entity with a label in parts, some of which may be empty, and with its words as the id."""
    id_ = "-".join(token.exact for token in words)
    return structs.replace(entity, id=id_, label=" ".join(part for part in label if part))


def _written(passage: Passage, tokens: Sequence[Token]) -> str:
    return " ".join(passage.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""


def _in_order(tokens: Sequence[Token]) -> list[Token]:
    return [structs.replace(token, position=place) for place, token in enumerate(tokens)]
