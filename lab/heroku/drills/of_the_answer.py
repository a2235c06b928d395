"""Drills about an answer that goes wrong on its way: H15, H17 and H18."""

from __future__ import annotations

from lab.heroku.drills.acts import Ask
from lab.heroku.drills.drill import Drill, Question
from lab.heroku.drills.programs import APP, WANTED, changed, project

FALLS_SILENT = """\
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def make_rows():
    time.sleep(60)  # asks for each price
    return b"12 prices"


class Report(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"The report of today\\n")
        self.wfile.write(make_rows())


ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Report).serve_forever()
"""

SENDS_TEXT = """\
import os
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Prices(StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass  # the request and its headers
        self.wfile.write(b"12 prices\\r\\n")


ThreadingTCPServer(("0.0.0.0", int(os.environ["PORT"])), Prices).serve_forever()
"""

SENDS_HALF = """\
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PRICES = [195500, 172000, None, 244000]


class Table(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(7 * len(PRICES)))  # six digits and a line end
        self.end_headers()
        for price in PRICES:
            self.wfile.write(f"{price:6d}\\n".encode())


ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Table).serve_forever()
"""

DRILLS = (
    Drill(
        "H15",
        "A report stops after its first line",
        "Visitors get the title of a report at once, then nothing for nearly a minute, and then "
        "the end of the connection.",
        project(FALLS_SILENT),
        Question(
            "The app begins its answer, and then sends nothing for longer than 55 seconds.",
            {
                "The app takes too long for its first byte.": "Then the code would be H12. The "
                "title had come.",
                "The app has broken off.": "Then the code would be H18, with sock=backend.",
                "The visitor sends nothing.": "Then the code would be H28, with sock=client. The "
                "request was whole.",
            },
        ),
        Question(
            "Make the rows outside the request, and answer with what is there.",
            {
                "Send the title sooner.": "It was the first that came. The rows are late.",
                "Answer in HTTP/2.": "A connection on which nothing comes is closed just the same.",
                "Raise the limit.": "There is no such setting.",
            },
        ),
        "With the first byte come 55 seconds for the next, and with each byte another 55.",
        {
            "app.py": FALLS_SILENT.replace(
                "    time.sleep(60)  # asks for each price\n", "    # made by a worker process\n"
            )
        },
        (Ask(WANTED),),
    ),
    Drill(
        "H17",
        "An answer that nobody understands",
        "The app writes its text into the connection, as a program of twenty lines can. Every "
        "visitor gets an error page.",
        project(SENDS_TEXT),
        Question(
            "What the app sends is not HTTP: it has no status line and no headers.",
            {
                "The app sends nothing.": "Then the code would be H13.",
                "The app breaks off in the middle.": "Then the code would be H18.",
                "The app has crashed.": "Then the code would be H10. It takes each connection.",
            },
        ),
        Question(
            "Leave HTTP to a server: answers.py has one, which sends status line and headers.",
            {
                "Send the text twice.": "It is no more HTTP for that.",
                "Answer on another port.": "The router has found the app where it looks for it.",
                "Send the request again.": "The answer is the same text.",
            },
        ),
        "An answer of HTTP begins with a line such as HTTP/1.1 200 OK. Servers write it for you.",
        {"app.py": APP},
        (Ask(WANTED),),
    ),
    Drill(
        "H18",
        "A table breaks off",
        "Visitors get the first lines of a table of prices, and never the last.",
        project(SENDS_HALF),
        Question(
            "The app fails after it has sent a part of its answer.",
            {
                "The app fails before it answers.": "Then the code would be H13.",
                "The visitor's connection broke.": "Then the code would be H27, with "
                "sock=client. Here it says sock=backend.",
                "The table is too long.": "It has four lines, and bytes= shows how few had come.",
            },
        ),
        Question(
            "Make the whole table first, without the missing price, and then send it.",
            {
                "Send no Content-Length.": "The table still breaks off, and now nobody notices.",
                "Send the request again.": "It breaks off at the same place.",
                "Set the status to 500.": "It was sent long before, with the first byte.",
            },
        ),
        "A status that is sent cannot be taken back: whoever streams has to check before.",
        changed(
            project(SENDS_HALF),
            "app.py",
            "PRICES = [195500, 172000, None, 244000]",
            "SOLD = [195500, 172000, None, 244000]\nPRICES = [one for one in SOLD if one]",
        ),
        (Ask("244000"),),
    ),
)
