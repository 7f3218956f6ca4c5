#!/usr/bin/env bash
# Installs what is missing, pinned, inside the project where it can; does nothing when all is there.
#   setup.sh rust    what it takes to compile
#   setup.sh build   that, and what it takes to make the site of it
#   setup.sh test    that, and a browser with its driver
set -euo pipefail
. "$(dirname "$0")/env.sh"
level="${1:-test}"

command -v rustup >/dev/null || fail "rustup is missing. Install it from https://rustup.rs, then run this again."
command -v node >/dev/null || fail "Node.js is missing. Install version 20.19 or newer, then run this again."
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node.js is $(node --version), but 20.19 or newer is needed."

mkdir -p .tools
waits=()

# A browser with its driver, and the stock age program that the specs open sealed files with.
set_up_packages() {
  local missing="Install Chromium with its driver and age (packages chromium, chromium-driver, age), or set CHROME to a browser."
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "Not all of $* is here. $missing"
  say "Installing $* with apt-get (log: .tools/apt.log)"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >.tools/apt.log 2>&1 ||
    { tail -n 20 .tools/apt.log >&2; fail "apt-get could not install $*."; }
}

set_up_node_packages() {
  say "Installing the locked npm packages into node_modules (log: .tools/npm.log)"
  rm -f node_modules/.set-up-for
  npm ci --no-progress >.tools/npm.log 2>&1 || { tail -n 20 .tools/npm.log >&2; fail "npm ci failed."; }
  sha256sum package-lock.json >node_modules/.set-up-for
}

# Builds a tool into .tools, not optimised: it runs for seconds, and building it well takes minutes. What both tools stand on is
# built once.
#   build_tool NAME VERSION [options of cargo install]
build_tool() {
  local name="$1" version="$2"
  say "Building $name $version into .tools, about a minute (log: .tools/$name.log)"
  local install=(cargo install "$name" --version "=$version" "${@:3}" --root .tools --force)
  export CARGO_TARGET_DIR="$ROOT/.tools/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
  # Its own lock file is tried first; it may name a dependency that the registry in use does not serve yet.
  "${install[@]}" --locked >".tools/$name.log" 2>&1 || "${install[@]}" >>".tools/$name.log" 2>&1 ||
    { tail -n 20 ".tools/$name.log" >&2; fail "$name $version could not be built."; }
}

# One after the other: together they would only slow each other down.
set_up_tools() {
  wasm_bindgen_fits || build_tool wasm-bindgen-cli "$(locked_version wasm-bindgen)" --no-default-features
  splitter_fits || build_tool wasm_split_cli_support "$SPLITTER" --features build-binary
  rm -rf .tools/build
}

set_up_rust() {
  if ! rustc --version >/dev/null 2>&1; then
    say "Installing Rust $RUST_WANTED with rustup"
    rustup toolchain install "$RUST_WANTED" --profile minimal --component rustfmt --component clippy --component rust-src --target "$WASM"
  fi
  if ! [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM" ]; then
    say "Adding the $WASM target with rustup"
    rustup target add "$WASM"
  fi
  if ! [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]; then
    say "Adding the standard library's source with rustup"
    rustup component add rust-src
  fi
  if ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    say "Adding rustfmt and clippy with rustup"
    rustup component add rustfmt clippy
  fi
}

# Downloads go on while other things compile. Quick when all is there.
fetch_crates() {
  cargo fetch --locked --quiet || fail "the crates in Cargo.lock could not be fetched."
}

# Each job is a process group of its own, so that none is left behind when another fails.
set -m
in_background() { "$@" & waits+=($!); }
stop_all() { for job in "${waits[@]}"; do kill -- "-$job" 2>/dev/null || true; done; }
trap stop_all EXIT

set_up_rust
if [ "$level" = rust ]; then exit; fi
sha256sum --check --status node_modules/.set-up-for 2>/dev/null || in_background set_up_node_packages
packages=()
if [ "$level" = test ]; then
  { find_chrome && find_chromedriver; } >/dev/null || packages+=(chromium chromium-driver)
  command -v age >/dev/null || packages+=(age)
fi
if [ "${#packages[@]}" -gt 0 ]; then in_background set_up_packages "${packages[@]}"; fi
{ wasm_bindgen_fits && splitter_fits; } || in_background set_up_tools
missing=${#waits[@]}
in_background fetch_crates

for job in "${waits[@]}"; do wait "$job" || exit 1; done
if [ "$missing" -gt 0 ]; then say "Set up."; fi
