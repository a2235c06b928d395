# Exercise 04.1: Choose the levels
#
# **Goal.** Each of the six events has the level that tells whoever reads the log what to do about
# it.
#
# Write one of `"DEBUG"`, `"INFO"`, `"WARNING"`, `"ERROR"` and `"CRITICAL"` behind each name. The
# lesson's table says what each of them is for.
#
# Check it: .venv/bin/lab check 04.1 in a terminal, or check("04.1") in a notebook.

# A request was answered with status 200, as most are.
answered = ...

# For each house: the names of all the columns that the client left out and the model filled in.
filled_in = ...

# A client sent "eleven" where a number belongs, and was answered with status 422.
bad_request = ...

# The listing service did not answer. It was asked once more, and then it did.
second_attempt = ...

# An exception that nobody had foreseen: this one request was answered with status 500.
unforeseen = ...

# The file of the model is missing. The server cannot start.
no_model = ...
