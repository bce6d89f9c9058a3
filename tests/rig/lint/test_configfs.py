# SPDX-License-Identifier: GPL-2.0
"""Test that docs/configfs.md describes each attribute of core/check/attributes.h."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DRIVER = ROOT / "drivers/gpu/drm/rvkms"
TABLE = DRIVER / "core/check/attributes.h"
FILES = DRIVER / "config_attr.c"
PAGE = ROOT / "docs/configfs.md"

ROW = re.compile(r"^RVKMS_([A-Z]+)_ATTRIBUTE\((\w+), (\w+), [\w.]+, (\w+), (\w+), (\w+)\)$")
# Attributes that are no numbers have callbacks of their own.
OWN = re.compile(r"^CONFIGFS_(?:BIN_)?ATTR(?:_RO)?\((\w+)_, (\w+)", re.MULTILINE)
SECTIONS = {"Device": "device", "Planes": "plane", "CRTCs": "crtc", "Connectors": "connector"}


def constants() -> dict[str, int]:
    """Return the values of the constants of core/check/device.h, and of the kernel's."""
    values = {"U32_MAX": 2 ** 32 - 1, "U64_MAX": 2 ** 64 - 1}
    text = (DRIVER / "core/check/device.h").read_text(encoding="utf-8")
    for name, value in re.findall(r"^#define (RVKMS_\w+) ([\w() /*]+)$", text, re.MULTILINE):
        values[name] = eval(value.replace("/", "//"))  # pylint: disable=eval-used
    return values


def wanted_text(kind: str, low: int, high: int) -> str:
    """Return the text of the column Values of an attribute."""
    return {
        "BOOL": "boolean",
        "BITS": f"bits of {high:#x}" + (", at least one" if low else ""),
        "BIT": f"one bit of {high:#x}",
        "ROTATIONS": f"bits of {high:#x} with an angle",
        "ROTATION": f"bits of {high:#x} with one angle",
        "CONNECTOR_TYPE": f"{low} to {high}, not 18",
    }.get(kind, f"{low} to {high}")


def attributes() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the texts of the columns Values and Live of each row of the table."""
    rows, values = {}, constants()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if row:
            owner, name, kind, low, high, when = row.groups()
            limits = [values[text] if text in values else int(text, 0) for text in (low, high)]
            rows[owner.lower(), name] = (wanted_text(kind, *limits),
                                         "yes" if when == "LIVE" else "no")
    return rows


def described() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the texts of the columns Values and Live of each row of the page."""
    rows, owner = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            owner = SECTIONS[line[4:]]
        elif owner and line.startswith("| `"):
            name, values, _, live, _ = [cell.strip() for cell in line.strip("|").split("|")]
            rows[owner, name.strip("`")] = (values, live)
    return rows


class ConfigfsPage(unittest.TestCase):
    """The page and the source have the same attributes."""

    def test_table_is_read(self):
        """Each line of the table is a row."""
        lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines()
                 if line.startswith("RVKMS_")]
        self.assertEqual(len(lines), len(attributes()))
        self.assertGreater(len(lines), 40)

    def test_numbers(self):
        """The page has the values of each attribute that is a number."""
        rows = described()
        for key, texts in attributes().items():
            with self.subTest(key):
                self.assertEqual(rows.get(key), texts)

    def test_all(self):
        """The page describes each file, and no other."""
        own = set(OWN.findall(FILES.read_text(encoding="utf-8"))) - {("object##", "name")}
        self.assertEqual(set(described()), own | set(attributes()))


if __name__ == "__main__":
    unittest.main()
