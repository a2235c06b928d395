# Exercise 05.3: An ASGI app that reads a body
#
# **Goal.** Write an ASGI callable `app` that does the same: a POST to `/api/v1/count` is answered
# with 200 and `{"houses": 2}` as JSON, any other path with 404, however many messages the body
# comes in.
#
# Each message from `await receive()` is a dictionary. `message["body"]` is the next piece of the
# body. As long as `message["more_body"]` is true, another one follows. Send the header
# `content-type: application/json`, and remember that ASGI has headers as bytes, with names in
# small letters. Write it by hand, as in the lesson. (A FastAPI app is an ASGI callable, too. It
# would pass, and teach you less.) Your app will be called by hand first, and then by uvicorn.
#
# Check it: .venv/bin/lab check 05.3 in a terminal, or check("05.3") in a notebook.

import json


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    ...  # look at the path, await the whole body, send two messages
