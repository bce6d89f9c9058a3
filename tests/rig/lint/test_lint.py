# SPDX-License-Identifier: GPL-2.0
"""Test `make lint`: each check finds its fault."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from rig.base import console, paths
from rig.lint import lint, rings, waits
from tests.rig import support


class ProjectTest(unittest.TestCase):
    """Test the checks that need no kernel, on a small project."""

    def setUp(self) -> None:
        # The directory is outside of the project, or git would treat it as a part of it.
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name).resolve()
        patch = mock.patch.object(paths, "ROOT", self.root)
        patch.start()
        self.addCleanup(patch.stop)
        with mock.patch.object(lint.Lint, "__init__", lambda self: None):
            self.lint = lint.Lint()
        self.write("drivers/gpu/drm/rvkms/core/pixel/good.h",
                   "/* SPDX-License-Identifier: GPL-2.0 */\n")

    def write(self, name: str, text: str) -> None:
        """Create a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def finds(self, findings: list[str], *patterns: str) -> None:
        """Expect one finding per pattern, and no other."""
        self.assertEqual(len(findings), len(patterns), findings)
        for finding, pattern in zip(findings, patterns):
            self.assertRegex(finding, pattern)

    def test_spdx(self) -> None:
        """Report a file without a license identifier."""
        self.finds(self.lint.spdx())
        self.write("docs/bad.md", "# Title\n")
        self.finds(self.lint.spdx(), "^docs/bad.md: no SPDX")

    def test_machine_names(self) -> None:
        """Report a path of this machine."""
        self.finds(self.lint.machine_names())
        self.write("README.md", f"cd {self.root}\n")
        self.finds(self.lint.machine_names(), "^README.md:1: names")

    def test_shellcheck(self) -> None:
        """Report an unquoted variable in a script without a suffix."""
        self.write("tools/good", "#!/bin/sh\necho\n")
        self.finds(self.lint.shellcheck())
        self.write("tools/bad", "#!/bin/sh\nrm $1\n")
        self.finds(self.lint.shellcheck(), "^tools/bad:2:4: .*SC2086")

    def test_flake8(self) -> None:
        """Report an unused import in a script without a suffix."""
        self.write("tools/good", "#!/usr/bin/env python3\nprint()\n")
        self.finds(self.lint.flake8())
        self.write("tools/bad", "#!/usr/bin/env python3\nimport os\n")
        self.finds(self.lint.flake8(), "^tools/bad:2:1: F401")

    def test_no_script_is_no_success(self) -> None:
        """Fail a check that has no file."""
        with self.assertRaisesRegex(console.RigError, "no file"):
            self.lint.shellcheck()

    def test_core_includes(self) -> None:
        """Report includes of a forbidden header, of the shell and of a missing file in the core."""
        self.write("drivers/gpu/drm/rvkms/shell.h", "")
        self.write("drivers/gpu/drm/rvkms/core/pixel/bad.c",
                   '#include <linux/types.h>\n#include <linux/slab.h>\n#include "good.h"\n'
                   '#include "../../shell.h"\n#include "nothing.h"\n')
        self.finds(self.lint.ring_includes(),
                   "pixel/bad.c:2: the core must not include <linux/slab",
                   "pixel/bad.c:4: core must not include .*of shell", "pixel/bad.c:5: .*not a file")

    def test_core_folders(self) -> None:
        """Allow includes down the folders of core/, but none up, across or outside them."""
        core = "drivers/gpu/drm/rvkms/core"
        self.write(f"{core}/plane/span.h", '#include "../pixel/good.h"\n')
        self.write(f"{core}/compose/frame.c",
                   '#include "../pixel/good.h"\n#include "../plane/span.h"\n')
        self.finds(self.lint.ring_includes())
        self.write(f"{core}/color/aside.c", '#include "../plane/span.h"\n')
        self.write(f"{core}/new/file.c", '#include "../pixel/good.h"\n')
        self.write(f"{core}/pixel/up.c", '#include "../plane/span.h"\n')
        self.write(f"{core}/stray.c", '#include "pixel/good.h"\n')
        self.finds(self.lint.ring_includes(),
                   "color/aside.c:1: core/color must not include .*, a file of core/plane",
                   "new/file.c:1: core/ has no folder new in",
                   "pixel/up.c:1: core/pixel must not include .*, a file of core/plane",
                   "core/stray.c:1: core/ has no folder for this file in")

    def test_shell_folders(self) -> None:
        """Allow includes down the folders of the shell, and none up or of unknown folders."""
        top = "drivers/gpu/drm/rvkms"
        self.write(f"{top}/memory/low.h", "")
        self.write(f"{top}/objects/high.h", '#include "../memory/low.h"\n')
        self.write(f"{top}/module.h", '#include "objects/high.h"\n')
        self.finds(self.lint.ring_includes())
        self.write(f"{top}/memory/up.c", '#include "../objects/high.h"\n')
        self.write(f"{top}/objects/up.c", '#include "../module.h"\n')
        self.write(f"{top}/new/file.c", '#include "../memory/low.h"\n')
        self.finds(self.lint.ring_includes(),
                   "memory/up.c:1: shell/memory must not include .*, a file of shell/objects",
                   "new/file.c:1: shell/ has no folder new in",
                   "objects/up.c:1: shell/objects must not include .*, a file of the top of shell")

    def test_other_rings_includes(self) -> None:
        """Report includes of the shell in kms/ and of tests in the shell; accept any in tests."""
        self.write("drivers/gpu/drm/rvkms/shell.h", '#include "core/pixel/good.h"\n')
        self.write("tests/kunit/help.h", "")
        self.write("tests/kunit/a_kunit.c", '#include "help.h"\n#include "../core/pixel/good.h"\n')
        self.finds(self.lint.ring_includes())
        self.write("drivers/gpu/drm/rvkms/kms/bad.c", '#include "../shell.h"\n')
        self.write("drivers/gpu/drm/rvkms/bad.c", '#include "tests/help.h"\n')
        self.finds(self.lint.ring_includes(), "rvkms/bad.c:1: shell must not include .*of tests",
                   "kms/bad.c:1: kms must not include .*of shell")

    def test_suites_includes(self) -> None:
        """A suite reaches as far as the ring it tests."""
        driver = "drivers/gpu/drm/rvkms"
        self.write(f"{driver}/shell.h", "")
        self.write(f"{driver}/kms/layer.h", "")
        self.write("tests/kunit/core/help.h", '#include "../../core/pixel/good.h"\n')
        self.write("tests/kunit/kms/toy.h", '#include "../../kms/layer.h"\n')
        self.write("tests/kunit/shell/a_kunit.c",
                   '#include "../../shell.h"\n#include "../core/help.h"\n')
        self.finds(self.lint.ring_includes())
        self.write("tests/kunit/core/a_kunit.c",
                   '#include "../../shell.h"\n#include "../kms/toy.h"\n')
        self.write("tests/kunit/kms/a_kunit.c", '#include "../../shell.h"\n')
        self.finds(self.lint.ring_includes(),
                   "core/a_kunit.c:1: a suite of core must not include .*of shell",
                   "core/a_kunit.c:2: a suite of core must not include .*of kms",
                   "kms/a_kunit.c:1: a suite of kms must not include .*of shell")


