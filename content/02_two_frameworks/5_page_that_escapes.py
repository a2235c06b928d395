# %% goal [markdown]
# # A page that no name can break
#
# **Goal.** `GET /greeting?name=…` is answered with a page that has one paragraph, whose text and
# whose `title` are the name, whatever the name is.
#
# For the name `Ada`, the page is `<p title="Ada">Ada</p>`. The name may hold any signs. They must
# be shown, not obeyed.
#
# `Environment(…).from_string(text)` makes a template of a text, and `template.render(name=name)`
# fills it.

# %% instructor [markdown]
# Minutes: 6
#
# The f-string works for every name that one thinks of first. Then come those who replace `<` and
# forget the quotation mark, which ends an attribute. And those who use Jinja2 by itself and find
# that it does not escape unless told to.

# %% solution
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()

# BEGIN SOLUTION: # Your code here: a template, and an environment that escapes.
PAGE = Environment(autoescape=True).from_string('<p title="{{ name }}">{{ name }}</p>')
# END SOLUTION


@app.get("/greeting")
def greeting(name: str):
    # BEGIN SOLUTION: page = ...  # Your code here: the page for this name.
    page = PAGE.render(name=name)
    # END SOLUTION
    return HTMLResponse(page)


# %% check
from html.parser import HTMLParser

from lab.exercises.checking import Answer, expect, expect_equal

PATH = "/greeting"
LIMIT = 30.0


class _Reader(HTMLParser):
    """Reads a page as a browser does: tags, attributes and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"html", "head", "body", "meta"}:
            self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def check(answer: Answer) -> None:
    number = str(answer.random.randint(100, 999))
    names = [
        "Ada",
        "Gilbert " + number,
        f"<script>alert({number})</script>",
        "Sawyer & Sawyer West",
        "&lt;b&gt; is how one writes a tag",
        f'" onmouseover="alert({number})',
        "1 < 2 > 0",
        "O'Brien",
        "{{ 7 * 7 }}",
    ]
    with answer.served() as client:
        for name in names:
            response = client.get(PATH, params={"name": name})
            asked = f"For the name {name!r}"
            expect(
                response.status_code == 200,
                f"{asked}, the status is {response.status_code}, and 200 was wanted.",
            )
            kind = response.headers.get("Content-Type", "")
            expect(
                kind.startswith("text/html"),
                f"The answer is {kind}, and a browser shows a page only when it is text/html.",
                hint="What a function returns becomes JSON, unless it is a response of its own.",
            )
            _read(response.text, name, asked)


def _read(page: str, name: str, asked: str) -> None:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = [tag for tag, _ in reader.tags]
    hint = "A template with autoescape fills its holes so that no sign can do harm."
    expect(
        found == ["p"],
        f"{asked}, a browser finds the tags {found} in the page, and only one p was wanted. The "
        f"page: {page.strip()}",
        hint=hint,
    )
    attributes = reader.tags[0][1]
    expect(
        set(attributes) == {"title"},
        f"{asked}, the paragraph has the attributes {sorted(attributes)}, and only title was "
        f"wanted. The page: {page.strip()}",
        hint=f"A quotation mark ends the value of an attribute. {hint}",
    )
    hint = "Each sign has to be escaped once: not less, and not twice."
    if "{{" in name:
        hint = "The name fills a hole of the template. It must not become a part of the template."
    expect_equal(reader.text.strip(), name, f"{asked}, the text that a browser shows", hint=hint)
    expect_equal(attributes["title"], name, f"{asked}, the title that a browser shows", hint=hint)


# %% hints [markdown]
# - An f-string knows nothing of HTML. A template does, when it is told to escape.
# - Jinja2 on its own does not escape. `Environment(autoescape=True)` does.
# - The template is `'<p title="{{ name }}">{{ name }}</p>'`, and `PAGE.render(name=name)` fills it.

# %% wrong-f-string
# why: Puts the page together from pieces of text.
# says: The page: <html><p title="<script>
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/greeting")
def greeting(name: str):
    page = f'<html><p title="{name}">{name}</p></html>'
    return HTMLResponse(page)


# %% wrong-no-autoescape
# why: Believes that Jinja2 escapes by itself.
# says: The page: <p title="<script>
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()
PAGE = Environment().from_string('<p title="{{ name }}">{{ name }}</p>')


@app.get("/greeting")
def greeting(name: str):
    return HTMLResponse(PAGE.render(name=name))


# %% wrong-replaces-brackets
# why: Thinks of the brackets only. A quotation mark ends the attribute.
# says: the paragraph has the attributes ['onmouseover', 'title']
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/greeting")
def greeting(name: str):
    name = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return HTMLResponse(f'<p title="{name}">{name}</p>')


# %% wrong-escapes-twice
# why: Escapes by hand what the template escapes again.
# says: the text that a browser shows should be
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()
PAGE = Environment(autoescape=True).from_string('<p title="{{ name }}">{{ name }}</p>')


@app.get("/greeting")
def greeting(name: str):
    return HTMLResponse(PAGE.render(name=escape(name)))


# %% wrong-name-in-the-template
# why: The name becomes a part of the template, so it can hold holes of its own.
# says: For the name '{{ 7 * 7 }}'
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

app = FastAPI()
ENVIRONMENT = Environment(autoescape=True)


@app.get("/greeting")
def greeting(name: str):
    name = escape(name)
    template = ENVIRONMENT.from_string(f'<p title="{name}">{name}</p>')
    return HTMLResponse(template.render())


# %% wrong-json
# why: Returns the text as it is, and FastAPI makes JSON of it.
# says: a browser shows a page only when it is text/html
from fastapi import FastAPI
from jinja2 import Environment

app = FastAPI()
PAGE = Environment(autoescape=True).from_string('<p title="{{ name }}">{{ name }}</p>')


@app.get("/greeting")
def greeting(name: str):
    return PAGE.render(name=name)


# %% right-jinja2templates
from fastapi import FastAPI, Request
from fastapi.templating import Jinja2Templates
from jinja2 import DictLoader, Environment

app = FastAPI()
PAGE = """
<!doctype html>
<p title="{{ name }}">{{ name }}</p>
"""
ENVIRONMENT = Environment(loader=DictLoader({"greeting.html": PAGE}), autoescape=True)
TEMPLATES = Jinja2Templates(env=ENVIRONMENT)


@app.get("/greeting")
def greeting(request: Request, name: str):
    return TEMPLATES.TemplateResponse(request, "greeting.html", {"name": name})


# %% right-escape-by-hand
from html import escape
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/greeting", response_class=HTMLResponse)
def greeting(name: Annotated[str, Query()]):
    name = escape(name, quote=True)
    return f'<p title="{name}">{name}</p>'
