# %% goal [markdown]
# # Read a request line
#
# **Goal.** `request_line(raw)` takes the bytes of a request and returns its method and its path as
# text, without anything from a question mark on.
#
# For `b"GET /docs?page=2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"` that is `("GET", "/docs")`. The part
# behind the question mark is called the query; an app gets it separately.

# %% instructor [markdown]
# Minutes: 5
#
# A request is bytes with a form, and parsing is work that a server does for the app. Most people
# forget the query, or leave bytes where text is wanted.


# %% solution
def request_line(raw: bytes) -> tuple[str, str]:
    # BEGIN SOLUTION: return ..., ...  # the method and the path
    method, target, _ = raw.partition(b"\r\n")[0].decode().split(" ")
    return method, target.partition("?")[0]
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, expect_equal, not_yet

METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD"]
PATHS = ["/", "/api/v1/health", "/api/v1/listings/7/price", "/assets/page.js"]
QUERIES = ["page=2", "from=/docs", "q=a?b", ""]
PICTURE = b"\xff\xd8\xff\xe0 a picture"  # so begins a JPEG file: no UTF-8


def check(answer: Answer) -> None:
    cases = [("GET", "/docs", ""), ("POST", "/api/v1/predict", "")]
    cases += [("GET", "/docs", "?page=2"), ("GET", "/docs", "?q=a?b")]
    for _ in range(8):
        choose = answer.random.choice
        cases.append((choose(METHODS), choose(PATHS), f"?{choose(QUERIES)}"))
    bodies = [b""] * len(cases) + [PICTURE]
    for (method, path, query), body in zip(
        [*cases, ("POST", "/pictures", "")], bodies, strict=True
    ):
        line = f"{method} {path}{query} HTTP/1.1"
        raw = f"{line}\r\nHost: 127.0.0.1\r\nReferer: /from here\r\n\r\n".encode() + body
        try:
            got = answer.call("request_line", raw)
        except UnicodeDecodeError:
            not_yet(
                f"For the line {line!r} the body is a picture, and your function tried to read it "
                "as text. A body may be any bytes.",
                hint="Which part of the request is surely text, and where does it end?",
            )
        expect(
            isinstance(got, tuple) and len(got) == 2,
            f"For the line {line!r} you returned {got!r}. Wanted is a pair: method and path.",
        )
        expect(
            not any(isinstance(part, bytes) for part in got),
            f"For the line {line!r} you returned {got!r}: bytes where text is wanted.",
            hint="Bytes have a method that makes text of them.",
        )
        expect(
            "?" not in str(got[1]),
            f"For the line {line!r} the path should be {path!r}, but yours has the query in it: "
            f"{got[1]!r}.",
            hint="Where does the path end, if there is a question mark?",
        )
        expect_equal(got, (method, path), f"The result for the line {line!r}")


# %% hints [markdown]
# - The request line ends at the first `\r\n`. What lies between its three parts?
# - `raw.partition(b"\r\n")[0].decode()` is the request line as text. It can be split at blanks.
# - The second part is the path with the query. `partition("?")` cuts it at the first question mark.


# %% wrong-query
# why: The query is taken for a part of the path.
# says: yours has the query in it: '/docs?page=2'
def request_line(raw: bytes) -> tuple[str, str]:
    method, path, _ = raw.partition(b"\r\n")[0].decode().split(" ")
    return method, path


# %% wrong-bytes
# why: The parts are left as bytes, which are not equal to text that looks the same.
# says: bytes where text is wanted
def request_line(raw: bytes) -> tuple[bytes, bytes]:
    method, path = raw.split(b" ")[:2]
    return method, path.partition(b"?")[0]


# %% wrong-last-question-mark
# why: The path is cut at the last question mark, though a query may have one, too.
# says: yours has the query in it: '/docs?q=a'
def request_line(raw: bytes) -> tuple[str, str]:
    method, path, _ = raw.decode().split("\r\n")[0].split(" ")
    return method, path.rsplit("?", 1)[0]


# %% wrong-whole-line
# why: The whole line is returned, and taking it apart is left to others.
# says: Wanted is a pair
def request_line(raw: bytes) -> str:
    return raw.decode().splitlines()[0]


# %% wrong-version
# why: Method and version are mixed up: the last part is taken for the path.
# says: The result for the line
def request_line(raw: bytes) -> tuple[str, str]:
    parts = raw.decode().splitlines()[0].split(" ")
    return parts[0], parts[-1]


# %% wrong-decodes-the-body
# why: The whole request is made into text, though its body may be a picture.
# says: the body is a picture
def request_line(raw: bytes) -> tuple[str, str]:
    method, target = raw.decode().split()[:2]
    return method, target.partition("?")[0]


# %% right-regular-expression
import re


def request_line(raw: bytes) -> tuple[str, str]:
    found = re.match(r"(\S+) ([^\s?]+)", raw.decode("latin-1"))
    assert found is not None
    return found[1], found[2]
