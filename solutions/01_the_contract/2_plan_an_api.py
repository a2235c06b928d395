# Exercise 01.2: Plan an API
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

PLAN = {
    "read all alerts": ("GET", "/alerts", 200),  # this one is done
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}
