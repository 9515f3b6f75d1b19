#!/usr/bin/env bash
# npm.sh FOLDER installs a folder's npm packages as its lock file says, unless they are there already.
# It is not `npm ci`, which refuses a lock file that lacks the optional packages of other platforms, as
# one does that was written behind a mirror without them. The lock file holds, and is not written.
set -euo pipefail

cd "$(dirname "$0")/../$1"
stamp=node_modules/.kastellan-lock
want=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
  exit 0
fi
echo "Installing the npm packages of $1 ..."
npm install --no-save --no-audit --no-fund --loglevel=error </dev/null
echo "$want" >"$stamp"
