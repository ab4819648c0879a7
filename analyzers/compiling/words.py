"""Which words may stand as lemmas, which compounds are one term, and what each irregular form belongs to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from analyzers.compiling.conjugation import Verb, conjugate
from analyzers.compiling.sources import SourceWord
from analyzers.folding import fold
from analyzers.lexicon import ADJECTIVE, BASE, pack
from analyzers.morphology import SUFFIXES, VERB_PREFIXES
from analyzers.tables import DATA, read_rows

LEMMA_TABLES = ("comparatives", "broken_plurals_1", "broken_plurals_2", "plural_forms", "yeh_forms_1", "yeh_forms_2")
_FUNCTION_WORDS = frozenset(
    map(
        fold,
        "و به از در با که این آن هر هیچ چه تا بر برای یا نه اگر چون یک دو سه چهار پنج شش هفت هشت نه ده"
        " من تو او ما شما آنها اینها همین همان چند کدام است بود شد شده کرده گرفته داده یافته کننده".split(),
    )
)
_PARTICIPLES = frozenset(map(fold, ["شده", "کرده", "گرفته", "داده", "یافته", "رفته", "آمده", "بوده", "نشده"]))
# Parsivar's stems hold inflected words; what ends so is left to the rules.
_INFLECTED_ENDINGS = ("ای", "وی", "ها", "های", "ان", "ات", "ین", "تر", "ترین", "یی")
_INFLECTED = ("\u200cها", "\u200cهای", "\u200cتر", "\u200cترین")
# Second parts that make nouns and adjectives and hardly stand alone: a solid word that ends so may be typed apart.
_COMBINING_FORMS = tuple(
    map(
        fold,
        "کننده دهنده گیرنده شونده سازنده گذاری گیری سازی نویسی شناسی شناس شناختی نگاری گذار گرا گرایی گرایانه طلب طلبی"
        " طلبانه خواهی خواهانه پذیر پذیری ناپذیر آمیز آوری انگیز یابی بندی اندازی رسانی زدایی ستیزی پرستی فروشی جویی"
        " خوانی خواری داری سنجی افزار محور مدار پژوه پژوهی گری مند نشین نشینی پردازی نامه نویس نگار ساز پوش".split(),
    )
)


@dataclass(slots=True)
class LexiconDraft:
    """The parts of a lexicon while they are gathered."""

    lemmas: dict[str, str]
    words: dict[str, int] = field(default_factory=dict)
    verbs: dict[str, int] = field(default_factory=dict)
    verb_lemmas: list[str] = field(default_factory=list)
    compounds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    splits: dict[str, tuple[int, ...]] = field(default_factory=dict)


def borders(written: str) -> tuple[int, ...]:
    """Return where the U+200C and spaces of a written word stand among its folded letters."""
    position, found = 0, []
    for part in written.replace(" ", "\u200c").split("\u200c")[:-1]:
        position += len(fold(part))
        found.append(position)
    return tuple(found)


def reviewed_lemmas() -> dict[str, str]:
    """Read every reviewed table of forms and lemmas; a form stands in one table only."""
    lemmas: dict[str, str] = {}
    for name in LEMMA_TABLES:
        for form, lemma, *_ in read_rows(DATA / f"{name}.tsv", columns=3, optional=1):
            lemmas.setdefault(fold(form), fold(lemma))
    for canonical, variant, kind in read_rows(DATA / "spelling_variants.tsv", columns=3):
        if kind == "same" and not _several_words(canonical):
            lemmas[fold(variant)] = lemmas.get(fold(canonical), fold(canonical))
    for word in chain.from_iterable(read_rows(DATA / "nisba.tsv", columns=2)):
        if not _several_words(word):
            lemmas.setdefault(fold(word), fold(word))
    return lemmas


def _several_words(written: str) -> bool:
    return " " in written


def read_verbs() -> list[Verb]:
    """Read the reviewed verbs; stems keep their spelling until they are folded as forms."""
    verbs = []
    for prefix, past, present, flags, lemma in read_rows(DATA / "verbs.tsv", columns=5, optional=2):
        verbs.append(
            Verb(fold(prefix), fold(past), fold(present), frozenset(filter(None, flags.split(","))), fold(lemma or prefix + past))
        )
    return verbs


def add_verbs(draft: LexiconDraft, verbs: Iterable[Verb], zipf: Mapping[str, float]) -> None:
    """Enter all verb forms; of two verbs that share a form the commoner has it, and a ``weak`` one never.

    A form that ``verb_exceptions.tsv`` lists has the reading given there only.
    """
    ranked = sorted(verbs, key=lambda verb: zipf.get(verb.prefix + verb.past, 0.0), reverse=True)
    strong = [verb for verb in ranked if "weak" not in verb.flags]
    weak = [verb for verb in ranked if "weak" in verb.flags]
    index: dict[str, int] = {}
    for verb in strong:
        number = index.setdefault(verb.lemma, len(index))
        for form in conjugate(verb):
            draft.verbs.setdefault(form, number)
    claimed = {form for verb in strong for form in conjugate(replace(verb, flags=verb.flags & {"y"}))}
    for verb in weak:
        number = index.setdefault(verb.lemma, len(index))
        for form in conjugate(verb):
            if form not in claimed:
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
    noise: set[str],
    stems: set[str],
    zipf: Mapping[str, float],
) -> None:
    """Enter words with what speaks for each: a dictionary's tag, a reviewed table, or two lists that agree."""
    lemmas = set(draft.lemmas.values())
    verb_forms = draft.verbs.keys()
    for key in {*hazm, *zipf, *lemmas}:
        flags = 0
        if key in lemmas or (key in hazm and not _is_inflected(key, hazm)):
            flags |= BASE
        elif key in stems and key in noise and zipf.get(key, 0.0) >= 2.5 and not key.endswith(_INFLECTED_ENDINGS):
            flags |= BASE
        if key in hazm and "AJ" in hazm[key].tags:
            flags |= ADJECTIVE
        draft.words[key] = pack(max(zipf.get(key, 0.0), 0.0), flags)
    for form, lemma in draft.lemmas.items():
        if form != lemma and form not in lemmas:
            draft.words[form] = pack(max(zipf.get(form, 0.0), 0.0), 0)


