PYTHON ?= python3
BIN = .venv/bin
ARGS =
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run test check bench smoke format docs pictures pins clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: .venv/.run ## Answer the anti-churn questionnaire; more options: make run ARGS="--lang en"
	@$(BIN)/checklist run anti-churn $(ARGS)

test: .venv/.ready ## Run the tests; a part of them: make test ARGS="-k scoring"
	$(BIN)/python -m pytest -n auto $(ARGS)

check: .venv/.ready ## Format, lint, types, imports, README, tests: everything a change has to pass
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m cogapp -I docs -P --check --diff --check-fail-msg="run: make docs" --verbosity=1 README.md
	$(BIN)/python docs/pictures.py --check
	$(BIN)/python -m pytest -n auto

bench: .venv/.ready ## Measure against the budgets
	$(BIN)/python -m benchmarks $(ARGS)

smoke: .venv/.ready ## Build wheel and sdist, install each afresh and use it
	tests/smoke.sh

format: .venv/.ready ## Format the code and repair what ruff can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: pictures ## Renew the tables and pictures in README.md, and the transcripts in docs
	$(BIN)/python -m cogapp -I docs -P -r -U --verbosity=1 README.md
	$(BIN)/python docs/transcript.py

pictures: .venv/.ready ## Draw the pictures in README.md anew
	$(BIN)/python docs/pictures.py

pins: .venv/bin/python ## Renew the versions in constraints.txt
	@new=$$(mktemp -d) && trap 'rm -rf "$$new"' EXIT && \
	$(BIN)/python -m venv "$$new" && "$$new/bin/python" -m pip install -q '.[dev]' && \
	head -n 1 constraints.txt > "$$new/pins" && \
	"$$new/bin/python" -m pip freeze --exclude anti-churn-checklist >> "$$new/pins" && \
	cat "$$new/pins" > constraints.txt

clean: ## Remove the environment and all caches
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: pyproject.toml constraints.txt .venv/bin/python
	@echo "Installing what checklist needs into .venv ..." >&2
	@$(BIN)/python -m pip install -q -c constraints.txt -e .
	@touch $@

.venv/.ready: pyproject.toml constraints.txt .venv/bin/python
	@echo "Installing checklist and its development tools into .venv ..." >&2
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch .venv/.run $@

.venv/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo \
	"'$(PYTHON)' is missing or older than Python 3.11. Install a newer one, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv || { rm -rf .venv; echo \
	"'$(PYTHON)' cannot create environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
