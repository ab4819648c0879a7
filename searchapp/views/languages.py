"""In which language a request is answered: as its address says, else as was chosen before, else Persian."""

from functools import cache, lru_cache

from flask import Flask, Response, g, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from searchapp import translation
from searchapp.translation import DIRECTIONS, NAMES, gettext, language, ngettext
from searchapp.views.present import present_address

PARAMETER = COOKIE = "lang"
REMEMBERED_SECONDS = 365 * 86_400


def install(app: Flask) -> None:
    """Let every request be answered in its language, templates included."""
    app.jinja_env.globals.update(
        _=_marked_up,
        ngettext=_marked_up_count,
        language=language,
        direction=lambda: DIRECTIONS[language()],
        other_language=_other,
    )
    app.before_request(_speak)
    app.after_request(_say_which)
    app.teardown_request(_fall_silent)


def chosen() -> str:
    """Return the code of the language that the present request asks for.

    A browser's own languages count only where English stands before Persian; most Persian readers' browsers
    name English alone, so a browser that does not name Persian at all says nothing.
    """
    for code in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if code in DIRECTIONS:
            return code
    return _preferred(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _preferred(accepted: str) -> str:
    # Readers' browsers send the same few headers with everything they ask for.
    accepts = parse_accept_header(accepted, LanguageAccept).values()
    named = [code.partition("-")[0].lower() for code in accepts]
    english_first = "en" in named and "fa" in named and named.index("en") < named.index("fa")
    return "en" if english_first else translation.DEFAULT


def _marked_up(message: str, /, **values: object) -> Markup:
    """Say a template's sentence: HTML as it stands, its values escaped.

    Jinja's own extension looks the function up in the context and formats whatever it says, which took a
    tenth of a page's time.
    """
    said = _as_html(language(), message)
    return said % values if values else said


@cache
def _as_html(_language: str, message: str) -> Markup:
    # Templates say a few hundred sentences in all; what stands in their place is only put in afterwards.
    return Markup(gettext(message))  # noqa: S704 - ours


def _marked_up_count(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(ngettext(one, many, number)) % values  # noqa: S704 - ours


def _other() -> dict[str, str]:
    """Give the language that is not spoken now: its code, its name and the address of the same page in it."""
    code = next(code for code in DIRECTIONS if code != language())
    return {"code": code, "name": NAMES[code], "url": present_address(lang=code)}


def _speak() -> None:
    g.spoken_before = translation.speak(chosen())


def _fall_silent(_error: BaseException | None) -> None:
    if (token := g.pop("spoken_before", None)) is not None:
        translation.fall_silent(token)


def _say_which(response: Response) -> Response:
    """Remember a choice, and keep caches from mixing the languages up."""
    if request.endpoint != "static":
        response.headers["Content-Language"] = language()
        response.vary.update(("Accept-Language", "Cookie"))
        if request.args.get(PARAMETER) in DIRECTIONS:
            response.set_cookie(COOKIE, language(), REMEMBERED_SECONDS, samesite="Lax", httponly=True)
    return response
