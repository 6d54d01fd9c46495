"""In which letters a file may come: UTF-8 with or without a BOM, UTF-16 with one, or cp932."""


def text_of(data: bytes) -> str | None:
    """The text of ``data``; nothing where it is in none of these."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
