#!/usr/bin/env bash
# postgres-bin.sh prints the folder that holds initdb and postgres; Debian keeps them out of PATH.
set -euo pipefail

for dir in $(command -v postgres | xargs -r dirname) $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
  if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then
    echo "$dir"
    exit 0
  fi
done
echo "No PostgreSQL server was found." >&2
exit 1
