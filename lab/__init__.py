"""The workbench behind the notebooks: servers, exercises, measurements, rehearsals, decisions."""

from lab.direct import reach_this_machine_directly

reach_this_machine_directly()
