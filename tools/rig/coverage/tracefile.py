# SPDX-License-Identifier: GPL-2.0
"""Write a profile in the formats of other programs: lcov's tracefile, Cobertura's XML.

The tracefile is written here, not by lcov, so that it matches the table with every version of lcov:
only genhtml is used.
"""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from rig.base import console, process
from rig.coverage import profile

VERSION = re.compile(r"LCOV version (\d+)\.(\d+)")

# genhtml 2 asks for the end of each function, and rejects a line that was run although its only
# known branch was not.
TOLERATED = "unsupported,inconsistent"


def lcov(measured: profile.Profile, root: Path) -> str:
    """Return the profile as a tracefile."""
    return "".join(f"{line}\n" for name, file in sorted(measured.files.items())
                   for line in _record(file, root / name))


def _record(file: profile.FileProfile, path: Path) -> Iterator[str]:
    yield "TN:"
    yield f"SF:{path}"
    functions = sorted(file.functions.items(), key=lambda item: (item[1].line, item[0]))
    yield from (f"FN:{function.line},{name}" for name, function in functions)
    yield from (f"FNDA:{function.count},{name}" for name, function in functions)
    yield f"FNF:{len(functions)}"
    yield f"FNH:{sum(bool(function.count) for _, function in functions)}"
    found = taken = 0
    for line, branches in sorted(file.branches.items()):
        places = {place: number for number, place in enumerate(
            dict.fromkeys(branch.decision for branch in branches))}
        for branch in branches:
            # "-" is for a line that was not run, 0 for a branch that was not taken.
            count = branch.count if file.lines.get(line) or branch.count else "-"
            yield f"BRDA:{line},{places[branch.decision]},{branch.index},{count}"
            found += 1
            taken += bool(branch.count)
    yield f"BRF:{found}"
    yield f"BRH:{taken}"
    yield from (f"DA:{line},{count}" for line, count in sorted(file.lines.items()))
    yield f"LF:{len(file.lines)}"
    yield f"LH:{sum(map(bool, file.lines.values()))}"
    yield "end_of_record"


def html(tracefile: Path, directory: Path, title: str, root: Path) -> None:
    """Have genhtml make pages of a tracefile; lcov 1.16 and 2 are supported."""
    said = process.run(["genhtml", "--version"], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT).stdout
    match = VERSION.search(said)
    if not match:
        raise console.RigError("genhtml prints no version", said)
    options = [] if match.group(1) == "1" else ["--ignore-errors", TOLERATED]
    ran = process.run(["genhtml", "--quiet", "--branch-coverage", "--legend", "--title", title,
                       "--prefix", str(root), "--output-directory", str(directory), *options,
                       str(tracefile)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode or not (directory / "index.html").is_file():
        raise console.RigError("genhtml makes no report", ran.stdout)


def cobertura(measured: profile.Profile, root: Path) -> str:
    """Return the profile as Cobertura's XML."""
    top = ElementTree.Element("coverage", _rates(measured.files.values(), True) | {
        "complexity": "0", "version": "1", "timestamp": str(measured.provenance.measured // 10**6)})
    sources = ElementTree.SubElement(top, "sources")
    ElementTree.SubElement(sources, "source").text = str(root)
    packages = ElementTree.SubElement(top, "packages")
    by_directory: dict[str, dict[str, profile.FileProfile]] = {}
    for name, file in sorted(measured.files.items()):
        by_directory.setdefault(str(Path(name).parent), {})[name] = file
    for directory, files in by_directory.items():
        package = ElementTree.SubElement(packages, "package", {
            "name": directory.replace("/", "."), "complexity": "0"} | _rates(files.values()))
        classes = ElementTree.SubElement(package, "classes")
        for name, file in files.items():
            _class(classes, name, file)
    ElementTree.indent(top)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<!DOCTYPE coverage SYSTEM'
            ' "http://cobertura.sourceforge.net/xml/coverage-04.dtd">\n'
            + ElementTree.tostring(top, encoding="unicode") + "\n")


def _rates(files, with_counts: bool = False) -> dict[str, str]:
    files = list(files)
    lines = [count for file in files for count in file.lines.values()]
    branches = [branch.count for file in files for some in file.branches.values()
                for branch in some]
    rates = {"line-rate": _rate(lines), "branch-rate": _rate(branches)}
    if with_counts:
        rates |= {"lines-covered": str(sum(map(bool, lines))), "lines-valid": str(len(lines)),
                  "branches-covered": str(sum(map(bool, branches))),
                  "branches-valid": str(len(branches))}
    return rates


def _rate(counts: list[int]) -> str:
    return f"{sum(map(bool, counts)) / len(counts) if counts else 1:.4f}"


def _class(classes: ElementTree.Element, name: str, file: profile.FileProfile) -> None:
    made = ElementTree.SubElement(classes, "class", {
        "name": Path(name).name, "filename": name, "complexity": "0"} | _rates([file]))
    methods = ElementTree.SubElement(made, "methods")
    for function, data in sorted(file.functions.items(), key=lambda item: item[1].line):
        rate = "1.0" if data.count else "0.0"
        method = ElementTree.SubElement(methods, "method", {
            "name": function, "signature": "", "line-rate": rate, "branch-rate": rate,
            "complexity": "0"})
        lines = ElementTree.SubElement(method, "lines")
        ElementTree.SubElement(lines, "line", {"number": str(data.line), "hits": str(data.count)})
    lines = ElementTree.SubElement(made, "lines")
    for number, count in sorted(file.lines.items()):
        branches = file.branches.get(number, [])
        line = ElementTree.SubElement(lines, "line", {
            "number": str(number), "hits": str(count), "branch": "true" if branches else "false"})
        if branches:
            taken = sum(bool(branch.count) for branch in branches)
            line.set("condition-coverage",
                     f"{100 * taken // len(branches)}% ({taken}/{len(branches)})")
