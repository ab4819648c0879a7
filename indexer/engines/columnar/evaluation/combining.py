"""Boolean combinations: the rarest part first, and the rest only where it can still matter."""

from dataclasses import replace

import numpy as np
from whoosh.query import compound, qcore, terms, wrappers

from indexer.coverage import MostOf, WordForms

from .estimates import estimate
from .fallback import any_query
from .matches import Documents, Matches, both_match, highest, summed
from .scope import Scope

# When fewer than one document in four is left, other parts are only looked up in those.
_NARROW_SHARE = 4
# Weights are added up in another order than their sum.
_ROUNDING = 1e-4

_EVERYTHING: qcore.Query = qcore.Every()  # type: ignore[no-untyped-call]


def both(scope: Scope, query: compound.And) -> Matches:
    """The documents that every part matches, scores added."""
    wanted = [part for part in query.subqueries if not isinstance(part, wrappers.Not)]
    unwanted = [part for part in query.subqueries if isinstance(part, wrappers.Not)]
    wanted.sort(key=lambda part: estimate(scope, part))
    found = scope.evaluate(wanted[0]) if wanted else scope.unscored().evaluate(_EVERYTHING)
    for part in wanted[1:]:
        found = both_match(found, scope.among(_narrowed(scope, found)).evaluate(part))
    for part in unwanted:
        found = found.without(scope.among(_narrowed(scope, found)).unscored().evaluate(part.query))
    bonus = scope.task.scoring.everything * len(unwanted) if scope.scored else 0.0
    return both_match(found, found.constant(bonus)) if bonus else found


def either(scope: Scope, query: compound.Or) -> Matches:
    """The documents that at least ``minmatch`` parts match (one, when it is 0), scores added."""
    if query.scale:
        return any_query(scope, query)
    if len(query.subqueries) == 1 and query.minmatch <= 1:
        return scope.evaluate(query.subqueries[0])
    return _any_of(scope, [scope.evaluate(part) for part in query.subqueries], query.minmatch)


def word(scope: Scope, query: WordForms) -> Matches:
    """The documents that hold any form of a word, kept between questions as long as there is room."""
    if not scope.scored:
        return either(scope, query)
    task, view = scope.task, scope.view
    key = (view.at, task.scoring.key, task.key(query))
    if (found := task.snapshot.weighed.found(key, view.size)) is None:
        whole = replace(scope, within=None, keeping=False)
        found = task.snapshot.weighed.keep(key, either(whole, query))
    return found if scope.within is None else found.among(scope.within)


def most(scope: Scope, query: MostOf) -> Matches:
    """The documents that hold parts of enough weight, scores added."""
    weights = _weights(scope, query)
    enough = np.float32(query.share * sum(weights) - _ROUNDING)
    scores = np.zeros(scope.view.size, np.float32)
    held = np.zeros(scope.view.size, np.float32)
    for part, weight in zip(query.subqueries, weights, strict=True):
        if weight:
            matches = scope.evaluate(part)
            matches.add_to(scores)
            matches.weigh_in(held, weight)
    mask = held >= enough if enough > 0 else held > 0
    scores *= mask
    return _shortened(scope, Matches.masked(mask, scores))


def best(scope: Scope, query: compound.DisjunctionMax) -> Matches:
    """The documents that any part matches, each with the best part's score and a share of the others'."""
    found = [scope.evaluate(part) for part in query.subqueries]
    if not query.tiebreak and all(matches.positive for matches in found):
        return _shortened(scope, highest(scope.view.size, found))
    best_scores = np.zeros(scope.view.size, np.float32)
    for matches in found:
        matches.raise_in(best_scores)
    together = _any_of(scope, found)
    rest = np.float32(query.tiebreak) * (together.spread_scores - best_scores)
    return _shortened(scope, Matches.masked(together.mask, best_scores + rest))


