"""The engines that Rasad is put beside, each given the same terms: stock Whoosh, SQLite's FTS5, Tantivy.

Every engine answers a question with its ten best paragraphs, their stored texts, and how many matches each
country has.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from paragraphs import Flat
from whoosh import analysis, fields, index, query, sorting

try:
    import tantivy
except ImportError:
    tantivy = None

KINDS = ("or", "and", "phrase", "prefix")
_TOP = 10


class Peer(Protocol):
    """An engine that can index terms and answer questions."""

    name: str

    def build(self, folder: Path, paragraphs: Iterable[Flat]) -> None:
        """Index the paragraphs in a folder."""

    def open(self, folder: Path) -> None:
        """Open what was built."""

    def ask(self, kind: str, terms: list[str]) -> tuple[list[str], dict[str, int]]:
        """Answer with the texts of the ten best paragraphs and the countries' counts."""


class Whoosh:
    """Whoosh as it comes: its own codec, its own matchers."""

    name = "Whoosh"

    def build(self, folder: Path, paragraphs: Iterable[Flat]) -> None:
        words = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(
            words=fields.TEXT(analyzer=words), text=fields.STORED(), country=fields.ID(sortable=True)
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for paragraph in paragraphs:
            writer.add_document(
                words=" ".join(paragraph.terms), text=paragraph.text, country=paragraph.country
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, kind: str, terms: list[str]) -> tuple[list[str], dict[str, int]]:
        each = [query.Term("words", term) for term in terms]
        asked = {
            "or": query.Or(each),
            "and": query.And(each[:3]),
            "phrase": query.Phrase("words", terms[:2]),
            "prefix": query.Prefix("words", terms[0][:3]),
        }[kind]
        found = self._searcher.search(asked, limit=_TOP, groupedby="country", maptype=sorting.Count)
        return [hit["text"] for hit in found], dict(found.groups("country"))


class Fts5:
    """SQLite's full-text index, with the countries in a table beside it."""

    name = "FTS5"

    def build(self, folder: Path, paragraphs: Iterable[Flat]) -> None:
        database = sqlite3.connect(folder / "fts.db")
        database.execute("pragma journal_mode = off")
        database.execute("pragma synchronous = off")
        tokenizer = "unicode61 remove_diacritics 0 tokenchars '_'"
        database.execute(f'create virtual table words using fts5(terms, content="", tokenize="{tokenizer}")')
        database.execute("create table paragraph (id integer primary key, text, country)")
        for number, paragraph in enumerate(paragraphs):
            row = (number, paragraph.text, paragraph.country)
            database.execute(
                "insert into words (rowid, terms) values (?, ?)", (row[0], " ".join(paragraph.terms))
            )
            database.execute("insert into paragraph values (?, ?, ?)", row)
        database.execute("insert into words (words) values ('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.db")

    def ask(self, kind: str, terms: list[str]) -> tuple[list[str], dict[str, int]]:
        quoted = [f'"{term}"' for term in terms]
        asked = {
            "or": " OR ".join(quoted),
            "and": " AND ".join(quoted[:3]),
            "phrase": f'"{" ".join(terms[:2])}"',
            "prefix": f'"{terms[0][:3]}"*',
        }[kind]
        best = self._database.execute(
            "select text from (select rowid from words where words match ? order by rank limit ?) as w"
            " join paragraph on paragraph.id = w.rowid",
            (asked, _TOP),
        ).fetchall()
        counts = self._database.execute(
            "select country, count(*) from words join paragraph on paragraph.id = words.rowid"
            " where words match ? group by country",
            (asked,),
        ).fetchall()
        return [text for (text,) in best], dict(counts)


class Tantivy:
    """Lucene's design in Rust, through its Python binding."""

    name = "Tantivy"

    def build(self, folder: Path, paragraphs: Iterable[Flat]) -> None:
        writer = self._index(folder).writer(256_000_000, 2)
        for paragraph in paragraphs:
            writer.add_document(
                tantivy.Document(
                    words=" ".join(paragraph.terms), text=paragraph.text, country=paragraph.country or "-"
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._opened = self._index(folder)
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def ask(self, kind: str, terms: list[str]) -> tuple[list[str], dict[str, int]]:
        schema = self._opened.schema
        each = [tantivy.Query.term_query(schema, "words", term) for term in terms]
        if kind == "or":
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in each])
        elif kind == "and":
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in each[:3]])
        elif kind == "phrase":
            asked = tantivy.Query.phrase_query(schema, "words", terms[:2]) if len(terms) > 1 else each[0]
        else:
            asked = tantivy.Query.regex_query(schema, "words", terms[0][:3] + ".*")
        found = self._searcher.search(asked, _TOP)
        texts = [self._searcher.doc(address)["text"][0] for _, address in found.hits]
        facet: Any = {"country": {"terms": {"field": "country", "size": 300}}}
        buckets = self._searcher.aggregate(asked, facet)["country"]["buckets"]
        return texts, {bucket["key"]: bucket["doc_count"] for bucket in buckets}

    def _index(self, folder: Path) -> Any:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("words", stored=False, tokenizer_name="words", index_option="position")
        schema.add_text_field("text", stored=True, index_option="basic", tokenizer_name="raw")
        schema.add_text_field("country", stored=False, fast=True, tokenizer_name="raw", index_option="basic")
        opened = tantivy.Index(schema.build(), str(folder))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        opened.register_tokenizer("words", words)
        return opened


PEERS: dict[str, type[Peer]] = {"whoosh": Whoosh, "fts5": Fts5, "tantivy": Tantivy}
INSTALLED = {name for name in PEERS if name != "tantivy" or tantivy is not None}


def folder_of(work: Path, name: str, count: int, *, fresh: bool) -> Path:
    """The folder that an engine keeps its index of ``count`` paragraphs in."""
    folder = work / f"{name}-{count}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder
