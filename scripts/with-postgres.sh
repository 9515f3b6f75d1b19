#!/usr/bin/env bash
# with-postgres.sh COMMAND... runs a command with TEST_POSTGRES naming a throw-away PostgreSQL cluster
# and REQUIRE_POSTGRES=1, then stops that cluster. A cluster that the caller named already is used as it is.
# The cluster listens on a socket in its own folder only, and does not sync to disk: it lives for one run.
# Temporary files are kept in memory where there is room and TMPDIR does not say otherwise: tests make hundreds of
# SQLite databases, each of which waits for the disk at every write. Only what Go builds stays on disk.
set -euo pipefail

export REQUIRE_POSTGRES=1
if [ -n "${TEST_POSTGRES:-}" ]; then
  exec "$@"
fi

bin=$("$(dirname "$0")/postgres-bin.sh")
memory=/dev/shm room=$((6 << 20)) # in KiB
if [ -z "${TMPDIR:-}" ] && [ "$(df --output=avail "$memory" 2>/dev/null | tail -1)" -gt "$room" ] 2>/dev/null; then
  dir=$(mktemp -d "$memory/kastellan-test.XXXXXX")
  mkdir -m 1777 "$dir/tmp"
  export TMPDIR=$dir/tmp GOTMPDIR=${GOTMPDIR:-/tmp}
else
  dir=$(mktemp -d "${TMPDIR:-/tmp}/kastellan-test.XXXXXX")
fi
chmod 755 "$dir"

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
[ "$(id -u)" != 0 ] || chown postgres:postgres "$dir"

cleanup() {
  if [ -n "${server:-}" ]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(cd "$dir" && as_postgres "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync) \
  >"$dir/initdb.log" 2>&1 || {
  cat "$dir/initdb.log" >&2
  exit 1
}

# The subshell becomes the server itself, so that $! is its pid.
(
  cd "$dir"
  set -- "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c unix_socket_permissions=0777 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
    -c max_connections=300 -c shared_buffers=128MB -c log_min_messages=fatal
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; fi
  exec "$@"
) >"$dir/server.log" 2>&1 </dev/null &
server=$!

# The server writes "ready" into its pid file once it accepts connections.
until grep -q '^ready' "$dir/data/postmaster.pid" 2>/dev/null; do
  if ! kill -0 "$server" 2>/dev/null; then
    cat "$dir/server.log" >&2
    exit 1
  fi
  sleep 0.05
done

export TEST_POSTGRES="postgres://postgres@/postgres?host=$dir&sslmode=disable"
status=0
"$@" || status=$?
exit "$status"
