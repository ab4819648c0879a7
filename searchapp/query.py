"""From a typed question to a query tree and an account of how it was read, so nothing is done in silence.

The tree is built of plain ``whoosh.query`` objects over the index's fields, whatever engine runs it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from whoosh.qparser import syntax as nodes
from whoosh.query.compound import And, AndMaybe, Or
from whoosh.query.positional import Phrase
from whoosh.query.positional import Sequence as Places
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import DateRange
from whoosh.query.terms import Term
from whoosh.query.wrappers import Not

from analyzers import PersianAnalyzer
from analyzers.relations import Relations
from indexer.coverage import MostOf
from indexer.engine import FACETS
from searchapp import syntax
from searchapp.models import Clause, Interpretation, Note
from searchapp.periods import parse_range
from searchapp.prose import flattened, has_operators, is_prose, only_words
from searchapp.slots import Boosts, Slot, SlotReader, either
from searchapp.telling import PASTED_WORDS, Counts, most_telling
from searchapp.translation import gettext, gettext_noop

EVERY = Every()  # type: ignore[no-untyped-call]

# So many words, or fewer, must all be there.
MOST_REQUIRED = 2
MOST_SLOTS = 128

UNKNOWN = {
    "country": gettext_noop("«%(name)s» کشور شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "topic": gettext_noop("«%(name)s» موضوع شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "place": gettext_noop("«%(name)s» مکان شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "person": gettext_noop("«%(name)s» شخص شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "organization": gettext_noop("«%(name)s» سازمان شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "source": gettext_noop("«%(name)s» منبع شناخته‌شده‌ای نیست و واژهٔ ساده خوانده شد."),
    "date": gettext_noop("«%(name)s» تاریخ خواندنی نیست و واژهٔ ساده خوانده شد."),
    "year": gettext_noop("«%(name)s» سال خواندنی نیست و واژهٔ ساده خوانده شد."),
}


class Names(Protocol):
    """Where the names of facet values are looked up."""

    def ids(self, facet: str, name: str) -> Sequence[str]:
        """Return the ids that a typed name stands for; none when it is unknown."""
        ...


class Reading(NamedTuple):
    """A question as it was read. ``query`` is None when there is nothing in it to search for.

    ``words`` are its plain words in order, as :class:`indexer.engine.SearchRequest` has them, and ``counted``
    those among them that the matching rule counts.
    """

    query: Query | None
    interpretation: Interpretation
    words: tuple[tuple[str, ...], ...] = ()
    counted: tuple[Slot, ...] = ()


class _Fields(NamedTuple):
    """The pair of index fields that words and quotes are looked up in."""

    words: str
    exact: str


_TEXT = _Fields("text", "exact")
_TITLE = _Fields("title", "title_exact")


class QueryReader:
    """Reads questions; one instance serves all threads, as it keeps nothing of a question.

    ``minimum_match`` is the share of the plain words' weight that a paragraph must hold when there are three
    or more of them; ``counts`` looks up how many paragraphs hold a term.
    """

    def __init__(
        self,
        analyzer: PersianAnalyzer,
        relations: Relations,
        names: Names,
        *,
        minimum_match: float,
        boosts: Boosts,
        counts: Counts,
    ) -> None:
        self.slots = SlotReader(analyzer, relations)
        self.names = names
        self.minimum_match = minimum_match
        self.boosts = boosts
        self.counts = counts

    def read(self, question: str, *, exact: bool = False, relaxed: bool = False) -> Reading:
        """Read any string. ``exact`` leaves related forms out; ``relaxed`` accepts one word of many."""
        if not question.strip():
            return Reading(
                EVERY, Interpretation([], 0, weighed=False, exact=exact, relaxed=relaxed, notes=[])
            )
        return _Composer(self, question, exact, relaxed).compose()


class _Composer:
    """The state of reading one question."""

    def __init__(self, reader: QueryReader, question: str, exact: bool, relaxed: bool):
        self.reader = reader
        self.question = question
        self.exact = exact
        self.relaxed = relaxed
        self.clauses: list[Clause] = []
        self.words = 0
        self.order: list[tuple[str, ...]] = []
        self.counted: list[Slot] = []
        self.weighed = False
        self.swallowed: set[int] = set()
        self.occur = "must"
        self.group, self.notes = syntax.parse(question)

    def compose(self) -> Reading:
        """Build the tree of the whole question."""
        pasted = len(self.question.split()) >= PASTED_WORDS and not has_operators(self.group)
        if not pasted and is_prose(self.question, self.group):
            self.group = syntax.plain(self.question)
            self.notes.append(
                Note("prose", gettext("پرسش یک جمله خوانده شد و گیومه، پرانتز و «یا» در آن نشانه نیست."))
            )
        query = self._like_this() if pasted else self._all_of(self.group, _TEXT)
        if query is None:
            self.notes.append(Note("no_words", gettext("در این پرسش واژه‌ای برای جست‌وجو نیست.")))
        account = Interpretation(
            self.clauses, self.words, self.weighed, exact=self.exact, relaxed=self.relaxed, notes=self.notes
        )
        return Reading(query, account, tuple(self.order), tuple(self.counted))

    def _like_this(self) -> Query | None:
        """Ask for what holds the most telling words of a long text."""
        text = self.question
        if len(text) > syntax.LONGEST_QUESTION:
            text = text[: syntax.LONGEST_QUESTION].rsplit(maxsplit=1)[0]
        slots = self.reader.slots.read(text)
        telling = most_telling(slots, self.reader.counts)
        if not telling:
            return None
        terms = [slot.terms[0] for slot in telling]
        shown = gettext("، ").join(slot.exact[0] for slot in telling)
        # Marks in a text are no marks of a question.
        self.notes = [note for note in self.notes if note.code == "too_long"]
        self.notes.append(
            Note(
                "similar",
                gettext("متن بلندی بود؛ بندهای مانند آن جست‌وجو شد، با این واژه‌ها: %(words)s", words=shown),
            )
        )
        self._account("similar", self.question, terms, [])
        self.words = len(telling)
        self.order = [slot.terms if slot in telling else () for slot in slots]
        return self._rule([slot.query(_TEXT.words, self.reader.boosts) for slot in telling])

    def _all_of(self, group: Iterable[Any], fields: _Fields) -> Query | None:
        """Join clauses side by side: marked ones must hold, plain words follow the matching rule."""
        must: list[Query] = []
        never: list[Query] = []
        runs: list[list[Any]] = [[]]
        for node in flattened(group):
            if id(node) in self.swallowed:
                continue
            if isinstance(node, syntax.WordNode):
                runs[-1].append(node)
                continue
            runs.append([])
            if isinstance(node, nodes.NotGroup):
                never += self._negated(node, fields)
            elif (query := self._clause(node, fields)) is not None:
                must.append(query)
        words = self._plain_words([(run[0].startchar, run[-1].endchar) for run in runs if run], fields)
        positive = ([words] if words is not None else []) + must
        if not positive and not never:
            return None
        parts = (positive or [EVERY]) + [Not(query) for query in never]
        return parts[0] if len(parts) == 1 else And(parts)

    def _any_of(self, group: Iterable[Any], fields: _Fields) -> Query | None:
        parts = [query for node in group if (query := self._clause(node, fields)) is not None]
        return Or(parts) if len(parts) > 1 else parts[0] if parts else None

    def _each_of(self, group: Iterable[Any], fields: _Fields) -> Query | None:
        parts = [query for node in group if (query := self._clause(node, fields)) is not None]
        return And(parts) if len(parts) > 1 else parts[0] if parts else None

    def _negated(self, node: Any, fields: _Fields) -> list[Query]:
        before, self.occur = self.occur, "must" if self.occur == "not" else "not"
        query = self._all_of(node, fields)
        self.occur = before
        return [] if query is None else [query]

    def _clause(self, node: Any, fields: _Fields) -> Query | None:
        """Build one node on its own; alternatives of an OR and everything but plain words come here."""
        build = {
            syntax.FieldNode: self._field,
            syntax.PhraseNode: self._phrase,
            syntax.PrefixNode: self._prefix,
            nodes.OrGroup: self._any_of,
            syntax.MustGroup: self._each_of,
            nodes.AndGroup: self._all_of,
        }.get(type(node))
        if id(node) in self.swallowed:
            return None
        return build(node, fields) if build else self._all_of([node], fields)

    def _plain_words(self, spans: list[tuple[int, int]], fields: _Fields) -> Query | None:
        """Apply the matching rule: all of one or two words, enough weight of more, any one when relaxed."""
        slots: dict[tuple[str, ...], Slot] = {}
        for start, end in spans:
            text = self.question[start:end]
            run = self.reader.slots.read(text)[:MOST_SLOTS]
            if not self.exact and self.occur == "must":
                self.reader.slots.relate(run)
            if run:
                terms = [term for slot in run for term in slot.terms]
                related = [other.label for slot in run for other in slot.related]
                kind = "words" if fields is _TEXT else "title"
                self._account(kind, text, list(dict.fromkeys(terms)), list(dict.fromkeys(related)))
            slots |= {slot.terms: slot for slot in run if slot.terms not in slots}
        if not slots:
            return None
        needed = [slot for slot in slots.values() if not self.reader.slots.is_particle(slot)]
        optional = [slot for slot in slots.values() if slot not in needed] if needed else []
        needed = needed or list(slots.values())
        boosts = self.reader.boosts if fields is _TEXT and self.occur == "must" else None
        queries = [slot.query(fields.words, boosts) for slot in needed]
        rule = self._rule(queries)
        if self.occur == "not":
            return rule
        self.words += len(needed)
        self.counted += needed
        if boosts is not None:
            self.order += [slot.terms if slot in needed else () for slot in slots.values()]
        extra = [slot.query(fields.words, boosts) for slot in optional]
        return AndMaybe(rule, either(extra)) if extra else rule

    def _rule(self, queries: list[Query]) -> Query:
        if len(queries) == 1:
            return queries[0]
        if self.occur == "not":
            return And(queries)
        weighed = len(queries) > MOST_REQUIRED
        self.weighed |= weighed
        if self.relaxed:
            return MostOf(queries, 0.0)
        return MostOf(queries, self.reader.minimum_match) if weighed else And(queries)

    def _phrase(self, node: Any, fields: _Fields) -> Query | None:
        """Read quotes: exact forms in order, or near each other when a distance is given."""
        slots = self.reader.slots.read(node.text)
        if not slots:
            return None
        near = node.slop > 1
        kind = ("proximity" if near else "phrase") if fields is _TEXT else "title"
        self._account(kind, node.text, [form for slot in slots for form in slot.exact], [])
        places = [slot.as_typed(fields.exact) for slot in slots]
        if len(places) == 1:
            return places[0]
        if near:
            return Places(places, slop=node.slop, ordered=False)
        if all(len(slot.exact) == 1 for slot in slots):
            return Phrase(fields.exact, [slot.exact[0] for slot in slots])
        return Places(places, slop=1, ordered=True)

    def _prefix(self, node: Any, fields: _Fields) -> Query | None:
        """Read the beginning of a word; what the analyzer splits off before it must stand in full."""
        slots = self.reader.slots.read(node.text)
        if not slots:
            return None
        *whole, last = slots
        self._account("prefix", node.text + "*", list(last.exact), [])
        parts = [slot.as_typed(fields.exact) for slot in whole]
        parts.append(last.as_beginning(fields.exact))
        return parts[0] if len(parts) == 1 else And(parts)

    def _field(self, node: Any, fields: _Fields) -> Query | None:
        value = node.nodes[0] if node.nodes else None
        if value is None:
            return None
        if node.field == "title":
            return self._clause(value, _TITLE)
        return self._value(node.field, value, node.tail, fields)

    def _value(self, field: str, value: Any, tail: Sequence[Any], fields: _Fields) -> Query | None:
        """Look a field's value up, the longest name first; an unknown one is read as words."""
        named = isinstance(value, nodes.TextNode) or (type(value) is nodes.AndGroup and only_words(value))
        if not named:
            parts = [part for child in value if (part := self._value(field, child, (), fields)) is not None]
            if isinstance(value, nodes.NotGroup):
                return And([EVERY, *map(Not, parts)])
            join = Or if isinstance(value, nodes.OrGroup) else And
            return join(parts) if len(parts) > 1 else parts[0] if parts else None
        if value.startchar is None:
            return None
        name = getattr(value, "text", None) or self.question[value.startchar : value.endchar]
        for length in range(len(tail), -1, -1):
            typed = " ".join([name, *(word.text for word in tail[:length])])
            query = self._looked_up(field, typed)
            if query is not None:
                self.swallowed.update(id(word) for word in tail[:length])
                return query
        self.notes.append(Note(f"unknown_{field}", gettext(UNKNOWN[field], name=name)))
        return self._clause(value, fields)

    def _looked_up(self, field: str, name: str) -> Query | None:
        if field in FACETS and not (field == "year" and ".." in name):
            ids = list(self.reader.names.ids(field, name))
            if ids:
                self._account(field, name, ids, [])
                return either([Term(field, value) for value in ids])
            # The years of the facet are Jalali; others and ranges of years are days all the same.
            if field != "year":
                return None
        days = parse_range(name)
        if days is None:
            return None
        first, last = (dt.datetime.combine(day, dt.time()) if day else None for day in days)
        self._account("date", name, [day.isoformat() if day else "" for day in days], [])
        return DateRange("date", first, last)

    def _account(self, kind: str, text: str, terms: list[str], related: list[str]) -> None:
        self.clauses.append(Clause(kind, text.strip(), self.occur, terms, related))
