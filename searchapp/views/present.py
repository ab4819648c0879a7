"""The address of the page that is being shown, so that it can be had in another language or theme."""

from string import ascii_letters, digits, punctuation
from urllib.parse import quote, unquote_plus

from flask import request

_AS_SENT = ascii_letters + digits + punctuation


def present_address(**changes: str | None) -> str:
    """Address the present page with other values for some parameters, None leaving one out.

    All else stays as it was sent, and is not written anew: pages ask for this again and again.
    """
    sent = quote(request.query_string, safe=_AS_SENT).split("&")
    kept = [each for each in sent if each and unquote_plus(each.partition("=")[0]) not in changes]
    kept += [f"{name}={value}" for name, value in changes.items() if value is not None]
    return quote(request.path) + (f"?{'&'.join(kept)}" if kept else "")
