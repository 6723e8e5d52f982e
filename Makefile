# Motcua. Only Python 3.11 or later and make are needed; everything else is set up inside this folder.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
SET_UP = $(if $(PYTHON),"$(PYTHON)",$(error Python 3.11 or later is needed; name it with make PYTHON=/path/to/python3)) scripts/setup.py
VENV = .venv/bin/python
# As many test workers as processors, at most this many: each has a database and perhaps a browser.
WORKERS ?= $(shell "$(PYTHON)" -c 'import os; print(min(os.cpu_count() or 2, 8))')

# Modules are compiled once, whatever the shell says: the second start must be quick.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench bench-growth soak fuzz mutate messages screenshots lock

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 21

setup: ## Install everything that running and testing need
	@$(SET_UP) run dev front browser

run: ## Start Motcua with demo data; Ctrl-C stops it (PORT=8000)
	@$(SET_UP) run front
	@exec env MOTCUA_DEMO=$${MOTCUA_DEMO-1} $(VENV) -m app run

test: ## Run all tests, in parallel, with a real database and a real browser
	@$(SET_UP) run dev front browser
	@$(VENV) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: ## Style, types, import contracts, migrations equal to the models, complete catalogues
	@$(SET_UP) run dev front
	@$(VENV) -m ruff format --check .
	@$(VENV) -m ruff check .
	@$(VENV) -m mypy
	@$(VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	@$(VENV) -m scripts.translations --check
	@$(VENV) -m pytest -q tests/structure

bench: ## Measure; prints one JSON object a line
	@$(SET_UP) run dev front bench >&2
	@$(VENV) -m bench

bench-growth: ## Measure what grows with 10^3, 10^5 and 10^6 dossiers (SIZES="1000 100000"); about ten minutes, 15 GB for that time
	@$(SET_UP) run dev >&2
	@$(VENV) -m bench.growth $(SIZES)

soak: ## Work through the pages while programs are killed: nothing lost, nothing doubled? (ACTS=10000 KILLS=200 AWAY=60 FULL=0)
	@$(SET_UP) run front >&2
	@$(VENV) -m soak $(if $(ACTS),--acts $(ACTS)) $(if $(KILLS),--kills $(KILLS)) $(if $(AWAY),--away $(AWAY)) $(if $(FULL),--full $(FULL))

fuzz: ## Throw bent texts at all that reads rules and forms, five minutes long (SECONDS=300)
	@$(SET_UP) run dev hunt
	@$(VENV) -m hunt.fuzz $(SECONDS)

mutate: ## Break the checks, the ledger and the evaluator on purpose: do the tests notice? (WHAT="evaluator checks ledger columns")
	@$(SET_UP) run dev hunt
	@$(VENV) -m hunt.mutation $(WHAT)

messages: ## Collect the sentences of the pages into the English catalogue
	@$(SET_UP) run
	@$(VENV) -m scripts.translations

screenshots: ## Take the pictures of docs/screenshots again
	@$(SET_UP) run dev front browser
	@$(VENV) -m pytest -q tests/browser/screenshots.py tests/browser/screenshots_of_the_office.py

lock: ## Pin the newest versions again (needs uv)
	@sh scripts/lock.sh
