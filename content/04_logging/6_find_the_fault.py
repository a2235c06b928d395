# %% goal [markdown]
# # Find the fault in a log
#
# **Goal.** `request_id`, `listing` and `cause` say which request was answered with 500, which
# listing it had asked for, and what led to it.
#
# The log was written by a real server that answered several requests at the same time. In the
# notebook, work on it in cells of your own: `records` is the list of its lines as dictionaries. The
# file is `lab/given_log/log.jsonl`.

# %% instructor [markdown]
# Minutes: 7
#
# What ids are for. The loudest line (ERROR) is of a request that ended well, the line above the
# failure is of another one, and the exception says where it broke, not why. The cause is a WARNING
# two dozen lines earlier, and only the id leads there.

# %% solution
# The id of the request that was answered with 500, and the number of the listing it asked for.
# BEGIN SOLUTION: request_id = ...
request_id = "2bfd210b"
# END SOLUTION
# BEGIN SOLUTION: listing = ...
listing = 22
# END SOLUTION

# What led to it? One letter:
# "A"  The listing service did not answer.
# "B"  The client asked for something that is no number of a listing.
# "C"  The listing had no living area, and the app went on with 0 in its place.
# "D"  The listing was older than a year.
# "E"  There is no such listing.
# BEGIN SOLUTION: cause = ...
cause = "C"
# END SOLUTION

# %% check
import json

from lab.exercises.checking import Answer, expect
from lab.given_log import given_log


def check(answer: Answer) -> None:
    records = [json.loads(line) for line in given_log()]
    request_id = str(answer.get("request_id")).strip()
    lines = [record for record in records if record["request_id"] == request_id]
    expect(
        lines,
        f"No line of the log has the id {request_id!r}.",
        hint="An id has eight letters and digits, such as d8160cd5.",
    )
    last = lines[-1]["message"]
    expect(
        last.endswith(" 500"),
        f"The last line of the request {request_id} is '{last}': it was not answered with 500.",
        hint="ERROR is what the app made of a line. The status of the answer is in the message of "
        "the last line of each request.",
    )
    listing = str(answer.get("listing")).strip()
    expect(
        last == f"GET /listings/{listing}/price 500",
        f"The request {request_id} did not ask for listing {listing}.",
        hint="The neighbouring lines belong to other requests. Look only at those with this id.",
    )
    cause = str(answer.get("cause")).strip().upper()
    expect(cause in "ABCDE" and len(cause) == 1, f"{cause!r} is none of the five letters.")
    expect(
        cause != "A",
        "The listing service did fail to answer, but other requests: no line of this one says so.",
        hint=ONLY_THIS,
    )
    expect(
        cause not in "BDE",
        f"No line of the request {request_id} says what {cause} says.",
        hint=ONLY_THIS,
    )


ONLY_THIS = "Print only the lines with this id, in their order. Which one is out of the ordinary?"


# %% hints [markdown]
# - The status of each answer stands at the end of a message: look for `" 500"`.
# - `[record for record in records if record["request_id"] == "..."]` is the whole story of one
#   request, without all the others.
# - The exception says where it broke: a division by zero. Which earlier line of the same request
#   says where the zero came from?

# %% wrong-first-error
# why: The first line at ERROR is the request that failed.
# says: it was not answered with 500
request_id = "73139947"
listing = 14
cause = "A"

# %% wrong-listing-of-the-neighbour
# why: The line before the failure says which listing was asked for.
# says: did not ask for listing 9999
request_id = "2bfd210b"
listing = 9999
cause = "C"

# %% wrong-loudest-cause
# why: Just before it failed, there was an ERROR: the listing service did not answer.
# says: no line of this one says so
request_id = "2bfd210b"
listing = 22
cause = "A"

# %% wrong-no-such-listing
# why: A request that fails has asked for something that does not exist.
# says: says what E says
request_id = "2bfd210b"
listing = 22
cause = "E"

# %% wrong-no-such-id
# why: The id is that of the exception.
# says: No line of the log has the id
request_id = "ZeroDivisionError"
listing = 22
cause = "C"

# %% right-found-by-a-program
import json

from lab.given_log import given_log

records = [json.loads(line) for line in given_log()]
(failed,) = [record for record in records if record["message"].endswith(" 500")]
request_id = failed["request_id"]
listing = failed["message"].split("/")[2]
(warning,) = [r for r in records if r["request_id"] == request_id and r["level"] == "WARNING"]
cause = "c" if "no living area" in warning["message"] else ...
