"""Whoosh's own searcher must not be able to tell our codec from its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from whoosh import columns, fields, formats
from whoosh import query as q
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.query import spans
from whoosh.reading import TermNotFound

from indexer.engines.columnar.codec_writing import UnsupportedFieldError
from indexer.engines.columnar.format import CorruptFileError
from indexer.engines.columnar.index import ColumnarIndex

from .corpora import TAGS, WORDS, documents, schema

w = WORDS
DELETED = (5, 77, 305, 699)


def fill(index: FileIndex) -> None:
    """Three segments, with deletions in each."""
    rows = list(documents(700))
    for start, end in ((0, 300), (300, 310), (310, 700)):
        writer = index.writer()
        for row in rows[start:end]:
            writer.add_document(**row)
        writer.commit(merge=False)
    writer = index.writer()
    for number in DELETED:
        writer.delete_by_term("id", str(number))
    writer.commit(merge=False)


@pytest.fixture(scope="module", params=["segments", "merged"])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Any]]:
    """A searcher of the stock codec and one of ours over the same documents."""
    stock = RamStorage().create_index(schema())
    ours = ColumnarIndex.create(FileStorage(str(tmp_path_factory.mktemp("index"))), schema())
    for index in (stock, ours):
        fill(index)
        if request.param == "merged":
            index.optimize()
    with stock.searcher() as a, ours.searcher() as b:
        yield a, b


QUERIES = [
    q.Term("text", w[0]),
    q.Term("text", w[50], boost=2.5),
    q.Term("tags", TAGS[0]),
    q.Term("text", "نیست"),
    q.And([q.Term("text", w[1]), q.Term("text", w[7]), q.Term("title", w[3])]),
    q.Or([q.Term("text", w[1]), q.Term("text", w[40]), q.Term("title", w[40])]),
    q.And([q.Term("text", w[1]), q.Not(q.Term("tags", TAGS[1]))]),
    q.AndNot(q.Term("text", w[2]), q.Term("tags", TAGS[2])),
    q.AndMaybe(q.Term("text", w[30]), q.Term("title", w[3])),
    q.DisjunctionMax([q.Term("text", w[4]), q.Term("title", w[4])]),
    q.Phrase("text", [w[0], w[1]]),
    q.Phrase("text", [w[0], w[1], w[2]], slop=4),
    spans.SpanNear2([q.Term("text", w[3]), q.Term("text", w[1])], slop=3, ordered=False),
    spans.SpanFirst(q.Term("text", w[0]), limit=2),
    q.Prefix("text", "واژه1"),
    q.Wildcard("text", "واژه?2"),
    q.Regex("text", "واژه[34]5"),
    q.FuzzyTerm("text", "واژه11", maxdist=1, prefixlength=3),
    q.TermRange("text", w[20], w[25]),
    q.NumericRange("day", 200, 400),
    q.ConstantScoreQuery(q.Term("text", w[9]), 3.0),
    q.Every(),
    q.Every("tags"),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
@pytest.mark.parametrize("limit", [7, None])
def test_the_same_documents_and_scores(pair: tuple[Any, Any], query: q.Query, limit: int | None) -> None:
    stock, ours = pair
    expected = [(hit.docnum, hit.score) for hit in stock.search(query, limit=limit)]
    found = [(hit.docnum, hit.score) for hit in ours.search(query, limit=limit)]
    assert [docnum for docnum, _ in found] == [docnum for docnum, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])


def test_required_terms_do_not_score(pair: tuple[Any, Any]) -> None:
    # Without a limit only: with one, Whoosh fails an assertion of its own, whichever the codec.
    query = q.Require(q.Term("text", w[4]), q.Term("tags", TAGS[3]))
    expected, found = ({hit.docnum: hit.score for hit in s.search(query, limit=None)} for s in pair)
    assert found == pytest.approx(expected)


def test_the_same_terms_and_postings(pair: tuple[Any, Any]) -> None:
    stock, ours = (searcher.reader() for searcher in pair)
    assert list(ours.all_terms()) == list(stock.all_terms())
    # Formats without values give None through one codec and b"" through the other; both mean the same.
    expected = [(*posting[:4], posting[4] or b"") for posting in stock.iter_postings()]
    assert [(*posting[:4], posting[4] or b"") for posting in ours.iter_postings()] == expected


def test_the_same_facts_of_every_term(pair: tuple[Any, Any]) -> None:
    stock, ours = (searcher.reader() for searcher in pair)
    facts = ("weight", "doc_frequency", "min_length", "max_length", "max_weight", "min_id", "max_id")
    for term in stock.all_terms():
        expected, found = stock.term_info(*term), ours.term_info(*term)
        assert [getattr(found, fact)() for fact in facts] == [getattr(expected, fact)() for fact in facts]
        assert ours.frequency(*term) == stock.frequency(*term)
        assert ours.doc_frequency(*term) == stock.doc_frequency(*term)


def test_the_same_documents(pair: tuple[Any, Any]) -> None:
    stock, ours = (searcher.reader() for searcher in pair)
    assert list(ours.all_stored_fields()) == list(stock.all_stored_fields())
    assert list(ours.all_doc_ids()) == list(stock.all_doc_ids())
    for field in ("text", "title", "tags"):
        for measure in ("field_length", "min_field_length", "max_field_length"):
            if field != "tags":
                assert getattr(ours, measure)(field) == getattr(stock, measure)(field)
        lengths = [ours.doc_field_length(docnum, field) for docnum in ours.all_doc_ids()]
        assert lengths == [stock.doc_field_length(docnum, field) for docnum in stock.all_doc_ids()]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_same_order_by_a_column(pair: tuple[Any, Any], reverse: bool) -> None:
    orders = [
        [hit.docnum for hit in searcher.search(q.Every(), sortedby="day", reverse=reverse, limit=None)]
        for searcher in pair
    ]
    assert orders[0] == orders[1]


@pytest.mark.parametrize("text", ["واژه", "واژه111", "قاژه9"])
def test_the_same_suggestions(pair: tuple[Any, Any], text: str) -> None:
    stock, ours = pair
    assert ours.suggest("text", text, maxdist=2, prefix=0) == stock.suggest("text", text, maxdist=2, prefix=0)


def test_blocks_can_be_skipped_to_a_target(pair: tuple[Any, Any]) -> None:
    _, ours = pair
    postings = ours.reader().postings("text", w[0].encode())
    everyone = list(postings.copy().all_ids())
    for target in everyone[:: len(everyone) // 9]:
        postings.skip_to(target)
        assert postings.id() == target
    postings.skip_to(everyone[-1] + 1)
    assert not postings.is_active()


def test_an_unknown_term_raises_what_whoosh_expects(pair: tuple[Any, Any]) -> None:
    reader = pair[1].reader()
    assert ("text", b"no") not in reader
    assert reader.frequency("text", "no") == 0
    with pytest.raises(TermNotFound):
        reader.postings("text", "no")
    with pytest.raises(TermNotFound):
        reader.term_info("text", "no")


def test_boosts_are_kept_with_the_frequencies() -> None:
    stock = RamStorage().create_index(schema())
    ours = ColumnarIndex.create(RamStorage(), schema())
    for index in (stock, ours):
        with index.writer() as writer:
            writer.add_document(id="a", text="صلح صلح جنگ", _text_boost=2.5)
            writer.add_document(id="b", text="صلح")
    query = q.Term("text", "صلح")
    with stock.searcher() as a, ours.searcher() as b:
        expected = [(hit["id"], hit.score) for hit in a.search(query)]
        assert [(hit["id"], hit.score) for hit in b.search(query)] == expected
        assert b.frequency("text", "صلح") == 6.0


@pytest.mark.parametrize(
    "field",
    [
        fields.TEXT(chars=True),
        fields.TEXT(vector=True),
        fields.FieldType(formats.PositionBoosts(), fields.TEXT().analyzer),
        fields.TEXT(sortable=columns.PickleColumn(columns.VarBytesColumn())),
    ],
    ids=["characters", "vectors", "position boosts", "pickled column"],
)
def test_what_is_not_kept_is_refused(field: fields.FieldType) -> None:
    index = ColumnarIndex.create(RamStorage(), fields.Schema(text=field))
    writer = index.writer()
    with pytest.raises(UnsupportedFieldError):  # noqa: PT012 - some refuse at once, some on commit
        writer.add_document(text="صلح")
        writer.commit()


def test_an_index_of_another_schema_is_refused() -> None:
    storage = RamStorage()
    ColumnarIndex.create(storage, schema())
    with pytest.raises(CorruptFileError, match="another schema"):
        ColumnarIndex(storage, fields.Schema(text=fields.TEXT()))
    with pytest.raises(EmptyIndexError):
        ColumnarIndex(RamStorage(), schema())


def test_a_reader_keeps_its_state_while_the_index_moves_on() -> None:
    index = ColumnarIndex.create(RamStorage(), schema())
    fill(index)
    searcher = index.searcher()
    before = [hit.docnum for hit in searcher.search(q.Term("text", w[3]), limit=None)]
    with index.writer() as writer:
        writer.delete_by_term("tags", TAGS[0])
    assert [hit.docnum for hit in searcher.search(q.Term("text", w[3]), limit=None)] == before
    assert 0 < index.doc_count() < searcher.doc_count() == 696


def test_no_pickle_is_written(tmp_path: Any) -> None:
    index = ColumnarIndex.create(FileStorage(str(tmp_path)), schema())
    fill(index)
    names = {path.suffix for path in tmp_path.iterdir()}
    assert names - {""} == {".toc", ".postings", ".documents"}  # the lock has no suffix
    for path in tmp_path.iterdir():
        # Protocols 2 and up begin with 0x80 and the protocol and end with a full stop.
        data = path.read_bytes()
        assert not any(data.startswith(bytes([0x80, protocol])) for protocol in range(2, 6))
