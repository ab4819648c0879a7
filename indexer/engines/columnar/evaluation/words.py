"""Words, and patterns that stand for several: prefixes, wildcards, misspellings, ranges."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.query import qcore, ranges, terms

from ..spelling import terms_within
from .matches import Documents, Mask, Matches, Scores, shared_places
from .scope import Scope

if TYPE_CHECKING:
    from ..format import AnyArray
    from ..postings import FieldPostings


def term(scope: Scope, query: terms.Term) -> Matches:
    """The documents that hold a word."""
    view, snapshot, scoring, field = scope.view, scope.task.snapshot, scope.task.scoring, query.fieldname
    text = view.encoded(field, query.text)
    number = snapshot.term(field, text).numbers[view.at]
    postings = view.contents.field(field)
    if number < 0 or postings is None:
        return scope.nothing()
    if scope.scored and scoring.scores_field(snapshot, field):
        found = _weighed(scope, field, text, number)
        return found if scope.within is None else found.among(scope.within)
    documents, places = postings.documents(number), None
    if scope.within is not None:
        places = shared_places(documents, scope.within, view.size)
        documents = documents[places]
    if not scope.scored or not scoring.scores_frequencies:
        return Matches.listed(view.size, documents)
    frequencies = scope.task.decoding.postings(view, field, number).frequencies
    return Matches.listed(view.size, documents, frequencies if places is None else frequencies[places])


def _weighed(scope: Scope, field: str, text: bytes, number: int) -> Matches:
    """All postings of a word with their scores, kept between questions as long as there is room."""
    view, snapshot, scoring = scope.view, scope.task.snapshot, scope.task.scoring
    key = (view.at, scoring.key, field, number)
    if scope.keeping and (kept := snapshot.weighed.found(key, view.size)) is not None:
        return kept
    documents, frequencies = scope.task.decoding.postings(view, field, number)
    scores = scoring.weights(view, field, documents, frequencies)
    scores *= np.float32(scope.task.idf(field, text))
    found = Matches.listed(view.size, documents, scores, positive=True)
    return snapshot.weighed.keep(key, found) if scope.keeping else found


class Expansion(NamedTuple):
    """The documents of one segment that hold any of the words a pattern stands for, and how often."""

    documents: Documents
    frequencies: Scores


def expansion(scope: Scope, query: Any) -> Matches:
    """The documents that hold any of the words a pattern stands for."""
    if isinstance(query, terms.Prefix) and not query.text:
        every: Any = qcore.Every
        return scope.evaluate(every(query.fieldname))
    view, snapshot, scoring = scope.view, scope.task.snapshot, scope.task.scoring
    if scope.scored and not scoring.as_one_word and not query.constantscore:
        return _each_scored(scope, query)
    prepared = scope.task.prepared
    if (key := scope.task.key(query)) not in prepared:
        prepared[key] = [_expand(each, query) for each in scope.everywhere()]
    documents, frequencies = prepared[key][view.at]
    if scope.within is not None:
        places = shared_places(documents, scope.within, view.size)
        documents, frequencies = documents[places], frequencies[places]
    if scope.scored and not scoring.as_one_word:
        return Matches.listed(view.size, documents, np.ones(len(documents), np.float32))
    if not scope.scored or not scoring.scores_field(snapshot, query.fieldname):
        return Matches.listed(view.size, documents)
    holding = sum(
        int(np.count_nonzero(each.live[found.documents]))
        for each, found in zip(snapshot.views, prepared[key], strict=True)
    )
    scores = scoring.weights(view, query.fieldname, documents, frequencies)
    return Matches.listed(view.size, documents, scores).boosted(
        scoring.idf(snapshot, query.fieldname, holding)
    )


def _each_scored(scope: Scope, query: Any) -> Matches:
    """Score every word of a pattern by itself, as Whoosh does where it is asked to."""
    size = scope.view.size
    mask, scores = np.zeros(size, np.bool_), np.zeros(size, np.float32)
    if (postings := scope.view.contents.field(query.fieldname)) is not None:
        for number in _numbers(scope, query, postings).tolist():
            found = scope.evaluate(terms.Term(query.fieldname, postings.terms[number]))
            found.mark_in(mask)
            found.add_to(scores)
    return Matches.masked(mask, scores)


def _expand(scope: Scope, query: Any) -> Expansion:
    postings = scope.view.contents.field(query.fieldname)
    numbers = np.zeros(0, np.intp) if postings is None else _numbers(scope, query, postings)
    if postings is None or not len(numbers):
        return Expansion(np.zeros(0, np.intp), np.zeros(0, np.float32))
    first, last = int(numbers[0]), int(numbers[-1]) + 1
    documents = postings.documents_between(first, last)
    frequencies = postings.frequencies_between(first, last)
    if len(numbers) < last - first:
        wanted: Mask = np.zeros(last - first, np.bool_)
        wanted[numbers - first] = True
        kept = np.repeat(wanted, postings.terms.document_counts[first:last])
        documents, frequencies = documents[kept], frequencies[kept]
    summed = np.bincount(documents, frequencies, minlength=scope.view.size)
    held = np.flatnonzero(summed)
    return Expansion(held, summed[held].astype(np.float32))


def _numbers(scope: Scope, query: Any, postings: "FieldPostings") -> "AnyArray":
    """The numbers of the terms that a pattern stands for, ascending."""
    dictionary, field = postings.terms, query.fieldname
    if isinstance(query, terms.Prefix):
        return np.arange(*dictionary.prefix_range(scope.view.encoded(field, query.text)))
    if isinstance(query, ranges.TermRange):
        return _range_numbers(scope, query, postings)
    if isinstance(query, terms.FuzzyTerm):
        return terms_within(dictionary, query.text, int(query.maxdist), query.prefixlength)
    pattern = re.compile(query._get_pattern())
    prefix = scope.view.encoded(field, query._find_prefix(query.text))
    first, last = dictionary.prefix_range(prefix)
    texts = enumerate(dictionary.between(first, last), first)
    matching = (number for number, text in texts if pattern.match(text.decode("utf-8", "replace")))
    return np.fromiter(matching, np.intp)


def _range_numbers(scope: Scope, query: ranges.TermRange, postings: "FieldPostings") -> "AnyArray":
    dictionary = postings.terms
    first, last = 0, len(dictionary)
    if query.start is not None:
        start = scope.view.encoded(query.fieldname, query.start)
        first = dictionary.first_at_least(start) + (query.startexcl and dictionary.find(start) >= 0)
    if query.end is not None:
        end = scope.view.encoded(query.fieldname, query.end)
        last = dictionary.first_at_least(end) + (not query.endexcl and dictionary.find(end) >= 0)
    return np.arange(first, max(first, last))
