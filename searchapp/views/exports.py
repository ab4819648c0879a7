"""Whole result sets as files for spreadsheets and programs, sent while they are read."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from http import HTTPStatus
from threading import BoundedSemaphore
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, request

from indexer.engine import Hit
from searchapp.library import Library
from searchapp.periods import jalali_iso
from searchapp.retrieval import DateProblemError
from searchapp.views import api, parameters
from searchapp.views.filters import article_url

_BOM = "\ufeff"
_LONGEST_NAME = 60
_BUSY_SECONDS = 10
# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), full-width forms included.
_FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠]")

Writer = Callable[[Iterator["ExportedParagraph"]], Iterator[str]]


class ExportedParagraph(msgspec.Struct, frozen=True):
    """A row of an export; the lists hold labels as the facets show them."""

    article_id: str
    paragraph: int
    title: str
    date: str
    date_jalali: str
    source: str
    category: str
    heading: str
    text: str
    countries: list[str]
    places: list[str]
    people: list[str]
    organizations: list[str]
    topics: list[str]
    score: float
    url: str
    link: str


def blueprint(library: Library) -> Blueprint:
    """Make the routes; half of the server's threads at most send exports, so that searching goes on."""
    routes = Blueprint("exports", __name__)
    room = BoundedSemaphore(max(1, library.settings.web.threads // 2))

    def exported(suffix: str, mimetype: str, written: Writer) -> Response:
        """Answer with all that is asked for, as ``written`` writes it."""
        if not room.acquire(blocking=False):
            refusal = api.error(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "other exports are still being sent")
            refusal.headers["Retry-After"] = str(_BUSY_SECONDS)
            return refusal
        with ExitStack() as leaving:
            leaving.callback(room.release)
            asked = parameters.read(request.args, library.settings.search.page_size)
            base = request.host_url
            rows = (_row(hit, base) for hit in library.service().export(asked))
            # The room is left once: at the last row, or when whoever reads goes away before.
            left = leaving.pop_all().close
            answer = Response(_followed(map(str.encode, written(rows)), left), mimetype=mimetype)
            answer.call_on_close(left)
            # Persian in a file's name is written as RFC 8187 says; the plain name is for who knows it not.
            name = f"rasad.{suffix}; filename*=UTF-8''{quote(_file_name(asked.q))}.{suffix}"
            answer.headers["Content-Disposition"] = f"attachment; filename={name}"
            return answer

    @routes.get("/export.csv")
    def export_csv() -> Response:
        return exported("csv", "text/csv", table)

    @routes.get("/export.jsonl")
    def export_jsonl() -> Response:
        return exported("jsonl", "application/x-ndjson", lines)

    @routes.errorhandler(parameters.ParameterError)
    @routes.errorhandler(DateProblemError)
    def refused(problem: Exception) -> Response:
        return api.error(HTTPStatus.BAD_REQUEST, "invalid_parameter", str(problem))

    return routes


def table(rows: Iterator[ExportedParagraph]) -> Iterator[str]:
    """Write rows as CSV as spreadsheets read it: a header, a byte order mark, and nothing to compute."""
    yield _BOM + _csv_line(ExportedParagraph.__struct_fields__)
    for row in rows:
        yield _csv_line([_cell(getattr(row, name)) for name in ExportedParagraph.__struct_fields__])


def lines(rows: Iterator[ExportedParagraph]) -> Iterator[str]:
    """Write a JSON object a line."""
    for row in rows:
        yield msgspec.json.encode(row).decode() + "\n"


def _followed(pieces: Iterator[bytes], end: Callable[[], None]) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        end()


def _row(hit: Hit, base: str) -> ExportedParagraph:
    stored = hit.document

    def labels(kind: str) -> list[str]:
        return list(dict.fromkeys(entity.label for entity in stored.entities if entity.type == kind))

    return ExportedParagraph(
        article_id=hit.article_id,
        paragraph=hit.number,
        title=stored.title,
        date=stored.date.isoformat() if stored.date else "",
        date_jalali=jalali_iso(stored.date) if stored.date else "",
        source=stored.source,
        category=stored.category,
        heading=stored.heading,
        text=stored.text,
        countries=labels("country"),
        places=labels("place"),
        people=labels("person"),
        organizations=labels("organization"),
        topics=[topic.label for topic in stored.topics],
        score=round(hit.score, 4),
        url=stored.url,
        link=base.rstrip("/") + article_url(hit.article_id, hit.number),
    )


def _cell(value: object) -> str:
    r"""Write a value so that a spreadsheet shows it and computes nothing.

    >>> _cell("=1+1"), _cell(["روسیه", "ایران"]), _cell(-2)
    ("'=1+1", 'روسیه؛ ایران', '-2')
    """
    if isinstance(value, int | float):
        return str(value)
    text = "؛ ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _file_name(question: str) -> str:
    """Name a file after a question, with nothing in it that a file's name may not hold.

    >>> _file_name('کشور:روسیه "../a"'), _file_name("؟")
    ('rasad-کشور-روسیه-a', 'rasad')
    """
    words = re.findall(r"[^\W_]+", question[: 4 * _LONGEST_NAME])
    return "-".join(["rasad", *words])[:_LONGEST_NAME].rstrip("-")
