"""Which words may stand as lemmas, and what each irregular form belongs to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from analyzers.compiling.conjugation import Verb, conjugate
from analyzers.compiling.sources import SourceWord
from analyzers.countries import country_rows
from analyzers.folding import fold
from analyzers.lexicon import ADJECTIVE, BASE, pack
from analyzers.morphology import plural_stem
from analyzers.names import forms
from analyzers.organizations import organization_rows
from analyzers.people import people_rows
from analyzers.places import place_rows
from analyzers.tables import DATA, read_rows

LEMMA_TABLES = (
    "comparatives",
    "broken_plurals_1",
    "broken_plurals_2",
    "plural_forms",
    "yeh_forms_1",
    "yeh_forms_2",
)
_PLURAL_AND_COMPARATIVE = ("\u200cها", "\u200cهای", "\u200cتر", "\u200cترین")
# Parsivar's stems hold inflected words; what ends so is left to the suffix rules.
_LIKE_INFLECTION = ("ای", "وی", "ها", "های", "ان", "ات", "ین", "تر", "ترین", "یی")
_LEAST_ZIPF = 2.5  # for a stem of Parsivar's that no dictionary tags


@dataclass(slots=True)
class LexiconDraft:
    """The parts of a :class:`analyzers.lexicon.Lexicon` while they are gathered."""

    lemmas: dict[str, str]
    words: dict[str, int] = field(default_factory=dict)
    verbs: dict[str, int] = field(default_factory=dict)
    verb_lemmas: list[str] = field(default_factory=list)
    compounds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    splits: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def believe(self, key: str) -> None:
        """Let ``key`` stand as a lemma, whatever its frequency."""
        self.words[key] = self.words.get(key, pack(0, 0)) | BASE


def reviewed_lemmas() -> dict[str, str]:
    """Read every reviewed table of forms and lemmas; the first table that lists a form has its say."""
    lemmas: dict[str, str] = {}
    for name in LEMMA_TABLES:
        for form, lemma, *_ in read_rows(DATA / f"{name}.tsv", columns=3, optional=1):
            lemmas.setdefault(fold(form), fold(lemma))
    for canonical, variant, kind in read_rows(DATA / "spelling_variants.tsv", columns=3):
        if kind == "same" and " " not in canonical:
            lemmas[fold(variant)] = lemmas.get(fold(canonical), fold(canonical))
    for word in chain.from_iterable(read_rows(DATA / "nisba.tsv", columns=2)):
        if " " not in word:
            lemmas.setdefault(fold(word), fold(word))
    return lemmas


def read_verbs() -> Iterator[Verb]:
    """Read the reviewed verbs, folded as their forms are."""
    for prefix, past, present, flags, lemma in read_rows(DATA / "verbs.tsv", columns=5, optional=2):
        yield Verb(
            prefix=fold(prefix),
            past=fold(past),
            present=fold(present),
            flags=frozenset(filter(None, flags.split(","))),
            lemma=fold(lemma or prefix + past),
        )


def add_verbs(draft: LexiconDraft, verbs: Iterable[Verb], zipf: Mapping[str, float]) -> None:
    """Enter all verb forms; of two verbs that share a form the commoner has it, and a ``weak`` one never.

    A form that ``verb_exceptions.tsv`` lists has the reading given there only.
    """
    ranked = sorted(verbs, key=lambda verb: zipf.get(verb.prefix + verb.past, 0.0), reverse=True)
    strong = [verb for verb in ranked if "weak" not in verb.flags]
    weak = [verb for verb in ranked if "weak" in verb.flags]
    claimed = {form for verb in strong for form in conjugate(replace(verb, flags=verb.flags & {"y"}))}
    index: dict[str, int] = {}
    for verb in (*strong, *weak):
        number = index.setdefault(verb.lemma, len(index))
        for form in conjugate(verb):
            if "weak" not in verb.flags or form not in claimed:
                draft.verbs.setdefault(form, number)
    for form, lemma, kind in read_rows(DATA / "verb_exceptions.tsv", columns=3):
        if kind == "other_word":
            draft.verbs.pop(fold(form), None)
            draft.lemmas[fold(form)] = fold(lemma)
        else:
            draft.verbs[fold(form)] = index.setdefault(fold(lemma), len(index))
    draft.verb_lemmas = list(index)


def add_words(
    draft: LexiconDraft,
    hazm: Mapping[str, SourceWord],
    listed: set[str],
    stems: set[str],
    zipf: Mapping[str, float],
) -> None:
    """Enter words with what speaks for each: a reviewed table, a dictionary's tag, or two lists that agree.

    ``listed`` are all keys of hazm's list, ``stems`` Parsivar's.
    """
    lemmas = set(draft.lemmas.values())
    for key in {*hazm, *zipf, *lemmas}:
        frequency = max(zipf.get(key, 0.0), 0.0)
        tagged = key in hazm and not _is_inflected(key, hazm)
        agreed = key in stems and key in listed and frequency >= _LEAST_ZIPF
        believed = key in lemmas or tagged or (agreed and not key.endswith(_LIKE_INFLECTION))
        if draft.lemmas.get(key, key) != key and key not in lemmas:
            believed = False
        adjective = key in hazm and "AJ" in hazm[key].tags
        draft.words[key] = pack(frequency, BASE * believed | ADJECTIVE * adjective)


def names_in_tables() -> Iterator[str]:
    """Yield the words that must lose nothing and never be cut: of people's names every one (کارتر, سالوینی).

    Of countries, places and organizations those that are the whole name (بروندی, ظهران, اکو), for the longer
    names are made of ordinary words; a country's that needs its context is an ordinary word too, and so is a
    plural that is short for a body (غیرمتعهدها).
    """
    for _, label, names, surname, *_ in people_rows():
        for name in (label, *forms(names), surname):
            yield from name.split()
    for _, label, names, _, _, metonyms, _, ambiguous in country_rows():
        guarded = forms(ambiguous)
        yield from (name for name in _single(label, names, metonyms) if name not in guarded)
    for _, label, names, *_ in place_rows():
        yield from _single(label, names)
    for _, label, names, short, *_ in organization_rows():
        yield from _single(label, names)
        yield from (name for name in _single(short) if not plural_stem(fold(name)))


def _single(*cells: str) -> Iterator[str]:
    for cell in cells:
        yield from (name for name in forms(cell) if " " not in name and "\u200c" not in name)


def add_names(draft: LexiconDraft) -> None:
    """Guard the words of names that no table or verb claims."""
    for key in map(fold, names_in_tables()):
        if key not in draft.verbs:
            draft.lemmas.setdefault(key, key)


def settle_lemmas(draft: LexiconDraft) -> None:
    """Follow every reviewed form to the end of its chain, and make each lemma a word: its lemma is itself."""
    for form, lemma in list(draft.lemmas.items()):
        last = _follow(draft, lemma)
        if last in draft.splits:
            del draft.lemmas[form]
        else:
            draft.lemmas[form] = last
            draft.believe(last)
    for lemma in draft.verb_lemmas:
        draft.believe(lemma)


def _follow(draft: LexiconDraft, lemma: str) -> str:
    seen: set[str] = set()
    while lemma not in seen:
        seen.add(lemma)
        verb = draft.verbs.get(lemma)
        lemma = draft.lemmas.get(lemma, lemma if verb is None else draft.verb_lemmas[verb])
    return lemma


def _is_inflected(key: str, hazm: Mapping[str, SourceWord]) -> bool:
    """Tell whether a dictionary's entry is a plural or a comparative of another of its entries."""
    if hazm[key].written.endswith(_PLURAL_AND_COMPARATIVE):
        return True
    stem = key.removesuffix("ترین").removesuffix("تر")
    return stem != key and len(stem) > 2 and stem in hazm and not {"AJ", "ADV"}.isdisjoint(hazm[stem].tags)
