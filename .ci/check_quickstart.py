#!/usr/bin/env python3
"""Checks what scripts/quickstart printed: the answers are nfdump 1.7.8's, the README shows them.

usage: check_quickstart.py OUTPUT
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "jobs/src/test/resources/tutorial/nfdump-1.7.8"
PROMPT = "$ flowlake "
# nfdump counts blocks of its own files here, which a lake does not have.
EXEMPT = re.compile(r"Total records processed: .*")


def answers(lines):
    """The lines under each dump command, up to the empty line that ends an answer."""
    found = []
    current = None
    for line in lines:
        if line.startswith(PROMPT):
            current = []
            if line.startswith(PROMPT + "dump "):
                found.append((line, current))
        elif not line:
            current = None
        elif current is not None:
            current.append(line)
    return found


def comparable(lines):
    return [line.rstrip() for line in lines if not EXEMPT.fullmatch(line)]


def check_answers(output):
    failures = []
    found = answers(output)
    expected = sorted(path for path in ANSWERS.glob("q*.txt") if "-plain" not in path.name)
    if len(found) != len(expected):
        failures.append(f"{len(found)} dump commands in the output, {len(expected)} answers known")
    for (command, shown), path in zip(found, expected):
        wanted = comparable(path.read_text().splitlines())
        shown = comparable(shown)
        if shown != wanted:
            differing = [pair for pair in zip(shown, wanted) if pair[0] != pair[1]]
            failures.append(f"{command}\n  {len(shown)} lines, nfdump 1.7.8 prints {len(wanted)}")
            failures += [f"  shown:  {a}\n  nfdump: {b}" for a, b in differing[:3]]
    return failures


def check_transcript(output):
    """Each line of the README's transcript is printed, in this order; ... stands for anything."""
    readme = (ROOT / "README.md").read_text()
    promised = re.search(r"<!-- transcript -->\n```[a-z]*\n(.*?)```", readme, re.DOTALL)
    if not promised:
        return ["README.md holds no transcript"]
    rest = iter(output)
    for line in promised.group(1).splitlines():
        if line in ("", "..."):
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("...")))
        if not any(pattern.fullmatch(shown.rstrip()) for shown in rest):
            return [f"README.md promises a line that is not printed (there): {line}"]
    return []


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: check_quickstart.py OUTPUT")
    output = Path(sys.argv[1]).read_text().splitlines()
    failures = check_answers(output) + check_transcript(output)
    if failures:
        raise SystemExit("\n".join(failures))
    print("the five answers are nfdump's, and the README shows them")


if __name__ == "__main__":
    main()
