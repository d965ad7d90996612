"""Measure the explorer: every figure beside its floor or peer, measured in the same run.

    python tests/benchmarks/run.py [--fast] [--only paint,classroom] [--json FILE]

Each chapter is printed, and kept in FILE, as soon as it is measured. One that cannot be measured
says why, and the others go on. The exit code is 1 if there was such a chapter, or if a figure
misses its target.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # support
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # core and explorer

from figures import Chapter, as_json, table
from machine import NotInstalledError, described

CHAPTERS = ("forward", "paint", "classroom", "teaching", "opening")


def main() -> int:
    """Run the benchmarks and print their tables."""
    options, told = _options(), described()
    chapters: list[Chapter] = []
    for name in options.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        chapters.append(_measured(name, options.fast))
        print(table(chapters[-1]), end="\n\n", flush=True)
        _keep(options.json, chapters, told)
    print(" · ".join(f"{name} {value}" for name, value in told.items()))
    return int(not all(chapter.met for chapter in chapters))


def _measured(name: str, fast: bool) -> Chapter:
    """A chapter, whatever becomes of it: the others shall be measured too."""
    try:
        chapter: Chapter = importlib.import_module(name).measure(fast)
    except NotInstalledError as missing:
        return Chapter(name, failure=f"{missing} (`bash tests/run` does that)")
    except ModuleNotFoundError as missing:
        return Chapter(
            name, failure=f"{missing.name} is not installed (`pip install --group benchmark`)"
        )
    except Exception as error:
        traceback.print_exc()
        return Chapter(name, failure=f"{type(error).__name__}: {error}".splitlines()[0])
    return chapter


def _keep(file: Path | None, chapters: list[Chapter], told: dict[str, Any]) -> None:
    if file is not None:
        text = json.dumps(as_json(chapters, told), indent=2, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fast", action="store_true", help="fewer, in a few minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", type=_names, default=CHAPTERS, metavar="NAMES", help=_ONLY)
    return parser.parse_args()


_ONLY = f"some of {','.join(CHAPTERS)}"


def _names(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in CHAPTERS:
            raise argparse.ArgumentTypeError(f"there is no chapter {name!r}, only {_ONLY}")
    return names


if __name__ == "__main__":
    sys.exit(main())
