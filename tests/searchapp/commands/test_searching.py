import os
import subprocess
from pathlib import Path

import pytest

from ...conftest import RASAD
from .conftest import Run, summary


def test_search_prints_what_the_api_answers(indexed: Run) -> None:
    answer = summary(indexed("search", "تحریم", "--json"))
    assert {"query", "total", "results", "facets", "timeline", "suggestions", "interpretation"} <= set(answer)
    shown = indexed("search", "تحریم").stdout
    assert "۱ بند در ۱ خبر" in shown
    assert "تحریم‌ها" in shown
    assert "\x1b" not in shown
    assert "چیزی پیدا نشد" in indexed("search", "قسطنطنیه").stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("تحریم رایزنی روسیه", "با همه یا بخش مهمی از واژه‌های پرسش"),
        ("تحریم قسطنطنیه", "هیچ بندی همهٔ واژه‌ها را ندارد"),
        ("تحریم", None),
    ],
)
def test_search_says_which_words_were_needed(indexed: Run, question: str, said: str | None) -> None:
    shown = indexed("search", question).stdout
    assert "۱ بند در ۱ خبر" in shown
    for sentence in ("بخش مهمی از واژه‌های پرسش", "هیچ بندی"):
        assert (sentence in shown) is (said is not None and sentence in said)
    assert said is None or said in shown


def test_search_narrows_by_name_or_id_and_excludes(indexed: Run) -> None:
    for value, total in (("روسیه", 1), ("RU", 1), ("CN", 0), ("-RU", 0), ("-روسیه", 0)):
        assert summary(indexed("search", "تحریم", f"--country={value}", "--json"))["total"] == total
    assert "«نارنیا» شناسهٔ هیچ کشوری نیست." in indexed("search", "تحریم", "--country", "نارنیا").stdout
    assert "دیروز" in indexed("search", "تحریم", "--from", "دیروز", status=1).stderr


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_reads_no_further_is_no_failure(rasad: Run, corpus: Path, options: list[str]) -> None:
    rasad("index")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [RASAD, "search", "تحریم", *options],
            cwd=corpus.parent,
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
