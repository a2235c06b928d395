# Exercise 06.4: What an open loop would have seen
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

def latencies(every, service):
    found = []
    free_at = 0.0
    for number, seconds in enumerate(service):
        due = number * every
        done = max(due, free_at) + seconds
        found.append(done - due)
        free_at = done
    return found
