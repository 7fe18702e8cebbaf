# The commands of a checkout. Settings of the environment (WHEELKEEP_*) are passed on.
help:
	@echo 'make up      install what is needed and serve the index on http://localhost:8400 (Ctrl-C stops it)'
	@echo 'make setup   install only; then bin/wheelkeep COMMAND works'
	@echo 'make test    run every check'
	@echo 'make bench   measure the claims of docs/benchmarks.md'

up: setup
	@exec bin/wheelkeep serve

setup:
	@scripts/setup

test:
	@scripts/test

bench:
	@scripts/bench

.PHONY: help up setup test bench
