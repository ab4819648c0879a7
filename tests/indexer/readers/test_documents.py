from pathlib import Path

import pytest

from indexer.article import Article
from indexer.readers import ReadProblem, read

docx = pytest.importorskip("docx", reason="the extra 'documents' is not installed")
pypdf = pytest.importorskip("pypdf", reason="the extra 'documents' is not installed")

BODY = "وزیر خارجه روز شنبه برای گفت‌وگو درباره همکاری‌های دو کشور به مسکو رفت و با همتای خود دیدار کرد."


def write_docx(file: Path, title: str, author: str, lines: list[str]) -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for line in lines:
        document.add_paragraph(line)
    document.save(file)


def write_pdf(file: Path, title: str, pages: list[str]) -> None:
    """Write a PDF of Latin text, the only one that needs no embedded font."""
    writer = pypdf.PdfWriter()
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
            pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
            pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(300, 300)
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
        content = pypdf.generic.StreamObject()
        content.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[pypdf.generic.NameObject("/Contents")] = content
    if title:
        writer.add_metadata({"/Title": title})
    writer.write(file)


def read_one(file: Path) -> Article:
    (article,) = read(file, file.parent)
    assert isinstance(article, Article)
    return article


def test_a_docx_is_read_with_what_it_says_of_itself(tmp_path: Path) -> None:
    write_docx(tmp_path / "a.docx", "سفر به مسکو", "مریم رضایی", [BODY, "", "او فردا برمی‌گردد."])
    article = read_one(tmp_path / "a.docx")
    assert (article.title, article.metadata) == ("سفر به مسکو", {"author": "مریم رضایی"})
    assert article.text == f"{BODY}\n\nاو فردا برمی‌گردد."


def test_a_docx_without_a_title_has_its_first_line(tmp_path: Path) -> None:
    write_docx(tmp_path / "a.docx", "", "", ["سفر به مسکو", "", BODY])
    article = read_one(tmp_path / "a.docx")
    assert (article.title, article.text) == ("سفر به مسکو", BODY)


@pytest.mark.parametrize("title", ["Journey", ""])
def test_the_pages_of_a_pdf_are_read(tmp_path: Path, title: str) -> None:
    write_pdf(tmp_path / "a.pdf", title, ["The minister left for Moscow.", "He returns tomorrow."])
    article = read_one(tmp_path / "a.pdf")
    assert article.title == (title or "The minister left for Moscow. He returns tomorrow.")
    assert article.text.split("\n\n") == ["The minister left for Moscow.", "He returns tomorrow."]


def test_a_pdf_without_text_is_a_problem(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", "", [""])
    (problem,) = read(tmp_path / "a.pdf", tmp_path)
    assert isinstance(problem, ReadProblem)
    assert (problem.kind, problem.message) == ("failed", "the text is empty")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
@pytest.mark.parametrize("kept", ["nothing", "half", "none of it"])
def test_a_broken_file_is_a_problem(tmp_path: Path, name: str, kept: str) -> None:
    file = tmp_path / name
    if name.endswith("docx"):
        write_docx(file, "", "", [BODY])
    else:
        write_pdf(file, "", ["The minister left."])
    whole = file.read_bytes()
    file.write_bytes({"nothing": b"", "half": whole[: len(whole) // 2], "none of it": b"x" * 100}[kept])
    for problem in read(file, tmp_path):
        assert isinstance(problem, ReadProblem)
        assert problem.kind == "failed"


def test_a_document_that_is_absent_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "absent.pdf", tmp_path)
    assert isinstance(problem, ReadProblem)
    assert "cannot be read" in problem.message
