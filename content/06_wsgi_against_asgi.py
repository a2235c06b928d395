# %% experiment [markdown]
# # WSGI against ASGI: the experiment
#
# The notes of this course say that ASGI servers use "asynchronous applications" and are therefore
# "much faster", and that FastAPI is "very fast compared with NodeJS or GoLang". In chapter 05 you
# saw hints for it and against it. Now you measure. At the end you can
#
# - turn "faster" into a statement that a measurement can prove wrong,
# - compare two servers so that the result is still true tomorrow,
# - read a report: ratio, interval, A/A pair, verdict,
# - say what a load generator hides when it waits for the server,
# - calculate what a server can do at most, before you measure it,
# - find what is wrong with a comparison that somebody has published.
#
# You need chapter 05. Reading and running take about an hour, and the six exercises about 40
# minutes more. A good place for a break is marked in the middle. Close what keeps your computer
# busy: a video call, another notebook that computes. Everything here is about small differences.

# %% first-imports
import random
import statistics

import requests

from lab import servers
from lab.bench.load.plan import Closed, Open, Plan, Request
from lab.bench.load.process import run
from lab.exercises import check, hint, progress
from lab.lessons import show

servers.stop_all()  # so that you can run this cell again: old servers go first

# %% claim-text [markdown]
# ## What does "much faster" mean?
#
# "Much faster" cannot be measured. It leaves open four things:
#
# - **What is compared?** ASGI is an interface. An interface has no speed. What has one is a
#   **stack**: an app, in a framework, on a server, with its settings. Here they are our two apps:
#   Flask on gunicorn, with one worker of eight threads, and FastAPI on uvicorn, with one worker.
# - **At which work?** Pricing a house keeps the processor busy. Asking the listing service is
#   waiting. Chapter 05 has shown that these two are worlds apart.
# - **By which figure?** **Throughput** is how many requests are answered well in a second.
#   **Latency** is how long one answer takes. We give latency by percentile: **p50** is what half
#   of all requests kept, **p99** what 99 of 100 kept.
# - **How much is "much"?** Let us say: half as much again. A difference below 5 % counts as none.
#
# So here is a **hypothesis**: *at pricing one house, FastAPI on uvicorn has at least 1.5 times the
# throughput of Flask on gunicorn.* And here is what proves it wrong, the **falsifier**: *the
# measured ratio, with everything that it could be by chance, lies below 1.5.*
#
# Both must be written down **before** you measure. Whoever looks at the numbers first always finds
# some number that agrees.
#
# **Quick question.** "FastAPI can be faster than Flask." Why is this no hypothesis?
#
# <details><summary>Show the answer</summary>
#
# Nothing could prove it wrong. One single run in which FastAPI wins makes it true, and there is
# always such a run.
#
# </details>

# %% noise-text [markdown]
# ## One server against itself
#
# Before you compare two servers, find out how far **one** differs from itself. The next cell
# measures the same server six times. Nothing is changed in between.
#
# `Plan` says what load to send: here three connections, each of which sends its next request as
# soon as the last one was answered. That is called a **closed loop**. The first part of each run,
# the **warm-up**, is not counted: a server that has just started is slower. `run` starts the load
# generator as a program of its own, and returns a recording of what it has met.

# %% start-fastapi
fastapi = servers.start("fastapi")
house = {"GrLivArea": 1604, "OverallQual": 6, "Neighborhood": "Gilbert", "YearBuilt": 1998}
price_one = Request.post("/api/v1/predict", {"inputs": [house]})


def measure(server):
    plan = Plan(
        url=server.url,
        requests=[price_one],
        shape=Closed(),
        connections=3,
        warm_up=0.2,
        seconds=0.6,
    )
    return run(plan).throughput


# %% noise
from lab.lessons.experiment import describe_runs, draw_runs

same_server = [measure(fastapi) for _ in range(6)]

print("good answers a second:", *[f"{rate:.0f}" for rate in same_server])
print(f"the best run over the worst: {max(same_server) / min(same_server):.2f}")
first, second = same_server[:3], same_server[3:]
print(f"the best of the first three over the best of the others: {max(first) / max(second):.2f}")

runs = {"first three": first, "other three": second}
show(draw_runs(runs, "One server, six runs"), describe_runs(runs))

