# Exercise 05.2: A WSGI app that reads a body
#
# **Goal.** Write a WSGI callable `app`: a POST to `/api/v1/count` is answered with 200 and the
# number of houses in its body as JSON, `{"houses": 2}`; any other path is answered with 404.
#
# The body of the request is `{"inputs": [house, house, …]}`, as for a prediction. Its length in
# bytes stands in `environ["CONTENT_LENGTH"]`, as text. `environ["wsgi.input"].read(length)` gives
# the bytes. Send the header `Content-Type: application/json` with the answer. Write it by hand, as
# in the lesson. (A Flask app is a WSGI callable, too. It would pass, and teach you less.) Your app
# will be called by hand first, and then by gunicorn.
#
# Check it: .venv/bin/lab check 05.2 in a terminal, or check("05.2") in a notebook.

import json


def app(environ, start_response):
    ...  # look at the path, read the body, call start_response, return a list
