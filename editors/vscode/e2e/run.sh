#!/usr/bin/env bash
# Tries the extension in a real VS Code: code-server in headless Chromium.
#
#	e2e/run.sh                     builds the server and the extension, and runs the tests
#	E2E_SERVER=FILE e2e/run.sh     with this language server
#
# What it needs it installs: packages of Debian where they are missing, and packages of npm into
# ${XDG_CACHE_HOME:-~/.cache}/buildlint/e2e, which can be removed at any time.
set -euo pipefail
cd "$(dirname "$0")/.."

node_version=24.21.0 # the Node that this code-server asks for
code_server_version=4.139.1
cache="${XDG_CACHE_HOME:-$HOME/.cache}/buildlint/e2e"
export npm_config_loglevel=error npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false

# step NAME COMMAND… runs a command and says how long it took; what it printed is shown if it fails.
step() {
  local name=$1 log start=$SECONDS
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "e2e: $name failed after $((SECONDS - start)) s" >&2
    exit 1
  fi
  rm -f "$log"
  echo "e2e: $name: $((SECONDS - start)) s"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

debian_packages() {
  local package missing=()
  for package in chromium libkrb5-dev g++ make python3; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# npm_package DIR SPEC installs a package into a directory of its own, unless it is there.
npm_package() {
  local dir=$cache/$1 spec=$2
  [ -e "$dir/$spec.done" ] && return
  rm -rf "$dir"
  mkdir -p "$dir"
  (cd "$dir" && echo '{"private":true}' >package.json && npm install "$spec")
  touch "$dir/$spec.done"
}

# The packages of the extension itself, as its lock file says.
extension_packages() {
  local sum
  sum=$(cat package.json package-lock.json | sha256sum)
  [ "$(cat node_modules/.e2e 2>/dev/null)" = "$sum" ] && return
  npm ci
  echo "$sum" >node_modules/.e2e
}

build_server() {
  if [ -n "${E2E_SERVER:-}" ]; then
    cp "$E2E_SERVER" out/buildls
  else
    (cd ../.. && go build -o editors/vscode/out/buildls ./cmd/buildls)
  fi
}

mkdir -p "$cache" out
step 'Debian packages' debian_packages
step 'Node' npm_package node "node@$node_version"
export PATH="$cache/node/node_modules/node/bin:$PATH"
export npm_config_nodedir="$cache/node/node_modules/node/node_modules/node-linux-$(node -p process.arch)"
step 'code-server' npm_package code-server "code-server@$code_server_version"
step 'npm packages' extension_packages
step 'language server' build_server
step 'extension' node scripts/package.mjs --out out --server out/buildls "linux-$(node -p process.arch)"

E2E_VSIX=$(ls "$PWD"/out/buildlint-linux-*.vsix)
E2E_CHROMIUM=$(command -v chromium)
E2E_CODE_SERVER=$cache/code-server/node_modules/code-server/out/node/entry.js
export E2E_VSIX E2E_CHROMIUM E2E_CODE_SERVER
start=$SECONDS
status=0
timeout -k 15 300 node scripts/test.mjs e2e --test-reporter=spec || status=$?
echo "e2e: tests: $((SECONDS - start)) s; all: $SECONDS s"
exit "$status"
