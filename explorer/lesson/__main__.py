"""Says what is wrong with chapters of the lesson: `python -m explorer.lesson FILE …`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from explorer.lesson.chapter import ChapterError, read_chapter


def main(argv: Sequence[str] | None = None) -> int:
    """Check each file; the status is 1 if anything is wrong with one."""
    parser = ArgumentParser(prog="python -m explorer.lesson", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    wrong = [fault for file in parser.parse_args(argv).files for fault in _faults(file)]
    for fault in wrong:
        sys.stderr.write(f"{fault}\n")
    return 1 if wrong else 0


def _faults(file: Path) -> list[str]:
    try:
        read_chapter(file.read_text(encoding="utf-8"))
    except ChapterError as error:
        return [f"{file}: {fault}" for fault in error.faults]
    except (OSError, UnicodeDecodeError) as error:
        return [f"{file}: {error}"]
    return []


if __name__ == "__main__":
    sys.exit(main())
