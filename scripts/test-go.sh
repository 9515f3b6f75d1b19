#!/usr/bin/env bash
# test-go.sh [PACKAGES] runs the Go tests with the race detector and prints their JSON.
# The detector slows tests down five- to tenfold and finds nothing where one thing is done after the other. So it
# does not watch
# - the tests that call every route as everybody;
# - the packages below, whose own code starts no goroutine; of their tests and of those above, those that do much at
#   once are run with it again;
# - the tests of the Go client against the real binary, whose work is deriving and making keys, while the server that
#   they talk to is another process anyway.
set -uo pipefail

status=0
run() { go test -timeout 20m -json "$@" || status=1; }

if [ $# -gt 0 ]; then
  run -race "$@"
  exit $status
fi

module=$(go list -m)
in_turn="internal/access internal/apitest internal/audit internal/baseline internal/claim internal/enroll internal/offboard
  internal/org internal/overview internal/policy internal/provider internal/recovery internal/rotate internal/tenant
  internal/api/accounts internal/api/orgs internal/api/providers"
unwatched=() files=()
for folder in $in_turn; do
  # apitest's own goroutine is the server of those who test with it.
  if [ "$folder" != internal/apitest ] && ls "$folder"/*.go | grep -v '_test\.go$' | xargs grep -nE '^[[:space:]]*go |\.Go\('; then
    echo "test-go.sh must race $folder, which starts goroutines" >&2
    exit 1
  fi
  unwatched+=("$module/$folder")
  files+=("$folder"/*_test.go)
done
mapfile -t watched < <(go list ./... | grep -vxF "$(printf '%s\n' "${unwatched[@]}")")
# The tests that start goroutines, or call a helper that does.
at_once=$(awk '/^func /{name = ""} match($0, /^func Test[A-Za-z0-9_]+/){name = substr($0, 6, RLENGTH - 5)}
  name && /(^|[^A-Za-z_])go func|\.Go\(|(^|[^A-Za-z_.])race\(|\.winners\(/{print name}' "${files[@]}" | sort -u | paste -sd '|')

if [ -z "$at_once" ]; then
  echo "test-go.sh found no tests that do much at once" >&2
  exit 1
fi

# The tests that call every route take as long as half of the rest and no more than one core, so they run beside it.
every_route=$module/internal/apitest
mapfile -t quick < <(printf '%s\n' "${unwatched[@]}" | grep -vxF "$every_route")
aside=$(mktemp)
trap 'rm -f "$aside"; kill "${beside:-}" 2>/dev/null' EXIT
go test -timeout 20m -json "$every_route" >"$aside" &
beside=$!

run -race -short "${watched[@]}"
run "${quick[@]}"
run -race -run "^($at_once)$" "${unwatched[@]}"
run -run 'RealServer|LifeOf|TestRotateKeys' ./client ./client/attachment ./client/send ./client/demo
wait "$beside" || status=1
cat "$aside"
exit $status
