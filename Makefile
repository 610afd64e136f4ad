# Every target sets up what it needs: only make, Python 3.11+ and a package registry have to be there.
PYTHON ?= python3
VENV ?= .venv
VERSIONS := 3.11 3.12 3.13
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
PIP := $(PY) -m pip install -qq

# The caller's pip settings choose the registry, and nothing else.
export PIP_USER = 0
export PIP_NO_DEPS = 0
export PIP_DRY_RUN = 0
export PIP_REQUIRE_HASHES = 0
export PIP_NO_INPUT = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export NO_MKDOCS_2_WARNING = 1
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_NO_BUILD_ISOLATION PYTHONHOME

RECENT := import sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help demo test test-all lint types docs bench nudge mutants wheel downstream versions clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(READY): pyproject.toml
	@$(PY) -c '$(RECENT)' 2>/dev/null && exit; \
	for py in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python; do \
	  "$$py" -c '$(RECENT)' 2>/dev/null || continue; \
	  echo "Setting up $(VENV) with $$("$$py" --version); this takes about a minute."; \
	  exec "$$py" -m venv --clear $(VENV); \
	done; \
	echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1
	@$(PIP) -e '.[dev,cli]'
	@touch $@

$(VENV)/.docs $(VENV)/.bench $(VENV)/.engines: $(VENV)/.%: $(READY)
	@$(PIP) -e '.[$*]'
	@touch $@

demo: $(READY) ## what one household is due, with the provisions it rests on
	@$(PY) -m povertyrules assess examples/household.toml --policy zaozhuang-hitech --on 2017-06-30

test: $(VENV)/.engines ## run the tests that are not marked long
	@$(PY) -m pytest -n 2 --no-header -m 'not long'

test-all: $(VENV)/.engines ## run every test
	@$(PY) -m pytest -n 2 --no-header

lint: $(READY) ## check style and format
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: $(VENV)/.engines ## check types
	@$(PY) -m mypy src $(wildcard tests/typing)

docs: $(VENV)/.docs ## build the documentation into site/
	@$(PY) -m mkdocs build --strict --quiet
	@echo "Built site/index.html"

bench: $(VENV)/.bench ## measure the speed budgets
	@$(PY) benchmarks/run.py

nudge: $(READY) ## change each figure of the packs: some case must fail
	@$(PY) -m povertyrules.testing.nudge

mutants: $(VENV)/.engines ## mutate the engine's code: some test should fail (slow)
	@$(PY) -m mutmut run

wheel: $(READY) ## build the wheel and the sdist, and check the wheel's size
	@rm -rf dist
	@log=$$($(PY) -m build --outdir dist 2>&1) || { echo "$$log"; exit 1; }
	@wc -c dist/*.whl | awk '{ print $$2 ": " $$1 " bytes"; if ($$1 >= 1000000) { print "over 1 MB"; exit 1 } }'

downstream: $(READY) ## install the wheel with a small project that stands on it, and run that project's tests
	@$(PY) examples/downstream/check.py

versions: $(READY) ## run the tests on the other supported Pythons found here
	@for v in $(VERSIONS); do \
	  if $(PY) --version | grep -qF "Python $$v."; then continue; fi; \
	  py=python$$v; \
	  $$py -c '' 2>/dev/null || py="$$(pyenv root 2>/dev/null)/versions/$$(pyenv latest $$v 2>/dev/null)/bin/python"; \
	  if $$py -c '' 2>/dev/null; then $(MAKE) --no-print-directory VENV=.venv-$$v PYTHON="$$py" test || exit 1; \
	  else echo "Python $$v: skipped, not found here"; fi; \
	done

clean: ## remove all that the other targets made
	@rm -rf .venv .venv-* dist site mutants .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
