# Every target sets up what it needs, and is quick when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Python keeps what it has compiled. Where this is set, as in many containers, every process would
# compile all of its libraries anew: lessons, servers and tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=

# JupyterLab refuses to run as root, which is who one is in many containers.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab setup test bench serve site hub extras pins notebooks contract data model
.DEFAULT_GOAL := lab

$(READY): requirements.txt test_requirements.txt pyproject.toml runtime.txt tools/set_up.py
	@$(PYTHON) tools/set_up.py $(if $(filter command,$(origin PYTHON)),--named)

# ARGS= passes options on: make lab ARGS=--no-browser
lab: $(READY)  ## open JupyterLab on the first lesson
	@echo "Starting JupyterLab, which opens in your browser in a moment. To end it, press Ctrl-C twice."
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab --ServerApp.root_dir=. $(AS_ROOT) \
		--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb --log-level=WARN $(ARGS)

setup: $(READY)  ## set up, and start nothing
	@echo "Everything is set up in .venv. Next: make lab"

test: $(READY)  ## run every test, in three processes (ARGS=-n0: in one)
	@$(BIN)/python -m pytest -n 3 $(ARGS)

# ARGS=--quick for one verdict in under 90 seconds, ARGS=--full for everything.
bench: $(READY)  ## the WSGI against ASGI report, in reports/: under 15 minutes
	@$(BIN)/lab bench $(ARGS)

serve: $(READY)  ## run both servers in the terminal
	@$(BIN)/lab serve $(ARGS)

site: $(READY)  ## the workbook as a website, in build/site
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --requirement site_requirements.txt
	@$(BIN)/python -m tools.site $(ARGS)

# For an instructor: docs/class.md says what it needs.
hub: $(READY)  ## a class on this machine: JupyterHub, with the workbook for each learner
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --requirement classroom/jupyterhub/requirements.txt
	@$(BIN)/python classroom/jupyterhub/install_proxy.py
	@$(BIN)/jupyterhub --config classroom/jupyterhub/jupyterhub_config.py $(ARGS)

extras: $(READY)  ## Locust, and more servers for the comparison lab
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --requirement load_requirements.txt

# For maintainers: each makes a committed file anew from its source.
pins: $(READY)  ## the newest requirements that fit together
	@$(BIN)/python -m tools.pins

notebooks: $(READY)  ## the notebooks, from content/
	@$(BIN)/python -m tools.build_notebooks

contract: $(READY)  ## the OpenAPI file, from the routes
	@$(BIN)/python -m tools.contract

data: $(READY)  ## the sales, from the package that publishes them
	@$(BIN)/uv run --script training/data.py

model: $(READY)  ## the model, from the sales
	@$(BIN)/python -m training.train
