"""Apps that only the comparison lab serves: each leaves something out, or does it wrong on purpose.

They run as servers of their own, like every app; nothing in the lab imports them.
"""
