# Exercise 05.1: Read a request line
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def request_line(raw: bytes) -> tuple[str, str]:
    method, target, _ = raw.partition(b"\r\n")[0].decode().split(" ")
    return method, target.partition("?")[0]
