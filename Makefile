# Every target sets up what it needs, and is quick when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# JupyterLab refuses to run as root, which is who one is in many containers.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test pins
.DEFAULT_GOAL := lab

$(READY): requirements.txt test_requirements.txt pyproject.toml runtime.txt tools/set_up.py
	@$(PYTHON) tools/set_up.py

lab: $(READY)  ## open JupyterLab on the first lesson (ARGS= passes options on)
	@$(BIN)/jupyter lab --ServerApp.root_dir=. $(AS_ROOT) notebooks/00_start_here.ipynb $(ARGS)

test: $(READY)  ## run every test (ARGS= passes options on)
	@$(BIN)/python -m pytest $(ARGS)

pins: $(READY)  ## refresh requirements.txt and test_requirements.txt
	@$(BIN)/python -m tools.pins
