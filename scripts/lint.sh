#!/usr/bin/env bash
# lint.sh GOLANGCI_VERSION runs every static check and closes with how many passed.
set -uo pipefail

cd "$(dirname "$0")/.."
version=$1
passed=0
failed=0

check() {
  local name=$1
  shift
  if "$@" </dev/null; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "lint: $name found something, see above."
  fi
}

go_formatted() {
  local unformatted
  unformatted=$(git ls-files -co --exclude-standard '*.go' | xargs -r gofmt -l)
  [ -z "$unformatted" ] || {
    echo "gofmt would change:"
    echo "$unformatted"
    return 1
  }
}

# The linter is built once per version, from its source.
golangci() {
  local bin="$PWD/.cache/bin/golangci-lint-$version"
  if [ ! -x "$bin" ]; then
    echo "Building golangci-lint $version (once) ..."
    mkdir -p .cache/bin
    GOBIN="$PWD/.cache/bin" go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version" || return 1
    mv .cache/bin/golangci-lint "$bin"
  fi
  "$bin" run --allow-parallel-runners ./...
}

web_check() { (cd web && npm run --silent check); }

scripts/need.sh go node && scripts/npm.sh web || exit 1
check gofmt go_formatted
check "go vet" go vet -tags compat,bench ./...
check golangci-lint golangci
check "tsc or biome" web_check
echo "lint: $passed passed, $failed failed"
[ "$failed" = 0 ]
