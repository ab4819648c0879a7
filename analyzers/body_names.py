"""Where the name of an organization ends: it runs on over the words that such names are made of.

Nothing in Persian writing tells «سازمان جوانان هلال احمر» from «سازمان جوانان را». A name runs on over words
that such names are made of (``organization_words.tsv``) and over names already known; anything else ends it.
"""

from analyzers.openings import Openings
from analyzers.passage import Known, Passage
from analyzers.token import Token
from analyzers.word_kinds import WordKinds

_COMMA, _AND, _WITH = "\u060c", "و", "با"
# «روزنامه چاپ لندن» tells where a paper is printed, and not what it is called.
_PRINTED = "چاپ"
# The words that go on with a preposition, and which: «مبارزه با مواد مخدر».
_GOES_ON = {"نظارت": "بر", "مبارزه": "با", "مقابله": "با", "حمایت": "از", "پیشگیری": "از", "دفاع": "از"}
# Where one of these stands, two countries may end the name: «کمیسیون مشترک ایران و ویتنام».
_BETWEEN = frozenset(["مشترک", "دوستی", "بازرگانی"])
HOME = frozenset(["کشور", "کشورمان", "استان", "شهرستان", "مجلس"])
# What a listed name goes on with, besides places: «دانشگاه آزاد اسلامی واحد جیرفت».
_BRANCHES = frozenset(["واحد", "شعبه"])
# Words, and endings of words, that go on to another word, so that no name ends with them.
_LEADING = frozenset(
    ["بررسی", "انتخاب", "عضو", "اعضای", "برگزاری", "تدوین", "پیگیری", "امر", "مواد", "ماده", "نظر"]
)
_OPEN = ("های", "هایی")
_AGENT = "کننده"  # «شرکت واردکننده کالا» says what it does
# What ی only joins to the word after it: «کمیته نظارت بر اجرای».
_JOINING = ("ای", "وی")
# After these «و» begins another thing: «کمیسیون مشترک و برنامه», «بانک مرکزی و بیمه».
_CLOSING = frozenset(["مشترک", "مرکزی"])
# Zipf in hundredths, from which a word is not believed to be an organization's own name.
_COMMON = 400


class BodyWords:
    """What a word may be within the name of an organization; one instance serves all threads."""

    def __init__(self, openings: Openings, kinds: WordKinds) -> None:
        self._openings = openings
        self._kinds = kinds

    def is_part(self, passage: Passage, index: int) -> bool:
        """Tell whether names of organizations are made of a word that is not itself known or an opening."""
        if index >= len(passage.tokens) or passage.around(index) is not None:
            return False
        token = passage.tokens[index]
        if token.exact.endswith(_AGENT):
            return False
        return token.term in self._kinds.of_organizations and not self._openings.opens(token)

    def is_object(self, passage: Passage, index: int) -> bool:
        """Tell whether a word may be what a body fights or watches over, the کرونا of «مقابله با کرونا»."""
        if index >= len(passage.tokens) or passage.around(index) is not None:
            return False
        return not self._kinds.is_stop(passage.tokens[index])

    def is_name(self, passage: Passage, first: int, last: int) -> bool:
        """Tell whether a written word is hardly anything but a name."""
        if self._openings.opens(passage.tokens[first]) or passage.tokens[last].exact.endswith(_AGENT):
            return False
        return self._kinds.is_name(passage, first, last, _COMMON)


class Chain:
    """The words of one name, from its opening on.

    ``free`` words may be names of their own. With ``place_first`` a place may follow the opening at once,
    with ``over`` another organization may be within the name; of a ``branch`` only its place follows. Once
    the name has ended only places may follow.
    """

    __slots__ = ("_branch", "_ended", "_free", "_opened", "_over", "_passage", "_place_first", "_words")

    def __init__(
        self,
        words: BodyWords,
        passage: Passage,
        opened: int,
        *,
        free: int,
        place_first: bool,
        over: bool = True,
        branch: bool = False,
    ) -> None:
        self._words = words
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
        if token.exact in HOME:
            self._ended = True
            return following
        if self._branch:
            return following if token.exact in _BRANCHES else None
        if token.exact == _WITH and self._is_with_a_country(following):
            return following
        if self._words.is_part(passage, following):
            return self._with_preposition(following)
        opened = following == self._opened + 1
        if token.exact == _AND and not opened and passage.tokens[following - 1].exact not in _CLOSING:
            return following + 1 if self._words.is_part(passage, following + 1) else None
        return self._own_name(following)

    def _is_with_a_country(self, following: int) -> bool:
        """Tell whether «با» is that of «کمیسیون مشترک با عراق»."""
        passage = self._passage
        known = passage.at(following + 1)
        return (
            known is not None
            and known.entity.type == "country"
            and passage.runs_on(following)
            and is_between(passage, self._opened, following)
        )

    def _own_name(self, first: int) -> int | None:
        last = self._passage.word_end(first)
        if not self._free or self._passage.around(last) is not None:
            return None
        self._free -= 1
        return last if self._words.is_name(self._passage, first, last) else None

    def _with_preposition(self, index: int) -> int:
        """Return the end of «مبارزه با مواد», or of the one word."""
        passage = self._passage
        wanted = _GOES_ON.get(passage.tokens[index].exact)
        if (
            wanted is not None
            and passage.runs_on(index)
            and passage.tokens[index + 1].exact == wanted
            and self._words.is_object(passage, index + 2)
        ):
            return index + 2
        return index

    def _through(self, known: Known, last: int) -> int | None:
        """Return the end of a known name that is part of the organization's, None where it is not."""
        if last == self._opened and known.is_where and not self._place_first:
            return None
        if self._passage.tokens[last].exact == _PRINTED:
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
        if self._words.is_part(self._passage, known.last + 1):
            return known.last + 1
        after = self._passage.at(known.last + 1)
        if after is None or after.entity.type != "organization":
            return None
        self._ended = True
        return after.last

    def _second_country(self, known: Known) -> int:
        """Return the end of the second country of «کمیسیون مشترک ایران و ویتنام», or of the only one."""
        passage = self._passage
        several = is_between(passage, self._opened, known.first)
        return row_end(passage, known.last) if several else known.last

    def _series(self, last: int) -> int | None:
        """Return the end of «بهداشت، درمان و آموزش»: parts with commas between, and «و» before the last."""
        passage, is_part = self._passage, self._words.is_part
        while passage.gap(last) == _COMMA and is_part(passage, last + 1):
            last += 1
            while passage.runs_on(last) and is_part(passage, last + 1):
                last += 1
            if passage.runs_on(last) and passage.tokens[last + 1].exact == _AND:
                return last + 2 if is_part(passage, last + 2) else None
        return None


def is_between(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a body of these words may be of two countries: «کمیسیون مشترک», «اتاق بازرگانی»."""
    return any(token.exact in _BETWEEN for token in passage.tokens[first : last + 1])


def row_end(passage: Passage, last: int) -> int:
    """Return the end of a row of countries that goes on after one: «روسیه، ایران و ترکیه»."""
    while True:
        if passage.runs_on(last) and passage.tokens[last + 1].exact == _AND and passage.runs_on(last + 1):
            following = passage.at(last + 2)
        else:
            following = passage.at(last + 1) if passage.gap(last) == _COMMA else None
        if following is None or following.entity.type != "country" or not following.is_where:
            return last
        last = following.last


def _goes_on(token: Token) -> bool:
    """Tell whether a word leads on to another, so that no name ends with it."""
    joins = token.exact.endswith(_JOINING) and token.term == token.exact[:-1]
    return joins or token.exact.endswith(_OPEN) or token.exact in _BRANCHES or token.exact in _LEADING
