"""Drills: a copy that is broken on purpose is deployed, and one finds out why and mends it."""

from lab.heroku.drills.catalogue import UnknownDrillError, drills, find
from lab.heroku.drills.drill import Drill
from lab.heroku.drills.observing import Observation, make, observe

__all__ = ["Drill", "Observation", "UnknownDrillError", "drills", "find", "make", "observe"]
