"""Bar charts as SVG: bars that lie, a label and a value at each, light and dark."""

from dataclasses import dataclass
from html import escape

WIDTH = 760
LABELS = 236  # columns left of the bars
VALUES = 90  # and right of the longest
BAR, GAP, TOP = 22, 12, 62

_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .quiet { fill: #59636e }
  .page { fill: #ffffff } .a { fill: #0969da } .b { fill: #afb8c1 }
  .ours { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .quiet { fill: #9198a1 }
    .page { fill: #0d1117 } .a { fill: #4493f8 } .b { fill: #59636e }
  }"""


@dataclass(frozen=True)
class Bar:
    """`parts` stand end to end, as many as the chart has names; `value` is written behind."""

    label: str
    parts: tuple[float, ...]
    value: str
    ours: bool = False


def bar_chart(title: str, names: tuple[str, ...], bars: list[Bar]) -> str:
    """One or two `names`, the legend: what the parts of a bar are. Bars begin at 0."""
    longest = max(sum(bar.parts) for bar in bars) or 1
    scale = (WIDTH - LABELS - VALUES) / longest
    height = TOP + len(bars) * (BAR + GAP)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
             f'width="{WIDTH}" height="{height}" role="img">', f"<title>{escape(title)}</title>",
             f"<style>{_STYLE}\n</style>",
             f'<rect class="page" width="{WIDTH}" height="{height}" rx="6"/>',
             f'<text class="title" x="16" y="24">{escape(title)}</text>', *_legend(names)]
    for row, bar in enumerate(bars):
        lines += _bar(bar, TOP + row * (BAR + GAP), scale)
    return "\n".join([*lines, "</svg>", ""])


def _legend(names: tuple[str, ...]) -> list[str]:
    lines, x = [], 16
    for name, shade in zip(names, "ab"):
        lines += [f'<rect class="{shade}" x="{x}" y="36" width="11" height="11" rx="2"/>',
                  f'<text class="quiet" x="{x + 17}" y="46">{escape(name)}</text>']
        x += 40 + 7 * len(name)
    return lines


def _bar(bar: Bar, y: int, scale: float) -> list[str]:
    bold = ' class="ours"' if bar.ours else ""
    middle = y + BAR - 7
    lines = [f'<text{bold} x="{LABELS - 10}" y="{middle}" text-anchor="end">'
             f"{escape(bar.label)}</text>"]
    x = float(LABELS)
    for part, shade in zip(bar.parts, "ab"):
        lines.append(f'<rect class="{shade}" x="{x:.1f}" y="{y}" width="{part * scale:.1f}" '
                     f'height="{BAR}"/>')
        x += part * scale
    return [*lines, f'<text{bold} x="{x + 8:.1f}" y="{middle}">{escape(bar.value)}</text>']
