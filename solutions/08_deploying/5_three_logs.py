# Exercise 08.5: Read three logs
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

# What is the cause?
# "A"  The app crashes while it starts.
# "B"  The app takes longer for its first byte than the router waits.
# "C"  The app takes more memory than a dyno has.
# "D"  A worker gives its supervisor no sign of life, and is killed.
# "E"  The visitor does not wait for the answer.
# "F"  A process does not end when it is told to.
# "G"  The app does not listen on $PORT.
#
# What cures it for good?
# 1  heroku ps:restart
# 2  heroku ps:scale web=2
# 3  Answer at once, and do the work in the same process afterwards.
# 4  Give workers more time for a sign of life, or compute in a process of its own.
# 5  Save, and then end the process.
# 6  Catch SIGKILL too.
# 7  Have the client wait for longer.

LOG_1 = {"cause": "B", "cure": 3}
LOG_2 = {"cause": "D", "cure": 4}
LOG_3 = {"cause": "F", "cure": 5}
