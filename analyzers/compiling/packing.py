"""Makes a lexicon's file of its draft, so that nothing is left to work out when one is loaded."""

import hashlib

import msgspec

from analyzers.columns import pack_column, trie_of
from analyzers.compiling.words import LexiconDraft
from analyzers.folding import fold
from analyzers.joining import FUTURE, openings_of_compounds
from analyzers.lexicon import BASE, FORMAT, PackedLexicon, zipf_hundredths
from analyzers.morphology import PLURALS, PREVERBS, VERB_SIGNS
from analyzers.names import forms
from analyzers.people import people_rows
from analyzers.segmentation import SHORT_WORDS, cost_of


def pack_lexicon(draft: LexiconDraft) -> PackedLexicon:
    """Number the keys of a draft and lay what is known of them in columns."""
    verbs = {form: draft.verb_lemmas[number] for form, number in draft.verbs.items()}
    openings = _openings(draft)
    costs = _costs(draft)
    keys = trie_of(draft.words, draft.lemmas, draft.compounds, draft.splits, verbs, openings, costs)
    return PackedLexicon(
        format=FORMAT,
        fingerprint=_fingerprint(draft),
        keys=keys.tobytes(),
        words=pack_column(keys, draft.words),
        lemmas=pack_column(keys, _listed_lemmas(draft, verbs)),
        verbs=pack_column(keys, verbs),
        compounds=pack_column(keys, draft.compounds),
        splits=pack_column(keys, draft.splits),
        openings=pack_column(keys, openings),
        costs=pack_column(keys, costs),
        before_surnames=_before_surnames(),
    )


def _fingerprint(draft: LexiconDraft) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(draft, order="sorted")).hexdigest()[:16]


def _listed_lemmas(draft: LexiconDraft, verbs: dict[str, str]) -> dict[str, str]:
    """Return the lemma of each form that has one: a reviewed one, else a verb's, else itself ("")."""
    words = {key: key for key, packed in draft.words.items() if packed & BASE}
    listed = words | verbs | draft.lemmas
    return {form: "" if lemma == form else lemma for form, lemma in listed.items()}


def _openings(draft: LexiconDraft) -> dict[str, str]:
    """Return what may open a word of several chunks, and the beginnings of what may follow it."""
    openings = openings_of_compounds(draft.compounds)
    for sign in VERB_SIGNS:
        starts = {form[len(sign) : len(sign) + 2] for form in draft.verbs if form.startswith(sign)}
        for opening in (sign, *(preverb + sign for preverb in PREVERBS)):
            openings.setdefault(opening, set()).update(starts)
    for future in FUTURE:
        openings[future] = {stem[:2] for stem in draft.verb_lemmas}
    for preverb in PREVERBS:
        openings.setdefault(preverb, set()).update(sign[:2] for sign in VERB_SIGNS)
    return {opening: " ".join(sorted(starts)) for opening, starts in openings.items()}


def _costs(draft: LexiconDraft) -> dict[str, int]:
    """Return what words and verb forms cost as pieces of a run, and plurals set apart, which cost nothing."""
    unattested = dict.fromkeys(draft.verbs, cost_of(0))
    words = {word: cost_of(zipf_hundredths(packed)) for word, packed in draft.words.items()}
    costs = dict.fromkeys(PLURALS, 0) | unattested | words
    return {piece: cost for piece, cost in costs.items() if len(piece) > 2 or piece in SHORT_WORDS}


def _before_surnames() -> frozenset[str]:
    """Return the words of the tables after which what is spelt like a verb's sign is a surname."""
    names = [fold(form).split() for _, label, cell, *_ in people_rows() for form in (label, *forms(cell))]
    return frozenset(words[-2] for words in names if len(words) > 1 and words[-1] in VERB_SIGNS)
