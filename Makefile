# The two commands to know: `make serve` and `make test`. Each first installs what is missing.
.PHONY: help setup serve dev dist single-file test test-long lint bench clean
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

serve: dist ## build the site, optimised, and serve it on this machine
	@node scripts/serve.mjs dist

dev: ## serve an unoptimised build that follows every change
	@scripts/setup.sh build
	@scripts/dev.sh

dist: ## build the site into dist/
	@scripts/setup.sh rust
	@scripts/build.sh site

single-file: ## build the page that is one file into dist-single/caseload.html
	@scripts/setup.sh rust
	@scripts/build.sh single

test: ## run every check and every test
	@scripts/setup.sh test
	@scripts/test.sh

test-long: ## the same, with a hundred crashes and many more random cases
	@scripts/setup.sh test
	@CASELOAD_LONG=1 PROPTEST_CASES=4096 scripts/test.sh

lint: ## formatting and clippy, natively and for the browser
	@scripts/setup.sh build
	@scripts/test.sh lint

bench: ## measure what the design promises, each beside its baseline
	@scripts/setup.sh test
	@scripts/build.sh site
	@scripts/bench.sh

clean: ## remove what was built, not what was installed
	rm -rf dist dist-single .build test-results playwright-report
	cargo clean
