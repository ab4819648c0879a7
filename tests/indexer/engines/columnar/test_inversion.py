import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columnar.inversion import (
    LONGEST_TERM,
    FieldAccumulator,
    merge_inverted,
    stable_order,
)
from indexer.engines.columnar.postings import InvertedField
from indexer.preparation import PreparedField

words = st.sampled_from(["ایران", "روسیه", "چین", "تحریم", "a", "\ud800", "?", "ن" * (LONGEST_TERM + 1)])
# Positions ascend and may repeat: alternatives share one.
paragraph = st.lists(st.tuples(words, st.integers(0, 2)), max_size=12)
corpora = st.lists(paragraph, max_size=8)

Postings = dict[bytes, dict[int, list[int]]]


def placed(words: list[tuple[str, int]]) -> tuple[list[str], list[int]]:
    positions = np.cumsum([step for _, step in words]).tolist()
    return [word for word, _ in words], positions


def accumulated(corpus: list[list[tuple[str, int]]]) -> FieldAccumulator:
    """Take a corpus in, half of it at a time."""
    field = FieldAccumulator(positional=True)
    middle = len(corpus) // 2
    for part in (corpus[:middle], corpus[middle:]):
        field.add(prepared(part))
    return field


def prepared(corpus: list[list[tuple[str, int]]]) -> PreparedField:
    words = [word for paragraph in corpus for word, _ in paragraph]
    distinct = sorted(set(words))
    return PreparedField(
        terms=[word.encode("utf-8", "replace") for word in distinct],
        numbers=np.array([distinct.index(word) for word in words], np.uint8),
        counts=np.array([len(paragraph) for paragraph in corpus], np.uint8),
        positions=np.array([at for paragraph in corpus for at in placed(paragraph)[1]], np.uint8),
    )


def expected(corpus: list[list[tuple[str, int]]]) -> Postings:
    postings: Postings = {}
    for document, words in enumerate(corpus):
        for word, position in zip(*placed(words), strict=True):
            if len(word) <= LONGEST_TERM:
                places = postings.setdefault(word.encode("utf-8", "replace"), {}).setdefault(document, [])
                if position not in places:
                    places.append(position)
    return postings


def read(field: InvertedField) -> Postings:
    assert field.terms == sorted(field.terms)
    postings: Postings = {}
    posting = occurrence = 0
    for term, count in zip(field.terms, field.document_counts.tolist(), strict=True):
        for _ in range(count):
            frequency = int(field.frequencies[posting])
            places = (
                field.positions[occurrence : occurrence + frequency].tolist()
                if field.positions is not None
                else []
            )
            postings.setdefault(term, {})[int(field.documents[posting])] = places
            posting, occurrence = posting + 1, occurrence + frequency
    assert posting == len(field.documents)
    return postings


@given(corpora)
def test_documents_terms_become_terms_documents(corpus: list[list[tuple[str, int]]]) -> None:
    assert read(accumulated(corpus).invert()) == expected(corpus)


@given(corpora)
def test_a_length_counts_positions_so_that_alternatives_count_once(
    corpus: list[list[tuple[str, int]]],
) -> None:
    lengths = [
        len({position for word, position in zip(*placed(words), strict=True) if len(word) <= LONGEST_TERM})
        for words in corpus
    ]
    assert accumulated(corpus).lengths.tolist() == lengths


@given(st.lists(corpora, min_size=1, max_size=4), st.data())
def test_merging_gives_what_one_segment_of_the_rest_would_be(corpora: list, data: st.DataObject) -> None:
    fields, renumbered, left = [], [], []
    for corpus in corpora:
        deleted = data.draw(st.sets(st.integers(0, max(len(corpus) - 1, 0))))
        numbers = []
        for document, words in enumerate(corpus):
            numbers.append(-1 if document in deleted else len(left))
            if document not in deleted:
                left.append(words)
        fields.append(accumulated(corpus).invert())
        renumbered.append(np.array(numbers, np.int64))
    assert read(merge_inverted(fields, renumbered, positional=True)) == expected(left)


def test_values_of_any_length_are_kept_and_count_once() -> None:
    field = FieldAccumulator(positional=False)
    field.add(PreparedField([b"x" * 300, b"RU"], np.array([0, 1, 1]), np.array([3])))
    inverted = field.invert()
    assert inverted.terms == [b"RU", b"x" * 300]
    assert (inverted.documents.tolist(), inverted.frequencies.tolist()) == ([0, 0], [1, 1])


@given(st.lists(st.integers(0, 2**32 - 1), max_size=50))
def test_equal_keys_keep_their_order(keys: list[int]) -> None:
    order = stable_order(np.array(keys, np.uint32)).tolist()
    assert order == sorted(range(len(keys)), key=lambda at: keys[at])
