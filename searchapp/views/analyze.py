"""The analysis page: what the analyzer does with a text, step by step."""

from flask import render_template

from searchapp.search import SearchService
from searchapp.translation import gettext, gettext_noop

LONGEST_TEXT = 2000
EXAMPLE = "وزیرامورخارجه ایران درباره تحریمهای تازه با روسها گفت و گو می کند."
STEPS = {
    "chunks": (
        gettext_noop("جداشدن"),
        gettext_noop("متن در فاصله‌ها و نشانه‌ها جدا می‌شود؛ نیم‌فاصله چیزی را جدا نمی‌کند."),
    ),
    "folded": (
        gettext_noop("یکسان‌سازی نویسه‌ها"),
        gettext_noop("ي و ك عربی، اعراب، کشیدگی و نیم‌فاصله به یک صورت درمی‌آید."),
    ),
    "words": (
        gettext_noop("واژه‌های هر تکه"),
        gettext_noop("آنچه سرهم تایپ شده است به واژه‌هایش باز می‌شود."),
    ),
    "joined": (
        gettext_noop("پیوستن"),
        gettext_noop("آنچه با فاصله تایپ شده ولی یک واژه است به هم می‌پیوندد."),
    ),
    "terms": (
        gettext_noop("ریشهٔ واژه‌ها"),
        gettext_noop("جمع، صرف فعل و پسوندها کنار می‌رود؛ نام‌ها دست‌نخورده می‌ماند. نمایه همین‌ها را دارد."),
    ),
}


def show(service: SearchService, text: str) -> str:
    """Explain a text, or an example where none is given."""
    shown = text.strip()[:LONGEST_TEXT] or EXAMPLE
    explanation = service.explainer.explain(shown)
    steps = [(gettext(STEPS[name][0]), gettext(STEPS[name][1]), parts) for name, parts in explanation.steps]
    return render_template(
        "analyze.html", text=shown, longest=LONGEST_TEXT, explanation=explanation, steps=steps
    )
