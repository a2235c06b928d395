# Exercise 08.5: Read three logs
#
# **Goal.** For each of three logs you name the cause, and the cure that helps for good.
#
# They come from rehearsals of three apps, and are shortened: times and ids are left out. `INFO`
# lines are uvicorn's.
#
# **Log 1.** Somebody has asked for a report.
#
# ```text
# heroku[web.1]: State changed from starting to up
# heroku[router]: at=error code=H12 desc="Request timeout" path="/report" service=30000ms
# app[web.1]: The report is ready
# ```
#
# **Log 2.** A client has sent the houses of a whole town.
#
# ```text
# app[web.1]: INFO:     Started parent process [4]
# app[web.1]: INFO:     Started server process [6]
# app[web.1]: INFO:     Started server process [7]
# heroku[web.1]: State changed from starting to up
# app[web.1]: INFO:     Waiting for child process [7]
# heroku[router]: at=error code=H13 desc="Connection closed without response" service=5295ms
# app[web.1]: INFO:     Child process [7] died
# ```
#
# **Log 3.** Every deploy ends like this. The release before runs as `web.1`, and so does the next.
#
# ```text
# heroku[web.1]: Restarting
# heroku[web.1]: Stopping all processes with SIGTERM
# app[web.1]: SIGTERM has come: saving
# heroku[web.1]: Starting process with command `python app.py`
# heroku[web.1]: State changed from starting to up
# heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds
# heroku[web.1]: Stopping remaining processes with SIGKILL
# heroku[web.1]: Process exited with status 137
# ```
#
# Check it: .venv/bin/lab check 08.5 in a terminal, or check("08.5") in a notebook.

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

LOG_1 = {"cause": ..., "cure": ...}
LOG_2 = {"cause": ..., "cure": ...}
LOG_3 = {"cause": ..., "cure": ...}
