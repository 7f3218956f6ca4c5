#!/usr/bin/env bash
# Builds the optimised site into dist/, or the one-file page into dist-single/caseload.html. Both are of the same module, cut
# into parts (docs/decisions/0024): the site fetches a part when it is first wanted, the single file holds all of them.
#   build.sh site|single|wasm
set -euo pipefail
. "$(dirname "$0")/env.sh"
kind="${1:-site}"

# No path of the building machine may be in what is shipped. A later prefix wins over an earlier one.
remapped=(
  "${CARGO_HOME:-$HOME/.cargo}=/cargo"
  "$(rustc --print sysroot)=/rust"
  "$ROOT=/caseload"
  "$CARGO_TARGET_DIR=/target"
)
flags="--cfg=erase_components"
for pair in "${remapped[@]}"; do flags+=$'\x1f'"--remap-path-prefix=$pair"; done
# The standard library is compiled with it, for size, and a panic is a bare trap: what it would say reaches nobody, and must
# not. Both are unstable switches of the pinned compiler (docs/decisions/0013).
flags+=$'\x1f-Zunstable-options\x1f-Cpanic=immediate-abort\x1f-Zlocation-detail=none'
small_std=(-Z build-std=std,panic_abort -Z build-std-features=optimize_for_size)

# What the steps after the compiler take is set up while it runs; nothing happens when all is there.
scripts/setup.sh build &
rest=$!
trap 'kill "$rest" 2>/dev/null || true' EXIT

say "Compiling for the browser"
# The splitter follows what the linker says of every reference, so that is kept in this one file.
RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$flags" \
  cargo rustc --release --locked "${small_std[@]}" --target "$WASM" --bin caseload-web --features parts \
  -- -Clink-arg=--emit-relocs
module="$CARGO_TARGET_DIR/$WASM/release/caseload-web.wasm"
wait "$rest"
trap - EXIT

stamp="$(sha256sum <"$module") $(wasm-bindgen --version) splitter $SPLITTER $(sha256sum <package-lock.json) $(cat scripts/build.sh scripts/shrink.sh | sha256sum)"
if [ "$stamp" != "$(cat .build/stamp 2>/dev/null)" ]; then
  rm -rf .build/pkg .build/parts .build/stamp
  mkdir -p .build/parts .build/named
  say "Cutting the module into parts"
  RUST_LOG=warn wasm-split-cli "$module" .build/parts --out-name caseload
  say "Binding and shrinking the parts"
  wasm-bindgen --target web --no-typescript --omit-default-module-path --keep-lld-exports --out-dir .build/pkg --out-name caseload .build/parts/caseload.wasm
  cp .build/parts/__wasm_split.js .build/pkg
  # The names stay beside the parts, so that sizes can be told by room; the shipped ones have none.
  rm -f .build/named/*
  ls -S .build/pkg/*.wasm .build/parts/split_*.wasm .build/parts/chunk_*.wasm | xargs -P "$(nproc)" -n 1 scripts/shrink.sh
  printf '%s' "$stamp" >.build/stamp
fi

case "$kind" in
  wasm) ;;
  site) say "Bundling the site"; node_modules/.bin/vite build --logLevel warn; say "Built dist/" ;;
  single) say "Bundling the single file"; node_modules/.bin/vite build --mode single --logLevel warn; say "Built dist-single/caseload.html" ;;
  *) fail "unknown kind of build: $kind" ;;
esac
