"""Organizations that no table holds, known by the word that opens their names: «سازمان», «دانشگاه», «دولت».

What is known within such a name makes way: «دولت عراق» is one name.
"""

from collections.abc import Iterable, Mapping

from analyzers.body_names import HOME, BodyWords, Chain, is_between, row_end
from analyzers.countries import country_rows
from analyzers.folding import fold
from analyzers.mentions import Entity
from analyzers.names import forms
from analyzers.openings import Opened, Opening, Openings
from analyzers.organizations import organization_rows
from analyzers.passage import Known, Passage
from analyzers.token import Token
from analyzers.word_kinds import WordKinds

_OBJECT = "را"  # after it a country is what is done to: «وزارت خارجه آمریکا را متهم کرد»
# Kinds of listed bodies of which every state has its own.
_OF_EVERY_STATE = frozenset(["نهاد", "وزارتخانه", "مجلس", "دادگاه", "نیروی انتظامی"])
_PRESS = frozenset(["رسانه", "روزنامه", "خبرگزاری", "مجله"])
_ARMED = frozenset(["گروه مسلح", "جنبش", "حزب"])
# What openings say a listed body is.
_KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(["شبکه", "روزنامه", "خبرگزاری", "نشریه", "مجله", "هفتهنامه", "پایگاه خبری"], _PRESS),
    **dict.fromkeys(["گروهک", "گروه تروریستی", "جنبش", "حزب"], _ARMED),
    **dict.fromkeys(["باشگاه", "تیم فوتبال"], frozenset(["باشگاه ورزشی"])),
    "شرکت": frozenset(["شرکت"]),
    "بانک": frozenset(["بانک"]),
}
# Kinds of listed bodies that news names with their state: «ایرباس فرانسه», «پاختاکور ازبکستان».
_OWNED = frozenset(["باشگاه ورزشی", "شرکت", "بانک", "روزنامه", "خبرگزاری", "رسانه", "اندیشکده", "دانشگاه"])
_IN, _AND = "در", "و"
# A word that ends so has no ezafe, and no name goes on after it: «اتحادیه اروپا خرید نفت».
_WITHOUT_EZAFE = ("ا", "و")
# What may stand between «دولت» and a country, besides the words of organizations.
_GOVERNING = frozenset(
    ["موقت", "انتقالی", "ائتلافی", "فدرال", "محلی", "بعثی", "اشغالگر", "سابق", "کنونی", "جمهوری"]
)
_OF_STATE = _GOVERNING | frozenset(["نمایندگان", "عوام", "اعیان"])
_ORDINALS = frozenset(
    [
        "یکم",
        "دوم",
        "سوم",
        "چهارم",
        "پنجم",
        "ششم",
        "هفتم",
        "هشتم",
        "نهم",
        "دهم",
        "یازدهم",
        "دوازدهم",
        "سیزدهم",
        "چهاردهم",
    ]
)
# Shapes of the names of which there are many; a figure before «تیپ ۵» is that of a car, «پژو ۲۰۶».
_MANY = ("named", "chain two", "unit")
_DETERMINERS = frozenset(
    ["یک", "این", "همین", "چند", "چندین", "هر", "هیچ", "دو", "سه", "چهار", "پنج", "صدها", "دهها"]
)
_SUPERLATIVE = "ترین"  # «بزرگ‌ترین حزب فلاندری» describes a body
_FREE_WORDS, _STATE_WORDS = 2, 3


