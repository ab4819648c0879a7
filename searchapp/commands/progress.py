"""Shows on a terminal how far an update is, so that whoever waits can tell how long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """Draw a line on stderr: stage, count, rate and time left.

    It follows the function that is given: the stage, what of it is done and, where known, of how many.
    """
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), _TimeLeft())
    with Bar(*columns, console=console, transient=True) as bar:
        shown_stage, task = "starting", bar.add_task("starting", total=None)

        def show(stage: str, done: int, total: int | None) -> None:
            nonlocal shown_stage, task
            if stage != shown_stage:  # each has a rate of its own
                bar.remove_task(task)
                shown_stage, task = stage, bar.add_task(stage, total=total)
            bar.update(task, completed=done)

        yield show


class _Rate(ProgressColumn):
    """Articles a second, over the last moments."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} articles/s" if task.speed else "", style="progress.data.speed")


class _TimeLeft(TimeRemainingColumn):
    """The time left, where the number of articles is known."""

    def render(self, task: Task) -> Text:
        return Text("") if task.total is None else Text.assemble(super().render(task), " left")