# %% noise-read [markdown]
# **How to read it.** Each mark is one run, the upright line is the middle of three.
#
# **What it tells.** All six are the same server. Whatever differs is **noise**: other programs, the
# temperature of the processor, the order in which the operating system lets programs run. If you
# had called the first three "Flask" and the other three "FastAPI", you would now have a winner.
#
# Such a comparison of one thing with itself is called an **A/A comparison**. The true ratio is 1,
# so what it shows beside 1 is your noise. A difference between two servers that is no larger than
# your noise is no finding. Most published comparisons have no A/A row, so you cannot know.
#
# **Why not take the best of several runs?** It sounds fair: the best run is the one that was
# disturbed least. But the best of ten is nearly always higher than the best of three. So whoever
# is measured more often wins, and whoever is disturbed more often loses, be it by chance. And the
# best run says nothing about how sure you are.
#
# **Try it.** Run the cell again, twice. Is the same group ahead each time?

# %% pairs-text [markdown]
# ## Pairs
#
# Noise comes in waves: for a minute the computer is busy, then it is not. Measure Flask in the
# busy minute and FastAPI in the quiet one, and you have measured the minutes.
#
# The cure is old and comes from farming, where two seeds were sown side by side because no two
# fields are alike. Measure in **pairs**: one short run of each, one right after the other. What the
# computer does in that time hits both. Then look only at the **ratio** within each pair.
#
# Who comes first must be left to chance, or some drift (a processor that gets hotter) would always
# hit the second. That is called **randomised interleaving**.
#
# A simulation shows what pairs do. Here you know the truth, because you make it: the first server
# is 1.10 times as fast as the second. At each moment, between half and all of the computer is left
# for both. Then the whole experiment is done 2,000 times with five runs of each server at different
# moments, and 2,000 times with five pairs. Each experiment has ten runs.

# %% pairs
chance = random.Random(10)
TRUE_RATIO = 1.10


def simulated_pairs(how_many, ratio=TRUE_RATIO):
    pairs = []
    for _ in range(how_many):
        moment = chance.uniform(0.5, 1.0)  # how much of the computer is left for us, for both
        first = 1000 * ratio * moment * chance.gauss(1, 0.05)
        second = 1000 * moment * chance.gauss(1, 0.05)
        pairs.append((first, second))
    return pairs


def at_different_moments():
    first, second = simulated_pairs(5), simulated_pairs(5)
    return statistics.mean(a for a, _ in first) / statistics.mean(b for _, b in second)


def in_pairs():
    return statistics.geometric_mean([a / b for a, b in simulated_pairs(5)])


pairs = simulated_pairs(5)
print("first server: ", *[f"{a:5.0f}" for a, _ in pairs])
print("second server:", *[f"{b:5.0f}" for _, b in pairs])
print("their ratio:  ", *[f"{a / b:5.2f}" for a, b in pairs])

print(f"\n2,000 experiments, the middle 95 % of what they find (the truth is {TRUE_RATIO:.2f}):")
for name, experiment in {"runs": at_different_moments, "pairs": in_pairs}.items():
    found = sorted(experiment() for _ in range(2000))
    print(f"five {name:7}{found[50]:.2f} to {found[-51]:.2f}")

# %% pairs-read [markdown]
# Go through the five pairs: both servers are fast at the same moments, and slow at the same
# moments, so the ratio changes much less than they do. Pairs have removed what both had in common.
#
# The 2,000 experiments show what that is worth. With the same number of runs, those at different
# moments often find the first server to be the slower one. Pairs hardly ever do.
#
# Why `geometric_mean`? Ratios multiply. "Twice as fast" and "half as fast" should cancel out, and
# their ordinary mean is (2 + 0.5) / 2 = 1.25: the first server would be faster, whoever is called
# the first. The **geometric mean** takes the mean of the logarithms and comes to 1.

# %% exercise-ratio exercise="06.1"

