"""A run as a chart: a panel for each operation, a bar for each peer, the quartiles as whiskers."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt

from benchmarks.report import ratio, shown_operations
from benchmarks.results import Results

_OURS, _BASELINE, _OTHERS = "#1f6feb", "#57606a", "#b6bec7"
_COLUMNS = 3


def draw(results: Results, folder: Path) -> None:
    """Write plot.svg and plot.png into a folder."""
    matplotlib.use("Agg")
    # The same results make the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "benchmarks", "font.size": 8, "axes.spines.right": False})
    operations = shown_operations(results)
    lines = -(-len(operations) // _COLUMNS)
    peers = list(results.labels)
    figure, panels = plt.subplots(lines, _COLUMNS, figsize=(11, 2.7 * lines), sharey=True, squeeze=False)
    for number, panel in enumerate(panels.flat):
        if number >= len(operations):
            panel.axis("off")
            continue
        operation = operations[number]
        panel.set_title(operation, loc="left", fontweight="bold")
        for place, peer in enumerate(peers):
            found = ratio(results, peer, operation)
            if found is None:
                panel.text(0.02, place, "–", va="center", color=_OTHERS, fontsize=7)
                continue
            colour = _OURS if peer.startswith("library") else _BASELINE if found == (1, 1, 1) else _OTHERS
            whiskers = [[found.median - found.low], [found.high - found.median]]
            panel.barh(place, found.median, color=colour, xerr=whiskers, error_kw={"elinewidth": 0.8})
            panel.annotate(
                f"{found.median:.2f}", (found.high, place), (4, 0), textcoords="offset points", va="center", fontsize=7
            )
        panel.axvline(1, color=_BASELINE, linewidth=0.8, linestyle=":")
        panel.set_yticks(range(len(peers)), [results.labels[peer] for peer in peers])
        panel.margins(x=0.12)
        panel.spines["top"].set_visible(False)
    # All panels share this axis: turning one round turns them all.
    panels[0][0].invert_yaxis()
    figure.suptitle("Time per call over hand-written psycopg with tuples (less is faster)", x=0.01, ha="left")
    figure.tight_layout()
    figure.savefig(folder / "plot.svg", metadata={"Date": None})
    figure.savefig(folder / "plot.png", dpi=110, metadata={"Software": None})
    plt.close(figure)
