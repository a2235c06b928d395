# %% goal [markdown]
# # A client that survives every answer
#
# **Goal.** `ask_price(url, house, sleep)` returns a price and an explanation: `(price, "")` when
# there is a price, else `(None, "why there is none")`, and it never raises an exception.
#
# | What happens | What `ask_price` does |
# |---|---|
# | 200 with a price in it | `(price, "")` |
# | 422 | `(None, …)`, and the text has the `msg` of every error in the problem document |
# | 503 with `Retry-After` | calls `sleep` with these seconds, then asks once more |
# | 503 once more | `(None, …)` |
# | any other status, also 201, or 503 without `Retry-After` | `(None, …)` after one attempt |
# | no answer, or none within 5 seconds | `(None, …)` after one attempt |
# | 200, and what should be the price is no number | `(None, …)` after one attempt |
#
# `url` is the address of the server, such as `http://127.0.0.1:8000`; the path of the prediction
# comes behind it. The check calls your function on servers that answer in all these ways. It gives
# you a `sleep` of its own, so that nobody really has to wait.

# %% instructor [markdown]
# Minutes: 15
#
# The first client that deserves its name. The usual ones take `response.json()` before they look at
# the status, have no time-out, and ask again without waiting, or without an end.

# %% solution
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    """Return (price, ""), or (None, why there is none). Never raises an exception."""
    # BEGIN SOLUTION
    answer = send(url, house)
    if answer is not None and answer.status_code == 503 and "Retry-After" in answer.headers:
        sleep(int(answer.headers["Retry-After"]))
        answer = send(url, house)
    if answer is None:
        return None, "The server did not answer."
    try:
        body = answer.json()
        if answer.status_code == 200:
            return float(body["predictions"][0]), ""
        if answer.status_code == 422:
            return None, "; ".join(error["msg"] for error in body["errors"])
    except (ValueError, KeyError, IndexError, TypeError):
        return None, "The answer is not one of the house-price API."
    return None, f"The server answered with {answer.status_code}."


def send(url, house):
    """Return the answer, or None when none comes."""
    try:
        return requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
    except requests.RequestException:
        return None
    # END SOLUTION


# %% check
import json
from unittest import mock

import requests

from lab import servers
from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.scripted import Asked, Reply, answering

HOUSE = {"GrLivArea": 896, "OverallQual": 11, "Neighborhood": "Nowhere", "YearBuilt": 1961}
PROBLEM = "application/problem+json"
HTML = Reply(502, "<html>Bad Gateway</html>", media_type="text/html")
LOGIN = Reply(200, "<html>Log in</html>", media_type="text/html")


def invalid(*messages: str) -> Reply:
    """Return a 422 with these mistakes in it."""
    errors = [{"loc": ["body"], "msg": message, "type": "invalid"} for message in messages]
    body = {"status": 422, "title": "Unprocessable Content", "detail": "Wrong.", "errors": errors}
    return Reply(422, body, media_type=PROBLEM)


def busy(seconds: int) -> Reply:
    """Return a 503 that asks the client to wait."""
    body = {"status": 503, "title": "Service Unavailable", "detail": "Busy."}
    return Reply(503, body, media_type=PROBLEM, headers={"Retry-After": str(seconds)})


