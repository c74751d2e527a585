# What people call; CONTRIBUTING.md says when. The recipes are short, so that they can be read and called by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
# Two Swift builds at once only take each other's memory and cores.
.NOTPARALLEL:

# `swift build` takes a second or more to find that nothing changed; make finds it at once by these files. Folders are
# among them, so that a removed file counts as a change too.
sources := Package.swift $(shell find Sources .third-party -not -name '.*' 2>/dev/null)
release := .build/signalbox-release.stamp

# What `install` takes, and where it puts it: below DESTDIR when a package is made.
BINARY ?= .build/release/signalbox
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: build run install uninstall test soak fuzz lint e2e bench bench-list bench-live bench-api bench-page bench-peers docs screenshots clean setup

## build: the release binary, .build/release/signalbox
build: setup
	@$(MAKE) --silent --no-print-directory $(release)

## run: set up, build, serve http://127.0.0.1:7171 and run the main example
run: build
	@exec .build/release/signalbox serve --plans examples --demo examples/invoices

## install: program, manual page, completions and systemd unit, below PREFIX (/usr/local); docs/operations.md
install: $(if $(filter .build/release/signalbox,$(BINARY)),build)
	@BINARY='$(BINARY)' PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install install

## uninstall: remove what install has put there; data and settings stay
uninstall:
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install uninstall

## test: set up, lint, unit, process and browser tests; the last line says how many passed
test:
	@scripts/setup test
	@scripts/test

## soak: simulated worlds from new seeds, for 10 minutes or SIGNALBOX_SOAK_SECONDS
soak:
	@scripts/setup test
	@scripts/test build
	@SIGNALBOX_SOAK_SECONDS=$${SIGNALBOX_SOAK_SECONDS:-600} swift test --skip-build --disable-xctest --filter SoakTests

## fuzz: every parser with made-up inputs, each for 10 seconds or SIGNALBOX_FUZZ_SECONDS
fuzz:
	@scripts/setup test
	@scripts/fuzz

## lint: the format of every Swift file
lint:
	@scripts/test lint

## e2e: only the process and browser tests, on the debug binary
e2e:
	@scripts/setup test
	@scripts/test build e2e

## bench: print the figures of design §8 that are measured so far, as JSON: a line for the engine, a line for agents
bench: build
	@.build/release/signalbox bench engine --json
	@.build/release/signalbox bench agents --json

## bench-list: lists over 1,000,000 tasks, or over as many as SIGNALBOX_LIST_TASKS says (10000000: 6 GB, a quarter of an hour)
bench-list: build
	@.build/release/signalbox bench list --tasks $${SIGNALBOX_LIST_TASKS:-1000000} --json

## bench-live: 10,000 watchers of one server, or as many as SIGNALBOX_LIVE_CLIENTS says: how fast they hear what happens
bench-live: build
	@.build/release/signalbox bench live --clients $${SIGNALBOX_LIVE_CLIENTS:-10000} --json

## bench-api: requests a second for a task, for a page of the list and of the fake model, by wrk
bench-api: build
	@scripts/setup wrk
	@python3 bench/api.py --signalbox .build/release/signalbox --json
	@python3 bench/fake_model.py --signalbox .build/release/signalbox --json

## bench-page: pages in a real browser: what a cold one loads, when it paints, how long a change takes to be seen
bench-page: build
	@scripts/setup test
	@.venv/bin/python3 bench/page.py --signalbox .build/release/signalbox --json

## bench-peers: Signalbox beside DBOS, LangGraph and OpenAI's Agents SDK on this machine, in one run
bench-peers: build
	@scripts/setup peers
	@.venv-peers/bin/python3 bench/peers/compare.py --signalbox .build/release/signalbox
	@.venv-peers/bin/python3 bench/peers/compare_agents.py --signalbox .build/release/signalbox

## docs: the pages of docs/cli, from the table of verbs; what is written in them by hand stays
docs:
	@scripts/setup test
	@scripts/test build
	@SIGNALBOX_RECORD=1 swift test --skip-build --disable-xctest --filter CommandPageTests

## screenshots: pictures of all main pages in .build/screenshots, and those of docs/, of real tasks in a real browser
screenshots:
	@scripts/setup test
	@scripts/test build
	@.venv/bin/python3 scripts/screenshots

## clean: remove what was built; what scripts/setup fetched stays
clean:
	rm -rf .build .build-*

setup:
	@scripts/setup run

# A file name with no rule behind it is one that was removed since: not an error, only a reason to build.
$(sources):

$(release): $(sources)
	swift build -c release --static-swift-stdlib --product signalbox
	@touch $@
