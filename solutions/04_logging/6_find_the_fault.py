# Exercise 04.6: Find the fault in a log
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

# The id of the request that was answered with 500, and the number of the listing it asked for.
request_id = "2bfd210b"
listing = 22

# What led to it? One letter:
# "A"  The listing service did not answer.
# "B"  The client asked for something that is no number of a listing.
# "C"  The listing had no living area, and the app went on with 0 in its place.
# "D"  The listing was older than a year.
# "E"  There is no such listing.
cause = "C"
