"""Guesses how many documents will match, so that the rarest part of a query is evaluated first."""

from whoosh.query import compound, positional, qcore, terms, wrappers

from .scope import Scope


def estimate(scope: Scope, query: qcore.Query) -> int:
    """Guess for one segment; rather too many than too few."""
    view = scope.view
    if isinstance(query, terms.Term):
        found = scope.task.snapshot.term(query.fieldname, view.encoded(query.fieldname, query.text))
        number, postings = found.numbers[view.at], view.contents.field(query.fieldname)
        return 0 if number < 0 or postings is None else postings.count(number)
    parts = _parts(query)
    sizes = [estimate(scope, part) for part in parts]
    if isinstance(query, compound.Or | compound.DisjunctionMax):
        return min(view.size, sum(sizes))
    return min(sizes, default=view.size)


def _parts(query: qcore.Query) -> list[qcore.Query]:
    """The parts that all have to match, or any of which may."""
    if isinstance(query, compound.AndMaybe | compound.AndNot):
        return [query.a]
    if isinstance(query, positional.Phrase):
        return [terms.Term(query.fieldname, word) for word in query.words]
    if isinstance(query, wrappers.Not):
        return []
    return list(query.children())
