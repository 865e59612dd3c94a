#!/usr/bin/env python3
"""Measures which mistakes of the catalogue a YAML linter and the JSON Schema alone find; writes crates/xtask/src/pages/measured.tsv.

    python3 -m venv /tmp/checkers && /tmp/checkers/bin/pip install yamllint check-jsonschema
    /tmp/checkers/bin/python tests/other-checkers.py

The linter finds a mistake if it reports anything on the line given in the file (`# at`). Its layout rules are ignored, because
by default yamllint reports every `{ a: b }`, every long line and every missing `---`, in correct files as well.
The schema finds a mistake if check-jsonschema rejects the file, at any position. For a valid file, any finding is a false alarm.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LAYOUT = set("""braces brackets colons commas comments comments-indentation document-start document-end empty-lines
    hyphens indentation line-length new-line-at-end-of-file new-lines trailing-spaces""".split())

TIMEOUT = 60  # seconds; a program that expands an alias bomb does not finish


def linted(paths):
    """For each file, the numbers of the lines on which yamllint reports something other than layout."""
    ran = subprocess.run([BIN / "yamllint", "-f", "parsable", "-d", "default", *paths], capture_output=True, text=True)
    lines = {path: set() for path in paths}
    for found in ran.stdout.splitlines():
        path, line, _, message = found.split(":", 3)
        if message.rsplit("(", 1)[-1].rstrip(")") not in LAYOUT:
            lines[path].add(int(line))
    return lines


def rejected(path):
    """Whether the schema rejects a file. A timeout does not count as a rejection."""
    schema = ROOT / "docs/mapping.schema.json"
    try:
        ran = subprocess.run(
            [BIN / "check-jsonschema", "--schemafile", schema, path], capture_output=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        print(f"{path}: timed out after {TIMEOUT} seconds")
        return False
    return ran.returncode != 0


def main():
    places = {}
    for path in [*sorted(ROOT.glob("tests/invalid/*.yaml")), *sorted(ROOT.glob("tests/valid/*.yaml"))]:
        second = (path.read_text(errors="replace").splitlines() + ["", ""])[1]
        if path.parent.name == "valid":
            places[str(path)] = None
        elif second.startswith("# at ") and ", " not in second:  # files with several mistakes are not part of the catalogue
            places[str(path)] = int(second.split()[2].split(":")[0])
    lines = linted(list(places))
    rows = []
    for path, line in places.items():
        found = [bool(lines[path]) if line is None else line in lines[path], rejected(path)]
        name = f"{Path(path).parent.name}/{Path(path).stem}"
        rows.append("\t".join([name, *("yes" if hit else "no" for hit in found)]))
    head = f"# yamllint {version('yamllint')}\tcheck-jsonschema {version('check-jsonschema')}\n"
    (ROOT / "crates/xtask/src/pages/measured.tsv").write_text(head + "\n".join(rows) + "\n")


main()
