# One line per task; `make help` lists them. Everything runs on a fresh Debian 12 with git and make.
.DEFAULT_GOAL := help
.PHONY: help setup configure build demo test check format bench bench-full bench-report bench-check fuzz sim chaos clean

export PENSTOCK_CACHE ?= $(CURDIR)/.cache
PYTHON := $(PENSTOCK_CACHE)/venv/bin/python
BUILD := build/release
COMPILE := cmake --build $(BUILD) --parallel $(shell nproc)
BENCH_PROGRAMS := $(patsubst %,penstock_%_bench,lane json_decode avro_decode protobuf_decode native_write columns)

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 21

setup: ## install what is missing: Debian packages, Kafka, libchdb, Python packages
	@tools/setup

configure: setup
	@cmake --preset release $(if $(wildcard $(BUILD)/build.ninja),>/dev/null)

build: configure ## build the program (build/release/penstock) and its tests
	$(COMPILE)

demo: configure ## a real Kafka broker, embedded ClickHouse and a pipe between them
	$(COMPILE) --target penstock penstock_produce
	tools/demo

test: build ## unit tests, end-to-end tests against real servers, slices of the oracle and of chaos
	ctest --test-dir $(BUILD) --parallel 4 --output-on-failure --no-tests=error
	$(PYTHON) -m pytest tests/tools tests/e2e tests/oracle tests/chaos

check: configure ## formatting, clang-tidy, layers, file shape, generated docs, instructions
	PYTHON=$(PYTHON) tools/check

format: setup ## format every C++ file in place
	git ls-files -co --exclude-standard '*.h' '*.cc' | xargs clang-format-14 -i

bench: configure ## micro benchmarks and a short whole pipe beside the Kafka engine: minutes
	@tools/run_targets bench
	$(COMPILE) --target penstock penstock_produce
	$(PYTHON) bench/whole/run.py --quick --output build/bench/whole.jsonl

bench-full: configure ## the parts alone and every whole-pipe case, all peers, three rounds; writes bench/results
	$(COMPILE) --target penstock penstock_produce $(BENCH_PROGRAMS)
	bench/peers/build
	$(PYTHON) bench/alone/run.py
	$(PYTHON) bench/whole/run.py
	$(PYTHON) bench/whole/latency.py

bench-report: setup ## docs/benchmarks.md and its charts from bench/results
	$(PYTHON) bench/report/run.py

bench-check: configure ## instructions per row against bench/results/baseline.json; BLESS=1 renews it
	tools/check_instructions $(if $(BLESS),--bless)

fuzz: configure ## every fuzz target for FUZZ_RUNS or FUZZ_SECONDS; 100,000 messages per format beside ClickHouse
	@tools/setup fuzz
	tools/fuzz
	$(COMPILE) --target penstock_oracle
	$(PYTHON) tests/oracle/whole_run.py

sim: configure ## simulated worlds from seeds: SEEDS=1000000 FIRST=10001 of them, or SEED=4711 told event by event
	$(COMPILE) --target penstock_sim
	$(BUILD)/tests/sim/penstock_sim $(if $(SEED),--seed $(SEED) --trace,$(if $(SEEDS),--seeds $(SEEDS)) $(if $(FIRST),--first $(FIRST)))

chaos: configure ## real parts under every fault we can cause, counted; CHAOS="--window 1 --scenario kill-pipe"
	$(COMPILE) --target penstock
	$(PYTHON) tests/chaos/run.py $(CHAOS)

clean: ## remove build results; downloads stay in the cache
	rm -rf build
