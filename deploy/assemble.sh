#!/bin/sh
# Fills a folder with what runs: the package of npm pack, production packages as locked, and their list (dist/sbom.cdx.json).
# Needs the development packages here. Native modules are compiled for the node of PATH, never downloaded.
#   deploy/assemble.sh FOLDER
set -eu

target=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm run --silent build
npm run --silent sbom
npm pack --silent --ignore-scripts --pack-destination "$work" >&2
mkdir -p "$target"
tar -xzf "$work"/enforcement-graph-*.tgz -C "$target" --strip-components=1
cp package-lock.json "$target"

cd "$target"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund >&2
# Its install script would look for a compiled one on the network first.
(cd node_modules/better-sqlite3 && npm run --silent build-release >&2)
# Sources of SQLite, and what compiling left behind.
find node_modules/better-sqlite3/build -mindepth 1 -maxdepth 2 ! -name Release ! -name better_sqlite3.node -exec rm -rf {} +
rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src
