import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.format import SectionFile, SectionWriter
from indexer.engines.columnar.postings import FieldPostings, InvertedField, write_postings

from .test_format import Kept

# term -> document -> its positions
Index = dict[str, dict[int, list[int]]]

positions = st.lists(st.integers(0, 70_000), min_size=1, max_size=6, unique=True).map(sorted)
indexes = st.dictionaries(
    st.text(min_size=1, max_size=5),
    st.dictionaries(st.integers(0, 199), positions, min_size=1, max_size=12),
    min_size=1,
    max_size=8,
)


def invert(index: Index) -> InvertedField:
    terms = sorted(index, key=str.encode)
    postings = [(doc, index[term][doc]) for term in terms for doc in sorted(index[term])]
    return InvertedField(
        terms=[term.encode() for term in terms],
        document_counts=np.array([len(index[term]) for term in terms]),
        documents=np.array([doc for doc, _ in postings]),
        frequencies=np.array([len(places) for _, places in postings]),
        positions=np.array([place for _, places in postings for place in places], np.uint32),
    )


def stored(index: Index, document_count: int = 200) -> FieldPostings:
    file = Kept()
    writer = SectionWriter(file)
    write_postings(writer, "text", invert(index), document_count)
    writer.close()
    return FieldPostings(SectionFile(file.data, "x"), "text", document_count)


# 200 documents make a term dense from its fourth document on; 20,000 make every term rare.
@pytest.mark.parametrize("document_count", [200, 20_000])
@given(index=indexes)
def test_postings_come_back_as_they_were_written(document_count: int, index: Index) -> None:
    field = stored(index, document_count)
    assert [term.decode() for term in field.terms] == sorted(index, key=str.encode)
    for number, term in enumerate(sorted(index, key=str.encode)):
        by_document = index[term]
        assert field.count(number) == len(by_document)
        assert field.documents(number).tolist() == sorted(by_document)
        assert (field.frequencies(number) + 1).tolist() == [
            len(by_document[doc]) for doc in sorted(by_document)
        ]
        assert field.positions(number).tolist() == [
            p for doc in sorted(by_document) for p in by_document[doc]
        ]
        assert field.occurrences(number) == sum(map(len, by_document.values()))
        assert field.weights(number) is None
        chosen = np.arange(0, len(by_document), 2)
        some, counts = field.positions_at([number], [chosen])
        documents = [sorted(by_document)[i] for i in chosen]
        assert some.tolist() == [p for doc in documents for p in by_document[doc]]
        assert counts.tolist() == [len(by_document[doc]) for doc in documents]
        assert (field.frequencies_at(number, chosen) + 1).tolist() == counts.tolist()


@given(index=indexes.filter(bool), data=st.data())
def test_positions_of_several_terms_are_those_of_each(index: Index, data: st.DataObject) -> None:
    field = stored(index)
    terms = sorted(data.draw(st.lists(st.integers(0, len(index) - 1), min_size=1, max_size=5)))
    chosen = [np.arange(0, field.count(term), 2) for term in terms]
    each = [field.positions_at([term], [places]) for term, places in zip(terms, chosen, strict=True)]
    positions, counts = field.positions_at(terms, chosen)
    assert positions.tolist() == [place for some, _ in each for place in some.tolist()]
    assert counts.tolist() == [count for _, some in each for count in some.tolist()]


@given(index=indexes, data=st.data())
def test_a_range_of_terms_reads_as_its_terms_do(index: Index, data: st.DataObject) -> None:
    field = stored(index)
    first = data.draw(st.integers(0, len(index)))
    last = data.draw(st.integers(first, len(index)))
    expected = [doc for number in range(first, last) for doc in field.documents(number).tolist()]
    assert field.documents_between(first, last).tolist() == expected


@given(index=indexes)
def test_a_field_reads_back_whole(index: Index) -> None:
    expected, read = invert(index), stored(index).inverted()
    assert read.terms == expected.terms
    for name in ("document_counts", "documents", "frequencies", "positions"):
        assert getattr(read, name).tolist() == getattr(expected, name).tolist()


@given(index=indexes, key=st.text(max_size=5))
def test_terms_and_prefixes_are_found_by_bytes(index: Index, key: str) -> None:
    dictionary = stored(index).terms
    terms, wanted = list(dictionary), key.encode()
    assert dictionary.find(wanted) == (terms.index(wanted) if wanted in terms else -1)
    first, last = dictionary.prefix_range(wanted)
    assert terms[first:last] == [term for term in terms if term.startswith(wanted)]
    assert list(dictionary.between(first, last)) == terms[first:last]
    assert [dictionary.find(term) for term in terms] == list(range(len(terms)))


def test_document_numbers_beyond_sixteen_bits_are_kept() -> None:
    field = stored({"a": {70_000: [1]}, "b": {doc: [0] for doc in range(0, 90_000, 2)}}, 100_000)
    assert field.documents(0).tolist() == [70_000]
    assert field.documents(1).tolist() == list(range(0, 90_000, 2))
