# Kastellan: everything a developer runs. `make help` lists it.
# Each target installs what it lacks by package name, or stops with one sentence that says what to install.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

GOLANGCI_VERSION := v2.15.0
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/e2e -prune -o -type f -print 2>/dev/null)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: build ## build everything and start a server in ./data
	@exec bin/kastellan serve

.PHONY: build
build: ## build the web app and bin/kastellan
	@scripts/need.sh go node
	@scripts/npm.sh web
	@$(MAKE) web/dist/index.html
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/kastellan ./cmd/kastellan

web/dist/index.html: $(WEB_SOURCES)
	cd web && npm run --silent build
	@node scripts/compress.mjs web/dist
	@go run ./scripts/precompress web/dist
	@touch $@

.PHONY: test
test: ## run every suite: lint, web, Go with both databases, official client, browser
	@scripts/test.sh

.PHONY: test-go
test-go: web/dist/index.html ## Go tests with the race detector on SQLite and PostgreSQL (PKG=./internal/vault/...)
	@scripts/need.sh go cc postgres s3
	@REQUIRE_S3=1 CGO_ENABLED=1 scripts/with-postgres.sh scripts/test-go.sh $(PKG) | go run ./scripts/tally go go

.PHONY: test-web
test-web: ## unit tests of the web app
	@scripts/need.sh go node
	@scripts/npm.sh web
	@mkdir -p .cache
	@rm -f .cache/vitest.json
	@(cd web && npm run --silent test -- --reporter=default --reporter=json --outputFile.json=../.cache/vitest.json </dev/null) || true
	@go run ./scripts/tally report web .cache/vitest.json

.PHONY: compat
compat: build ## drive the official command line client against the real binary (RUN=TestName)
	@scripts/need.sh postgres s3
	@scripts/npm.sh compat
	@TEST_BINARY=$(CURDIR)/bin/kastellan REQUIRE_S3=1 scripts/with-postgres.sh \
		go test -tags compat -count=1 -parallel 10 -timeout 45m $(if $(RUN),-run '$(RUN)') -json ./compat/... | go run ./scripts/tally go compat

.PHONY: e2e
e2e: build ## browser tests of the real binary in Chromium
	@scripts/need.sh node chromium postgres
	@TEST_BINARY=$(CURDIR)/bin/kastellan scripts/with-postgres.sh npm run --silent --prefix web e2e </dev/null

.PHONY: bench
bench: build ## measure, and print the table of figures
	@scripts/need.sh chromium postgres s3
	@TMPDIR=$${TMPDIR:-/tmp} TEST_BINARY=$(CURDIR)/bin/kastellan REQUIRE_S3=1 scripts/with-postgres.sh sh -c 'cd bench && go test -tags bench -count=1 -timeout 30m -run TestBench'

.PHONY: lint
lint: web/dist/index.html ## go vet, golangci-lint, tsc and biome
	@scripts/lint.sh $(GOLANGCI_VERSION)

.PHONY: generate
generate: ## write again what is generated from Go: wire types, configuration reference
	@scripts/need.sh go
	go generate ./...

.PHONY: demo
demo: build ## fill the server of `make run`, or a fresh one, with an invented MSP
	@bin/kastellan demo

.PHONY: clean
clean: ## remove what was built and installed; ./data stays
	rm -rf bin .cache web/dist web/node_modules compat/node_modules
