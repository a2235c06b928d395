"""Controls for a notebook: move a figure or a weight, and the picture and its table are new."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path
from typing import Any, Final

import ipywidgets

from lab.bench.report.document import Table
from lab.bench.report.svg import svg
from lab.decide import tables
from lab.decide.case import Case
from lab.decide.comparison import compare
from lab.decide.figures import figures, with_figures
from lab.decide.pictures import PICTURES
from lab.decide.quantities import Quantity
from lab.decide.reading import load_case
from lab.decide.refusal import CaseError
from lab.decide.sheet import conclusion
from lab.decide.state import State, read_state, write_state

VIEWS: Final = {
    "Cost over load": ("costs", (tables.bill_table, tables.curve_table)),
    "What a month costs": ("bills", (tables.bill_table,)),
    "Points": ("standings", (tables.score_table,)),
    "Weights that change the winner": ("sensitivity", (tables.sensitivity_table,)),
    "How often each wins": ("wins", (tables.win_table,)),
}
# Two controls stand beside each other in a notebook, so that the picture below stays in sight.
LABEL: Final = {"description_width": "16em"}
WIDTH: Final = "30em"


class Explorer:
    """A case with controls. Shown at the end of a cell; works from code and from the keyboard too.

    `controls` has a control for each figure and weight that can be moved, by name; setting its
    `value` does what moving it does. `case` is the case as it is now.
    """

    def __init__(
        self, case: Case | str, names: Sequence[str] = (), view: str = "Cost over load"
    ) -> None:
        self._start = load_case(case) if isinstance(case, str) else case
        self._case = self._start
        self._quiet = False
        moved = names or _usual(self._start)
        self.controls = {name: _control(self._start, name) for name in moved}
        self.view = ipywidgets.Dropdown(
            options=list(VIEWS), value=view, description="Show", style=LABEL,
            layout=ipywidgets.Layout(width=WIDTH, max_width="100%"),
        )  # fmt: skip
        self.said = ipywidgets.HTML()
        self.shown = ipywidgets.HTML()
        for control in (*self.controls.values(), self.view):
            control.observe(self._redraw, names="value")
        wrapped = ipywidgets.Layout(flex_flow="row wrap")
        moved_and_view = ipywidgets.Box([*self.controls.values(), self.view], layout=wrapped)
        self.box = ipywidgets.VBox([moved_and_view, self.said, self.shown])
        self._redraw()

    @property
    def case(self) -> Case:
        """The case with what was moved."""
        return self._case

    @property
    def state(self) -> State:
        """What was moved. What stands where it stood keeps its range, and is not in it."""
        return State(
            self._start.name,
            {
                name: control.value
                for name, control in self.controls.items()
                if control.value != _start_value(self._start, name)
            },
        )

    def save(self, file: str | Path) -> str:
        """Write the state to a file that `lab decide --state FILE` and `load` can read."""
        return write_state(Path(file), self.state)

    def load(self, file: str | Path) -> None:
        """Move everything to where it stands in a file.

        Raises:
            StateError: when the file holds no state; the file and the controls stay as they are.
            CaseError: when the state is of another case, or moves what has no control here, or
                further than the control goes.
        """
        state = read_state(Path(file))
        if state.case != self._start.name:
            raise CaseError(f"{file} is of the case {state.case!r}, not {self._start.name!r}.")
        strange = [name for name in state.changes if name not in self.controls]
        if strange:
            raise CaseError(f"{file} moves {strange[0]}, which has no control here.")
        for name, value in state.changes.items():
            _check_reach(str(file), name, value, self.controls[name])
        self._move(state.changes)

    def reset(self) -> None:
        """Move everything back to the case as it is written."""
        self._move({})

    def _move(self, changes: Mapping[str, float]) -> None:
        self._quiet = True
        for name, control in self.controls.items():
            control.value = changes.get(name, _start_value(self._start, name))
        self._quiet = False
        self._redraw()

    def tables(self) -> list[Table]:
        """Return the tables that are shown beside the picture."""
        _, makers = VIEWS[self.view.value]
        return [make(self._case) for make in makers]

    def _redraw(self, change: object = None) -> None:
        del change
        if self._quiet:
            return
        try:
            self._case = with_figures(self._start, self.state.changes)
            compare(self._case)
        except (CaseError, ValueError) as error:
            self.said.value = f"<pre>{html.escape(str(error))}</pre>"
            return
        name, _ = VIEWS[self.view.value]
        draw, describe = PICTURES[name]
        described = describe(self._case)
        picture = svg(draw(self._case), f"explore-{name}", described)
        text = "\n\n".join(tables.text(table) for table in self.tables())
        self.said.value = f"<p>{html.escape(conclusion(self._case))}</p>"
        told = f"<p>{html.escape(described)}</p>\n<pre>{html.escape(text)}</pre>"
        self.shown.value = f"{picture}\n{told}"

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        # Where no kernel moves controls, on a page that was made from the notebook, the picture
        # and its table are there all the same.
        text = "\n\n".join([conclusion(self._case), *map(tables.text, self.tables())])
        controls = self.box._repr_mimebundle_(**options)
        still = f"{self.said.value}\n{self.shown.value}"
        return {**controls, "text/html": still, "text/plain": text}


def explore(case: Case | str, *names: str, view: str = "Cost over load") -> Explorer:
    """Return controls for a case: for these figures, or for the load, the work and the weights.

    A name is one of `figures(case)`, or a weight such as "criteria.cost.weight".

    Raises:
        CaseError: when the case has no figure of such a name.
    """
    return Explorer(case, names, view)


def _check_reach(file: str, name: str, value: object, control: ipywidgets.DOMWidget) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise CaseError(f"{file} moves {name} to {value!r}, and a control has a number.")
    log = isinstance(control, ipywidgets.FloatLogSlider)
    low, high = (control.base**one if log else one for one in (control.min, control.max))
    if not low <= value <= high:
        raise CaseError(
            f"{file} moves {name} to {value:,.6g}, and its control goes from {low:,.6g} to "
            f"{high:,.6g}. The terminal takes it: lab decide --state {file}"
        )


def _usual(case: Case) -> list[str]:
    staff = [f"{option}.staff" for option in case.options]
    weights = [f"criteria.{name}.weight" for name in case.criteria]
    return ["load.requests", "load.idle", *staff, *weights]


def _figure(case: Case, name: str) -> Quantity:
    """Return a figure or a weight by its name."""
    weights = {f"criteria.{one}.weight": what.weight for one, what in case.criteria.items()}
    known = figures(case) | weights
    if name not in known:
        raise CaseError(
            f"{name!r} is no figure of the case. `figures(case)` has their names, and a weight has "
            f"one such as {next(iter(weights))}."
        )
    return known[name]


def _start_value(case: Case, name: str) -> float:
    # Six figures are what a control shows; more would come back changed from it.
    return float(f"{_figure(case, name).middle:.6g}")


def _control(case: Case, name: str) -> ipywidgets.DOMWidget:
    value = _start_value(case, name)
    shown: dict[str, Any] = {"description": _label(case, name), "style": LABEL}
    layout = ipywidgets.Layout(width=WIDTH, max_width="100%")
    shown |= {"layout": layout, "continuous_update": False}
    if name == "load.requests":
        return ipywidgets.FloatLogSlider(
            value=value, base=10, min=min(3.0, log10(value)), max=max(9.0, log10(value)), step=0.01,
            readout_format=",.3r", **shown,
        )  # fmt: skip
    if name in {"load.idle", "utilisation"}:
        least = 0.0 if name == "load.idle" else 0.05
        return ipywidgets.FloatSlider(value=value, min=least, max=0.99, step=0.01, **shown)
    if name.endswith(".weight"):
        return ipywidgets.FloatSlider(
            value=value, min=0, max=max(100, value), step=1, readout_format=".3g", **shown
        )
    if value == 0:
        return ipywidgets.BoundedFloatText(value=value, min=0, max=1e12, **shown)
    return ipywidgets.FloatSlider(value=value, min=0, max=4 * value, step=value / 50, **shown)


def _label(case: Case, name: str) -> str:
    if name.endswith(".weight"):
        return f"weight: {case.criteria[name.split('.')[1]].title}"
    unit = _figure(case, name).unit
    return f"{name} ({unit})" if unit else name
