"""Surnames that stand for one person and are also borne by others, in sentences as news writes them."""

import pytest

from analyzers.entities import Mentions


@pytest.fixture(scope="module")
def people(finder, analyzer):
    def ids(*texts):
        mentions = Mentions()
        return [
            [
                entity.id if entity.id.isascii() else entity.label
                for entity in finder.find(text, analyzer.analyze(text), mentions)
                if entity.type == "person"
            ]
            for text in texts
        ]

    return ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("کایا کالاس به تهران آمد", ["kaja-kallas"]),
        ("کالاس با عراقچی گفت‌وگو کرد", ["kaja-kallas", "abbas-araghchi"]),
        ("ماریا کالاس خواننده اپرا بود", ["ماریا کالاس"]),
        ("ماریا کالاس خواننده بود و کالاس در پاریس درگذشت", ["ماریا کالاس", "ماریا کالاس"]),
        ("ترامپ سخن گفت", ["donald-trump"]),
        ("ملانیا ترامپ همسر ترامپ است", ["melania-trump", "donald-trump"]),
        ("یائیر نتانیاهو پسر نتانیاهو است", ["یائیر نتانیاهو", "یائیر نتانیاهو"]),
        ("سید مصطفی خامنه‌ای و سیدمصطفی خامنه‌ای", ["مصطفی خامنه‌ای", "مصطفی خامنه‌ای"]),
        ("هادی خامنه‌ای گفت", ["hadi-khamenei"]),
        ("محمدباقر قالیباف آمد", ["mohammad-bagher-ghalibaf"]),
        ("حسن قالیباف اصل رئیس بورس شد", ["حسن قالیباف اصل"]),
        ("حسین کنعانی‌مقدم گفت", ["حسین کنعانی‌مقدم"]),
        ("ناصر کنعانی سخنگو بود", ["nasser-kanaani"]),
        ("مایکل بلومبرگ شهردار نیویورک بود", ["michael-bloomberg"]),
        ("به گزارش بلومبرگ نفت گران شد", []),
        ("کریم خان دادستان دیوان کیفری بین‌المللی است", ["karim-khan"]),
        ("کریم خان زند در شیراز حکومت کرد", ["کریم خان زند"]),
        ("خیابان کریم‌خان زند بسته شد", []),
    ],
)
def test_a_given_name_tells_a_listed_person_from_others(people, text, names):
    assert people(text) == [names]


def test_a_surname_is_whom_the_article_named_last_also_where_it_stands_for_one_alone(people):
    assert people(
        "خامنه‌ای پیام داد",
        "آیت‌الله سید مجتبی خامنه‌ای رهبر شد",
        "خامنه‌ای گفت",
        "سید علی خامنه‌ای رهبر پیشین بود",
        "خامنه‌ای گفته بود",
        "شهید خامنه‌ای",
    ) == [
        ["ali-khamenei"],
        ["mojtaba-khamenei"],
        ["mojtaba-khamenei"],
        ["ali-khamenei"],
        ["ali-khamenei"],
        ["ali-khamenei"],
    ]


def test_a_surname_is_an_unlisted_persons_until_the_article_names_the_listed_one(people):
    assert people("ماریا کالاس درگذشت", "کالاس گفت", "کایا کالاس آمد", "کالاس گفت") == [
        ["ماریا کالاس"],
        ["ماریا کالاس"],
        ["kaja-kallas"],
        ["kaja-kallas"],
    ]
