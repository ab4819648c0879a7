"""Says what of a question an index lacks, so that neither a word nor a filter fails to count in silence."""

from collections.abc import Sequence

from analyzers.profiles import find_profile
from indexer.engine import Engine
from searchapp.models import Note, SearchParameters
from searchapp.slots import Slot
from searchapp.translation import gettext, gettext_noop

_LONGEST_VALUE = 80

UNKNOWN_VALUE = {
    "country": gettext_noop("«%(value)s» شناسهٔ هیچ کشوری نیست."),
    "place": gettext_noop("«%(value)s» شناسهٔ هیچ مکانی نیست."),
    "topic": gettext_noop("«%(value)s» شناسهٔ هیچ موضوعی نیست."),
    "person": gettext_noop("«%(value)s» شناسهٔ هیچ شخصی نیست."),
    "organization": gettext_noop("«%(value)s» شناسهٔ هیچ سازمانی نیست."),
    "source": gettext_noop("هیچ خبری از منبع «%(value)s» نیست."),
    "year": gettext_noop("هیچ خبری از سال «%(value)s» نیست."),
}


def held(engine: Engine, slots: Sequence[Slot]) -> list[bool]:
    """Tell of each word whether any paragraph holds it, or a related form of it."""
    terms = {term for slot in slots for term in slot.terms}
    terms |= {term for slot in slots for related in slot.related for term in related.terms}
    asked = list(terms)
    counts = [engine.count_terms(asked, field=field) for field in ("text", "title")]
    there = {term for term, *found in zip(asked, *counts, strict=True) if any(found)}
    return [
        not there.isdisjoint(slot.terms) or any(there.issuperset(each.terms) for each in slot.related)
        for slot in slots
    ]


def missing_words(engine: Engine, slots: Sequence[Slot]) -> list[Note]:
    """Name the words that no paragraph holds, where others of the question were found."""
    missing = [
        slot.typed.strip("\u200c")
        for slot, found in zip(slots, held(engine, slots), strict=True)
        if not found
    ]
    if not missing or len(missing) == len(slots):
        return []
    shown = gettext("، ").join(dict.fromkeys(missing))
    return [Note("missing_words", gettext("در هیچ بندی نیست: %(words)s", words=shown))]


def unknown_values(engine: Engine, parameters: SearchParameters) -> list[Note]:
    """Name the values to narrow by, or to bar, that neither the tables nor the index know."""
    return [
        Note(f"unknown_{facet}", gettext(UNKNOWN_VALUE[facet], value=value[:_LONGEST_VALUE]))
        for chosen in (parameters.include, parameters.exclude)
        for facet, values in chosen.items()
        for value in sorted(values)
        if find_profile(facet, value) is None and not engine.count_terms([value], field=facet)[0]
    ]