def check(answer: Answer) -> None:
    price = answer.random.randrange(50_000, 500_000) + 0.25
    good = Reply(200, {"predictions": [price], "version": "1.0.0", "errors": None})
    seconds = answer.random.randrange(3, 9)

    got, asked, _ = call(answer, "a good answer", good)
    first = asked[0] if asked else None
    expect(first is not None, "The server was not asked anything.")
    assert first is not None
    expect_equal((first.method, first.path), ("POST", "/api/v1/predict"), "The request")
    sent = json.loads(first.body) if first.media_type == "application/json" else first.body
    expect_equal(sent, {"inputs": [HOUSE]}, "The body of the request")
    expect_equal(got, (price, ""), f"For a 200 with the price {price}, the result")

    mistakes = ("Input should be less than or equal to 10", "There is no such neighbourhood")
    result = no_price(answer, "a 422", invalid(*mistakes))
    for message in mistakes:
        expect(
            message in result,
            f"The 422 had two errors, one with the msg {message!r}. It is missing in your "
            f"explanation: {result!r}.",
            hint="The list `errors` of the problem document may have more than one entry.",
        )

    no_price(answer, "a 502 with HTML in it", HTML)
    no_price(answer, "a 200 that is a page of HTML", LOGIN)
    no_price(answer, "a 200 with an empty list of predictions", Reply(200, {"predictions": []}))
    no_price(answer, "a 200 with a list for a body", Reply(200, []))
    no_price(answer, "a 422 with HTML in it", Reply(422, "<html></html>", media_type="text/html"))
    no_price(answer, "a connection that ends without an answer", None)
    nobody(answer)

    what = f"a 503 with Retry-After: {seconds}, and then a good answer"
    got, asked, waited = call(answer, what, busy(seconds), good)
    expect(
        len(asked) == 2,
        f"For {what}, your function asked {len(asked)} time(s), and should have asked twice.",
    )
    expect(
        waited == [seconds],
        f"For {what}, sleep was called with {waited or 'nothing: it was not called'}. It should "
        f"have been called once, with {seconds}.",
        hint="A header is text: `int` makes a number of it. And call the `sleep` that you are "
        "given.",
    )
    expect_equal(got, (price, ""), f"For {what}, the result")
    no_price(answer, "a 503 twice", busy(seconds), busy(seconds), attempts=2)

    no_price(answer, "a 503 without Retry-After", Reply(503, {"status": 503}, PROBLEM))
    no_price(answer, "a 201", Reply(201, good.body))
    no_price(answer, "a 200 with null for a price", Reply(200, {"predictions": [None]}))
    no_price(
        answer, "a 200 with the text 'cheap' for a price", Reply(200, {"predictions": ["cheap"]})
    )
    no_price(answer, "a server that has not answered after 5 seconds", good, hangs=True)


def call(
    answer: Answer, what: str, *replies: Reply | None, hangs: bool = False
) -> tuple[object, list[Asked], list[object]]:
    """Call the function on a server that answers so; return what came, was asked and waited."""
    waited: list[object] = []
    timeouts: list[object] = []
    send = requests.adapters.HTTPAdapter.send

    def noting(self: requests.adapters.HTTPAdapter, *args: object, **options: object) -> object:
        timeouts.append(options.get("timeout"))
        if len(timeouts) > 20:
            not_yet(f"For {what}, your function had asked 20 times and went on asking.")
        if hangs:  # the time is over at once: what the client sees is the same
            send(self, *args, **options)  # type: ignore[arg-type]
            raise requests.ReadTimeout("Read timed out.")
        return send(self, *args, **options)  # type: ignore[arg-type]

    with answering(*replies) as server, mock.patch("requests.adapters.HTTPAdapter.send", noting):
        got = run(answer, what, server.url, waited)
    expect(
        all(timeouts),
        "A request was sent without a time-out: if the server hangs, your function waits for ever.",
        hint="`requests.post` has a keyword for it. Lesson 00 used it in every request.",
    )
    return got, server.asked, waited


def run(answer: Answer, what: str, url: str, waited: list[object]) -> object:
    answer.get("ask_price")
    try:
        got = answer.call("ask_price", url, HOUSE, waited.append)
    except requests.exceptions.JSONDecodeError:
        not_yet(
            f"For {what}, your function ended in a JSONDecodeError. It should return "
            "(None, why there is none).",
            hint="An answer that is not JSON cannot be read with `json()`. What does it raise?",
        )
    except (requests.RequestException, LookupError, TypeError, ValueError) as error:
        not_yet(
            f"For {what}, your function ended in {type(error).__name__}: {error}. It should return "
            "(None, why there is none).",
        )
    expect(
        isinstance(got, tuple) and len(got) == 2,
        f"For {what}, ask_price returned {got!r}. It should be two things: a price, or None, and "
        "an explanation.",
    )
    return got


def no_price(
    answer: Answer, what: str, *replies: Reply | None, attempts: int = 1, hangs: bool = False
) -> str:
    """Expect no price, an explanation, and this many attempts. Return the explanation."""
    got, asked, waited = call(answer, what, *replies, hangs=hangs)
    return judge(what, got, len(asked), attempts, waited)


def judge(what: str, got: object, asked: int, attempts: int, waited: list[object]) -> str:
    assert isinstance(got, tuple)
    price, explanation = got
    expect(price is None, f"For {what}, the price is {price!r}. There is none: it should be None.")
    expect(
        isinstance(explanation, str) and explanation.strip(),
        f"For {what}, the explanation is {explanation!r}. It should be a text that says why.",
    )
    expect(
        asked == attempts,
        f"For {what}, your function asked {asked} time(s), and should have asked {attempts}.",
        hint="Only a 503 with Retry-After is asked again, and only once.",
    )
    expect(
        attempts > 1 or not waited,
        f"For {what}, your function waited, and there was nothing to wait for.",
    )
    return str(explanation)