class ObjectsTest(unittest.TestCase):
    """Test the checks of objects: their calls and their state."""

    def compiled(self, text: str) -> list[Path]:
        """Compile a text to an object."""
        directory = support.scratch(self)
        made = directory / "x.o"
        subprocess.run(["gcc", "-x", "c", "-", "-c", "-o", made], input=text, text=True, check=True)
        return [made]

    def test_pure_object(self) -> None:
        """Accept calls within the object and of memcpy()."""
        objects = self.compiled("void *memcpy(void *, const void *, unsigned long);\n"
                                "static const int table[] = {1, 2};\n"
                                "int a(int i) { return table[i]; }\n"
                                "void b(void *x, void *y, int n) { memcpy(x, y, a(n)); }\n")
        self.assertEqual(rings.call_faults(objects), [])
        self.assertEqual(rings.state_faults(objects), [])

    def test_allocation(self) -> None:
        """Report a call of kmalloc() in the core."""
        objects = self.compiled("void *kmalloc(long); void *a(void) { return kmalloc(1); }\n")
        self.assertEqual(len(rings.call_faults(objects)), 1)
        self.assertIn("kmalloc", rings.call_faults(objects)[0])

    def test_variable(self) -> None:
        """Report a static and a global variable."""
        objects = self.compiled("int seen;\n"
                                "int a(void) { static int n = 1; return seen++ + n++; }\n")
        self.assertEqual(len(rings.state_faults(objects)), 2)

    def test_commit_path(self) -> None:
        """Accept calls of DRM and of the layer in the commit path; report allocations and locks."""
        calls = self.compiled("void drm_crtc_vblank_put(void); void tkms_fault(void);\n"
                              "void a(void) { drm_crtc_vblank_put(); tkms_fault(); }\n")
        self.assertEqual(rings.path_faults(calls), [])
        for symbol in ("kmalloc", "kfree", "drmm_kmalloc", "mutex_lock", "_raw_spin_lock",
                       "__kmalloc_cache_noprof", "block_signals", "ww_mutex_lock"):
            with self.subTest(symbol=symbol):
                faults = rings.path_faults(self.compiled(
                    f"void {symbol}(void); void a(void) {{ {symbol}(); }}\n"))
                self.assertEqual(len(faults), 1)
                self.assertIn(f"needs {symbol},", faults[0])

    def test_waits(self) -> None:
        """Allow an object the waits of the table, and no others."""
        made = self.compiled("void schedule(void); void a(void) { schedule(); }\n")[0]
        self.assertEqual(waits.findings([made.rename(made.with_name("scanout.o"))]), [])
        for symbol in ("schedule", "__flush_workqueue", "ww_mutex_lock", "dma_fence_wait_timeout",
                       "dma_buf_begin_cpu_access", "mutex_lock_nested", "wait_for_completion",
                       "down_timeout", "msleep"):
            with self.subTest(symbol=symbol):
                made = self.compiled(f"void {symbol}(void); void a(void) {{ {symbol}(); }}\n")[0]
                found = waits.findings([made.rename(made.with_name("plane.o"))])
                self.assertEqual(len(found), 1)
                self.assertIn(f"plane.o calls {symbol}(), which waits", found[0])

    def test_allocation_on_the_way_to_a_fence(self) -> None:
        """Report an allocation in the scan-out, and not one in a check."""
        for name, count in (("scanout.o", 1), ("plane.o", 0)):
            made = self.compiled("void *__kmalloc_noprof(int);\n"
                                 "void *a(void) { return __kmalloc_noprof(1); }\n")[0]
            self.assertEqual(len(waits.findings([made.rename(made.with_name(name))])), count)

    def test_no_object(self) -> None:
        """Reject an empty list of objects."""
        with self.assertRaises(console.RigError):
            rings.call_faults([])
        with self.assertRaises(console.RigError):
            rings.path_faults([])
        with self.assertRaises(console.RigError):
            waits.findings([])


