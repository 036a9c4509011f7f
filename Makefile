# Each target is a script in scripts/, which also works without make: sh scripts/demo
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint format bench clean

help: ## show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## render the example's board report and contingency plan to build/
	@sh scripts/demo

test: ## run every check: style, types, layers, tests
	@sh scripts/test

lint: ## check style, types and layers only
	@sh scripts/lint

format: ## rewrite the Python files in the house format
	@sh scripts/format

bench: ## run the benchmarks
	@sh scripts/bench

clean: ## remove everything that these commands made
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find riskmap tests -name __pycache__ -prune -exec rm -rf {} +
