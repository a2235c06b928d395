# Exercise 07.2: Three prices, one unit
#
# **Goal.** `a_month` says for each of the three what it costs in dollars a month, when it works for
# the whole month.
#
# A month has 30 days. Each has one vCPU at work; where memory is billed by itself, it has half a
# unit of it.
#
# - `"machine"`: a virtual machine at 0.0816 dollars an hour.
# - `"container"`: a container at 0.000024 dollars a second for each vCPU, and 0.0000025 dollars a
#   second for each GiB of memory.
# - `"platform"`: a platform at 20 dollars a month for each vCPU, and 10 dollars a month for each GB
#   of memory.
#
# Then set `cheapest` to the name of the cheapest.
#
# Check it: .venv/bin/lab check 07.2 in a terminal, or check("07.2") in a notebook.

a_month = {"machine": ..., "container": ..., "platform": ...}
cheapest = ...
