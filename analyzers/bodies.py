"""Organizations that no table holds, known by the word that opens their names: «سازمان», «دانشگاه», «دولت».

Where such a name ends is the question, for nothing in Persian writing tells «سازمان جوانان هلال احمر» from
«سازمان جوانان را». It runs on over words that such names are made of (``organization_words.tsv``) and over
names already known; anything else ends it. What is known within it makes way: «دولت عراق» is one name.
"""

from collections.abc import Sequence

from analyzers.countries import country_rows
from analyzers.folding import fold
from analyzers.names import forms
from analyzers.openings import Opening, Openings
from analyzers.organizations import organization_rows
from analyzers.passage import Known, Passage
from analyzers.token import Token
from analyzers.word_kinds import WordKinds

_COMMA, _AND = "\u060c", "و"
# What may stand between «دولت» and a country, besides the words of organizations.
_OF_STATE = frozenset(
    ["موقت", "انتقالی", "سابق", "کنونی", "محلی", "بعثی", "اشغالگر", "نمایندگان", "عوام", "اعیان", "جمهوری"]
)
_ORDINALS = frozenset(["پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم"])
# The words that go on with a preposition, and which: «مبارزه با مواد مخدر».
_GOES_ON = {"نظارت": "بر", "مبارزه": "با", "مقابله": "با", "حمایت": "از", "پیشگیری": "از", "دفاع": "از"}
# Where one of these stands, two countries may end the name: «کمیسیون مشترک ایران و ویتنام».
_BETWEEN = frozenset(["مشترک", "دوستی"])
_HOME = frozenset(["کشور", "کشورمان", "استان", "شهرستان", "مجلس"])
# What a listed name goes on with, besides places: «دانشگاه آزاد اسلامی واحد جیرفت».
_BRANCHES = frozenset(["واحد", "شعبه"])
# Endings of words that go on to another word, so that no name ends with them.
_OPEN = ("های", "هایی")
# Zipf in hundredths, from which a word is not believed to be an organization's own name.
_COMMON = 400
_FREE_WORDS, _STATE_WORDS = 2, 3


class Bodies:
    """Reads organizations; one instance serves all threads."""

    def __init__(self, openings: Openings, kinds: WordKinds) -> None:
        self._openings = openings
        self._kinds = kinds
        self._states = {id_: country for id_, *_, country in organization_rows()}
        names = (form for _, label, names, *_ in country_rows() for form in (label, *forms(names)))
        self._countries = frozenset(fold(name) for name in names if " " not in name)

    def read(self, passage: Passage, starts: Sequence[int]) -> None:
        """Enter organizations; ``starts`` are the tokens that may open a name."""
        after = 0
        for index in starts:
            around = passage.around(index)
            if index < after or (around is not None and around.first < index):
                continue
            for opening, last in self._openings.at(passage, index, "organization"):
                body = self._body(passage, opening, index, last)
                if body is not None and (around is None or body.last > around.last):
                    passage.put(body)
                    after = body.last + 1
                    break
        for known in passage.known():
            listed = known.entity.type == "organization" and known.entity.id in self._states
            if (
                listed
                and self._openings.opens(passage.tokens[known.first])
                and passage.tokens[known.last].exact not in self._countries
            ):
                self._lengthen(passage, known)

    def _body(self, passage: Passage, opening: Opening, first: int, last: int) -> Known | None:
        """Return the organization that an opening up to ``last`` opens, or None."""
        shape, _, two = opening.shape.partition(" ")
        if shape == "office":
            return self._office(passage, opening, last)
        if shape == "state":
            end = self._of_a_state(passage, last)
        elif shape == "of":
            known = passage.at(last + 1) if passage.runs_on(last) else None
            end = known.last if known is not None and known.may_end else None
        else:
            named = shape == "named"
            end = _Chain(self, passage, last, free=_FREE_WORDS if named else 0, place_first=named).end()
        if end is None or (two and not self._is_long(passage, last + 1, end)):
            return None
        if (
            end == last + 1
            and shape in ("chain", "named")
            and passage.tokens[end].term in self._kinds.general
        ):
            return None
        return passage.unlisted("organization", first, end, f"opens with «{_text(opening)}»")

    def _office(self, passage: Passage, opening: Opening, last: int) -> Known | None:
        """Return what somebody is head of in a place: «محیط زیست البرز» after «مدیرکل»."""
        if not passage.runs_on(last) or not self.is_part(passage, last + 1):
            return None
        end = _Chain(self, passage, last, free=0, place_first=False, over=False).end()
        if end is None:
            return None
        ending = passage.around(end)
        if (ending is None or not ending.is_where) and passage.tokens[end].exact not in _HOME:
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

    def _lengthen(self, passage: Passage, known: Known) -> None:
        """Take in a branch of a listed body, «دانشگاه آزاد» and a town; another country's is another body."""
        end = _Chain(self, passage, known.last, free=0, place_first=True, over=False, branch=True).end()
        if end is None:
            return
        ending = passage.around(end)
        state = self._states.get(known.entity.id)
        if ending is not None and ending.entity.type == "country" and ending.entity.id != state:
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
        return known.entity.type not in ("country", "place")

    def is_part(self, passage: Passage, index: int) -> bool:
        """Tell whether names of organizations are made of a word that is not itself known or an opening."""
        if index >= len(passage.tokens) or passage.around(index) is not None:
            return False
        token = passage.tokens[index]
        return token.term in self._kinds.of_organizations and not self._openings.opens(token)

    def is_object(self, passage: Passage, index: int) -> bool:
        """Tell whether a word may be what a body fights or watches over, the کرونا of «مقابله با کرونا»."""
        if index >= len(passage.tokens) or passage.around(index) is not None:
            return False
        return not self._kinds.is_stop(passage.tokens[index])

    def is_name(self, passage: Passage, first: int, last: int) -> bool:
        """Tell whether a written word is hardly anything but a name."""
        return not self._openings.opens(passage.tokens[first]) and self._kinds.is_name(
            passage, first, last, _COMMON
        )


