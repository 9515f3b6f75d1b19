#!/usr/bin/env bash
# test-go.sh [PACKAGES] runs the Go tests with the race detector and prints their JSON.
# The tests of the Go client against the real binary come after them and without it: their work is deriving and
# making keys, which it slows down tenfold, and the server that they talk to is another process anyway.
set -uo pipefail

status=0
if [ $# -gt 0 ]; then
  go test -race -timeout 30m -json "$@" || status=1
else
  go test -race -short -timeout 40m -json ./... || status=1
  # Two tests that try much of the same do less of it with -short: here they run in full.
  go test -timeout 20m -run 'TestNobodySyncsWhatWasBeforeAWrite|TestNobodyDealsToThemselves' -json ./internal/apitest || status=1
  go test -timeout 10m -run 'RealServer|LifeOf|TestRotateKeys' -json ./client ./client/demo || status=1
fi
exit $status
