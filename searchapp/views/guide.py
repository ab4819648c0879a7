"""The help page: the query language, every line of it a question that can be asked at once."""

from flask import render_template
from msgspec import Struct

from searchapp.models import SearchParameters
from searchapp.translation import gettext, gettext_noop
from searchapp.views.links import Links

QUESTIONS = (
    ("تحریم", gettext_noop("واژه، در همهٔ صورت‌هایش: تحریم‌ها، تحریمهای، تحريم.")),
    ("سفر لاوروف تهران", gettext_noop("چند واژه: بندی که بخش مهم‌تر آن‌ها را دارد؛ هرچه کامل‌تر، بالاتر.")),
    ("«وزیر امور خارجه»", gettext_noop("عین عبارت، به همین ترتیب؛ فاصله و نیم‌فاصله فرقی ندارد.")),
    ("سفر -تهران", gettext_noop("با خط تیره: بدون این واژه.")),
    ("ایران یا روسیه", gettext_noop("یکی از دو سو؛ OR هم همین است.")),
    ("(ایران یا روسیه) توافق", gettext_noop("پرانتز، برای آنچه با هم است.")),
    ("مذاکر*", gettext_noop("واژه‌هایی که چنین آغاز می‌شوند.")),
    ("«ایران روسیه»~۵", gettext_noop("این واژه‌ها نزدیک هم، با دست‌بالا این فاصله.")),
    ("عنوان:توافق", gettext_noop("تنها در عنوان خبر.")),
    ("کشور:روسیه", gettext_noop("بندهایی که از این کشور نام می‌برند، به هر نامی: روسیه، روس‌ها، کرملین.")),
    ("شخص:لاوروف", gettext_noop("بندهایی که از این شخص نام می‌برند.")),
    ("سازمان:ناتو", gettext_noop("بندهایی که از این سازمان نام می‌برند.")),
    ("موضوع:تحریم", gettext_noop("بندهایی که دربارهٔ این موضوع است.")),
    ("منبع:نمونه", gettext_noop("خبرهای این منبع؛ بخشی از نامش بس است.")),
    (
        "تاریخ:۱۴۰۱/۰۳..۱۴۰۱/۰۵",
        gettext_noop("از این تاریخ تا آن تاریخ، شمسی یا میلادی؛ یک سوی آن می‌تواند باز باشد."),
    ),
    (
        "tahrim",
        gettext_noop("فارسی با حروف لاتین، یا با چیدمان دیگر صفحه‌کلید (jpvdl)، اگر همین نوشته پیدا نشود."),
    ),
)


class Line(Struct, frozen=True):
    """A question, what it means and the address that asks it."""

    question: str
    meaning: str
    url: str


def show(page_size: int) -> str:
    """Show how questions are asked."""
    lines = [
        Line(question, gettext(meaning), Links(SearchParameters(q=question), page_size).to())
        for question, meaning in QUESTIONS
    ]
    return render_template("help.html", lines=lines)
