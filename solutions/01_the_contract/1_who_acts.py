# Exercise 01.1: Who has to act?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def who_acts(status):
    """Return who has to act after an answer with this status."""
    return {2: "nobody", 4: "client", 5: "server"}[status // 100]
