# SPDX-License-Identifier: GPL-2.0
"""Define the scenes of `make bench` and their requirements; measure nothing.

The names are those of tests/bench/scene.c. A cost is in milliseconds of CPU time per frame.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import statistics
from collections.abc import Iterable

from rig.base import checks, console
from rig.base.drivers import OURS, PEER

DRIVERS = (PEER, OURS)


@dataclasses.dataclass(frozen=True)
class Scene:
    """A scene, and its limits for rvkms; 0 means no limit."""

    name: str
    label: str
    max_ms: float = 0.0
    min_ratio: float = 0.0  # minimum of the cost of vkms divided by the cost of rvkms
    relative_to: str = ""  # another scene ...
    max_factor: float = 0.0  # ... and the maximum of this scene's cost divided by its cost

    def is_required(self) -> bool:
        """Return whether the scene has a limit."""
        return bool(self.max_ms or self.min_ratio or self.relative_to)


SCENES = (
    Scene("xr24", "XR24 full screen", max_ms=1.5, min_ratio=40),
    Scene("xr24-ar24", "XR24 + full-screen AR24 overlay", max_ms=6, min_ratio=12),
    Scene("rg16", "RG16 full screen", max_ms=4, min_ratio=60),
    Scene("xr24-cursor", "XR24 + 64x64 cursor", relative_to="xr24", max_factor=1.05),
    Scene("nv12", "NV12", max_ms=6, min_ratio=160),
    Scene("xr24-rotated", "XR24 rotated 90", relative_to="xr24", max_factor=3),
    Scene("xr24-gamma", "XR24 with gamma", max_ms=4),
    Scene("xr24-overlay", "XR24 on the overlay alone"),
    Scene("xr24-hidden", "XR24 hidden under an opaque overlay", relative_to="xr24-overlay",
          max_factor=1.05),
    Scene("xr24-ar24x3", "XR24 + 3 AR24 overlays"),
    Scene("xr24-ar24x7", "XR24 + 7 AR24 overlays"),
    Scene("xr24-tiny", "XR24 64x64"),
    Scene("xr24-720p", "XR24 1280x720"),
    Scene("xr24-2160p", "XR24 3840x2160"),
)

# The scenes of the growth plots, by number of planes and by megapixels.
PLANES = {1: "xr24", 2: "xr24-ar24", 4: "xr24-ar24x3", 8: "xr24-ar24x7"}
MEGAPIXELS = {1280 * 720 / 1e6: "xr24-720p", 1920 * 1080 / 1e6: "xr24",
              3840 * 2160 / 1e6: "xr24-2160p"}


@dataclasses.dataclass
class Cost:
    """The cost of a frame of one scene with one driver."""

    samples: list[float] = dataclasses.field(default_factory=list)
    crcs: set[str] = dataclasses.field(default_factory=set)
    unsupported: str = ""  # reason why the driver cannot show it
    failed: str = ""  # reason of a failed measurement

    @property
    def is_known(self) -> bool:
        """Return whether there is a result."""
        return bool(self.samples) and not self.failed

    @property
    def ms(self) -> float:
        """Return the median."""
        return statistics.median(self.samples)

    @property
    def spread(self) -> float:
        """Return the range of the samples, relative to the median."""
        return (max(self.samples) - min(self.samples)) / self.ms

    def as_json(self) -> dict[str, object]:
        """Return the cost as data for result.json."""
        if not self.is_known:
            return {"unsupported": self.unsupported} if self.unsupported else {
                "failed": self.failed}
        return {"ms": round(self.ms, 4), "spread": round(self.spread, 4),
                "samples_ms": [round(sample, 4) for sample in self.samples]}


# Costs by scene, then by driver.
Costs = dict[str, dict[str, Cost]]


def select(pattern: str) -> list[Scene]:
    """Return the scenes that match @pattern and the scenes they are compared with; "" matches all.
    """
    names = {scene.name for scene in SCENES if fnmatch.fnmatch(scene.name, pattern or "*")}
    if not names:
        raise console.RigError(f"no such scene: {pattern} (there are: "
                               + " ".join(scene.name for scene in SCENES) + ")")
    names |= {scene.relative_to for scene in SCENES if scene.name in names}
    return [scene for scene in SCENES if scene.name in names]


def groups(chosen: list[Scene]) -> list[list[Scene]]:
    """Group the scenes: scenes that are compared with the same one are in its group."""
    made: dict[str, list[Scene]] = {}
    for scene in chosen:
        made.setdefault(scene.relative_to or scene.name, []).append(scene)
    return list(made.values())


def ratio(costs: Costs, name: str) -> float | None:
    """Return the cost of vkms divided by the cost of rvkms."""
    ours, other = (costs[name][driver] for driver in (OURS, PEER))
    return other.ms / ours.ms if ours.is_known and other.is_known else None


def limit_ms(costs: Costs, scene: Scene) -> float | None:
    """Return the limit for rvkms; None without a limit, or if its reference was not measured."""
    if scene.max_ms:
        return scene.max_ms
    reference = costs.get(scene.relative_to, {}).get(OURS)
    return reference.ms * scene.max_factor if reference and reference.is_known else None


def judge(costs: Costs, scene: Scene) -> checks.Result:
    """Return a check of a scene's requirements."""
    ours = costs[scene.name][OURS]
    if ours.unsupported:
        return checks.Result(scene.label, [], 0, f"{OURS}: {ours.unsupported}")
    return checks.Result(scene.label, [ours.failed] if ours.failed else
                         [*_cost_faults(costs, scene), *_ratio_faults(costs, scene)], 0)