def and_not(scope: Scope, query: compound.AndNot) -> Matches:
    """The documents that the first part matches and the second does not."""
    found = scope.evaluate(query.a)
    return found.without(scope.among(_narrowed(scope, found)).unscored().evaluate(query.b))


def and_maybe(scope: Scope, query: compound.AndMaybe) -> Matches:
    """The documents that the first part matches; where the second does too, its score is added."""
    found = scope.evaluate(query.a)
    if not scope.scored:
        return found
    return found.with_scores_of(scope.among(_narrowed(scope, found)).evaluate(query.b))


def require(scope: Scope, query: compound.Require) -> Matches:
    """The documents that both parts match, with the score of the first."""
    found = scope.evaluate(query.a)
    needed = scope.among(_narrowed(scope, found)).unscored().evaluate(query.b)
    return both_match(found, needed.constant(0.0))


def otherwise(scope: Scope, query: compound.Otherwise) -> Matches:
    """The documents of the first part, or of the second when the first matches none in the whole index."""
    prepared = scope.task.prepared
    if (key := scope.task.key(query)) not in prepared:
        prepared[key] = any(each.evaluate(query.a).mask.any() for each in scope.everywhere())
    return scope.evaluate(query.a if prepared[key] else query.b)


def negation(scope: Scope, query: wrappers.Not) -> Matches:
    """The documents that do not match."""
    plain = scope.unscored()
    found = plain.evaluate(_EVERYTHING).without(plain.evaluate(query.query))
    return found.constant(scope.task.scoring.everything if scope.scored else 0.0)


def constant(scope: Scope, query: wrappers.ConstantScoreQuery) -> Matches:
    """The child's documents, all with one score."""
    return scope.unscored().evaluate(query.child).constant(query.score if scope.scored else 0.0)


def _weights(scope: Scope, query: MostOf) -> list[float]:
    """How much each part says about a document; the same in every segment."""
    prepared = scope.task.prepared
    if (key := id(query)) not in prepared:
        # The node is kept as well, so that no other gets its id.
        prepared[key] = query, [_weight(scope, part) for part in query.subqueries]
    weights: list[float] = prepared[key][1]
    return weights


def _weight(scope: Scope, part: qcore.Query) -> float:
    """The idf of a part's commonest word, 0 when it has none that the index knows."""
    snapshot, scoring = scope.task.snapshot, scope.task.scoring
    weights = []
    for leaf in part.leaves():
        if isinstance(leaf, terms.Term):
            text = scope.view.encoded(leaf.fieldname, leaf.text)
            if holding := scoring.document_frequency(snapshot, leaf.fieldname, text):
                weights.append(scoring.idf(snapshot, leaf.fieldname, holding))
        else:
            holding = sum(estimate(each, leaf) for each in scope.everywhere())
            weights.append(scoring.idf(snapshot, leaf.field() or "", holding))
    return min(weights, default=0.0)


def _any_of(scope: Scope, found: list[Matches], least: int = 1) -> Matches:
    """What at least so many of some queries match, scores added."""
    if least <= 1 and all(matches.positive for matches in found):
        return _shortened(scope, summed(scope.view.size, found))
    scores = np.zeros(scope.view.size, np.float32)
    for matches in found:
        matches.add_to(scores)
    if least > 1:
        counts = np.zeros(scope.view.size, np.uint16)
        for matches in found:
            matches.count_in(counts)
        mask = counts >= least
        return _shortened(scope, Matches.masked(mask, scores * mask))
    mask = np.zeros(scope.view.size, np.bool_)
    for matches in found:
        matches.mark_in(mask)
    return _shortened(scope, Matches.masked(mask, scores))


def _narrowed(scope: Scope, found: Matches) -> Documents | None:
    """Where to look next: in what was found, when that is little."""
    if not found.is_listed:
        return scope.within
    documents = found.documents
    return documents if len(documents) * _NARROW_SHARE < found.size else scope.within


def _shortened(scope: Scope, found: Matches) -> Matches:
    """As a list when only some documents were looked at."""
    return found if scope.within is None else found.among(scope.within)