def _is_inflected(key: str, hazm: Mapping[str, SourceWord]) -> bool:
    """Tell whether a dictionary's entry is a plural or a comparative of another of its entries."""
    if hazm[key].written.endswith(_INFLECTED):
        return True
    stem = key.removesuffix("ترین").removesuffix("تر")
    return stem != key and len(stem) > 2 and stem in hazm and not {"AJ", "ADV"}.isdisjoint(hazm[stem].tags)


def add_compounds(draft: LexiconDraft, dictionary: Iterable[str]) -> None:
    """Enter compounds written with U+200C: one term, or parts where grammar made the pair.

    ``compounds.tsv`` decides; for what it leaves out the dictionary and the other tables are taken at their word.
    """
    reviewed = {fold(written): (written, reading) for written, reading in read_rows(DATA / "compounds.tsv", columns=2)}
    for key, (written, reading) in reviewed.items():
        if key not in draft.verbs:
            _enter(draft, key, borders(written), join=reading == "join")
    for written in dictionary:
        key = fold(written)
        parts = [fold(part) for part in written.split("\u200c")]
        if parts[-1] in SUFFIXES or parts[0] in VERB_PREFIXES:
            continue
        if len(parts) > 1 and all(parts) and key not in reviewed and key not in draft.verbs:
            together = parts[0] not in _FUNCTION_WORDS and parts[-1] not in _PARTICIPLES
            _enter(draft, key, borders(written), join=together)


def add_solid_compounds(draft: LexiconDraft) -> None:
    """Enter the words a dictionary writes solid whose second part newspapers set apart (زبانشناسی)."""
    for key, packed in list(draft.words.items()):
        if packed & BASE and key not in draft.compounds and key not in draft.verbs:
            for form in _COMBINING_FORMS:
                first = key.removesuffix(form)
                if first != key and len(first) > 2 and draft.words.get(first, 0) & BASE:
                    draft.compounds[key] = (len(first),)
                    break


def _enter(draft: LexiconDraft, key: str, cuts: tuple[int, ...], *, join: bool) -> None:
    if join:
        draft.compounds[key] = cuts
        draft.words[key] = draft.words.get(key, pack(0, 0)) | BASE
    else:
        draft.splits[key] = cuts
        draft.words.pop(key, None)
        draft.lemmas.pop(key, None)


def settle_lemmas(draft: LexiconDraft) -> None:
    """Follow every reviewed form to the end of its chain, and make each lemma a word, so that its lemma is itself."""
    for form, lemma in list(draft.lemmas.items()):
        seen = {form}
        while lemma not in seen:
            seen.add(lemma)
            verb = draft.verbs.get(lemma)
            lemma = draft.lemmas.get(lemma, lemma if verb is None else draft.verb_lemmas[verb])
        if lemma in draft.splits:
            del draft.lemmas[form]
        else:
            draft.lemmas[form] = lemma
            draft.words[lemma] = draft.words.get(lemma, pack(0, 0)) | BASE
    for lemma in draft.verb_lemmas:
        draft.words[lemma] = draft.words.get(lemma, pack(0, 0)) | BASE


def written_in_tables() -> Iterator[str]:
    """Yield every form of the reviewed tables as it is written, for the U+200C it may hold."""
    for name in (*LEMMA_TABLES, "nisba", "spelling_variants"):
        for row in read_rows(DATA / f"{name}.tsv", columns=3, optional=1):
            yield from (cell for cell in row[:2] if not _several_words(cell))
