"""Cuts an article into the paragraphs that are searched and cited, however its text was laid out.

Nothing is lost and nothing changes order: headings and paragraphs put together again are the text, but for
white space. Four steps: lines, hard-wrapped lines put together again, headings, blocks without an end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.article import Paragraph
from indexer.boilerplate import is_boilerplate

# What ends a sentence, perhaps before closing quotes and brackets: . ! ? … and U+061F, U+06D4.
_FINAL = re.compile("[.!?…\u061f\u06d4][\\s\"'»”’)\\]]*$")
_SENTENCE_END = re.compile("(?<=[.!?…\u061f\u06d4])[\"'»”’)\\]]*\\s+")
_CLAUSE_END = re.compile("(?<=[؛،,;:])\\s+")

_HEADING_WORDS = 14
_HEADING_LINES = 3
_TOLERANCE = 1.2

# Hard-wrapped text: columns of this many characters, most of its lines full and cut in mid-sentence.
_NARROWEST, _WIDEST = 45, 130
_FULL = 0.8
_WRAPPED_SHARE = 0.4
_FEWEST_LINES = 4


def split(text: str, longest: int = 180) -> list[Paragraph]:
    """Cut a text into numbered paragraphs, none when it is empty.

    A block of more than ``longest`` words (and a fifth as tolerance) is cut at its sentences. Lines that are
    formulas («انتهای پیام») belong to the paragraph before them, where there is one.

    >>> split("سفر به تهران\\nوزیر امور خارجه روسیه برای گفت‌وگو به تهران رفت.\\nاو فردا برمی‌گردد.")[0]
    Paragraph(number=1, heading='سفر به تهران', text='وزیر امور خارجه روسیه برای گفت‌وگو به تهران رفت.')
    """
    paragraphs: list[Paragraph] = []
    for heading, body in _headed(_with_formulas(_unwrapped(text))):
        for place, piece in enumerate(_pieces(body, longest)):
            paragraphs.append(Paragraph(len(paragraphs) + 1, "" if place else heading, piece))
    return paragraphs


def is_heading(line: str, following: str) -> bool:
    """Tell whether a line is a heading of what follows: a few words, no end of a sentence, shorter than that.

    >>> is_heading("تلاش برای منافع مشترک", "دو کشور در باره همکاری‌های اقتصادی گفت‌وگو کردند.")
    True
    >>> is_heading("او فردا برمی‌گردد.", "دو کشور در باره همکاری‌های اقتصادی گفت‌وگو کردند.")
    False
    """
    return _short(line) and len(line) < len(following)


def _short(line: str) -> bool:
    return len(line.split(maxsplit=_HEADING_WORDS)) <= _HEADING_WORDS and not _FINAL.search(line)


def _unwrapped(text: str) -> list[str]:
    """Give the text's lines, those that a fixed width cut apart joined again by a space.

    Line ends are of every kind: CR LF, LF, CR, and what else Unicode counts as one.
    """
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        stripped = line.strip()
        if stripped:
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    width = _wrapping_width(blocks)
    if not width:
        return [line for block in blocks for line in block]
    return [line for block in blocks for line in _joined(block, width)]


def _wrapping_width(blocks: Sequence[Sequence[str]]) -> int:
    """Give the width that the text was wrapped at, 0 when it was not."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(inner) < _FEWEST_LINES:
        return 0
    width = _nearly_longest(sorted(map(len, inner)))
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    cut = sum(1 for line in inner if len(line) >= _FULL * width and not _FINAL.search(line))
    return width if cut >= _WRAPPED_SHARE * len(inner) else 0


def _nearly_longest(lengths: Sequence[int]) -> int:
    """Give the length that one in twenty exceeds (the 95th percentile, interpolated), of two or more."""
    place, part = divmod(19 * (len(lengths) - 1), 20)
    return (lengths[place] * (20 - part) + lengths[place + 1] * part) // 20


def _joined(block: Sequence[str], width: int) -> Iterator[str]:
    """Put lines together again: a line goes on in the next where that one's first word had no room left."""
    held = ""
    last = ""
    for line in block:
        room = width - len(last) - 1
        goes_on = len(line.split(maxsplit=1)[0]) > room or (
            len(last) >= _FULL * width and not _FINAL.search(last)
        )
        if held and goes_on:
            held = f"{held} {line}"
        else:
            if held:
                yield held
            held = line
        last = line
    if held:
        yield held


def _with_formulas(lines: Iterable[str]) -> list[str]:
    """Put each line that is a formula under the line before it, so that none is a paragraph or a heading."""
    joined: list[str] = []
    for line in lines:
        if joined and is_boilerplate(line):
            joined[-1] = f"{joined[-1]}\n{line}"
        else:
            joined.append(line)
    return joined


def _headed(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair every paragraph with the heading lines before it; many short lines in a row are a list."""
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and _short(lines[end]):
            end += 1
        body = lines[end] if end < len(lines) else ""
        if 0 < end - place <= _HEADING_LINES and all(len(line) < len(body) for line in lines[place:end]):
            yield "\n".join(lines[place:end]), body
            place = end + 1
        else:
            if end > place:
                yield "", "\n".join(lines[place:end])
            if body:
                yield "", body
            place = end + 1


def _pieces(block: str, longest: int) -> Iterable[str]:
    """Cut a block that is too long at its sentences, a too long sentence at clauses, then anywhere."""
    most = longest * _TOLERANCE
    # No need to count where it is too short for so many words, each a letter and a space.
    if len(block) < 2 * most - 1 or (words := len(block.split())) <= most:
        return [block]
    count = -(-words // longest)
    return _filled(_units(block, longest), words / count, longest)


def _units(block: str, longest: int) -> Iterator[str]:
    for sentence in _cut(block, _SENTENCE_END):
        if len(sentence.split()) <= longest:
            yield sentence
            continue
        for clause in _cut(sentence, _CLAUSE_END):
            words = clause.split()
            for start in range(0, len(words), longest):
                yield " ".join(words[start : start + longest])


def _cut(text: str, boundary: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for match in boundary.finditer(text):
        yield text[start : match.end()].rstrip()
        start = match.end()
    if start < len(text):
        yield text[start:]


def _filled(units: Iterable[str], wanted: float, longest: int) -> Iterator[str]:
    """Put units together to pieces of about ``wanted`` words, none over ``longest``."""
    held: list[str] = []
    size = 0
    for unit in units:
        words = len(unit.split())
        if held and (size + words > longest or size + words / 2 > wanted):
            yield " ".join(held)
            held, size = [], 0
        held.append(unit)
        size += words
    if held:
        yield " ".join(held)