def nobody(answer: Answer) -> None:
    """Call the function where no server is."""
    what = "an address at which no server is"
    waited: list[object] = []
    got = run(answer, what, f"http://127.0.0.1:{servers.free_port()}", waited)
    judge(what, got, 1, 1, waited)


# %% hints [markdown]
# - Look at the status first, and at the body only when the status says what must be in it.
# - Without an answer, `requests` raises `requests.RequestException`. From a body that is not JSON,
#   `json()` raises a `ValueError`. From one without a price, you get a `KeyError`, an `IndexError`
#   or a `TypeError`.
# - Put the sending into a function of its own, which returns `None` when no answer comes. Then the
#   second attempt is one line.
# - `if answer.status_code == 503: sleep(int(answer.headers["Retry-After"]))`, and then send again.
#   The rest of the function does not care which of the two answers it looks at.

# %% wrong-json-first
# why: The body is read before the status is looked at; the body of a 502 is often HTML.
# says: For a 502 with HTML in it, your function ended in a JSONDecodeError
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
    body = answer.json()
    if answer.status_code == 200:
        return body["predictions"][0], ""
    if answer.status_code == 422:
        return None, " ".join(error["msg"] for error in body["errors"])
    return None, body["detail"]


# %% wrong-no-timeout
# why: It works on a good day; a server that hangs makes the client hang.
# says: A request was sent without a time-out
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]})
    if answer.status_code == 200:
        return answer.json()["predictions"][0], ""
    return None, answer.text


# %% wrong-only-the-detail
# why: The problem document's own sentence is shown, and it does not say which field.
# says: It is missing in your explanation
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    try:
        answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
        answer.raise_for_status()
    except requests.HTTPError as error:
        return None, error.response.json()["detail"]
    except requests.RequestException as error:
        return None, str(error)
    return answer.json()["predictions"][0], ""


# %% wrong-trusts-200
# why: 200 is success, so there must be a price.
# says: For a 200 that is a page of HTML, your function ended in a JSONDecodeError
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    try:
        answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
    except requests.RequestException as error:
        return None, str(error)
    if answer.status_code == 200:
        return answer.json()["predictions"][0], ""
    if answer.status_code == 422:
        return None, " ".join(error["msg"] for error in answer.json()["errors"])
    return None, f"Status {answer.status_code}"


# %% wrong-does-not-wait
# why: "Ask again" is read without "after".
# says: It should have been called once, with
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    for _ in range(2):
        try:
            answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
            if answer.status_code == 200:
                return answer.json()["predictions"][0], ""
            if answer.status_code == 422:
                return None, " ".join(error["msg"] for error in answer.json()["errors"])
        except (requests.RequestException, ValueError, LookupError, TypeError) as error:
            return None, f"no price: {error}"
        if answer.status_code != 503:
            break
    return None, f"Status {answer.status_code}"


# %% wrong-asks-for-ever
# why: Until it works: a server that is busy is kept busy by its own clients.
# says: asked 20 times and went on asking
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    while True:
        try:
            answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
            if answer.status_code == 200:
                return answer.json()["predictions"][0], ""
            if answer.status_code == 422:
                return None, " ".join(error["msg"] for error in answer.json()["errors"])
        except (requests.RequestException, ValueError, LookupError, TypeError) as error:
            return None, f"no price: {error}"
        if answer.status_code != 503:
            return None, f"Status {answer.status_code}"
        sleep(int(answer.headers["Retry-After"]))


# %% wrong-asks-again-after-everything
# why: Every failure is tried again, also one that the same request can only get again.
# says: For a 502 with HTML in it, your function asked 2 time(s)
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    why = ""
    for _ in range(2):
        try:
            answer = requests.post(f"{url}/api/v1/predict", json={"inputs": [house]}, timeout=5)
            if answer.status_code == 200:
                return answer.json()["predictions"][0], ""
            if answer.status_code == 422:
                return None, " ".join(error["msg"] for error in answer.json()["errors"])
            why = f"Status {answer.status_code}"
            if "Retry-After" in answer.headers:
                sleep(int(answer.headers["Retry-After"]))
        except (requests.RequestException, ValueError, LookupError, TypeError) as error:
            why = f"no price: {error}"
    return None, why


