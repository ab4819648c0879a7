"""The page that stands in for one that cannot be shown."""

from http import HTTPStatus

from flask import Response, make_response, render_template

from searchapp.translation import gettext


def error(status: HTTPStatus) -> Response:
    """Say on a whole page what went wrong and where to go from there."""
    title, advice = _sentences(status)
    return make_response(
        render_template("error.html", status=int(status), title=title, advice=advice), status
    )


def _sentences(status: HTTPStatus) -> tuple[str, str]:
    if status == HTTPStatus.BAD_REQUEST:
        return gettext("درخواست خوانا نیست"), gettext("نشانی این صفحه درست نیست. از جست‌وجو آغاز کنید.")
    if status == HTTPStatus.NOT_FOUND:
        advice = gettext("شاید نشانی نادرست است، یا خبر از مجموعه برداشته شده است.")
        return gettext("این صفحه پیدا نشد"), advice
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return gettext("این کار در اینجا شدنی نیست"), gettext("نشانی را دوباره باز کنید.")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        advice = gettext("نخست خبرها را با فرمان rasad index نمایه کنید و سپس این صفحه را دوباره باز کنید.")
        return gettext("هنوز نمایه‌ای ساخته نشده است"), advice
    return gettext("خطایی پیش آمد"), gettext("این خطا ثبت شد. اندکی بعد دوباره تلاش کنید.")
