"""Price a house from a small device: MicroPython's subset of Python, `socket` and `json` alone.

Copy this one file to the device:

    import time
    from house_price import HousePrices, PriceError, price_patiently

    prices = HousePrices("192.168.1.20", 8000, seconds=5, clock=time.time)
    house = {"GrLivArea": 896, "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}
    try:
        dollars = price_patiently(prices, house, time.sleep)
    except PriceError as error:
        print(error)

The same file runs on a computer: `python clients/iot/house_price.py 127.0.0.1 8000`.

Memory: what arrives lands in three buffers of 1, 128 and 512 bytes, made once. However long the
answer, no more of it is kept. The request is as long as the house: about 200 bytes for a dozen
columns. A board whose floats have 32 bits shows a price to six or seven digits.

The request says HTTP/1.0, for two reasons: such a request must not be answered in chunks, which
would need a parser of their own, and the server closes the connection afterwards. The price of it
is a new connection each time, which a device that asks now and then does not notice.

It speaks plain HTTP. For https, `_connect` is where to wrap the connection with the board's `ssl`.

MicroPython does not chain exceptions, so none is raised `from` another here.
"""

import json
import socket

TYPE_CHECKING = False  # MicroPython has no typing; a checker reads the name as true
if TYPE_CHECKING:
    from collections.abc import Callable

    House = dict[str, object]  # column names to values
    Clock = Callable[[], float] | None
    Read = Callable[[bytearray], int | None]

PATH = "/api/v1/predict"
LINE_BYTES = 128  # kept of each header line; those that matter here are shorter
HEAD_BYTES = 4096  # read of all headers together; after more than that the answer is given up
BODY_BYTES = 512  # kept of the body; a price takes 60, most error documents fit

NO_CONNECTION = "no connection"
TOO_SLOW = "too slow"
CUT_SHORT = "cut short"
UNREADABLE = "unreadable"
REFUSED = "refused"

# What a time-out is called: nothing in CPython, else EAGAIN, Linux's and lwIP's ETIMEDOUT.
TIMED_OUT = (None, 11, 110, 116)

PASSING = (429, 500, 502, 503, 504)  # statuses that may be gone at the next attempt
LONGEST_PAUSE = 60  # seconds


class PriceError(Exception):
    """No price. The text says why.

    `reason` is one of the five above. With "refused", `status` and `detail` come from the server's
    error document and `wait` from its Retry-After, in seconds; otherwise the numbers are 0.
    `retry` says whether another attempt may help. A repeated question does no harm: it changes
    nothing on the server.
    """

    def __init__(self, reason: str, detail: str = "", status: int = 0, wait: int = 0) -> None:
        parts = [reason, str(status) if status else "", detail]
        super().__init__(": ".join([part for part in parts if part]))
        self.reason = reason
        self.detail = detail
        self.status = status
        self.wait = wait
        self.retry = status in PASSING or reason in (NO_CONNECTION, TOO_SLOW, CUT_SHORT)