# %% interval-text [markdown]
# ## How sure are you?
#
# A ratio alone is half an answer. With other pairs it would have come out differently. By how
# much? Statistics answers with a **95 % interval**: if you did the whole experiment again and
# again, about 19 of 20 such intervals would hold the true ratio.
#
# What the interval is made from matters. A run has thousands of requests, and whoever takes each of
# them as a measurement gets a tiny interval. But the requests of one run were all disturbed by the
# same things. If you have ten pairs, you have ten measurements.
#
# `analyse` takes pairs and A/A pairs and returns a **verdict**:
#
# | verdict | when |
# |---|---|
# | invalid | the whole A/A interval lies on one side of 1, and the A/A ratio is over 5 % from 1 |
# | equivalent | the whole interval lies within 5 % of 1, and so does that of the A/A pairs |
# | faster, slower | the whole interval lies on one side of 1, the ratio beyond the A/A interval |
# | undecided | none of these, or fewer than five pairs |
#
# The first line that fits is the verdict. So "equivalent" goes before "faster" and "slower": a
# difference may be certain and still too small to matter. "Invalid" goes before all: something else
# than the servers has made a difference.
#
# "Undecided" is a result, and an honest one. "No difference was found" is not the same as "there
# is none". Therefore each verdict comes with the **smallest detectable difference**: what is
# smaller would probably have been overlooked with so many pairs.

# %% interval
from lab.bench.statistics import analyse
from lab.lessons.quick_form import interval_text

for ratio, how_many in [(1.10, 4), (1.10, 10), (1.01, 10), (1.01, 80)]:
    found = analyse(
        simulated_pairs(how_many, ratio), simulated_pairs(how_many, 1), margin=0.05, seed=1
    )
    print(f"truth {ratio:.2f}, {how_many} pairs: {found.verdict}")
    print(f"   ratio {interval_text(found.ratio)}")
    print(f"   A/A   {interval_text(found.noise)}")
    print(f"   smallest detectable difference: {found.detectable:.1%}")

# %% interval-read [markdown]
# With fewer than five pairs it is always undecided: one odd pair could turn it around. Then look at
# what more pairs change: the interval gets narrower, and so does what could be detected. When a
# difference of 1 % ends as "equivalent", that does not mean that it is zero: the last interval of
# the ratio does not even hold 1, when the cell is run for the first time. It means that the
# difference surely is too small to matter.
#
# Four times as many pairs make the interval half as wide. That is why the last bit of certainty is
# expensive.
#
# **Quick question.** A blog says: "Server B was 2 % faster in our test of 100,000 requests." What
# do you ask the author?
#
# <details><summary>Show the answer</summary>
#
# How many runs were there, and what did A against A give? 100,000 requests of one run are one
# measurement. You have just seen how far two runs of one and the same server can be apart.
#
# </details>

# %% exercise-verdict exercise="06.2"

# %% quick-text [markdown]
# ## The experiment
#
# Now for real. The next cell does what `lab bench --quick` does in a terminal: for about 75 seconds
# it measures our two stacks at pricing one house, in blocks. Each block has one run of Flask and
# two of FastAPI, in random order. FastAPI's second run makes the A/A pair. Each run starts a fresh
# server. Where the system allows it, the server is kept on one core of the processor and the load
# generator on another, so that neither takes the other's time.
#
# Start it and read on below the cell while it runs. If your computer is too busy, it stops before
# it has all blocks, and says so.

# %% quick
from lab.lessons.quick_form import quick_form

results = quick_form()
comparison = results.comparisons[0]

print(comparison.question)
print("Verdict:", comparison.verdict)
print(comparison.why)

# %% quick-read [markdown]
# While it runs: what do you expect? Both stacks have one process on one core. Both run the same
# model on the same house. Both check the body with the same library. What is left to differ is the
# work of two frameworks and two servers around it. Write your guess for the ratio down.
#
# *If it has stopped early, run it again when your computer has less to do: with fewer than five
# pairs there is no verdict.*
#
# *If it says that a session was recorded on another machine, then your computer was too busy to
# measure even one pair, or this notebook was run with `LAB_LESSON_RECORDED=1`, as our tests do. Go
# on with what is shown. It says nothing about your computer.*
#
# Is it done? Then look at every pair.

# %% verdict
from lab.lessons.experiment import describe_verdict, draw_verdict, pairs_of

pairs, control = pairs_of(results, comparison)
print("FastAPI over Flask, each pair:  ", *[f"{a / b:.2f}" for a, b in pairs])
print("FastAPI over FastAPI, each pair:", *[f"{a / b:.2f}" for a, b in control])
print("ratio:", interval_text(comparison.ratio))
print("A/A:  ", interval_text(comparison.noise))
if comparison.detectable is not None and len(pairs) >= 5:
    print(f"smallest detectable difference: {comparison.detectable:.0%}")
