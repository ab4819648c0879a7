"""Files that carry a checksum of what they hold, so that damage is never taken for what was written.

A sealed file is one line, the kind of the file and the crc32 of the rest, and then the rest.
"""

import os
import zlib
from pathlib import Path

from analyzers.errors import RasadError


class BrokenSealError(RasadError):
    """Bytes that are not what was written."""


def sealed(kind: bytes, body: bytes) -> bytes:
    """Put the line before ``body`` that :func:`unsealed` compares it with.

    >>> sealed(b"rasad-current 1", b"7")
    b'rasad-current 1 6abf4a82\\n7'
    """
    return b"%s %08x\n%s" % (kind, zlib.crc32(body), body)


def unsealed(kind: bytes, content: bytes) -> bytes:
    """Give what was sealed. Raises :class:`BrokenSealError` for any other bytes, and for another kind."""
    head, _, body = content.partition(b"\n")
    if head != b"%s %08x" % (kind, zlib.crc32(body)):
        raise BrokenSealError("it is damaged or of another version")
    return body


def replace(file: Path, content: bytes) -> None:
    """Replace a file so that whoever reads it, even after a power cut, finds the old or the new one whole.

    The name it has until then begins with a dot, which a corpus leaves out.
    """
    aside = file.with_name(f".{file.name}.new")
    with aside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Force to the disk which files a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
