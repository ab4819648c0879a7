"""Light or dark: as the reader's system has it, unless the reader chooses; the choice is kept in a cookie."""

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from searchapp.translation import gettext, gettext_noop
from searchapp.views.present import present_address

PARAMETER = COOKIE = "theme"
THEMES = {"auto": gettext_noop("مانند دستگاه"), "light": gettext_noop("روشن"), "dark": gettext_noop("تیره")}
REMEMBERED_SECONDS = 365 * 86_400


def install(app: Flask) -> None:
    """Let every page be had in another theme, by a link that needs no JavaScript."""
    app.jinja_env.globals.update(theme=_theme, theme_links=_links)
    app.before_request(_choose)


def _theme() -> str:
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in THEMES else "auto"


def _links() -> list[tuple[str, str, str]]:
    """Give for each theme its name, its label and the address that chooses it."""
    return [(name, gettext(label), present_address(theme=name)) for name, label in THEMES.items()]


def _choose() -> Response | None:
    """Remember the theme that an address names, and go on to the address without it."""
    chosen = request.args.get(PARAMETER)
    if chosen not in THEMES or request.method != "GET":
        return None
    response = redirect(present_address(theme=None))
    response.set_cookie(COOKIE, chosen, REMEMBERED_SECONDS, samesite="Lax")
    return response
