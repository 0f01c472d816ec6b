# Two commands matter: `make demo` shows the program at work, `make test` runs every check.
# Both make the virtual environment first; a second time that costs nothing.

PYTHON := .venv/bin/python
ARGS ?=
export PYTHONDONTWRITEBYTECODE =  # where it is set, every start of Python would compile anew

.PHONY: help setup demo run test bench soak gallery texts region-pack installer sbom clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name does; \
		do printf '  make %-11s %s\n' "$$name" "$$does"; done

setup:  ## make .venv from the lock file, and see to the system libraries that Qt needs
	@deploy/setup.sh

demo: setup  ## the main job from end to end, on real data; ARGS="--headless --json" for counts
	@$(PYTHON) -m ui demo $(ARGS)

run: setup  ## the program; ARGS="--profile DIR --lang kk"
	@$(PYTHON) -m ui $(ARGS)

test: setup  ## every check, the cheapest first; ARGS are handed to pytest
	@$(PYTHON) -m tests $(ARGS)

bench: setup  ## measure the figures of docs/benchmarks.md
	@$(PYTHON) -m tests.bench $(ARGS)

soak: setup  ## networks that fail and laptops that die, for longer than the tests do
	@DALA_SOAK=1 .venv/bin/pytest --timeout 0 $$(grep -rlE --include='test_*.py' 'SOAK|@given' tests) $(ARGS)
	@$(PYTHON) -m tests.simulate --seeds 100000 --mutants

gallery: setup  ## a picture of every screen, into build/gallery
	@$(PYTHON) -m tests.gallery $(ARGS)

texts: setup  ## find the texts in the code, bring the translations up to date, compile them
	@$(PYTHON) -m deploy.texts

region-pack: setup  ## a region's places; ARGS="KATO.csv PACK --names NAMES.csv --outlines FILE.geojson"
	@$(PYTHON) -m deploy.region_from_kato $(ARGS)

installer: setup  ## the Debian package, into build/installer
	@$(PYTHON) -m deploy.installer

sbom: setup  ## what the program is made of, as CycloneDX, into build/
	@$(PYTHON) -m deploy.sbom

clean:  ## remove what was built, but not .venv
	@rm -rf build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +
