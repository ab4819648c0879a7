import pytest

from analyzers import Lexicon
from analyzers.folding import fold
from analyzers.morphology import Morphology

LEMMAS = [
    # plural in ها, with possessives and ی
    ("کشورها", "کشور"), ("کشورهای", "کشور"), ("کشورهایی", "کشور"), ("کشورهایشان", "کشور"),
    ("کشورهایمان", "کشور"),
    ("تحریم‌هایش", "تحریم"), ("برنامه‌های", "برنامه"), ("برنامه‌هایی", "برنامه"),
    ("دانشگاه‌هایتان", "دانشگاه"),
    # other plurals
    ("سفیران", "سفیر"), ("نمایندگان", "نماینده"), ("دانشجویان", "دانشجو"), ("بازرسان", "بازرس"),
    ("گیاهان", "گیاه"),
    ("توافقات", "توافق"), ("مذاکرات", "مذاکره"), ("اقدامات", "اقدام"), ("تجربیات", "تجربه"),
    ("مسئولین", "مسئول"),
    ("روحانیون", "روحانی"), ("ایرانیان", "ایرانی"), ("انتخابات", "انتخاب"), ("سیاسات", "سیاست"),
    # broken plurals
    ("سفرا", "سفیر"), ("وزرا", "وزیر"), ("وزرای", "وزیر"), ("قوانین", "قانون"), ("روابط", "رابطه"),
    ("احزاب", "حزب"),
    ("ملل", "ملت"), ("دول", "دولت"), ("مواضع", "موضع"), ("مسائل", "مسئله"), ("مناطق", "منطقه"),
    ("اخبار", "خبر"),
    ("اهداف", "هدف"), ("افراد", "فرد"), ("اصول", "اصل"), ("حقوق", "حق"), ("شرایط", "شرط"),
    ("اطراف", "طرف"),
    ("مناطقی", "منطقه"), ("قوانینی", "قانون"),
    # ezafe and indefinite ی
    ("تیخوانای", "تیخوانا"), ("فوکوشیمای", "فوکوشیما"), ("غیرمتعهدها", "غیرمتعهد"),
    ("خانۀ", "خانه"), ("خانهٔ", "خانه"), ("خانه‌ی", "خانه"), ("اجرای", "اجرا"), ("دنیای", "دنیا"),
    ("گفتگوی", "گفت‌وگو"),
    ("کسی", "کس"), ("متفاوتی", "متفاوت"), ("مهمی", "مهم"), ("گسترده‌ای", "گسترده"), ("جایی", "جا"),
    # possessives
    ("برنامه‌اش", "برنامه"), ("فرزندانش", "فرزند"), ("کشورمان", "کشور"), ("همتایشان", "همتا"),
    ("زندگی‌اش", "زندگی"),
    # comparatives
    ("بزرگ‌تر", "بزرگ"), ("مهم‌ترین", "مهم"), ("بیشتر", "بیش"), ("کمترین", "کم"), ("بهترین", "بهتر"),
    # simple verbs
    ("می‌رود", "رفت"), ("نمی‌رفتند", "رفت"), ("رفته‌اند", "رفت"), ("برود", "رفت"), ("نرفته", "رفت"),
    ("می‌گوید", "گفت"),
    ("گفتند", "گفت"), ("می‌کنند", "کرد"), ("کرده‌اند", "کرد"), ("می‌شود", "شد"), ("خواهد", "خواست"),
    ("می‌دهد", "داد"),
    ("بیاید", "آمد"), ("نیاورد", "آورد"), ("بیفزاید", "افزود"), ("می‌خواهم", "خواست"),
    ("گفته‌شده", "گفت"),
    ("گرفته‌شده", "گرفت"), ("گفته‌است", "گفت"), ("نیست", "بود"), ("باشد", "بود"),
    # prefixed verbs
    ("برمی‌گردد", "برگشت"), ("بازگشته", "بازگشت"), ("درنیافت", "دریافت"), ("فروریخت", "فروریخت"),
    ("بازنگشتند", "بازگشت"),
    # spelling
    ("امریکا", "آمریکا"), ("گفتگو", "گفت‌وگو"), ("هیات", "هیئت"), ("هیأت", "هیئت"), ("مساله", "مسئله"),
]  # fmt: skip

NEVER_STRIPPED = [
    "ایران", "عمان", "بحرین", "لبنان", "آلمان", "تهران", "امارات", "برجام", "ناتو", "سلطان",
    "سازمان", "میدان", "زبان", "جهان", "انسان", "عملیات", "دوران", "رهبری", "نظامی", "همکاری",
    "سیاسی", "آزادی", "ایرانی", "روسی", "فرانسوی", "دفتر", "دختر", "زمین", "قانون", "امکان",
    "ملاقات", "حیات", "برای", "تنها", "رای", "یکی", "شوروی", "هسته‌ای", "منطقه‌ای",
    "بین‌المللی", "کشتی", "گیلان", "کرمان", "مازندران", "خراسان",
    "ظهران", "عجمان", "دمام", "نانت", "خوست", "شوشتر", "گراش", "اینتر", "اینترانت", "فراروی",
]  # fmt: skip


@pytest.fixture(scope="module")
def morphology(lexicon: Lexicon) -> Morphology:
    return Morphology(lexicon)


@pytest.mark.parametrize(("form", "lemma"), LEMMAS)
def test_lemma(morphology: Morphology, form: str, lemma: str) -> None:
    assert morphology.lemma(fold(form)) == fold(lemma)


@pytest.mark.parametrize("word", NEVER_STRIPPED)
def test_names_and_words_of_their_own_lose_nothing(morphology: Morphology, word: str) -> None:
    assert morphology.lemma(fold(word)) == fold(word)


@pytest.mark.parametrize("stem", ["نامه", "خانه", "نقطه"])
def test_a_written_border_decides_between_indefinite_and_plural(morphology: Morphology, stem: str) -> None:
    letters = fold(stem) + "ای"
    assert morphology.lemma(letters, len(stem)) == fold(stem)


def test_a_plural_border_makes_a_plural(morphology: Morphology) -> None:
    assert morphology.lemma("خانهای", len("خان")) == "خان"


def test_an_unknown_word_has_no_lemma(morphology: Morphology) -> None:
    assert morphology.lemma("ژژژژ") is None


def test_the_lemma_of_a_lemma_is_itself(lexicon: Lexicon, morphology: Morphology) -> None:
    lemmas = {morphology.lemma(key) for key in (*lexicon.words, *lexicon.verbs, *lexicon.lemmas)} - {None}
    assert {lemma: again for lemma in lemmas if lemma and (again := morphology.lemma(lemma)) != lemma} == {}
