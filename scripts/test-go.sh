#!/usr/bin/env bash
# test-go.sh [PACKAGES] runs the Go tests with the race detector and prints their JSON.
# Two kinds of tests run without it, because it slows them down five- to tenfold: those that call every route as
# everybody, one call after the other, of which those that do much at once are run with it again; and those of the
# Go client against the real binary, whose work is deriving and making keys, while the server that they talk to is
# another process anyway.
set -uo pipefail

status=0
if [ $# -gt 0 ]; then
  go test -race -timeout 30m -json "$@" || status=1
else
  mapfile -t packages < <(go list ./... | grep -v '/internal/apitest$')
  go test -race -short -timeout 20m -json "${packages[@]}" || status=1
  go test -timeout 20m -json ./internal/apitest || status=1
  go test -race -timeout 20m -run 'TestManyWriters|TestTheLastHead' -json ./internal/apitest || status=1
  go test -timeout 10m -run 'RealServer|LifeOf|TestRotateKeys' -json ./client ./client/attachment ./client/send ./client/demo || status=1
fi
exit $status
