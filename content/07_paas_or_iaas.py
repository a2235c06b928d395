# %% where-it-runs [markdown]
# # Where should it run?
#
# You can serve a model, and you know what your server can do. Until now it ran on this computer.
# Nobody else could reach it, and it stopped when you closed the lid. Now it needs a place where it
# stays. There are several kinds of place, and people argue about them with proverbs. In this
# lesson you calculate instead. At the end you can
#
# - say what on-premises, IaaS, PaaS and SaaS are, and who runs what in each,
# - turn "it is easy" and "it is expensive" into statements with a measure,
# - calculate what a service costs in a month, and the load at which another place is cheaper,
# - weigh what is not money, and say how far a weight would have to move to change the result,
# - justify a decision so that somebody else can check it.
#
# You need chapter 06. It takes about an hour and a half with the exercises. Nothing is sent
# anywhere: all prices are in a file of this workbook, each with the day, month or year in which it
# was seen.

# %% imports
from pathlib import Path

from lab.decide import (
    bills,
    compare,
    figures,
    flip,
    known,
    load_case,
    middle,
    prices,
    tables,
    with_figures,
    with_measured,
)
from lab.decide import pictures as draw
from lab.exercises import check, hint, progress
from lab.lessons import show, show_table

# %% layers-text [markdown]
# ## Who runs what
#
# Your model does not run on air. Below it there are **layers**, and each must be run by somebody:
#
# | Layer | For our app it is | Running it means |
# |---|---|---|
# | application | the FastAPI app and the model | mending faults, deploying new versions |
# | data | what clients send, what is logged | keeping it, protecting it, deleting it |
# | runtime | Python and its packages | new versions, security fixes |
# | middleware | what stands between the app and the network: the web server, a proxy | the same |
# | operating system | Linux | updates each week, users, the clock, the disk that fills |
# | virtualisation | what divides a big machine into small ones | the same, one floor deeper |
# | servers | the machines | buying, mounting, replacing |
# | storage | disks | replacing them before they fail; copies |
# | networking | cables, routers, addresses | the same |
#
# The places differ in where the line is drawn: above it is your work, below it is somebody else's.
# Three of them were defined in 2011 by the US standards institute, NIST, in a paper of seven pages
# that is still used: SP 800-145. Here is what they are, in our own words.
#
# You need two words for it. A **container image** is a file with a program and everything that it
# needs, down to the parts of Linux that it uses. A **container** is such an image while it runs,
# apart from all others on the same machine. Heroku calls its containers **dynos**.

# %% definitions
for option in known().option:
    print(f"{option.title}{'' if option.nist else '  (not in the paper)'}")
    print(f"   {option.means}")
    print(f"   For example: {option.example}.")
    print()

# %% definitions-read [markdown]
# A **provider** is the firm that you pay. Amazon (AWS), Google (GCP) and Microsoft (Azure) are
# providers of IaaS, and of much else. Heroku is a provider of PaaS.
#
# The same paper says when something is a **cloud** at all. It has five properties: you get it
# yourself, without asking a person (*on-demand self-service*); you reach it over a network (*broad
# network access*); many customers share the machines (*resource pooling*); you get more within
# minutes and give it back (*rapid elasticity*); and what you use is counted (*measured service*). A
# server in your cellar with a nice web page is not a cloud.
#
# It also says for whom a cloud is there: for one organisation (*private*), for some with the same
# needs (*community*), for everybody (*public*), or a mixture (*hybrid*). So "our data must not
# leave" and "we want a platform" need not contradict each other: a platform can be private.
#
# **Quick question.** You rent a virtual machine, and a security hole in Linux becomes known. Whose
# work is it?
#
# <details><summary>Show the answer</summary>
#
# Yours. The provider runs the machine below; the operating system on it is your work. On a platform
# it would have been the provider's.
# </details>

# %% who-runs-what exercise="07.1"

# %% responsibilities-text [markdown]
# Here is the whole picture. Go down a column and look where **you** ends.

# %% responsibilities
show(draw.draw_responsibilities(), draw.describe_responsibilities())

# %% responsibilities-table
show_table(tables.responsibilities())

