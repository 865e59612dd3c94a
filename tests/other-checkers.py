#!/usr/bin/env python3
"""What a YAML linter and the JSON Schema alone find of the catalogue of mistakes; writes crates/xtask/src/pages/measured.tsv.

    python3 -m venv /tmp/checkers && /tmp/checkers/bin/pip install yamllint check-jsonschema
    /tmp/checkers/bin/python tests/other-checkers.py

A linter has found a mistake when it says something on the line that the file names (`# at`), whatever it says, except for
rules of layout: yamllint's default rules complain of every `{ a: b }`, of long lines and of a missing `---`, right or wrong.
The schema has found it when check-jsonschema rejects the file, wherever. Of a valid file, each finding is a false alarm.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LAYOUT = set("""braces brackets colons commas comments comments-indentation document-start document-end empty-lines
    hyphens indentation line-length new-line-at-end-of-file new-lines trailing-spaces""".split())

PATIENCE = 60  # an alias bomb keeps a program busy that unfolds it


def linted(paths):
    """The lines of each file of which yamllint says something."""
    ran = subprocess.run([BIN / "yamllint", "-f", "parsable", "-d", "default", *paths], capture_output=True, text=True)
    lines = {path: set() for path in paths}
    for found in ran.stdout.splitlines():
        path, at, _, words = found.split(":", 3)
        if words.rsplit("(", 1)[-1].rstrip(")") not in LAYOUT:
            lines[path].add(int(at))
    return lines


def rejected(path):
    """Whether the schema does not accept a file; an answer that does not come in time is none."""
    schema = ROOT / "docs/mapping.schema.json"
    try:
        ran = subprocess.run(
            [BIN / "check-jsonschema", "--schemafile", schema, path], capture_output=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        print(f"{path}: no answer in {PATIENCE} seconds")
        return False
    return ran.returncode != 0


def main():
    places = {}
    for path in [*sorted(ROOT.glob("tests/invalid/*.yaml")), *sorted(ROOT.glob("tests/valid/*.yaml"))]:
        second = (path.read_text(errors="replace").splitlines() + ["", ""])[1]
        if path.parent.name == "valid":
            places[str(path)] = None
        elif second.startswith("# at ") and ", " not in second:  # one mistake
            places[str(path)] = int(second.split()[2].split(":")[0])
    lines = linted(list(places))
    rows = []
    for path, line in places.items():
        found = [bool(lines[path]) if line is None else line in lines[path], rejected(path)]
        name = f"{Path(path).parent.name}/{Path(path).stem}"
        rows.append("\t".join([name, *("yes" if one else "no" for one in found)]))
    head = f"# yamllint {version('yamllint')}\tcheck-jsonschema {version('check-jsonschema')}\n"
    (ROOT / "crates/xtask/src/pages/measured.tsv").write_text(head + "\n".join(rows) + "\n")


main()
