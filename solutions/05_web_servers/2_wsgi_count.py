# Exercise 05.2: A WSGI app that reads a body
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import json


def app(environ, start_response):
    if environ["PATH_INFO"] == "/api/v1/count":
        length = int(environ["CONTENT_LENGTH"])
        inputs = json.loads(environ["wsgi.input"].read(length))["inputs"]
        status, data = "200 OK", {"houses": len(inputs)}
    else:
        status, data = "404 Not Found", {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
