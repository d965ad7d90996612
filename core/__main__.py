"""``python -m core``: train and evaluate networks at the command line."""

import argparse
import sys
from collections.abc import Sequence

from core.commands import evaluate, train
from core.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0, or 1 after one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m core", description="Train and evaluate networks that read digits."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (train, evaluate):
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
