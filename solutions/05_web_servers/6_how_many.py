# Exercise 05.6: How many workers, how many threads?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

listings = {"workers": 1, "threads": 16}  # 40 x 0.3 = 12 in progress, 12 / 0.75 = 16
reports = {"workers": 4, "threads": 1}  # 25 x 0.12 = 3 in progress, 3 / 0.75 = 4
fits_two_cores = False  # 3 seconds of computing come in every second