# %% responsibilities-read [markdown]
# The fields in the middle are worth a look. A **serverless container** leaves them undecided: the
# image that you hand over contains Python and parts of Linux, so *their* updates are yours, and the
# core of Linux below, the kernel, is the provider's. On a **platform** the provider installs
# Python, but the packages in your `requirements.txt`, uvicorn among them, are yours to keep up to
# date. And **data** is yours nearly everywhere. No provider takes from you the question what you
# may store. Even in SaaS, what you put in stays your concern.
#
# From left to right you give work away, and with it you give control away. That is the whole
# decision. The rest of the lesson is about how much of each.

# %% proverbs-text [markdown]
# ## From proverbs to statements
#
# The notes of this course list what is good and bad about a platform: "simple to set up", "more
# expensive than IaaS", and so on. As they stand they cannot be wrong, as "FastAPI is fast" could
# not in chapter 06. So give each a **measure**: something to count, in hours, dollars or minutes.

# %% statements
for statement in known().statements("paas"):
    print("+" if statement.side == "pro" else "-", statement.claim)
    print("     measure:", statement.measure)

# %% statements-read [markdown]
# Plus marks what speaks for a platform, minus what speaks against it. Look at "It tends to cost
# more than IaaS". It has *two* measures, with and without the hours of work. You will see below
# that they can give different answers for the same service.
#
# And "very large size": a platform does not forbid it. But each step has a price, and there is a
# largest dyno. Whether you ever come near, your load says.
#
# Here is what is said of the others. `tables.statements()` has their measures, too.

# %% statements-others
for option in ("on-premises", "iaas", "serverless", "saas"):
    print(known().of(option).title)
    for statement in known().statements(option):
        print("  ", "+" if statement.side == "pro" else "-", statement.claim)

# %% statements-question [markdown]
# **Quick question.** A colleague says: "We stay on-premises, because it is more secure." Which
# measure do you ask for?
#
# <details><summary>Show the answer</summary>
#
# For the rule that says where the data may be, in writing; or for what they do against a named
# danger, and how often. "You control everything" also means that you must do everything: hours
# since the last update of the operating system are a measure, too.
# </details>

# %% prices-text [markdown]
# ## What it costs: the price list
#
# A price without a unit, a source and a date is a rumour. Ours have all three, and a letter for how
# sure we are: **B** is an official page of that date, **C** is somebody else's report. Nearly all
# of ours are C. Where we found no price, there is none: an empty field is better than a guess.
# **Egress** is what providers call data that leaves: your answers, on their way to the clients.

# %% price-list
for offer in prices().offer:
    if offer.id in {"ec2-m7g-large", "cloud-run", "heroku-basic", "heroku-standard-1x", "railway"}:
        print(f"{offer.name}: seen {offer.date} ({offer.confidence})")
        for figure in ("price", "vcpu_price", "memory_price", "request_price"):
            value = getattr(offer, figure)
            if value is not None:
                print(f"   {figure.replace('_', ' ')}: {value.written}")
        print(f"   source: {offer.source}")
    print(f"   not known: {', '.join(offer.gaps) or 'nothing that we use'}")

print()
print("Looked for, and no usable source found:", ", ".join(one.name for one in prices().unknown))

# %% price-list-read [markdown]
# A **vCPU** is a virtual processor: the share of a real one that you are sold. A **GiB** is 2 to
# the power 30 bytes, a **GB** a thousand million. The providers do not agree on which they sell.
#
# The prices do not only differ, they are prices of different things. One is for a machine that is
# there, whether anybody asks or not. One is for each second in which it works. Before you can
# compare them you must bring them to the same unit. In this workbook a month has 30 days, so 720
# hours or 2,592,000 seconds: then everything can be checked by hand.

# %% dollars-a-month exercise="07.2"

# %% duty-text [markdown]
# ### When is pay-per-use cheaper?
#
# Take a dyno at 7 dollars a month, and a container that is billed by the second at work. For how
# many seconds do 7 dollars last?

# %% duty
dyno = 7.0
per_second = 1 * 0.000024 + 0.5 * 0.0000025  # 1 vCPU and 0.5 GiB
seconds = dyno / per_second
month = 30 * 24 * 3600

