#!/usr/bin/env bash
# Builds the optimised site into dist/, or the one-file page into dist-single/caseload.html.
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

say "Compiling for the browser"
RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$flags" \
  cargo build --release --locked "${small_std[@]}" --target "$WASM" --bin caseload-web
module="$CARGO_TARGET_DIR/$WASM/release/caseload-web.wasm"

stamp="$(sha256sum <"$module") $(wasm-bindgen --version) $(sha256sum <package-lock.json) $(sha256sum <scripts/build.sh)"
if [ "$stamp" != "$(cat .build/stamp 2>/dev/null)" ]; then
  say "Binding and shrinking the module"
  rm -rf .build/pkg .build/stamp
  mkdir -p .build
  wasm-bindgen --target web --no-typescript --omit-default-module-path --out-dir .build/pkg --out-name caseload "$module"
  features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
    --enable-reference-types --enable-multivalue)
  # The names stay beside the module, so that sizes can be told by room; the shipped one has none.
  node_modules/.bin/wasm-opt "${features[@]}" -Oz -g .build/pkg/caseload_bg.wasm -o .build/named.wasm
  node_modules/.bin/wasm-opt "${features[@]}" .build/named.wasm -o .build/pkg/caseload_bg.wasm
  printf '%s' "$stamp" >.build/stamp
fi

case "$kind" in
  wasm) ;;
  site) say "Bundling the site"; node_modules/.bin/vite build --logLevel warn; say "Built dist/" ;;
  single) say "Bundling the single file"; node_modules/.bin/vite build --mode single --logLevel warn; say "Built dist-single/caseload.html" ;;
  *) fail "unknown kind of build: $kind" ;;
esac
