"""Which letters typed together are one compound and which are several words, in every spacing."""

from collections.abc import Iterable, Iterator
from itertools import chain

from analyzers.compiling.words import LEMMA_TABLES, LexiconDraft, names_in_tables
from analyzers.folding import fold
from analyzers.lexicon import BASE
from analyzers.morphology import SUFFIXES, VERB_PREFIXES
from analyzers.tables import DATA, read_rows

_WITHOUT = "بی"  # unlike با, which is a preposition too, it makes a compound wherever it stands
_PARTICIPLES = frozenset(map(fold, ("شده", "کرده", "گرفته", "داده", "یافته", "رفته", "آمده", "بوده", "نشده")))


def borders(written: str) -> tuple[int, ...]:
    """Return where the U+200C of a written word stand among its folded letters.

    >>> borders("گفت\u200cو\u200cگو")
    (3, 4)
    """
    position, found = 0, []
    for part in written.split("\u200c")[:-1]:
        position += len(fold(part))
        found.append(position)
    return tuple(found)


def add_compounds(draft: LexiconDraft, dictionaries: Iterable[str]) -> None:
    """Enter compounds written with U+200C: one term, or parts where grammar made the pair.

    ``compounds.tsv`` decides; what it leaves out is one term where our tables or ``dictionaries`` write one.
    """
    reviewed = {}
    for written, reading in read_rows(DATA / "compounds.tsv", columns=2):
        reviewed[fold(written)] = written
        _enter(draft, written, join=reading == "join")
    function_words = {fold(word) for (word,) in read_rows(DATA / "function_words.tsv", columns=1)}
    for written in chain(_written_in_tables(), dictionaries):
        parts = [fold(part) for part in written.split("\u200c")]
        if parts[-1] == "ای":  # میان‌رشته‌ای is a word; what has another suffix is an inflected form
            parts.pop()
        if len(parts) < 2 or not all(parts) or fold(written) in reviewed:
            continue
        if parts[-1] not in SUFFIXES and parts[0] not in VERB_PREFIXES:
            grammar = parts[0] in function_words or parts[-1] in _PARTICIPLES
            _enter(draft, written, join=not grammar)


def add_solid_compounds(draft: LexiconDraft) -> None:
    """Enter the words a dictionary writes solid whose parts newspapers set apart (زبانشناسی, بیکار)."""
    forms = [fold(form) for (form,) in read_rows(DATA / "combining_forms.tsv", columns=1)]
    for key, packed in draft.words.items():
        if packed & BASE and key not in draft.compounds and key not in draft.verbs:
            if key.startswith(_WITHOUT) and draft.words.get(key[len(_WITHOUT) :], 0) & BASE:
                draft.compounds[key] = (len(_WITHOUT),)
            for form in forms:
                first = key.removesuffix(form)
                if first != key and len(first) > 2 and draft.words.get(first, 0) & BASE:
                    draft.compounds[key] = (len(first),)
                    break


def _enter(draft: LexiconDraft, written: str, *, join: bool) -> None:
    key = fold(written)
    if key in draft.verbs:
        return
    if join:
        draft.compounds[key] = borders(written)
        draft.believe(key)
    else:
        draft.splits[key] = borders(written)
        draft.words.pop(key, None)
        draft.lemmas.pop(key, None)


def _written_in_tables() -> Iterator[str]:
    """Yield every form of the reviewed tables as it is written, for the U+200C it may hold."""
    for name in (*LEMMA_TABLES, "nisba", "spelling_variants"):
        for row in read_rows(DATA / f"{name}.tsv", columns=3, optional=1):
            yield from (cell for cell in row[:2] if " " not in cell)
    yield from names_in_tables()
