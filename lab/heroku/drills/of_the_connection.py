"""Drills about the connection from the router to the app: H19 and H21."""

from __future__ import annotations

from lab.heroku.drills.acts import Ask
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import WANTED, project

ONE_AT_A_TIME = """\
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Prices(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(1)  # asks a database
        self.send_response(200)
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"12 prices")


class Server(HTTPServer):
    request_queue_size = 0  # nobody has to wait in a queue


Server(("0.0.0.0", int(os.environ["PORT"])), Prices).serve_forever()
"""

MANY_AT_A_TIME = (
    ONE_AT_A_TIME.replace("import BaseHTTPRequestHandler, ", "import BaseHTTPRequestHandler, Thr")
    .replace("ThrHTTPServer", "ThreadingHTTPServer")
    .replace("class Server(HTTPServer)", "class Server(ThreadingHTTPServer)")
    .replace("request_queue_size = 0  # nobody has to wait in a queue", "request_queue_size = 128")
)

STOPS_LISTENING = """\
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Prices(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"12 prices")


server = ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Prices)
server.handle_request()
server.server_close()

while True:
    time.sleep(60)  # other work, every minute
"""

KEEPS_LISTENING = STOPS_LISTENING.replace(
    "server.handle_request()\nserver.server_close()\n\nwhile True:\n"
    "    time.sleep(60)  # other work, every minute\n",
    "server.serve_forever()\n",
).replace("import time\n", "")

DRILLS = (
    Drill(
        "H19",
        "Fine for one, bad for ten",
        "Alone you always get an answer. When ten ask at once, some get an error page.",
        project(ONE_AT_A_TIME),
        Question(
            "The app takes one connection at a time, and lets none wait.",
            {
                "The app refuses connections.": "Then the code would be H21, and it came at once.",
                "The app has crashed.": "It goes on answering the others.",
                "The router allows too few requests.": "It has passed them on: dyno=web.1.",
            },
        ),
        Question(
            "Answer each request in a thread of its own, and let connections wait.",
            {
                "Let the database answer faster.": "Then it takes twenty at once, or a hundred.",
                "Send the requests again.": "They would meet the same queue, and make it longer.",
                "Raise the time-out of the router.": "There is no such setting.",
            },
        ),
        "The router has 5 seconds to connect. A server has to take connections while it works.",
        {"app.py": MANY_AT_A_TIME},
        (Ask(WANTED, times=10, at_once=True),),
    ),
    Drill(
        "H21",
        "The first visitor is the last",
        "After each deploy the first request is answered. Then nobody gets through, although the "
        "dyno is up all the time.",
        project(STOPS_LISTENING),
        Question(
            "The process runs on but listens no more, so the connection is refused.",
            {
                "The process has ended.": "Then it would start again, or the code were H10.",
                "Connections wait too long.": "Then the code would be H19, after 5 seconds.",
                "Another port is used now.": "The log shows no new start, and the port is chosen "
                "at the start.",
            },
        ),
        Question(
            "Serve for ever, and do the other work elsewhere.",
            {
                "Restart after each request.": "Then every second visitor meets a starting dyno.",
                "Start ten dynos.": "Then ten requests are answered.",
                "Send the request again.": "Nobody listens, however often one knocks.",
            },
        ),
        "up means that a process runs, not that it answers. That is why apps have a health check.",
        {"app.py": KEEPS_LISTENING},
        (Ask(WANTED, times=3),),
    ),
)