# %% wrong-any-success
# why: `answer.ok` is true of every status below 400; a price is promised for 200 alone.
# says: For a 201, the price is
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    try:
        answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 503 and "Retry-After" in answer.headers:
            sleep(int(answer.headers["Retry-After"]))
            answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.ok:
            return float(answer.json()["predictions"][0]), ""
        if answer.status_code == 422:
            return None, " ".join(error["msg"] for error in answer.json()["errors"])
    except (requests.RequestException, ValueError, LookupError, TypeError) as error:
        return None, f"no price: {error}"
    return None, f"Status {answer.status_code}"


# %% wrong-waits-unasked
# why: Every 503 is asked again, also by clients that were given no time to wait.
# says: For a 503 without Retry-After, your function asked 2 time(s)
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    try:
        answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 503:
            sleep(int(answer.headers.get("Retry-After", 1)))
            answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 200:
            return float(answer.json()["predictions"][0]), ""
        if answer.status_code == 422:
            return None, " ".join(error["msg"] for error in answer.json()["errors"])
    except (requests.RequestException, ValueError, LookupError, TypeError) as error:
        return None, f"no price: {error}"
    return None, f"Status {answer.status_code}"


# %% wrong-null-is-a-price
# why: Something lies where the price should be, and nobody looks at what it is.
# says: For a 200 with null for a price, the explanation is ''
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    try:
        answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 503 and "Retry-After" in answer.headers:
            sleep(int(answer.headers["Retry-After"]))
            answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 200:
            return answer.json()["predictions"][0], ""
        if answer.status_code == 422:
            return None, " ".join(error["msg"] for error in answer.json()["errors"])
    except (requests.RequestException, ValueError, LookupError, TypeError) as error:
        return None, f"no price: {error}"
    return None, f"Status {answer.status_code}"


# %% wrong-text-is-a-price
# why: Null is looked for, and a text is not.
# says: For a 200 with the text 'cheap' for a price, the price is 'cheap'
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    try:
        answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 503 and "Retry-After" in answer.headers:
            sleep(int(answer.headers["Retry-After"]))
            answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 200:
            price = answer.json()["predictions"][0]
            return price, "" if price is not None else "There is no price in the answer."
        if answer.status_code == 422:
            return None, " ".join(error["msg"] for error in answer.json()["errors"])
    except (requests.RequestException, ValueError, LookupError, TypeError) as error:
        return None, f"no price: {error}"
    return None, f"Status {answer.status_code}"


# %% wrong-only-connections
# why: A server that cannot be reached is thought of, and one that is reached and hangs is not.
# says: your function ended in ReadTimeout
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    try:
        answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 503 and "Retry-After" in answer.headers:
            sleep(int(answer.headers["Retry-After"]))
            answer = requests.post(path, json={"inputs": [house]}, timeout=5)
        if answer.status_code == 200:
            return float(answer.json()["predictions"][0]), ""
        if answer.status_code == 422:
            return None, " ".join(error["msg"] for error in answer.json()["errors"])
    except (requests.ConnectionError, ValueError, LookupError, TypeError) as error:
        return None, f"no price: {error}"
    return None, f"Status {answer.status_code}"


# %% right-with-a-loop
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    path = url + "/api/v1/predict"
    for attempt in (1, 2):
        try:
            answer = requests.post(path, json={"inputs": [house]}, timeout=(2, 5))
        except requests.exceptions.RequestException as error:
            return None, f"No answer: {error}"
        wait = answer.headers.get("Retry-After", "")
        if attempt == 1 and answer.status_code == 503 and wait.isdigit():
            sleep(float(wait))
            continue
        break
    if answer.headers.get("Content-Type", "").partition(";")[0] not in (
        "application/json",
        "application/problem+json",
    ):
        return None, f"{answer.status_code}, and not in JSON: not the API's own answer."
    body = answer.json()
    match answer.status_code, body:
        case 200, {"predictions": [int() | float() as price, *_]}:
            return price, ""
        case 422, {"errors": [*errors]}:
            return None, "\n".join(error["msg"] for error in errors)
    return None, f"{answer.status_code} without a price"


# %% right-with-a-session
import time

import requests


def ask_price(url, house, sleep=time.sleep):
    try:
        with requests.Session() as session:
            answer = session.post(url + "/api/v1/predict", json={"inputs": [house]}, timeout=5)
            if answer.status_code == 503:
                sleep(int(answer.headers["Retry-After"]))
                answer = session.post(url + "/api/v1/predict", json={"inputs": [house]}, timeout=5)
        if answer.status_code == 200:
            return float(answer.json()["predictions"][0]), ""
        if answer.status_code == 422:
            return None, " and ".join(error["msg"] for error in answer.json()["errors"])
        return None, answer.reason or str(answer.status_code)
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
