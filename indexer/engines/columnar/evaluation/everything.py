"""Queries that look at no words: everything, nothing, and ranges of days and numbers."""

from typing import Any

import numpy as np
from whoosh.query import qcore, ranges

from ..schema import DATE
from .matches import Mask, Matches
from .scope import Scope


def every(scope: Scope, query: qcore.Every) -> Matches:
    """Every document, or every one that has a field."""
    mask = scope.view.live
    if query.fieldname is not None:
        mask = np.zeros(scope.view.size, np.bool_)
        if (postings := scope.view.contents.field(query.fieldname)) is not None:
            mask[postings.documents_between(0, len(postings.terms))] = True
    return _among(scope, mask).constant(scope.task.scoring.everything if scope.scored else 0.0)


def nothing(scope: Scope, _query: qcore.Query) -> Matches:
    """No document."""
    return scope.nothing()


def date_range(scope: Scope, query: ranges.DateRange) -> Matches:
    """The documents of some days; those without a day are left out."""
    view = scope.view
    if query.fieldname != DATE or not view.contents.has_column(DATE):
        return numeric_range(scope, query)
    days = scope.task.snapshot.columns.date[view.base : view.base + view.size]
    mask = days > 0
    if query.startdate is not None:
        mask &= days >= query.startdate.toordinal()
    if query.enddate is not None:
        mask &= days <= query.enddate.toordinal()
    return _among(scope, mask)


def numeric_range(scope: Scope, query: Any) -> Matches:
    """The documents with some numbers, by the ranges of terms that Whoosh keeps for them."""
    prepared = scope.task.prepared
    if (key := scope.task.key(query)) not in prepared:
        # All it asks of what it is given is a schema.
        prepared[key] = query._compile_query(scope.view)
    # The compiled query carries the boost as its score.
    found = scope.evaluate(prepared[key])
    return found.boosted(1 / query.boost) if query.boost else found


def _among(scope: Scope, mask: Mask) -> Matches:
    if scope.within is None:
        return Matches.masked(mask)
    return Matches.listed(scope.view.size, scope.within[mask[scope.within]])
