"""Every row of the tables is told in one shape, and nothing in it is told twice."""

import re

import pytest

from analyzers.countries import country_labels
from analyzers.profiles import Variant, find_profile, profiles

KINDS = ("country", "place", "organization", "person", "topic")
YEARS = re.compile(r"\d{4}-\d{4}|\d{4}-|-\d{4}|\d{4}")


@pytest.mark.parametrize(
    ("kind", "id_", "told"),
    [
        ("topic", "sanctions", ("تحریم", "Sanctions", "", (), (), "")),
        ("country", "IR", ("ایران", "Iran", "", (), (), "")),
        ("country", "KR", ("کره جنوبی", "South Korea", "", (), (), "")),
        (
            "person",
            "abbas-araghchi",
            (
                "عباس عراقچی",
                "Abbas Araghchi",
                "",
                ("وزیر امور خارجه ایران", "معاون وزیر امور خارجه و مذاکره‌کننده هسته‌ای"),
                ("2013-2021", "2024-"),
                "IR",
            ),
        ),
        ("organization", "iaea", ("آژانس بین‌المللی انرژی اتمی", "IAEA", "سازمان بین‌المللی", (), (), "")),
        ("place", "strait-of-hormuz", ("تنگه هرمز", "Strait of Hormuz", "دریا و آبراه", (), (), "")),
        ("place", "isfahan", ("اصفهان", "Isfahan", "شهر", (), (), "IR")),
    ],
)
def test_a_profile_says_who_or_what_it_is(kind: str, id_: str, told: tuple[object, ...]) -> None:
    profile = find_profile(kind, id_)
    assert profile is not None
    known = (profile.label, profile.latin, profile.kind, profile.roles, profile.years, profile.country)
    assert known == told


def test_variants_say_how_they_name() -> None:
    russia = find_profile("country", "RU")
    lavrov = find_profile("person", "sergey-lavrov")
    assert russia is not None
    assert lavrov is not None
    assert {
        Variant("فدراسیون روسیه", "name"),
        Variant("شوروی", "historic"),
        Variant("روسی", "demonym"),
        Variant("کرملین", "metonym"),
    } <= set(russia.variants)
    assert {variant.via for variant in lavrov.variants} >= {"name", "latin"}


@pytest.mark.parametrize(
    ("kind", "id_"), [("person", "nobody"), ("country", "ir"), ("source", "ایسنا"), ("topic", "weather")]
)
def test_what_no_table_holds_has_no_profile(kind: str, id_: str) -> None:
    assert find_profile(kind, id_) is None


def test_every_profile_is_whole() -> None:
    assert list(profiles("source")) == []
    told = [(kind, profile) for kind in KINDS for profile in profiles(kind)]
    assert len({(profile.type, profile.id) for _, profile in told}) == len(told) > 4000
    for kind, profile in told:
        id_ = profile.id
        assert profile.type == kind
        assert find_profile(kind, id_) == profile
        assert profile.label
        assert profile.label not in {variant.text for variant in profile.variants}, id_
        assert len({variant.text for variant in profile.variants}) == len(profile.variants), id_
        assert not profile.country or profile.country in country_labels(), id_
        assert all(YEARS.fullmatch(years) for years in profile.years), id_
        assert profile.latin or kind == "organization", id_