class _Chain:
    """The words of one name, from its opening on.

    ``free`` words may be names of their own. With ``place_first`` a place may follow the opening at once,
    with ``over`` another organization may be within the name; of a ``branch`` only its place follows. Once
    the name has ended only places may follow.
    """

    def __init__(
        self,
        bodies: Bodies,
        passage: Passage,
        opened: int,
        *,
        free: int,
        place_first: bool,
        over: bool = True,
        branch: bool = False,
    ) -> None:
        self._bodies = bodies
        self._passage = passage
        self._opened = opened
        self._free = free
        self._place_first = place_first
        self._over = over
        self._branch = branch
        self._ended = False

    def end(self) -> int | None:
        """Return the last token of the name; None where nothing follows the opening that is of it."""
        tokens, ends = self._passage.tokens, [self._opened]
        while ends[-1] + 1 < len(tokens):
            step = self._step(ends[-1])
            if step is None:
                break
            ends.append(step)
        while len(ends) > 1 and _goes_on(tokens[ends[-1]]):
            ends.pop()
        return ends[-1] if len(ends) > 1 else None

    def _step(self, last: int) -> int | None:
        """Return the last token of what goes on with the name after ``last``, None where nothing does."""
        passage, following = self._passage, last + 1
        known = passage.at(following)
        if known is not None and passage.runs_on(last):
            return self._through(known, last)
        if self._ended or passage.around(following) is not None:
            return None
        if not passage.runs_on(last):
            return None if last == self._opened or self._branch else self._series(last)
        return self._word(following)

    def _word(self, following: int) -> int | None:
        """Return the end of the part of the name that a word begins which is not known."""
        passage = self._passage
        token = passage.tokens[following]
        if token.exact in _HOME:
            self._ended = True
            return following
        if self._branch:
            return following if token.exact in _BRANCHES else None
        if self._bodies.is_part(passage, following):
            return self._with_preposition(following)
        opened = following == self._opened + 1
        if token.exact == _AND and not opened and self._bodies.is_part(passage, following + 1):
            return following + 1
        return self._own_name(following)

    def _own_name(self, first: int) -> int | None:
        last = self._passage.word_end(first)
        if not self._free or self._passage.around(last) is not None:
            return None
        self._free -= 1
        return last if self._bodies.is_name(self._passage, first, last) else None

    def _with_preposition(self, index: int) -> int:
        """Return the end of «مبارزه با مواد», or of the one word."""
        passage = self._passage
        wanted = _GOES_ON.get(passage.tokens[index].exact)
        if (
            wanted is not None
            and passage.runs_on(index)
            and passage.tokens[index + 1].exact == wanted
            and self._bodies.is_object(passage, index + 2)
        ):
            return index + 2
        return index

    def _through(self, known: Known, last: int) -> int | None:
        """Return the end of a known name that is part of the organization's, None where it is not."""
        if last == self._opened and known.is_where and not self._place_first:
            return None
        if known.may_end:
            self._ended = True
            return self._second_country(known)
        if self._ended:
            return None
        entity = known.entity
        if (entity.type == "organization" and self._over) or (entity.type == "person" and self._free):
            self._ended = True
            return known.last
        return self._after_nationality(known) if entity.via == "demonym" else None

    def _after_nationality(self, known: Known) -> int | None:
        """Return the end of what «شرکت فرانسوی» goes on with, None where it does not."""
        if known.settled or not self._passage.runs_on(known.last):
            return None
        if self._bodies.is_part(self._passage, known.last + 1):
            return known.last + 1
        after = self._passage.at(known.last + 1)
        if after is None or after.entity.type != "organization":
            return None
        self._ended = True
        return after.last

    def _second_country(self, known: Known) -> int:
        """Return the end of the second country of «کمیسیون مشترک ایران و ویتنام», or of the only one."""
        passage, last = self._passage, known.last
        if not any(token.exact in _BETWEEN for token in passage.tokens[self._opened : known.first]):
            return last
        if passage.runs_on(last) and passage.tokens[last + 1].exact == _AND and passage.runs_on(last + 1):
            second = passage.at(last + 2)
            if second is not None and second.may_end:
                return second.last
        return last

    def _series(self, last: int) -> int | None:
        """Return the end of «بهداشت، درمان و آموزش»: parts with commas between, and «و» before the last."""
        passage, is_part = self._passage, self._bodies.is_part
        while passage.gap(last) == _COMMA and is_part(passage, last + 1):
            last += 1
            while passage.runs_on(last) and is_part(passage, last + 1):
                last += 1
            if passage.runs_on(last) and passage.tokens[last + 1].exact == _AND:
                return last + 2 if is_part(passage, last + 2) else None
        return None


def _text(opening: Opening) -> str:
    return " ".join(opening.words)


def _goes_on(token: Token) -> bool:
    """Tell whether a word leads on to another, so that no name ends with it."""
    return token.exact.endswith(_OPEN) or token.exact in _BRANCHES
