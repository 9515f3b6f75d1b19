#!/usr/bin/env bash
# need.sh THING... makes sure that each thing is on this machine: go, node, cc, postgres, chromium, s3.
# What Debian packages is installed by package name when we are root; anything else ends with one
# sentence that says what to install.
set -euo pipefail

refresh_package_lists() {
  [ -n "${lists_are_fresh:-}" ] || apt-get update -qq >/dev/null
  lists_are_fresh=yes
}

# install PACKAGE SENTENCE
install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$2" >&2
    exit 1
  fi
  echo "Installing the Debian package $1 ..."
  refresh_package_lists
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null </dev/null || {
    echo "$2" >&2
    exit 1
  }
}

stop() {
  echo "$1" >&2
  exit 1
}

need_go() {
  command -v go >/dev/null || stop "Please install Go 1.26 or newer; Kastellan's server is built with it."
}

need_node() {
  local sentence="Please install Node.js 20.19 or newer with npm; the web app is built with it."
  command -v node >/dev/null && command -v npm >/dev/null || stop "$sentence"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    stop "$sentence"
}

# The race detector needs a C compiler; the product itself is built without one.
need_cc() {
  command -v cc >/dev/null || install gcc "Please install a C compiler (Debian: gcc libc6-dev); Go's race detector needs it."
  [ -e /usr/include/stdlib.h ] || ! command -v apt-get >/dev/null ||
    install libc6-dev "Please install the C library's headers (Debian: libc6-dev); Go's race detector needs them."
}

need_postgres() {
  scripts/postgres-bin.sh >/dev/null 2>&1 ||
    install postgresql "Please install a PostgreSQL server, 15 or newer (Debian: postgresql); the tests start a throw-away cluster of their own."
}

need_chromium() {
  command -v "${CHROMIUM:-chromium}" >/dev/null ||
    install chromium "Please install Chromium (Debian: chromium) or name a Chrome in CHROMIUM; the browser tests run in it."
}

# The S3-compatible store of the tests is built once per version, from its source.
versitygw=v1.8.0
need_s3() {
  local bin="$PWD/.cache/bin/versitygw-$versitygw"
  [ ! -x "$bin" ] || return 0
  need_go
  echo "Building versitygw $versitygw (once) ..."
  mkdir -p .cache/bin
  GOBIN="$PWD/.cache/bin" CGO_ENABLED=0 go install "github.com/versity/versitygw/cmd/versitygw@$versitygw" ||
    stop "The S3-compatible store of the tests could not be built. Please see above, and whether this machine reaches the Go module proxy."
  mv .cache/bin/versitygw "$bin"
}

cd "$(dirname "$0")/.."
for thing in "$@"; do
  case "$thing" in
  go | node | cc | postgres | chromium | s3) "need_$thing" ;;
  *) stop "need.sh does not know what $thing is." ;;
  esac
done