class HousePrices:
    """The API at an address, and the buffers for its answers.

    Connecting and each read wait `seconds` at most. A server that sends a byte now and then can
    drag that out, so give a `clock` that counts seconds, such as time.time: reading then ends
    `seconds` after the question was sent. Looking up a host name may take longer than that.
    """

    def __init__(self, host: str, port: int, seconds: float = 5, clock: "Clock" = None) -> None:
        self.host = host
        self.port = port
        self.seconds = seconds
        self._clock = clock
        self._byte = bytearray(1)
        self._line = bytearray(LINE_BYTES)
        self._body = bytearray(BODY_BYTES)
        self._end = 0.0
        self._budget = 0

    def price(self, house: "House") -> float:
        """Return the price in dollars of a house: column names to values. Raises PriceError."""
        connection = self._connect()
        try:
            connection.sendall(self._request(house))
            # The same thing under two names: MicroPython's, CPython's.
            read = getattr(connection, "readinto", None) or connection.recv_into
            self._end = self._clock() + self.seconds if self._clock else 0.0
            status, length, wait = self._head(read)
            kept = min(length, BODY_BYTES)
            for place in range(kept):
                self._body[place] = self._next(read)
        except OSError as error:
            reason = TOO_SLOW if error.errno in TIMED_OUT else CUT_SHORT
            raise PriceError(reason, str(error))  # noqa: B904
        finally:
            connection.close()
        if status != 200:
            raise PriceError(REFUSED, detail_of(bytes(memoryview(self._body)[:kept])), status, wait)
        return self._first_price(length)

    def _connect(self) -> socket.socket:
        connection = None
        try:
            address = socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM)[0]
            connection = socket.socket(address[0], address[1])
            connection.settimeout(self.seconds)
            connection.connect(address[-1])
        except OSError as error:
            if connection:
                connection.close()
            raise PriceError(NO_CONNECTION, str(error))  # noqa: B904
        return connection

    def _request(self, house: "House") -> bytes:
        body = json.dumps({"inputs": [house]}).encode()
        head = (
            "POST {} HTTP/1.0\r\nHost: {}:{}\r\nConnection: close\r\n"
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n"
        )
        return head.format(PATH, self.host, self.port, len(body)).encode() + body

    def _next(self, read: "Read") -> int:
        """Return the next byte. One at a time is slow, and a few hundred of them are quick."""
        if self._clock and self._clock() > self._end:
            raise PriceError(TOO_SLOW, f"the answer took longer than {self.seconds} s")
        if not read(self._byte):
            raise PriceError(CUT_SHORT, "the connection was closed before the answer was whole")
        return self._byte[0]

    def _next_line(self, read: "Read") -> bytes:
        """Return the next line of the head, without its end and cut to the buffer."""
        kept = 0
        while True:
            self._budget -= 1
            if self._budget < 0:
                raise PriceError(UNREADABLE, f"more than {HEAD_BYTES} bytes of headers")
            byte = self._next(read)
            if byte == 10:  # line feed
                return bytes(self._line[:kept]).strip()
            if kept < LINE_BYTES:
                self._line[kept] = byte
                kept += 1

    def _head(self, read: "Read") -> tuple[int, int, int]:
        """Read the head. Return the status, the length of the body and the seconds to wait."""
        self._budget = HEAD_BYTES
        line = self._next_line(read)
        if not (line.startswith(b"HTTP/1.") and line[9:12].isdigit()):
            raise PriceError(UNREADABLE, "what answered does not speak HTTP")
        status = int(line[9:12])
        length, wait = -1, 0
        line = self._next_line(read)
        while line:
            colon = line.find(b":")
            name, value = line[:colon].lower(), line[colon + 1 :].strip()
            if name == b"content-length" and value.isdigit():
                length = int(value)
            elif name == b"retry-after" and value.isdigit():
                wait = int(value)
            line = self._next_line(read)
        if length < 0 and status == 200:  # a cut price could not be told from a whole one
            raise PriceError(UNREADABLE, "the answer does not say its length")
        return status, max(length, 0), wait

    def _first_price(self, length: int) -> float:
        if length > BODY_BYTES:
            raise PriceError(UNREADABLE, f"more than {BODY_BYTES} bytes of body")
        try:
            return float(json.loads(self._body[:length])["predictions"][0])
        except (ValueError, KeyError, IndexError, TypeError):
            raise PriceError(UNREADABLE, "the answer holds no price")  # noqa: B904


def detail_of(document: bytes) -> str:
    """Return the detail of an error document, or "" if it has none.

    A document that did not fit its buffer is no longer JSON. Its detail stands near the front.
    """
    try:
        return str(json.loads(document)["detail"])
    except (ValueError, KeyError, TypeError):
        pass
    start = document.find(b'"detail":')
    first = document.find(b'"', start + 9)
    last = document.find(b'"', first + 1)
    if start < 0 or first < 0 or last < 0:
        return ""
    return document[first + 1 : last].decode()


def price_patiently(
    prices: HousePrices, house: "House", sleep: "Callable[[float], None]", attempts: int = 4
) -> float:
    """Return the price, after `attempts` tries at most, with a longer pause before each.

    `sleep` is time.sleep. The pauses are 1, 2, 4 ... seconds, or what the server asked for if that
    is longer, and never more than a minute. Raises the last PriceError, or at once one that another
    attempt would only get again.
    """
    pause = 1
    while True:
        try:
            return prices.price(house)
        except PriceError as error:
            attempts -= 1
            if attempts < 1 or not error.retry:
                raise
            sleep(min(max(pause, error.wait), LONGEST_PAUSE))
            pause *= 2


def main(host: str, port: str) -> int:
    """Price one house and say so. Return the exit status."""
    house = {"GrLivArea": 896, "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}
    try:
        dollars = price_patiently(HousePrices(host, int(port), 5, time.time), house, time.sleep)
    except PriceError as error:
        sys.stdout.write(f"no price: {error}\n")
        return 1
    sys.stdout.write(f"{dollars:.2f} dollars\n")
    return 0


if __name__ == "__main__":
    import sys
    import time

    sys.exit(main(*sys.argv[1:]))
