from searchapp.models import TimelineBucket
from searchapp.views.timeline import HEIGHT, STEP, draw


def buckets(**counts: int) -> list[TimelineBucket]:
    return [TimelineBucket(key[1:].replace("_", "-"), "", count) for key, count in counts.items()]


def test_time_runs_on_with_its_gaps() -> None:
    band = draw(buckets(m1400_11=4, m1401_02=8), lambda key: f"/{key}")
    assert band is not None
    assert (band.width, band.first, band.last) == (4 * STEP, "بهمن ۱۴۰۰", "اردیبهشت ۱۴۰۱")
    assert [(bar.x, bar.height, bar.count, bar.url) for bar in band.bars] == [
        (0, HEIGHT // 2, 4, "/1400-11"),
        (3 * STEP, HEIGHT, 8, "/1401-02"),
    ]


def test_one_month_needs_no_drawing() -> None:
    assert draw(buckets(m1401_02=8), str) is None
    assert draw([], str) is None


def test_many_months_become_years() -> None:
    band = draw(buckets(m1380_01=1, m1380_09=2, m1401_02=8), str)
    assert band is not None
    assert [(bar.label, bar.count, bar.url) for bar in band.bars] == [
        ("۱۳۸۰", 3, "1380"),
        ("۱۴۰۱", 8, "1401"),
    ]
    assert band.width == 22 * STEP
