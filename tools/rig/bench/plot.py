# SPDX-License-Identifier: GPL-2.0
"""Plot the growth of costs with gnuplot."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rig.base import console, process

PACKAGES = {"gnuplot-nox": "gnuplot"}

Growth = dict[str, dict[str, list[list[float]]]]

# Costs differ by orders of magnitude. On these axes, linear growth has the slope of the grey line.
HEAD = """\
set terminal pngcairo size 1280,560 font "sans,11" noenhanced
set output "{out}"
set logscale xy
set grid
set key top left
set yrange [0.05:1000]
set ylabel "CPU time per frame, ms"
set format y "%g"
memcpy = {memcpy:.4f}
set multiplot layout 1,2 title "Cost of a frame"
"""

PANELS = {
    "planes": """\
set title "Planes of 1920x1080: XR24, and AR24 above it"
set xlabel "planes"
set xtics (1, 2, 4, 8)
set xrange [0.8:10]
linear(x) = memcpy * x
""",
    "megapixels": """\
set title "One XR24 plane: 1280x720, 1920x1080, 3840x2160"
set xlabel "megapixels"
set xtics (0.92, 2.07, 8.29)
set xrange [0.7:11]
linear(x) = memcpy * x / (1.920 * 1.080)
""",
}


def script(growth: Growth, memcpy_ms: float, out: Path) -> str:
    """Return gnuplot's script."""
    lines = [HEAD.format(out=out, memcpy=memcpy_ms)]
    for kind, panel in PANELS.items():
        drawn = {driver: points for driver, points in growth[kind].items() if points}
        for driver, points in drawn.items():
            lines.append("\n".join([f"${driver}_{kind} << END",
                                    *(f"{size:g} {cost:g}" for size, cost in points), "END\n"]))
        curves = [f'${driver}_{kind} with linespoints lw 2 pt 7 title "{driver}"'
                  for driver in drawn]
        curves.append('linear(x) lc "grey" dt 2 title "memcpy of as many pixels"')
        lines += [panel, "plot " + ", \\\n     ".join(curves) + "\n"]
    return "".join([*lines, "unset multiplot\n"])


def draw(growth: Growth, memcpy_ms: float, out: Path) -> Path | None:
    """Draw the plot; return None if fewer than two sizes were measured."""
    out.unlink(missing_ok=True)
    if not any(len(points) > 1 for drivers in growth.values() for points in drivers.values()):
        return None
    source = out.with_suffix(".gnuplot")
    source.write_text(script(growth, memcpy_ms, out), encoding="utf-8")
    ran = process.run(["gnuplot", str(source)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode or not out.is_file():
        raise console.RigError("gnuplot failed", ran.stdout)
    return out