class KernelToolsTest(unittest.TestCase):
    """Test the kernel's own checks on a copy of the project with one fault per check."""

    FAULTS = {
        "checkpatch": "int rvkms_rig_checkpatch( void );\n",
        "kernel-doc": "/**\n * rvkms_rig_doc - says too little\n * @one: this\n */\n"
                      "int rvkms_rig_doc(int one, int two);\n",
        "w1-built-in": "int rvkms_rig_undeclared(void)\n{\n\treturn 0;\n}\n",
        "sparse-built-in": "static int __maybe_unused *rvkms_rig_null(void)\n{\n\treturn 0;\n}\n",
    }

    def test_every_fault_is_found_by_its_check(self) -> None:
        """Expect each check to report its fault under the project's name of the file."""
        project = support.copy_project(support.scratch(self))
        self.drop_suites(project)
        bad = sorted((project / paths.DRIVER / "core").rglob("*.c"))[0]
        with open(bad, "a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(self.FAULTS.values()))
        name = str(bad.relative_to(project))
        ran = support.run([project / "tools/rvkms", "lint", *self.FAULTS], env=dict(os.environ))
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        sections = self.sections(ran.stdout)
        for check in self.FAULTS:
            with self.subTest(check=check):
                self.assertIn(name, sections[check], ran.stdout)
        self.assertIn("rvkms_rig_doc", sections["kernel-doc"])
        self.assertIn("rvkms_rig_undeclared", sections["w1-built-in"])
        self.assertIn("plain integer as NULL", sections["sparse-built-in"])

    def drop_suites(self, project: Path) -> None:
        """Remove the suites and their option, because the checks would read them for minutes."""
        for path in (project / paths.SUITES).rglob("*.[ch]"):
            path.unlink()
        config = project / "uml-configs/fast.config"
        text = config.read_text(encoding="utf-8")
        self.assertIn("CONFIG_DRM_RVKMS_KUNIT_TEST=y\n", text)
        config.write_text(text.replace("CONFIG_DRM_RVKMS_KUNIT_TEST=y\n", ""), encoding="utf-8")

    def sections(self, output: str) -> dict[str, str]:
        """Return the findings of each failed check."""
        found: dict[str, str] = {}
        name = ""
        for line in output.splitlines():
            words = line.split()
            if line.startswith(("ok ", "not ok ")):
                name = words[3] if words[0] == "not" else ""
            elif name:
                found[name] = found.get(name, "") + line + "\n"
        return found