print(f"one second at work: ${per_second:.8f}")
print(f"7 dollars last for {seconds:,.0f} s, {seconds / month:.1%} of a month")

# %% duty-read [markdown]
# So a service that works less than about a tenth of the time is cheaper by the second, and one that
# works more is cheaper on the dyno. Our app is a case for it: it needs a few milliseconds for a
# request. At 5,000 requests a month that is less than a minute of work.
#
# But look at the bill's small print: each use is rounded up, here to 100 ms, and each request costs
# something by itself. So what counts is not what the request takes, but what is billed.

# %% break-even exercise="07.3"

# %% load-text [markdown]
# ## What it costs: the whole bill
#
# A real bill has more lines. The model of this workbook counts **servers** (or seconds, or
# requests), **egress** where its price is known, **hours of work** each month, and the hours to
# **set it up**, spread over the time that the decision holds. For servers of your own there is also
# electricity, and that they are used up after some years.
#
# How many servers does it take? As many as keep the busiest minutes below a limit:
#
# ```text
# seconds of work in a busy second  =  requests a month x peak / seconds not idle  x  compute
# servers                           =  that / (processors of one x 60 %), rounded up
# ```
#
# **Compute** is how many seconds one request keeps a processor busy: a few thousandths of one for
# our app. **Peak** is how many times the usual load the busiest minutes have. **Idle** is the part
# of the month in which nobody asks. Both are easily forgotten, and both may decide everything: a
# server that is not there at noon in December has saved nothing.
#
# What is not known exactly is a range, such as "1 to 4 hours a month".

# %% how-many-dynos exercise="07.4"

# %% startup-text [markdown]
# Now a whole case. There are six in the workbook. This one is a start-up.

# %% startup
case = load_case("startup")
print(case.summary)
print(case.question)
for fact in case.facts:
    print(f"- {fact.text} ({fact.id})")

# %% measured-text [markdown]
# How long does one request keep a processor busy? The case assumes 2 to 10 ms. If you have run
# `make bench`, this machine knows better, and the next cell takes what it has measured.

# %% measured
root = Path.cwd().parent if Path.cwd().name == "notebooks" else Path.cwd()
case, said = with_measured(case, root / "reports" / "results.json")
print(said)

# %% bill
show_table(tables.bill_table(case))

# %% bill-read [markdown]
# Read the columns from left to right. Two virtual machines and two dynos are the least here, so
# that one can fail. By **servers** alone the machines are dearer, because each is larger than is
# needed. Now add the **work**: an engineer's hour, at 120,000 to 200,000 dollars a year, costs
# about as much as a server's month, or more. After that the servers hardly count.
#
# So is "PaaS is more expensive than IaaS" false? Take more load, so that both are fully used. The
# next cell takes the 2 to 10 ms of the case, so that it shows the same on a fast machine.

# %% bill-large
written = load_case("startup")
at_a_billion = bills(written, {**middle(written), "load.requests": 1e9})
for option in ("iaas", "paas"):
    one = at_a_billion[option]
    print(f"{option}: servers ${one.lines['servers']:,.0f}, together ${one.total:,.0f} a month")

# %% bill-large-read [markdown]
# At a billion requests a month the platform is the dearer one by its servers: for the same
# processor it costs more. Together it is still the cheaper one, by the hours. True and false at
# once: it hangs on whose hours are counted, and at what price.
#
# Look at the first table again. Its last column has the total when everything in doubt comes out
# cheap, and when it comes out dear. Where these overlap, "cheaper" is a bet.
#
# **Try it.** Look up where a figure comes from: `show_table(tables.figure_table(case))`. Which of
# them would you not believe?

# %% curves-text [markdown]
# ### Cost over load
#
# A bill holds for one load. Nobody knows the load. So draw the bill over the load, from a thousand
# requests a month to a billion.

# %% curves
show(draw.draw_costs(case), draw.describe_costs(case))

# %% curves-table
show_table(tables.curve_table(case))

# %% crossings-table
show_table(tables.crossing_table(case))

