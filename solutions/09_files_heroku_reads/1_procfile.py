# Exercise 09.1: One line that starts an app
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

PROCFILE = "web: uvicorn shop.api:application --host 0.0.0.0 --port $PORT"
