# Exercise 04.6: Find the fault in a log
#
# **Goal.** `request_id`, `listing` and `cause` say which request was answered with 500, which
# listing it had asked for, and what led to it.
#
# The log was written by a real server that answered several requests at the same time. In the
# notebook, work on it in cells of your own: `records` is the list of its lines as dictionaries. The
# file is `lab/given_log/log.jsonl`.
#
# Check it: .venv/bin/lab check 04.6 in a terminal, or check("04.6") in a notebook.

# The id of the request that was answered with 500, and the number of the listing it asked for.
request_id = ...
listing = ...

# What led to it? One letter:
# "A"  The listing service did not answer.
# "B"  The client asked for something that is no number of a listing.
# "C"  The listing had no living area, and the app went on with 0 in its place.
# "D"  The listing was older than a year.
# "E"  There is no such listing.
cause = ...
