# Exercise 06.2: Read the verdict
#
# **Goal.** Give each of the four reports its verdict, and say of two of them whether they prove the
# claim "at least 1.5 times as fast".
#
# In `verdict`, write `"faster"`, `"slower"`, `"equivalent"`, `"undecided"` or `"invalid"` for each
# report. The margin is 5 %: from 0.95 to 1.05 counts as equal. In `claim`, write `"holds"`,
# `"does not hold"` or `"undecided"`.
#
# Check it: .venv/bin/lab check 06.2 in a terminal, or check("06.2") in a notebook.

# The ratio with its 95 % interval, and the same for the A/A pairs.
REPORTS = {
    "A": {"ratio": (1.32, 1.21, 1.44), "A/A": (1.01, 0.97, 1.05)},
    "B": {"ratio": (1.02, 0.99, 1.04), "A/A": (1.00, 0.98, 1.03)},
    "C": {"ratio": (1.09, 0.95, 1.25), "A/A": (1.02, 0.93, 1.11)},
    "D": {"ratio": (1.66, 1.52, 1.81), "A/A": (1.31, 1.19, 1.44)},
}

verdict = {"A": ..., "B": ..., "C": ..., "D": ...}

# "At least 1.5 times as fast": does it hold, by report A and by report E?
E = {"ratio": (1.47, 1.30, 1.66), "A/A": (1.00, 0.96, 1.04)}
claim = {"A": ..., "E": ...}
