# Every target explains itself: `make` alone prints the list.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help setup demo test check format generate docs bench wheel clean
.DEFAULT_GOAL := help

help: ## Print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-8s %s\n' "$$name" "$$text"; done

setup: $(READY) ## Make .venv with everything that the other targets need

demo: $(READY) ## Run Attune's pipeline end to end on an embedded PostgreSQL
	@$(BIN)/attune-sql demo

test: $(READY) ## Run all tests, in parallel, each worker on a scratch PostgreSQL of its own
	@$(BIN)/python -m pytest -n auto

check: $(READY) ## Check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pyright
	@$(BIN)/lint-imports

format: $(READY) ## Format the Python files
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

generate: $(READY) ## Write the row classes and stubs of the queries
	@$(BIN)/attune-sql generate

docs: $(READY) ## Write the reference pages of the repositories and of the lint rules
	@$(BIN)/attune-sql reference
	@$(BIN)/python -m attune_sql.lint.plugin.page docs/lint_rules.md

bench: $(VENV)/.bench ## Measure against other libraries, six minutes; QUICK=1 to see that it works
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

wheel: $(READY) ## Build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove .venv and what was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "attune_sql needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (once; about half a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

# Only here: the other libraries are of no use to anything else.
$(VENV)/.bench: $(READY)
	@echo "Installing the libraries to measure against (once)"
	@$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@
