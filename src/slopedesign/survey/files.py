"""The file before its content: is it there, is it a plain file of bearable size, text or binary, which encoding."""

from __future__ import annotations

import codecs
import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from slopedesign.errors import SurveyError, why_refused
from slopedesign.i18n import Message, message

MAX_BYTES = 1 << 30
"""Largest file that is read: 1 GiB (some 25 million rows)."""

MAX_POINTS = 12_000_000
"""Most points kept in memory; a denser cloud has to be thinned first."""

MAX_CELLS = 60_000_000
"""Most cells of a grid (480 MB of levels)."""

MAX_LINE = 1 << 22
"""Longest row of a text file that is looked at, in characters."""

BLOCK = 1 << 22


def checked_file(path: Path | str, limit: int = MAX_BYTES) -> Path:
    """The path, once it names a readable plain file that is neither empty nor too large.

    Raises:
        SurveyError: missing, a folder, a device or pipe, unreadable, empty, larger than `limit` bytes.
    """
    file = Path(path)
    try:
        found = file.stat()
    except (OSError, ValueError) as reason:
        key = "missing" if isinstance(reason, FileNotFoundError) else "unreadable"
        raise SurveyError(path, message(f"survey.error.{key}", reason=_why(reason))) from reason
    if stat.S_ISDIR(found.st_mode):
        raise SurveyError(path, message("survey.error.folder"))
    if not stat.S_ISREG(found.st_mode):
        raise SurveyError(path, message("survey.error.not_a_file"))
    if found.st_size == 0:
        raise SurveyError(path, message("survey.error.empty"))
    if found.st_size > limit:
        raise SurveyError(path, message("survey.error.too_large", size=found.st_size, limit=limit))
    return file


def _why(reason: Exception) -> Message | str:
    return why_refused(reason) if isinstance(reason, OSError) else type(reason).__name__


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file open for reading bytes; an operating-system refusal becomes a SurveyError."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as reason:
        raise SurveyError(path, message("survey.error.unreadable", reason=_why(reason))) from reason


def head(path: Path, size: int = 65536) -> bytes:
    """The first bytes of the file."""
    with opened(path) as file:
        return file.read(size)


def sha256_of(path: Path | str) -> str:
    """SHA-256 of a file in hexadecimal, read block by block.

    Raises:
        SurveyError: the file cannot be read.
    """
    digest = hashlib.sha256()
    with opened(Path(path)) as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def is_binary(start: bytes) -> bool:
    """Whether the first bytes are not text: zero bytes without a UTF-16 mark, or many control characters."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    if b"\0" in start:
        return True
    odd = sum(1 for byte in start if byte < 32 and byte not in (9, 10, 12, 13, 26, 27))
    return odd > len(start) // 20


def encoding_of(path: Path, stated: str = "auto") -> str:
    """Name of the encoding: as stated, by byte-order mark, UTF-8 where all of the file is, else GBK.

    GBK is read by its superset GB 18030. A file that is neither is taken as the one with which more of it can be read;
    the rows that cannot are found again when they are decoded.
    """
    start = head(path, 4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if stated != "auto":
        return {"gbk": "gb18030"}.get(stated, stated)
    wrong = {name: _undecodable(path, name) for name in ("utf-8", "gb18030")}
    return min(wrong, key=lambda name: (wrong[name], name != "utf-8"))


def _undecodable(path: Path, encoding: str, enough: int = 1000) -> int:
    """How many characters do not decode; stops counting at `enough`."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    wrong = 0
    with opened(path) as file:
        while wrong < enough:
            block = file.read(BLOCK)
            wrong += decoder.decode(block, final=not block).count("\N{REPLACEMENT CHARACTER}")
            if not block:
                break
    return wrong


def row_blocks(path: Path, encoding: str) -> Iterator[list[str]]:
    """Rows of a text file in blocks, line ends removed (LF, CR LF or CR alone), nothing else changed.

    A byte that does not decode becomes U+FFFD; the caller reports its row.

    Raises:
        SurveyError: a row is longer than `MAX_LINE` characters.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = ""
    with opened(path) as file:
        while block := file.read(BLOCK):
            text = rest + decoder.decode(block)
            held = "\r" if text.endswith("\r") else ""  # its LF may come with the next block
            rows = _unified(text[: len(text) - len(held)]).split("\n")
            rest = rows.pop() + held
            if len(rest) > MAX_LINE:
                raise SurveyError(path, message("survey.error.long_row", limit=MAX_LINE))
            if rows:
                yield rows
        last = _unified(rest + decoder.decode(b"", final=True)).split("\n")
        if last[-1] in ("", "\x1a"):
            last.pop()
        if last:
            yield last


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
