"""`python -m bench [--quick] [--part NAME] [--json FILE]`: every measurement, one table."""

import argparse
import json
import sys
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.table import Line, print_table

PARTS = ("land", "matching", "pages", "allocation")


def main() -> int:
    """Runs the parts and prints the table; 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller data, fewer rounds")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part (may be repeated)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON too")
    arguments = parser.parse_args()
    lines: list[Line] = []
    for part in arguments.part or PARTS:
        if find_spec(f"bench.{part}") is None:
            print(f"{part}: not measured, there is no such part yet", file=sys.stderr)
            continue
        lines += import_module(f"bench.{part}").measure(quick=arguments.quick)
    print_table(lines)
    if arguments.json is not None:
        document = [{**asdict(line), "holds": line.holds} for line in lines]
        arguments.json.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return 1 if any(line.holds is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
