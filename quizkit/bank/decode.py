"""Turn the bytes of a bank file into text."""

from __future__ import annotations

from quizkit.bank.problem import Report

MOST_BYTES = 5_000_000

_byte_order_mark = b"\xef\xbb\xbf"
_wide_starts = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def decode(data: bytes, report: Report) -> str | None:
    """Return the text of a file without its byte order mark, or None after reporting why there is none."""
    if len(data) > MOST_BYTES:
        report.at_line(1, 1, "is larger than 5 MB: split it into several files of the same folder")
        return None
    if data.startswith(_wide_starts) or (b"\0" in data[:4] and data[:4].strip(b"\0")):
        report.at_line(1, 1, "is UTF-16 or UTF-32: save it as UTF-8")
        return None
    data = data.removeprefix(_byte_order_mark)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bad_byte(data, error, report)
        return None


def _report_bad_byte(data: bytes, error: UnicodeDecodeError, report: Report) -> None:
    line_start = data.rfind(b"\n", 0, error.start) + 1
    column = len(data[line_start : error.start].decode("utf-8")) + 1
    message = f"byte 0x{data[error.start]:02X} is not UTF-8: save the file as UTF-8"
    report.at_line(data.count(b"\n", 0, error.start) + 1, column, message)
