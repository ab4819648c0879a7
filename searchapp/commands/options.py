"""What the commands share: where settings come from, and the switch for output that programs read."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from indexer.settings import load_settings

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its settings and a ``--config`` of its own; one before the command's name counts too."""

    @click.option("--config", type=click.Path(path_type=Path), help="Settings file; config.toml by default.")
    @wraps(command)
    def configured(config: Path | None, **arguments: Any) -> Any:
        return command(load_settings(config or click.get_current_context().obj), **arguments)

    return configured
