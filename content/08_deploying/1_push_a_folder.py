# %% goal [markdown]
# # Push a folder
#
# **Goal.** Mend the command so that the folder `api` of a repository is deployed, and nothing else.
#
# A course keeps everything in one repository, with the app in a folder of it:
#
# ```text
# api/Procfile  api/requirements.txt  api/main.py
# notes/week_1.md
# ```
#
# Somebody has typed `git push heroku main`. The build looked at the root, found the folders `api`
# and `notes` there, and refused: nothing said that this is Python. The check runs your command with
# a repository like this one and a remote named `heroku`, and looks at what has arrived.

# %% instructor [markdown]
# Minutes: 4
#
# The notes' `git subtree push`, done for real: the check makes both repositories. A branch of
# another name is accepted by Git and by the platform, and deployed by neither.

# %% solution
# BEGIN SOLUTION: COMMAND = "git push heroku main"
COMMAND = "git subtree push --prefix api heroku main"
# END SOLUTION

# %% check
import os
import subprocess
from pathlib import Path

from lab.exercises.checking import Answer, expect, not_yet
from lab.heroku.scratch import commit_files

LIMIT = 40.0
COMMAND_SECONDS = 30.0  # Git splits a folder off in one, on a machine that has nothing else to do
FILES = {
    "api/Procfile": "web: uvicorn main:app --host 0.0.0.0 --port $PORT\n",
    "api/requirements.txt": "uvicorn\n",
    "api/main.py": "app = None\n",
    "notes/week_1.md": "# Week 1\n",
}
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


def git(folder: Path, *arguments: str) -> str:
    """Return what a Git command prints."""
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
    ).stdout


def check(answer: Answer) -> None:
    command = answer.get("COMMAND")
    expect(
        not (isinstance(command, str) and command.split()[:1] == ["cd"]),
        "COMMAND begins with cd. But git push sends the whole repository, whichever folder of it "
        "you are in.",
        hint="It is a command of Git that makes a folder the root.",
    )
    expect(
        isinstance(command, str) and command.split()[:1] == ["git"],
        "COMMAND should be a text that begins with git.",
    )
    course, remote = answer.file.parent / "course", answer.file.parent / "heroku.git"
    commit_files(FILES, course, "The course")
    git(course, "init", "--quiet", "--bare", str(remote))
    git(course, "remote", "add", "heroku", str(remote))
    try:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=course,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
        )
    except subprocess.TimeoutExpired:
        not_yet(f"Your command was still running after {COMMAND_SECONDS:g} seconds.")
    said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    reason = next((line for line in said if line.startswith(("fatal", "error"))), "")
    expect(
        done.returncode == 0,
        f"Git refuses the command: {reason or ' '.join(said[-1:])}",
        hint="In which order do prefix, remote and branch stand? And what is the folder called?",
    )
    branches = git(remote, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    expect(bool(branches), "Nothing has arrived at the remote heroku.")
    expect(
        bool({"main", "master"} & set(branches)),
        f"It has arrived on the branch {branches[0]}, and only main is deployed.",
    )
    branch = "main" if "main" in branches else "master"
    root = git(remote, "ls-tree", "--name-only", branch).split()
    expect(
        "requirements.txt" in root,
        f"At the root of what has arrived are: {', '.join(root)}. The build looks for "
        "requirements.txt there, and not in folders.",
        hint="git subtree push makes a folder the root.",
    )
    expect("notes" not in root, "The notes have arrived too.")


# %% hints [markdown]
# - The lesson has the command that pushes a folder. Which words in it are names, and what are they
#   here?
# - `git subtree push --prefix FOLDER REMOTE BRANCH`

# %% wrong-whole
# why: The platform will find the app wherever it lies.
# says: At the root of what has arrived are: api, notes
COMMAND = "git push heroku main:main"

# %% wrong-from-the-folder
# why: Git pushes the folder that one is in.
# says: git push sends the whole repository, whichever folder of it you are in
COMMAND = "cd api && git push heroku main"

# %% wrong-branch-api
# why: The folder's name belongs where the branch stands.
# says: Git refuses the command: error: src refspec api
COMMAND = "git push heroku api"

# %% wrong-other-branch
# why: Each folder gets a branch of its own.
# says: only main is deployed
COMMAND = "git subtree push --prefix api heroku api"

# %% wrong-folder
# why: The folder of an app is called app.
# says: Git refuses the command: fatal: 'app' does not exist
COMMAND = "git subtree push --prefix app heroku main"

# %% right-by-hand
COMMAND = 'git push heroku "$(git subtree split --prefix api main):refs/heads/main"'

# %% right-master
COMMAND = "git subtree push --prefix=api/ heroku master"
