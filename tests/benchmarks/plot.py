"""A plot of latency against size, as SVG."""

from collections.abc import Sequence
from html import escape
from math import log10

_WIDTH, _HEIGHT = 430, 300
_LEFT, _TOP, _BOTTOM = 52, 34, 44
_LABEL = 12
_COLOURS = {"echo": "#2563eb", "patched": "#b45309", "painted": "#15803d"}

Line = tuple[str, str, list[tuple[float, float]]]
"""A figure's name, `p50` or `p95`, and its points: bytes, milliseconds."""


def latency_plot(panels: Sequence[tuple[str, Sequence[Line]]]) -> str:
    """Return the SVG of the panels, each a title with its lines; the size on a scale of powers of ten."""
    width = _WIDTH * len(panels)
    drawn = [
        f'<g transform="translate({_WIDTH * number},0)">{_panel(title, lines)}</g>'
        for number, (title, lines) in enumerate(panels)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}"'
        f' viewBox="0 0 {width} {_HEIGHT}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(drawn)}</svg>\n'
    )


def _panel(title: str, lines: Sequence[Line]) -> str:
    sizes = sorted({size for _name, _share, points in lines for size, _ms in points}) or [1.0]
    most = max((ms for _name, _share, points in lines for _size, ms in points), default=1.0)
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 50_000) if most / step <= 8)
    top = step * (int(most / step) + 1)
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - 78
    low, high = log10(sizes[0]), log10(sizes[-1])

    def x(size: float) -> float:
        return _LEFT + 10 + (right - _LEFT - 20) * ((log10(size) - low) / (high - low) if high > low else 0.5)

    def y(ms: float) -> float:
        return bottom - (bottom - _TOP) * ms / top

    parts = [f'<text x="{_LEFT}" y="18" font-size="13">{escape(title)}</text>']
    parts.extend(
        f'<line x1="{_LEFT}" x2="{right}" y1="{y(ms):.1f}" y2="{y(ms):.1f}" stroke="#e5e7eb"/>'
        f'<text x="{_LEFT - 6}" y="{y(ms) + 4:.1f}" text-anchor="end">{ms} ms</text>'
        for ms in range(0, top + 1, step)
    )
    for size in sizes:
        words = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} KB"
        parts.append(f'<text x="{x(size):.1f}" y="{bottom + 16}" text-anchor="middle">{words}</text>')
    for name, share, points in lines:
        colour = _COLOURS[name]
        dash = ' stroke-dasharray="4 3"' if share == "p95" else ""
        path = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')
    above = float(_HEIGHT)
    for name, share, points in sorted(lines, key=lambda line: line[2][-1][1]):
        above = min(y(points[-1][1]) + 4, above - _LABEL)  # none over another
        parts.append(f'<text x="{right + 4}" y="{above:.1f}" fill="{_COLOURS[name]}">{name} {share}</text>')
    return "".join(parts)
