"""The decision: on-premises, IaaS, serverless container, PaaS or SaaS, for a case and its load."""

from lab.decide.case import Case
from lab.decide.chances import cheapest_share, wins
from lab.decide.comparison import Comparison, compare
from lab.decide.cost import Bill, bill, bills
from lab.decide.curves import Crossing, crossing_range, crossings, curves
from lab.decide.figures import figures, middle, with_figures
from lab.decide.flips import Flip, flip
from lab.decide.justification import objections, with_weights
from lab.decide.measured import with_measured
from lab.decide.offers import OPTIONS, prices
from lab.decide.options import known
from lab.decide.quantities import Quantity
from lab.decide.reading import case_names, load_case, make_case, read_case
from lab.decide.refusal import CaseError
from lab.decide.sensitivity import Sensitivity, sensitivities
from lab.decide.units import convert

__all__ = [
    "OPTIONS",
    "Bill",
    "Case",
    "CaseError",
    "Comparison",
    "Crossing",
    "Flip",
    "Quantity",
    "Sensitivity",
    "bill",
    "bills",
    "case_names",
    "cheapest_share",
    "compare",
    "convert",
    "crossing_range",
    "crossings",
    "curves",
    "figures",
    "flip",
    "known",
    "load_case",
    "make_case",
    "middle",
    "objections",
    "prices",
    "read_case",
    "sensitivities",
    "wins",
    "with_figures",
    "with_measured",
    "with_weights",
]