show(draw_verdict(results, comparison), describe_verdict(results, comparison))

# %% verdict-read [markdown]
# **How to read it.** Each mark is one pair. The line with two ends below the marks is the interval,
# with the ratio as a diamond on it. The shaded strip is the margin: what lies in it counts as
# equal. The scale is logarithmic, so that 2 and 0.5 are equally far from 1.
#
# First look at the lower row. It is FastAPI against itself. If its interval lies far from 1, forget
# the upper row. Then look at the upper one: on which side of 1 does its interval lie, and is it
# beyond what the lower row does by chance?
#
# Then go back to the hypothesis: *at least 1.5*. Where does 1.5 lie?
#
# - Is the whole interval above it? The claim has held, here, for this work.
# - Is the whole interval below it? The falsifier has happened, even if FastAPI *is* faster.
# - Is 1.5 inside? Undecided. You know how to decide it: more pairs, or a quieter computer.

# %% rows-text [markdown]
# ## Can the rows be trusted?
#
# A ratio is no better than the runs that it is made from. So each run has to pass checks before it
# counts. Here are the runs, called **rows**.

# %% rows
from lab.lessons.quick_form import ledger_table, rows_table

print(rows_table(results))
row = results.rows[0]
print(f"\nThe checks of row 1, {row.title}:")
for one in row.checks:
    print(f"  {one.name}: expected {one.expected}, found {one.found}")

# %% rows-read [markdown]
# **Physics checks.** Some laws hold for every server, so a row that breaks one was measured wrongly
# and is *invalid*. The requests that were sent must be the answers, the errors and the unanswered
# together. And **Little's law**, which you used in chapter 05, must hold: requests in progress =
# throughput x time in progress. All three were counted separately. The check has both sides times
# the seconds of the run: a request that is in flight (on its way, or at work) for half a second
# makes half a request-second. The number of bytes must fit the number of answers: an answer
# has a head (its status and headers, of 60 to 2,000 bytes) and a body.
#
# **Is it the sender?** A load generator is a program as well and can be the slower one of the two.
# Then you measure the sender. So it measures what it can do against a server that does nothing
# (the **ceiling**), and its own share of its core. If a row comes too near to either, it is called
# *generator-bound* and does not count.
#
# The third question is whether the comparison is fair. For each stack the lab keeps a **ledger** of
# its settings. Its **slots** are how many requests it can have in progress at once: chapter 05
# called them places.

# %% ledger
print(ledger_table(results))
print()
print("Unequal, beside what is compared:", *comparison.unequal, sep="\n  ")

# %% ledger-read [markdown]
# Server, framework, interface, event loop and parser differ: they belong to the stacks, and that is
# what you compare. But what about the rest? A comparison is unfair when the stacks differ in what
# is **not** compared:
#
# - the number of **workers**: two processes on two cores against one,
# - **keep-alive**: who has to open a new connection for each request does more work,
# - the **log**: to write a line for each request is work, and a good part of it when the answer is
#   small,
# - **what is answered**: with or without checking the body, with or without the model.
#
# Threads and slots are a special case. They cannot be equal: an event loop has one thread. So the
# lab does not hide it, and labels the comparison.
#
# The whole report is in the folder `reports/lesson-06`, as `report.html`, if you have measured
# yourself. It says first what was found, then how sure it is, then all that somebody needs who
# wants to repeat it.

# %% exercise-design exercise="06.3"

# %% break [markdown]
# ---
#
# **A good place for a break.** You have compared two servers; what follows is about what a
# measurement can miss, and what can be calculated before. If you close the notebook, its servers
# end. When you come back, click into this cell and choose *Run*, *Run All Above Selected Cell*. The
# experiment takes its 75 seconds again. Then go on.
#
# ---

