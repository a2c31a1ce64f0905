"""Bytes to text, once: the encoding that is stated, else UTF-8, else the one that fits."""

from __future__ import annotations

import codecs
import re

from dateline.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w:.-]{2,40})", re.I
)
_XML_ENCODING = re.compile(
    rb"\s{0,40}<\?xml\b[^>]{0,100}?encoding\s{0,4}=\s{0,4}[\"']([\w:.-]{2,40})"
)
_WEB_NAMES = {
    # What browsers read under these names. Source: WHATWG Encoding Standard, "Names and labels".
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SAMPLE = 100_000  # bytes that detection looks at
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1a\x1b"))
_BINARY_SAMPLE = 65_536


def decode(data: bytes, *, source: str, encoding: str | None = None, page: bool = False) -> str:
    """Decode an input exactly once; line ends and everything else stay as they are.

    A stated ``encoding`` decides. Without one: a byte order mark, then for a web page what it
    states itself, then UTF-8 if the bytes are UTF-8, then detection.

    Args:
        data: the whole input.
        source: what it was read from, for messages.
        encoding: a Python codec name that the caller knows to be right.
        page: whether to look for the encoding that an HTML page states.

    Raises:
        ArticleError: binary data, an unknown encoding, or bytes that do not fit it.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ArticleError(
                f"This is {kind}, not text.",
                where=source,
                remedy="Convert it to text, Markdown, HTML or JSON first.",
            )
    if encoding is not None:
        return _stated(data, encoding, source)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _stated(data, name, source)
    if b"\x00" in data[:_BINARY_SAMPLE]:
        raise ArticleError(
            "This looks like binary data: it holds NUL bytes.",
            where=source,
            remedy='If it is text, state its encoding, for example encoding="utf-16-le".',
        )
    if page and (text := _as_page_states(data)) is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, source)


def _stated(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise ArticleError(
                f"The bytes are not {encoding}: decoding fails at byte {error.start}.",
                where=source,
                remedy="State the right encoding, or none to have it detected.",
            ) from None
        raise ArticleError(
            f"There is no text encoding named {encoding!r}.",
            where=source,
            remedy='Use a Python codec name such as "utf-8", "cp1252", "cp1256" or "gb18030".',
        ) from None
    return text.removeprefix("\ufeff")


def _as_page_states(data: bytes) -> str | None:
    found = _META_CHARSET.search(data, 0, 4096) or _XML_ENCODING.match(data, 0, 400)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", "ignore")).name
        # Like a browser: a page whose own statement is almost right keeps all that can be read.
        return data.decode(_WEB_NAMES.get(name, name), "replace")
    except (LookupError, ValueError):
        return None


def _detected(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if 50 * (len(sample) - len(sample.translate(None, _CONTROLS))) > len(sample):
        best, matches = None, None  # control bytes: no encoding makes this a text
    else:
        matches = from_bytes(sample)
        best = matches.best()
    if matches is not None and best is not None:
        # Of encodings that fit equally well, the one that most files of that look are in.
        tied = [m for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence)]
        name = "cp1252" if any(m.encoding == "cp1252" for m in tied) else best.encoding
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            pass
    raise ArticleError(
        "The bytes are not UTF-8, and no other encoding fits them.",
        where=source,
        remedy='State the encoding, for example encoding="cp1252"; a binary file cannot be read.',
    )