# %% curves-read [markdown]
# The axes grow by factors of ten, because loads do. A flat line is something that is paid for
# anyway: a machine, or hours of work that are so much more than the use. Where it climbs, more
# machines are needed, or the use counts at last. The band around each line is what we do not know,
# and the ring is a **crossing point**: the load at which another
# option becomes the cheaper one.
#
# A crossing point is worth what its range is worth. The third column of the second table says where
# nine of ten crossings lie when every figure is drawn at random from its range, and the fourth how
# often the two cross at all. A crossing that lies between 2 million and 700 million is honest, and
# says: do not decide by this.
#
# **Quick question.** The line of SaaS rises from the left edge, steeper than all others. Still it
# may be the right choice for somebody. For whom?
#
# <details><summary>Show the answer</summary>
#
# For somebody with a small load, who has nobody to run anything, and for whom a model that others
# have, too, is good enough.
# </details>

# %% weights-text [markdown]
# ## What is not money
#
# Some things that matter have no price: how soon a change is with the users, who may see the data,
# what happens when it grows. A **weighted comparison** puts them beside the cost. Each
# **criterion** has a weight; each option gets a score from 0 to 10 under each; weight times score
# are its points.
#
# It is easy to do badly. Three rules help. Give each criterion a *measure*, so that a score can be
# wrong. Write the weights down *before* you see the result. And never believe a result without its
# **sensitivity**: how far would a weight have to move to change the winner?

# %% scores
result = compare(case)
print(f"{result.winner} wins, {result.lead:.2f} points ahead of the next.")

# %% scores-table
show_table(tables.score_table(case))

# %% scores-picture
show(draw.draw_standings(case), draw.describe_standings(case))

# %% sensitivity-text [markdown]
# A lead of a few tenths of a point: is that much? Ask the weights.

# %% sensitivity
show_table(tables.sensitivity_table(case))

# %% sensitivity-picture
show(draw.draw_sensitivity(case), draw.describe_sensitivity(case))

# %% sensitivity-read [markdown]
# Each row moves one weight, and lets the others keep their proportions. Where another option takes
# over within a few percentage points, the result hangs on that weight. Nobody can tell a weight of
# 20 % from one of 25 %. So the honest sentence is not "PaaS is best" but: "PaaS is best unless
# growth matters a little more to us than we have said."
#
# Now let everything vary at once, weights, scores and figures, each within its range, four thousand
# times. How often does each option win?

# %% wins
show_table(tables.win_table(case))

# %% wins-picture
show(draw.draw_wins(case), draw.describe_wins(case))

# %% flips-text [markdown]
# And the figures? For each one, the next cell looks for the value at which another option wins. As
# an example, the price of the platform.

# %% flips
one = flip(case, "paas.price")
print(f"now {one.now:g} {one.unit}")
print("another option wins above:", one.above)
print("another option wins below:", one.below)

# %% flips-check
value, other = one.above
for dollars in (0.99 * value, 1.01 * value):
    changed = with_figures(case, {"paas.price": dollars})
    print(f"at {dollars:.2f} dollars a dyno: {compare(changed).winner}")

# %% flips-read [markdown]
# The platform could cost several times as much and would still win: its price is not what this
# decision hangs on. Then which figure is?

# %% what-flips-it exercise="07.5"

# %% explore-text [markdown]
# ## Move it yourself
#
# The next cell shows controls for another case: a shop with a peak in December. Move one, and
# picture, table and verdict are new at once. It works with the keyboard, too: <kbd>Tab</kbd> to a
# control, then the arrow keys.

# %% explore
from lab.decide.widgets import explore

shop, _ = with_measured(load_case("shop"), root / "reports" / "results.json")
explorer = explore(shop)
explorer

# %% explore-state-text [markdown]
# What you have moved can be kept in a file, and read again, here or in a terminal: `lab decide
# --state shop.json` gives the same numbers. The cell moves one control from the program and writes
# the file.

# %% explore-state
explorer.controls["load.requests"].value = 80_000_000
print(explorer.save(root / "reports" / "shop.json"))
explorer.reset()
explorer.load(root / "reports" / "shop.json")
print(explorer.state.changes)
print(
    "cheapest:",
    min(bills(explorer.case, middle(explorer.case)).values(), key=lambda one: one.total).option,
)

# %% hospital-text [markdown]
# ## A fact can end the discussion
#
# Not everything is a matter of weights.