# %% omission-text [markdown]
# ## What a waiting sender does not see
#
# So far the sender worked in a closed loop: each connection waits for its answer before it asks
# again. That is a good way to find the throughput. For latency it is a trap.
#
# Think of a shop with one till, and of an observer who goes shopping, again and again, and writes
# down how long it took. Once the till fails for ten minutes. The observer's list has one bad entry.
# But meanwhile twenty customers have come and waited. The observer could not be one of them, and
# stood in the queue already. The list says "1 of 200 was slow". The truth is "20 of 200".
#
# The list leaves out just the bad moments, because the observer was **coordinated** with the till.
# Gil Tene, who has made the problem known since 2013 in talks named "How NOT to Measure Latency",
# calls it **coordinated omission**.
#
# The cure is an **open loop**: requests are sent by a schedule that was fixed before, whatever the
# server does, as users do who know nothing of each other. And latency is counted from the moment
# when the request **should** have been sent.
#
# Here is a server that answers after 10 ms, but stops for 0.2 seconds in every second. It gets
# about the same number of requests from both loops.

# %% omission
from lab.bench.load.ceiling import null_server
from lab.lessons.experiment import describe_percentiles, draw_percentiles, percentile_table

stalling = servers.start(null_server(wait=0.01, stall_every=1, stall_for=0.2))
closed = run(Plan(url=stalling.url, shape=Closed(), connections=2, seconds=2.5))
opened = run(Plan(url=stalling.url, shape=Open(rate=150), connections=100, seconds=2.5))
stalling.stop()

latencies = {"closed loop": closed.latency, "open loop": opened.latency}
print(percentile_table(latencies))
title = "The same stalling server, seen by two senders"
show(draw_percentiles(latencies, title), describe_percentiles(latencies))

# %% omission-read [markdown]
# **How to read it.** Go from left to right, from what half of the requests kept to the longest of
# all. "Too few" stands where not even ten requests lie beyond a percentile: it would say little
# more than the longest one does. The picture leaves it out.
#
# **What it tells.** The server stood still for a fifth of the time. So about a fifth of all users
# who come at any moment have to wait. The open loop says so: its p90 is long. The closed loop knows
# of two slow requests for each stop, one on each connection, and there are hundreds of quick ones
# beside them. Both recordings are correct. But only one answers the question "how long do my users
# wait?".
#
# Most load generators work in a closed loop unless told otherwise. In November 2026 that is so for
# `wrk`, `ab`, `hey` and Locust's users. If a report does not name the loop, expect a closed one.
#
# **Quick question.** You see a p50 of 10 ms and a p99 of 12 ms in a closed loop, and the longest
# request took 400 ms. What do you suspect?
#
# <details><summary>Show the answer</summary>
#
# That the server stands still now and then, for about 400 ms. The few long requests are all that
# the sender could see of it. Measure again with an open loop.
#
# </details>

# %% exercise-open-loop exercise="06.4"

# %% slots-text [markdown]
# ## What can be calculated before
#
# Pricing was work for the processor. Now the requests wait: `GET /api/v1/listings/{id}/price` asks
# the listing service for the house. Let the service take 100 ms. How many answers a second can a
# server give at most?
#
# You know Little's law: in progress = throughput x time. Turn it around: **throughput = in progress
# / time**. How many requests can be in progress at once is the number of slots:
#
# | stack | slots | at 100 ms at most |
# |---|---|---|
# | Flask on gunicorn, one sync worker | 1 | 1 / 0.1 s = 10 a second |
# | Flask on gunicorn, one worker with 8 threads | 8 | 8 / 0.1 s = 80 a second |
# | FastAPI on uvicorn, one event loop | 100, the app's own limit | 100 / 0.1 s = 1,000 a second |
#
# With 16 clients that each wait for their answer, no more than 16 are ever in progress. So for
# FastAPI here it is 16 / 0.1 s = 160 a second.
#
# The next two cells start the three servers and the listing service, and measure. The servers also
# record who worked on what, for a picture below.

# %% slots-start
from lab.bench.trace.run import TracedServer

service = servers.start("listings")
requests.put(service.url + "/behaviour", json={"latency_ms": 100}, timeout=30)

slots = {"flask-sync": 1, "flask": 8, "fastapi": 100}
traced = {name: TracedServer(name, listings_url=service.url) for name in slots}
for one in traced.values():
    print(one.server)

# %% slots
CLIENTS = 16
asks_upstream = [Request(path=f"/api/v1/listings/{number}/price") for number in range(1, 51)]