def _cost_faults(costs: Costs, scene: Scene) -> Iterable[str]:
    if not scene.max_ms and not scene.relative_to:
        return
    ours = costs[scene.name][OURS]
    limit = limit_ms(costs, scene)
    if limit is None:
        yield f"nothing to compare with: {scene.relative_to} was not measured"
    elif ours.ms > limit:
        yield f"{ours.ms:.2f} ms, at most {limit:.2f} ms"


def _ratio_faults(costs: Costs, scene: Scene) -> Iterable[str]:
    if not scene.min_ratio:
        return
    times = ratio(costs, scene.name)
    if times is None:
        other = costs[scene.name][PEER]
        yield f"no ratio: {PEER}: {other.unsupported or other.failed}"
    elif times < scene.min_ratio:
        yield f"{times:.1f} times as fast as {PEER}, at least {scene.min_ratio:.0f}"


def growth(costs: Costs) -> dict[str, dict[str, list[list[float]]]]:
    """Return the cost per driver, by the number of planes and by megapixels."""
    return {kind: {driver: [[size, round(costs[name][driver].ms, 4)]
                            for size, name in by_size.items()
                            if name in costs and costs[name][driver].is_known]
                   for driver in DRIVERS}
            for kind, by_size in (("planes", PLANES), ("megapixels", MEGAPIXELS))}


COLUMNS = ("scene", "vkms ms", "spread", "rvkms ms", "spread", "ratio", "x memcpy", "limit", "met")


def table(costs: Costs, chosen: list[Scene], memcpy: Cost) -> list[str]:
    """Return the results as lines of text."""
    rows = [COLUMNS, *(_row(costs, scene, memcpy) for scene in chosen),
            ("memcpy of a 1920x1080 frame", "", "", f"{memcpy.ms:.2f}", _spread(memcpy), "", "1.0",
             "", "")]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return ["  ".join(cell.ljust(width) if column in (0, 7) else cell.rjust(width)
                      for column, (cell, width) in enumerate(zip(row, widths))).rstrip()
            for row in rows]


def _row(costs: Costs, scene: Scene, memcpy: Cost) -> tuple[str, ...]:
    ours, other = (costs[scene.name][driver] for driver in (OURS, PEER))
    times = ratio(costs, scene.name)
    return (scene.label, _ms(other), _spread(other), _ms(ours), _spread(ours),
            f"{times:.1f}x" if times else "-",
            f"{ours.ms / memcpy.ms:.1f}" if ours.is_known else "-",
            _limit(costs, scene), _met(costs, scene))


def _ms(cost: Cost) -> str:
    if cost.unsupported:
        return "not supported"
    return f"{cost.ms:.2f}" if cost.is_known else "failed"


def _spread(cost: Cost) -> str:
    return f"{cost.spread:.0%}" if cost.is_known else ""


def _limit(costs: Costs, scene: Scene) -> str:
    if scene.relative_to:
        limit = limit_ms(costs, scene)
        text = f"{scene.max_factor:g} of {scene.relative_to}"
        return text if limit is None else f"{text}, {limit:.2f} ms"
    parts = [f"{scene.max_ms:g} ms"] * bool(scene.max_ms)
    parts += [f"{scene.min_ratio:g}x"] * bool(scene.min_ratio)
    return ", ".join(parts)


def _met(costs: Costs, scene: Scene) -> str:
    if not scene.is_required():
        return ""
    result = judge(costs, scene)
    return "skipped" if result.skip_reason else "no" if result.findings else "yes"
