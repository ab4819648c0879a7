"""The ``rasad`` command; each part of it is loaded when asked for, so that none waits for the others."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from analyzers.errors import RasadError

_COMMANDS = {
    "index": "searchapp.commands.indexing:index",
    "watch": "searchapp.commands.watching:watch",
    "search": "searchapp.commands.searching:search",
    "serve": "searchapp.commands.serving:serve",
    "analyze": "searchapp.commands.analysis:analyze",
    "entities": "searchapp.commands.analysis:entities",
    "evaluate": "searchapp.commands.evaluating:evaluate",
    "stats": "searchapp.commands.upkeep:stats",
    "check": "searchapp.commands.upkeep:check",
}


class Commands(click.Group):
    """A group that loads its commands by name and turns a person's mistake into one line and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a :class:`RasadError` ends it, and so does Ctrl+C."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has read enough, as `head` does; what is left to flush goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except RasadError as error:
            raise click.ClickException(" ".join(str(error).split())) from None
        except KeyboardInterrupt:
            raise click.ClickException("interrupted") from None
        return result


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", type=click.Path(path_type=Path), help="Settings file; config.toml by default.")
@click.version_option(package_name="rasad")
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    """Rasad, a search engine for Persian diplomatic news."""
    ctx.obj = config