print("stack       at most   measured, answers a second")
for name, one in traced.items():
    plan = Plan(
        url=one.server.url, requests=asks_upstream, connections=CLIENTS, warm_up=0.5, seconds=1.5
    )
    most = min(slots[name], CLIENTS) / 0.1
    print(f"{name:10}{most:9.0f}{run(plan).throughput:11.1f}")

# %% slots-read [markdown]
# No row may lie above its bound, but for a little at the two ends of a short run. If one does, the
# measurement is wrong: that is one of the physics checks. The first two rows should come near to
# their bounds, since these servers do little but wait. How near the third one comes depends on your
# computer: at that rate its processor has work to do as well, and then the smaller limit counts. On
# a busy one it may even fall below the second row. The processor's limit can be calculated, too: if
# each request needs 4 ms of one core's time, no more than 1 / 0.004 s = 250 fit into a second,
# whatever the slots allow.
#
# So is ASGI "much faster" here? Divide the third row by the first, and then by the second. The two
# factors have little in common, though both compare FastAPI with Flask. A factor like these is
# **not a property of the interface**: it is the number of slots. With 16 threads, Flask would have
# as many slots as there are clients. Whoever wants a large factor chooses a slow service and a
# small number of threads. Now you know what to ask when you read one.
#
# Here are the same servers, with twenty requests that come at the same moment.

# %% lanes
from lab.bench.trace.drawing import describe_lanes, draw_lanes, trace_table

lanes = {one.server.stack.title: one.trace(requests=20, warm=False) for one in traced.values()}
title = "Twenty requests that ask a service which takes 100 ms"
print(trace_table(lanes))
show(draw_lanes(lanes, title), describe_lanes(lanes, title))

# %% lanes-read [markdown]
# **How to read it.** As in chapter 05, a bar is one request and a lane is one thread; bars above
# each other share it. New is what is inside: hatched is waiting for the service, dark is when the
# request's own code runs, and light is when it could go on but another request has the thread. In
# the table, "waiting" is how many waited for the service at the same moment. "Longest hold" is how
# long one request had the event loop without a break, so that no other could go on.
#
# **What it tells.** The sync worker waits twenty times, one wait after the other. Eight threads
# wait for eight at a time. The event loop lets all of them wait at once, in one thread, and its
# dark parts never overlap: that is the work that it really does. If you asked it for more and more,
# the dark parts would fill the thread. Then the processor is the limit again, and no slots help.
#
# In a terminal, `lab trace` draws this for any of the lab's servers. `lab trace --workload
# blocking` shows what a blocking call does.

# %% lanes-stop
for one in traced.values():
    one.stop()
service.stop()

# %% exercise-slots exercise="06.5"

# %% knee-text [markdown]
# ## The knee
#
# "It can do 400 requests a second" tells what a server does when it is overloaded. Nobody wants to
# run it there: the queue is always full, and everybody waits. The better question is: **at which
# rate do the users still get their answers in time?**
#
# To find out, offer a rate in an open loop, look at the p99, and offer more. Here is a server of
# which we know that each request keeps it busy for 4 ms, so that 250 a second is all it can do. Our
# target: p99 below 50 ms. Users come at random moments, not in step: that is what
# `arrivals="poisson"` means.

# %% knee
from lab.lessons.experiment import describe_sweep, draw_sweep, sweep_table

TARGET = 0.05  # seconds
busy = servers.start(null_server(busy=0.004, credit=0))
points = [
    run(
        Plan(
            url=busy.url,
            shape=Open(rate=rate, arrivals="poisson", seed=61),
            connections=200,
            warm_up=0.2,
            seconds=1,
        )
    )
    for rate in (60, 120, 180, 220, 330)
]
busy.stop()

print(sweep_table(points, TARGET))
show(draw_sweep(points, TARGET), describe_sweep(points, TARGET))

