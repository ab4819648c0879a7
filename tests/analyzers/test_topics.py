import tomllib

import pytest

from analyzers.topics import DEFAULT_CUES, TopicFinder, TopicsError, topic_labels, without_people


@pytest.fixture(scope="module")
def topic_finder(analyzer):
    return TopicFinder(analyzer)


@pytest.fixture(scope="module")
def topics(analyzer, topic_finder):
    return lambda text: [topic.id for topic in topic_finder.find(analyzer.analyze(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تحریمهای تازه علیه مسکو", ["sanctions"]),
        ("تحريم‌ها برداشته شد", ["sanctions"]),
        ("رایزنی درباره غنی‌سازی", ["nuclear"]),
        ("غنی سازی از سر گرفته شد", ["nuclear"]),
        ("وزیرامورخارجه به بغداد رفت", ["diplomacy"]),
        ("آتش‌بس در مرز", ["war"]),
        ("لوله‌کشی نفت و صادرات پسته", ["energy", "trade"]),
        ("حمل و نقل کالا", ["transit"]),
        ("نشست کمیسیون حقوق بشر", ["human-rights"]),
        ("پناهجویان در ساحل", ["migration"]),
        ("انتخابات مجلس", ["elections"]),
        ("ارتش اسرائیل به غزه حمله کرد", ["war"]),
        ("ارتش روسیه به خارکیف حمله می‌کند", ["war"]),
        ("حمله ارتش ترکیه به شمال سوریه", ["war"]),
        ("قطعنامه و دبیرکل", ["organizations"]),
        # A vote or a referendum alone is no election
        ("رأی‌گیری در مجمع عمومی", []),
        ("همه‌پرسی استقلال کردستان برگزار شد", []),
        ("نامزدها در رأی‌گیری شرکت کردند", ["elections"]),
        # What is called like a cue and is something else
        ("حزب مخالف انتخابات را تحریم کرد", ["elections"]),
        ("نشست را تحریم کردند و نرفتند", []),
        ("آمریکا به سبب انتخابات دو شرکت را تحریم کرد", ["elections", "sanctions"]),
        ("رئیس‌جمهور به رسانه‌ها حمله کرد", []),
        ("ارتش از پهپاد تازه رونمایی کرد", []),
        ("اخراج مهاجران", ["migration"]),
        ("پهپاد مهاجر-۶ و مهاجر ۱۰", []),
        ("پرندگان مهاجر در تالاب", []),
        ("مهاجران و پهپاد مهاجر ۶", ["migration"]),
        ("استرداد مجرمان به ترکیه", ["consular"]),
        ("استرداد وجه به مشتری", []),
        ("پیمان دفاعی دو کشور", ["treaties"]),
        ("عهد و پیمان زناشویی", []),
        ("هوای امروز آفتابی است", []),
        ("", []),
    ],
)
def test_topics(topics, text, expected):
    assert sorted(topics(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("پیمان رضایی آمد", []),
        ("پیمان رضایی از پیمان دفاعی گفت", ["treaties"]),
        ("رافائل گروسی آمد", ["nuclear"]),
    ],
)
def test_of_a_persons_name_only_a_listed_surname_is_a_cue(analyzer, topic_finder, finder, text, expected):
    tokens = analyzer.analyze(text)
    people = finder.find(text, tokens)
    assert [topic.id for topic in topic_finder.find(without_people(tokens, people))] == expected


def test_cues_add_up_but_repeating_one_adds_nothing(topics):
    assert "organizations" not in topics("قطعنامه، قطعنامه و باز هم قطعنامه")
    assert "organizations" in topics("قطعنامه با وتو")
    assert "diplomacy" in topics("هیئت در این سفر نشست داشت")
    assert "diplomacy" not in topics("هیئت در این سفر بود")


def test_the_better_founded_topic_comes_first(topics):
    assert topics("نفت در سایه تحریم و مکانیسم ماشه")[0] == "sanctions"
    assert topics("تحریم نفت و گاز طبیعی")[0] == "energy"


def test_labels_are_in_both_languages():
    assert topic_labels()["sanctions"] == "تحریم"
    assert topic_labels("en")["sanctions"] == "Sanctions"
    labels = [*topic_labels().values(), *topic_labels("en").values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "cue",
    [
        (topic, cue)
        for topic, table in tomllib.loads(DEFAULT_CUES.read_text(encoding="utf-8")).items()
        for cue in table["decisive"]
    ],
    ids="-".join,
)
def test_every_decisive_cue_is_enough_in_any_spacing(topics, cue):
    topic, phrase = cue
    for spelling in (phrase, phrase.replace("\u200c", ""), phrase.replace("\u200c", " ")):
        assert topic in topics(spelling)


def test_there_are_subjects_enough_and_all_have_both_labels():
    assert len(topic_labels()) >= 25
    assert all(topic_labels().values())
    assert all(topic_labels("en").values())


def test_the_grounds_of_a_topic_are_its_cues_their_weights_and_the_threshold(analyzer, topic_finder):
    sanctions, *others = topic_finder.grounds(analyzer.analyze("تحریم دارایی و محدودیت‌ها"))
    assert sanctions.topic.id == "sanctions"
    assert sanctions.cues == [("تحریم", 6), ("دارایی", 2), ("محدودیت", 2)]
    assert (sanctions.score, sanctions.needed) == (10, 6)
    assert all(each.score < sanctions.score for each in others)
    assert topic_finder.grounds(analyzer.analyze("هوا آفتابی است")) == []


def test_a_file_may_set_a_topics_threshold(analyzer, tmp_path):
    path = tmp_path / "topics.toml"
    path.write_text(
        "[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['چای']\nweak = ['قند']\nthreshold = 8\n", encoding="utf-8"
    )
    topic_finder = TopicFinder(analyzer, path)
    assert topic_finder.find(analyzer.analyze("چای تلخ")) == []
    assert [topic.label for topic in topic_finder.find(analyzer.analyze("چای و قند"))] == ["چای"]


def test_no_cue_stands_twice_in_a_topic():
    for topic, table in tomllib.loads(DEFAULT_CUES.read_text(encoding="utf-8")).items():
        cues = [cue for strength in ("decisive", "strong", "weak") for cue in table[strength]]
        assert len(cues) == len(set(cues)), topic


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[a]\nfa = 'x'\n", "missing required field"),
        ("[a\n", "cues.toml"),
        ("[a]\nfa=''\nen=''\ndecisive=[]\nweek=[]\n", "week"),
    ],
)
def test_a_broken_file_is_refused_by_name(analyzer, tmp_path, content, complaint):
    path = tmp_path / "cues.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TopicsError, match=complaint):
        TopicFinder(analyzer, path)


def test_the_fingerprint_follows_the_cues(analyzer, topic_finder, tmp_path):
    path = tmp_path / "cues.toml"
    path.write_text(DEFAULT_CUES.read_text(encoding="utf-8"), encoding="utf-8")
    assert TopicFinder(analyzer, path).fingerprint == topic_finder.fingerprint
    path.write_text(path.read_text(encoding="utf-8").replace('"نطنز"', '"اصفهان"'), encoding="utf-8")
    assert TopicFinder(analyzer, path).fingerprint != topic_finder.fingerprint
