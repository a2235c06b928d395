# Exercise 06.6: What is wrong with these?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

PUBLISHED = {
    "paterson": {
        "frameworks on WSGI": "12 to 16 sync workers",
        "frameworks on ASGI": "5 workers",
        "conclusion": "async Python is not faster",
    },
    "httparena": {
        "Flask": "gunicorn, sync worker: 410,689 connections for 410,688 answers",
        "FastAPI": "uvicorn, connections stay open",
        "figure": "the best of three runs",
        "conclusion": "answers a second of the two frameworks",
    },
    "granian": {
        "uWSGI": "978 requests in 10 seconds, 413 requests a second",
        "conclusion": "granian is many times as fast",
    },
    "techempower": {
        "test": "each answer waits for a database",
        "conclusion, drawn by others": "FastAPI is as fast as Node and Go at any work",
    },
}

fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
answers_per_connection = 410_688 / 410_689
rate_by_counts = 978 / 10
best_run = "httparena"