# %% knee-read [markdown]
# **How to read it.** Each pair of marks is one run at one offered rate. The rates are not quite the
# round ones of the cell: at random moments, not exactly 60 come in each second. Another `seed`
# makes other moments. Mind the scale: each step upwards is a multiple.
#
# The lab's report would print "too few" for each p99 here: ten requests beyond it would take 1,000
# requests. So take it for about the longest wait of a run. `lab bench` tries each rate for longer,
# and tries it again before it says that it has failed.
#
# **What it tells.** For a long time more load costs little. Then the curve bends upwards like a
# knee. Beyond 250 a second more comes in than goes out, so the queue grows for as long as you
# measure, and the latency depends on nothing but the length of your run. But it bends **before**:
# look at 180 and 220, which the server could do if its users came in step. At random moments three
# come at once, and then they queue. On a busy computer the bend comes sooner, and in leaps.
#
# The highest rate that keeps the target is the **knee**. It is what you plan with. It lies well
# below the throughput that a closed loop finds. `lab bench` looks for it on both stacks.
#
# **Quick question.** The last row offers more than the server can do. Is its p99 a property of the
# server?
#
# <details><summary>Show the answer</summary>
#
# No. The queue grows for as long as the run lasts. In a run ten times as long, the p99 would be
# about ten times as long. Beyond the knee a latency says nothing about the server.
#
# </details>

# %% published-text [markdown]
# ## What has been published
#
# You now know enough to read other people's comparisons. Here is what four of them measured. What
# is wrong with each is for you to find.
#
# - **Cal Paterson**, "Async Python is not faster" (June 2020), compared frameworks on WSGI, which
#   ran with 12 to 16 sync workers, with frameworks on ASGI, which ran with 5 workers. Miguel
#   Grinberg repeated it under changed conditions ("Ignore All Web Performance Benchmarks, Including
#   This One", 2020) and found the two kinds about equal.
# - **HttpArena**, a public table of benchmarks, has Flask on gunicorn's sync worker beside FastAPI
#   on uvicorn. In autumn 2026, Flask's row showed 410,689 connections for 410,688 answers. Each
#   figure is the best of three runs.
# - **granian**, a Python server, publishes a table. In autumn 2026, its row for the server uWSGI
#   had 978 requests in 10 seconds, and beside it 413 requests a second.
# - **TechEmpower** compared hundreds of frameworks until 24 March 2026. That FastAPI is "on a par
#   with NodeJS and Go" goes back to its Round 17, of October 2018, and there to a test in which
#   each answer waits for a database.
#
# None of these authors wanted to deceive, and each comparison was a lot of work. It is easy to get
# it wrong, and the numbers do not tell.

# %% exercise-published exercise="06.6"

# %% claims-text [markdown]
# ## What the course notes claim
#
# The workbook keeps the claims of the notes in a file, [claims.toml](../lab/bench/claims.toml):
# each with hypothesis, margin and falsifier, written before anything was measured. Here are those
# that need a measurement, with the conditions under which each is tried, and with what **your
# session above** says.

# %% claims
from lab.bench.claims import claims, outcomes

said = {outcome.claim: outcome for outcome in outcomes(results)}
for claim in claims():
    if claim.kind == "measured":
        print(f"“{claim.statement}”")
        print(f"   wrong if: {claim.falsifier}")
        print("   conditions:", *(test.condition for test in claim.tests), sep="\n    - ")
        print(f"   this session: {said[claim.id].verdict}")

# %% claims-read [markdown]
# Most of them say "not measured" or "undecided": you have measured one comparison, and the lab does
# not say what it did not measure. A single claim has several conditions, and "depends" is a common
# end: it holds where requests wait and does not where they compute.
#
# To decide more of them, in a terminal: `make bench` takes under 15 minutes and measures the main
# comparisons, the knee of both stacks, and what each layer costs. `lab claims` then gives the
# verdict of your machine on every claim, and `lab claims` with a claim's name tells it whole.
#
# **Try it.** Before you run `make bench`, write down for two claims what you expect, and how large
# the ratio will be.

# %% stop-text [markdown]
# ## Tidy up

# %% stop
servers.stop_all()
progress("06")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Turn "faster" into stack, work, figure and margin, and say beforehand what would prove it wrong.
# - Measure in randomised pairs, with an A/A pair beside them, and read ratio, interval and verdict.
# - Say "undecided", and what it would take to decide.
# - Check that a run measured the server and not the sender, and that it obeys Little's law.
# - Tell an open from a closed loop, and recognise coordinated omission.
# - Calculate slots over latency, and find the knee.
# - Find unequal settings in other people's comparisons.
#
# **What comes next.** You know what your server can do. Where should it run: on a machine of your
# own, on a rented one, or on a platform that does the rest? Chapter 07 is about that decision.
