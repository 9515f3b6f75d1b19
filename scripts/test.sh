#!/usr/bin/env bash
# test.sh runs every suite, also after one has failed, and closes with one line per suite.
set -uo pipefail

cd "$(dirname "$0")/.."
scripts/need.sh go node cc postgres chromium s3 || exit 1

if [ -z "${TEST_POSTGRES:-}" ]; then
  exec scripts/with-postgres.sh "$0" # one cluster for all suites
fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
summary=()
status=0

suite() {
  local name=$1 start=$SECONDS closing
  echo
  echo "== $name"
  make "$name" </dev/null 2>&1 | tee "$logs/$name"
  local result=${PIPESTATUS[0]}
  closing=$(grep -E '^([a-z0-9-]+: )?[0-9]+ passed, [0-9]+ failed' "$logs/$name" | tail -1)
  [ "$result" = 0 ] || status=1
  if [ -z "$closing" ]; then
    # A suite that stopped before it counted anything has failed, whatever its exit status says.
    closing="$name: 0 passed, 1 failed"
    status=1
  fi
  summary+=("$closing")
  echo "== $name took $((SECONDS - start)) s"
}

if ! make build; then
  echo "build: 0 passed, 1 failed"
  exit 1
fi
for name in lint test-web test-go compat e2e; do
  suite "$name"
done

echo
echo "All suites, $SECONDS s:"
printf '%s\n' "${summary[@]}"
exit "$status"
