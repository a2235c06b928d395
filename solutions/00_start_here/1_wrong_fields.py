# Exercise 00.1: Where are the mistakes?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def wrong_fields(problem):
    """Return the name of each field that is wrong."""
    return [error["loc"][-1] for error in problem["errors"] or []]