# %% hospital
hospital = load_case("hospital")
print(hospital.summary)
for option, reason in compare(hospital).left_out.items():
    print(f"{option} is out: {reason}")
print("what is left:", [one.option for one in compare(hospital).standings])

# %% hospital-bill
show_table(tables.bill_table(hospital))

# %% hospital-read [markdown]
# A platform would cost a fraction. It does not matter: a rule rules it out. Such a rule is a
# **constraint**, and no weight outweighs it. Two mistakes are common here. One is to give
# "security" a large weight and calculate on, as if many cheap points could make up for a broken
# rule. The other is to call a habit a rule. Ask where it is written.
#
# Each case comes with traps, thoughts that mislead. Here are those of the start-up:

# %% traps
for trap in case.traps:
    print(f"“{trap.thought}”")
    print(f"   {trap.instead}")

# %% six-text [markdown]
# ## Your decision
#
# Here are all six. In the terminal, `lab decide bank` shows a whole case with its numbers, and `lab
# decide bank --html bank.html` makes a page that you can hand in. A case of your own is a file like
# [these](../lab/decide/cases/): copy one, change it, and `lab decide my_case.toml` says what is
# wrong with it, or calculates.

# %% six
for name in ("hospital", "demo", "shop", "bank", "startup", "public"):
    one = load_case(name)
    print(f"{name}: {one.title}. {one.question}")
    print("   options: ", ", ".join(one.options))
    for option, reason in compare(one).left_out.items():
        print(f"   not {option}: {reason}")
    for criterion, what in one.criteria.items():
        print(f"   criterion {criterion}: {what.title}")
    for fact in one.facts:
        print(f"   fact {fact.id}: {fact.text} ({', '.join(fact.criteria) or 'no criterion'})")

# %% six-read [markdown]
# There is no key with right answers. A decision is good when its parts agree: the weights lead to
# the choice, no fact rules it out, and what weighs most rests on a fact. That can be checked, and
# the last exercise does.

# %% justify exercise="07.6"

# %% course-text [markdown]
# ## What this course does
#
# The next chapter deploys the FastAPI version to **Heroku**, a PaaS. The notes of this course give
# reasons. Here is what has become of them:
#
# - *Very easy to use*; *great documentation*: you will judge in chapter 08, with a clock.
# - *Supports multiple languages*; *works with Docker*: so it does, in November 2026.
# - *Third-party add-ons*: databases and more, one command away, each with its own price.
# - *A dyno for free*: **no longer**. Heroku's free dynos ended on 28 November 2022. The cheapest
#   cost 5 dollars a month (Eco, 1,000 hours, asleep when nobody asks). There are credits for
#   students. And even the free one was, as the notes say, nothing for a serious production
#   application.
#
# So why still Heroku? Because it shows in the clearest form what a platform is: you push, it runs.
# What you prepare for it, others read, too. And in this workbook you need no account at all to
# learn it: chapter 08 rehearses everything on your own computer.
#
# It is a choice, not a law. You have just seen a case in which it would be wrong.

# %% limits-text [markdown]
# ## What the calculation leaves out
#
# - **Prices change.** Ours are of the day beside them. Look before you decide, and write the day
#   down.
# - **Discounts, taxes, support contracts, free allowances.** Not counted.
# - **Leaving again.** What does it take to move? Little for an app that reads its port from the
#   environment and keeps no files, as ours does. Much for one that uses a provider's own database.
# - **A day without service.** The model does not put a price on it. If you can, put it in as a
#   criterion with minutes as its measure.
# - **People.** An hour is not an hour: whom does the server wake at night?
#
# A model that is wrong in known ways is more useful than a feeling that is wrong in unknown ones.
# But say which ways.

# %% progress
progress("07")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Draw the line between your work and a provider's, for five kinds of place.
# - Ask for the measure behind a proverb.
# - Bring prices to one unit, and find the load at which two options cost the same.
# - Count hours as cost, and show a range instead of a lucky number.
# - Weigh criteria, and say what would have to change to change the result.
# - Tell a constraint from a preference.
#
# **What comes next.** Chapter 08 takes the platform and deploys your own copy: first to a rehearsal
# on this computer, then, if you like, to Heroku itself.
