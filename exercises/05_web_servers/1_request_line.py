# Exercise 05.1: Read a request line
#
# **Goal.** `request_line(raw)` takes the bytes of a request and returns its method and its path as
# text, without anything from a question mark on.
#
# For `b"GET /docs?page=2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"` that is `("GET", "/docs")`. The part
# behind the question mark is called the query; an app gets it separately.
#
# Check it: .venv/bin/lab check 05.1 in a terminal, or check("05.1") in a notebook.

def request_line(raw: bytes) -> tuple[str, str]:
    return ..., ...  # the method and the path
