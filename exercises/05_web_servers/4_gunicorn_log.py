# Exercise 05.4: What happened to the workers?
#
# **Goal.** For each of four incidents, set `cause` to the right letter, and `slow_path` to the path
# whose request took too long in one of them.
#
# An app ran on gunicorn. Four times its users complained, and here is what the log said each time,
# without most lines of the tracebacks. The causes to choose from:
#
# - `"a"`: a request took longer than the time-out,
# - `"b"`: the operating system killed a worker, as it does when memory runs out,
# - `"c"`: the app is of the other interface, ASGI instead of WSGI,
# - `"d"`: the app cannot be loaded, so no worker ever came up,
# - `"e"`: the app's own code raised an exception while it answered,
# - `"f"`: another program already listens on the port.
#
# Check it: .venv/bin/lab check 05.4 in a terminal, or check("05.4") in a notebook.

INCIDENT_1 = """\
[09:14:02] [4100] [INFO] Listening at: http://127.0.0.1:8001 (4100)
[09:14:02] [4100] [INFO] Using worker: sync
[09:14:02] [4102] [INFO] Booting worker with pid: 4102
[09:14:02] [4103] [INFO] Booting worker with pid: 4103
127.0.0.1 - - [09:20:11] "GET /api/v1/health HTTP/1.1" 200 73
[09:21:47] [4100] [CRITICAL] WORKER TIMEOUT (pid:4103)
127.0.0.1 - - [09:21:47] "GET /api/v1/houses HTTP/1.1" 200 5120
[09:21:47] [4103] [ERROR] Error handling request GET /api/v1/report
  File "report.py", line 31, in make_report
    rows = fetch_all_sales(connection)
SystemExit: 1
127.0.0.1 - - [09:21:47] "GET /api/v1/report HTTP/1.1" 500 0
[09:21:47] [4103] [INFO] Worker exiting (pid: 4103)
[09:21:47] [4119] [INFO] Booting worker with pid: 4119
"""

INCIDENT_2 = """\
[11:02:30] [5200] [INFO] Using worker: sync
[11:02:30] [5201] [INFO] Booting worker with pid: 5201
[11:02:31] [5201] [ERROR] Error handling request GET /api/v1/health
    respiter = self.wsgi(environ, resp.start_response)
TypeError: app() missing 1 required positional argument: 'send'
127.0.0.1 - - [11:02:31] "GET /api/v1/health HTTP/1.1" 500 0
"""

INCIDENT_3 = """\
[15:40:08] [6300] [INFO] Using worker: gthread
[15:40:08] [6301] [INFO] Booting worker with pid: 6301
127.0.0.1 - - [15:52:19] "POST /api/v1/predict HTTP/1.1" 200 84
[15:52:23] [6300] [ERROR] Worker (pid:6301) was sent SIGKILL! Perhaps out of memory?
[15:52:23] [6317] [INFO] Booting worker with pid: 6317
127.0.0.1 - - [15:52:24] "POST /api/v1/predict HTTP/1.1" 200 84
[15:58:40] [6300] [ERROR] Worker (pid:6317) was sent SIGKILL! Perhaps out of memory?
[15:58:40] [6340] [INFO] Booting worker with pid: 6340
"""

INCIDENT_4 = """\
[18:05:55] [7400] [INFO] Listening at: http://127.0.0.1:8001 (7400)
[18:05:55] [7400] [INFO] Using worker: sync
[18:05:55] [7401] [INFO] Booting worker with pid: 7401
[18:05:55] [7401] [ERROR] Exception in worker process
  File "main.py", line 9, in <module>
    model = load_model("artefact/model.onnx")
FileNotFoundError: [Errno 2] No such file or directory: 'artefact/model.onnx'
[18:05:55] [7401] [INFO] Worker exiting (pid: 7401)
[18:05:55] [7400] [ERROR] Worker (pid:7401) exited with code 3.
[18:05:55] [7400] [ERROR] Shutting down: Master
[18:05:55] [7400] [ERROR] Reason: Worker failed to boot.
"""

cause = {1: ..., 2: ..., 3: ..., 4: ...}  # "a" to "f" for each incident
slow_path = ...
