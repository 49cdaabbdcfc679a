"""What no request object can be made of is answered in front of Django, for which it would be a failure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

logger = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

ANSWER = "Trang này chỉ đọc chữ viết bằng UTF-8.\nThis site reads UTF-8 only.\n".encode()


def refuse_other_encodings(application: Application) -> Application:
    """400 for a request whose content type names another encoding than UTF-8, or none that can be read.

    No page of ours asks for one. Python has codecs that decode no text ("hex"), decode nothing ("undefined") or refuse
    how Django reads addresses ("idna"): Django takes each of them, and fails before its first middleware. Others leave
    half a character that no page can print ("utf-7").
    """

    def refuse_or_ask(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_readable(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        logger.warning("Refused: %s %s is not in UTF-8", environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(ANSWER)))]
        start_response("400 Bad Request", [*headers, ("X-Content-Type-Options", "nosniff")])
        return [ANSWER]

    return refuse_or_ask


def is_readable(content_type: str) -> bool:
    """Whether Django can read what is sent under this content type, and reads it as UTF-8."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except (ValueError, LookupError):  # a parameter in the form of RFC 2231 that names such a codec itself
        return False
    return charset.lower() in ("utf-8", "utf8")
