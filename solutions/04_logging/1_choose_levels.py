# Exercise 04.1: Choose the levels
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

# A request was answered with status 200, as most are.
answered = "INFO"

# For each house: the names of all the columns that the client left out and the model filled in.
filled_in = "DEBUG"

# A client sent "eleven" where a number belongs, and was answered with status 422.
bad_request = "INFO"

# The listing service did not answer. It was asked once more, and then it did.
second_attempt = "WARNING"

# An exception that nobody had foreseen: this one request was answered with status 500.
unforeseen = "ERROR"

# The file of the model is missing. The server cannot start.
no_model = "CRITICAL"
