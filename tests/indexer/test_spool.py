import json
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.corpus import Corpus
from indexer.spool import Spool


@pytest.mark.parametrize("article_id", ["a", "خبر/یک", "../../etc/passwd", "a" * 5000, "a b", "."])
def test_an_article_comes_back_as_it_was_put(tmp_path: Path, article_id: str) -> None:
    spool = Spool(tmp_path / "spool")
    assert spool.put(article_id, {"text": "متن", "title": "عنوان", "desk": "خاور"})
    assert spool.path(article_id).parent.parent == tmp_path / "spool"
    (article,) = Corpus([spool.folder], [".*"], tmp_path).read()
    assert isinstance(article, Article)
    assert (article.id, article.text, article.title) == (article_id, "متن", "عنوان")
    assert article.metadata == {"desk": "خاور"}


def test_the_same_again_changes_no_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert spool.put("a", {"text": "یک"})
    assert not spool.put("a", {"text": "یک"})
    assert spool.put("a", {"text": "دو"})
    assert json.loads(spool.path("a").read_bytes()) == {"text": "دو", "id": "a"}
    assert [path.name for path in tmp_path.rglob("*.json")] == [spool.path("a").name]


def test_an_article_is_removed_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put("a", {"text": "یک"})
    assert spool.remove("a")
    assert not spool.remove("a")
    assert list(tmp_path.rglob("*.json")) == []