class Bodies:
    """Reads organizations; one instance serves all threads."""

    def __init__(self, openings: Openings, kinds: WordKinds) -> None:
        self._openings = openings
        self._kinds = kinds
        self._words = BodyWords(openings, kinds)
        self._units = frozenset(word for word, _, shape in openings.table if shape == "unit")
        rows = list(organization_rows())
        self._states = {id_: state for id_, *_, state in rows}
        self._kinds_of = {id_: kind for id_, *_, kind, _ in rows}
        names = (form for _, label, names, *_ in country_rows() for form in (label, *forms(names)))
        self._home = {id_: state for id_, *_, kind, state in rows if state and kind in _OWNED}
        self._countries = frozenset(fold(name) for name in names if " " not in name)

    def read(self, passage: Passage, opened: Iterable[tuple[int, Opened]]) -> None:
        """Enter organizations; ``opened`` are the openings of the text."""
        after = 0
        for index, openings in opened:
            around = passage.around(index)
            if index < after or (around is not None and around.first < index):
                continue
            for opening, last in openings:
                if opening.type != "organization" or not passage.runs_on(last):
                    continue
                if _is_determined(passage, index, opening):
                    continue
                body = self._body(passage, opening, index, last)
                if body is not None and (around is None or self._is_longer(passage, body, around)):
                    passage.put(body)
                    after = body.last + 1
                    break
        for known in passage.known():
            if known.entity.type == "organization" and known.entity.id in self._states:
                self._read_listed(passage, known)

    def _is_longer(self, passage: Passage, body: Known, known: Known) -> bool:
        """Tell whether a body is more than what is known: after a listed name «و» begins something else."""
        listed = known.entity.id in self._states
        return body.last > known.last and not (listed and passage.exact[known.last + 1] == _AND)

    def _read_listed(self, passage: Passage, known: Known) -> None:
        """Take in what a listed name goes on with: its state, more states, a branch."""
        if passage.exact[known.last] in self._countries:
            end = row_end(passage, known.last) if self._is_of_several(passage, known) else known.last
            if end > known.last:
                passage.put(
                    passage.unlisted("organization", known.first, end, "a listed name, of more states")
                )
            return
        if not passage.runs_on(known.last):
            return
        following = passage.at(known.last + 1)
        if (
            following is not None
            and following.entity.type == "country"
            and following.entity.id == self._home.get(known.entity.id)
            and following.may_end
        ):
            passage.put(passage.widened(known, known.first, following.last))
        elif self._may_go_on(passage, known) and not self._read_other(passage, known):
            self._lengthen(passage, known)

    def _may_go_on(self, passage: Passage, known: Known) -> bool:
        """Tell whether a place may follow a listed name: an opening, or what every state has."""
        own = known.first == known.last or self._kinds_of[known.entity.id] not in _OF_EVERY_STATE
        return not own or passage.exact[known.first] in self._openings.words

    def _read_other(self, passage: Passage, known: Known) -> bool:
        """Enter another body whose name begins as a listed one: «شورای امنیت ملی افغانستان»."""
        last = known.last
        if passage.exact[last].endswith(_WITHOUT_EZAFE):
            return False
        while passage.runs_on(last) and self._words.is_part(passage, last + 1):
            last += 1
        country = passage.at(last + 1) if passage.runs_on(last) else None
        if last == known.last or country is None or country.settled:
            return False
        if country.entity.type != "country" or country.entity.via != "name":
            return False
        passage.put(passage.unlisted("organization", known.first, country.last, "begins as a listed name"))
        return True

    def _is_of_several(self, passage: Passage, known: Known) -> bool:
        """Tell whether a name is of two states where two follow: «اتاق بازرگانی», «بانک‌های مرکزی»."""
        if is_between(passage, known.first, known.last):
            return True
        openings = self._openings.at(passage, known.first)
        return any(opening.shape == "states" for opening, _ in openings)

    def _body(self, passage: Passage, opening: Opening, first: int, last: int) -> Known | None:
        """Return the organization that an opening up to ``last``, which runs on, opens, or None."""
        shape, _, two = opening.shape.partition(" ")
        if shape == "office":
            return self._office(passage, opening, last)
        if shape == "state":
            end = self._of_a_state(passage, last)
        elif shape == "states":
            end = self._of_states(passage, last)
        elif shape == "mission":
            end = self._mission(passage, last)
        elif shape == "unit":
            end = self._unit(passage, last)
        elif shape == "of":
            known = passage.at(last + 1)
            end = known.last if known is not None and known.may_end else None
        else:
            free, place_first = (_FREE_WORDS if shape == "named" else 0), shape in ("named", "national")
            end = Chain(self._words, passage, last, free=free, place_first=place_first).end()
        if end is None or (two and not self._is_long(passage, last + 1, end)):
            return None
        if (
            end == last + 1
            and shape in ("chain", "named", "national")
            and passage.tokens[end].term in self._kinds.general
        ):
            return None
        ending = passage.around(end)
        if ending is not None and ending.last == end and self._is_of_kind(ending.entity, opening):
            return passage.widened(ending, first, end)
        return passage.unlisted("organization", first, end, f"opens with «{_text(opening)}»")

    def _is_of_kind(self, entity: Entity, opening: Opening) -> bool:
        """Tell whether an opening says what a listed body is, as in «روزنامه فرانسوی لوموند»."""
        return self._kinds_of.get(entity.id) in _KINDS.get(_text(opening), ())

    def _office(self, passage: Passage, opening: Opening, last: int) -> Known | None:
        """Return what somebody is head of in a place: «محیط زیست البرز» after «مدیرکل»."""
        if not self._words.is_part(passage, last + 1):
            return None
        end = Chain(self._words, passage, last, free=0, place_first=False, over=False).end()
        if end is None:
            return None
        ending = passage.around(end)
        if (ending is None or not ending.is_where) and passage.exact[end] not in HOME:
            return None
        why = f"what a «{_text(opening)}» is head of in a place"
        return passage.unlisted("organization", last + 1, end, why)

    def _of_a_state(self, passage: Passage, last: int) -> int | None:
        """Return the end of «دولت وحدت ملی عراق», «دولت اوباما» or «مجلس دهم»."""
        for _ in range(_STATE_WORDS + 1):
            if not passage.runs_on(last):
                return None
            known = passage.at(last + 1)
            if known is not None:
                return known.last if known.may_end or known.entity.type == "person" else None
            token = passage.tokens[last + 1]
            if token.exact in _ORDINALS or token.exact in self._kinds.surnames:
                return last + 1
            if token.exact not in _OF_STATE and token.term not in self._kinds.of_organizations:
                return None
            last += 1
        return None

    def _of_states(self, passage: Passage, last: int) -> int | None:
        """Return the end of «دولت‌های روسیه، ایران و ترکیه», or of the one that is named."""
        end = self._of_a_state(passage, last)
        return None if end is None else row_end(passage, end)

    def _mission(self, passage: Passage, last: int) -> int | None:
        """Return the end of «سفارت ایران در کویت»."""
        end = self._of_a_state(passage, last)
        if end is None or not passage.runs_on(end) or passage.exact[end + 1] != _IN:
            return end
        known = passage.at(end + 2) if passage.runs_on(end + 1) else None
        return known.last if known is not None and known.is_where else end

    def _unit(self, passage: Passage, last: int) -> int | None:
        """Return the end of «تیپ ۹۵ لشکر ۱۴ عراق»: each unit with its number, then the state they are of."""
        end = None
        while passage.runs_on(last) and _is_number(passage.tokens[last + 1]):
            end = last = last + 1
            if passage.runs_on(last) and passage.exact[last + 1] in self._units:
                last += 1
        if end is None:
            return None
        known = passage.at(end + 1) if passage.runs_on(end) else None
        return known.last if known is not None and known.may_end else end

    def _lengthen(self, passage: Passage, known: Known) -> None:
        """Take in a branch of a listed body, «دانشگاه آزاد» and a town; another country's is another body."""
        end = Chain(self._words, passage, known.last, free=0, place_first=True, over=False, branch=True).end()
        if end is None:
            return
        ending = passage.around(end)
        state = self._states.get(known.entity.id)
        if ending is not None and ending.entity.type == "country" and ending.entity.id != state:
            if passage.runs_on(end) and passage.exact[end + 1] == _OBJECT:
                return
            passage.put(
                passage.unlisted("organization", known.first, end, "a listed name, of another country")
            )
        else:
            passage.put(passage.widened(known, known.first, end))

    def _is_long(self, passage: Passage, first: int, last: int) -> bool:
        """Tell whether a name is more than its opening and one word of organizations, or a place."""
        known = passage.around(last)
        if known is None or known.first > first:
            return last > first or passage.tokens[last].term not in self._kinds.of_organizations
        return known.entity.type == "person" or known.first > first


def _is_determined(passage: Passage, index: int, opening: Opening) -> bool:
    """Tell whether the word before says that none is meant by its name: «۲۰۰ دانشگاه آمریکا», «این بانک».

    Figures count what there are many of; «شعبه ۱۰ دادگاه» and «مصوبه ۳۰۰ شورا» are numbers of something else.
    """
    if not index or not passage.runs_on(index - 1):
        return False
    before = passage.exact[index - 1]
    if before in _DETERMINERS or before.endswith(_SUPERLATIVE):
        return True
    return before.isdigit() and opening.shape.startswith(_MANY)


def _is_number(token: Token) -> bool:
    return token.exact[:1].isdigit() or token.exact in _ORDINALS


def _text(opening: Opening) -> str:
    return " ".join(opening.words)
