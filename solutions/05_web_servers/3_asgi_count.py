# Exercise 05.3: An ASGI app that reads a body
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import json


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/api/v1/count":
        content, more = b"", True
        while more:
            message = await receive()
            content += message.get("body", b"")
            more = message.get("more_body", False)
        status, data = 200, {"houses": len(json.loads(content)["inputs"])}
    else:
        status, data = 404, {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
