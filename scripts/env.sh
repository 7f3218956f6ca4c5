# Sourced by the other scripts: where things are. Changes nothing on disk.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

WASM=wasm32-unknown-unknown
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
export PATH="$ROOT/.tools/bin:$PATH"
export RUST_WANTED="$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)"

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# A toolchain of the pinned version under another name, such as stable, is as good as the pinned name.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && command -v rustup >/dev/null && ! rustup run "$RUST_WANTED" rustc --version >/dev/null 2>&1; then
  for name in $(rustup toolchain list --quiet 2>/dev/null || rustup toolchain list | cut -d' ' -f1); do
    case "$(rustup run "$name" rustc --version 2>/dev/null)" in
      "rustc $RUST_WANTED "*) export RUSTUP_TOOLCHAIN="$name"; break ;;
    esac
  done
fi

# The version that Cargo.lock has; the command-line tool must be the very same.
locked_version() { awk -v want="\"$1\"" '$1 == "name" && $3 == want { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }
wasm_bindgen_fits() {
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(locked_version wasm-bindgen)" ] &&
    command -v wasm-bindgen-test-runner >/dev/null
}

# What cuts the module into parts (docs/decisions/0024); it fits the helpers that the framework brings.
SPLITTER=0.2.4
splitter_fits() {
  command -v wasm-split-cli >/dev/null && grep -qs "^\"wasm_split_cli_support $SPLITTER " .tools/.crates.toml
}

find_chrome() {
  if [ -n "${CHROME:-}" ]; then command -v "$CHROME"; return; fi
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}
# The driver must be of the browser's version, so the one beside the browser comes first.
find_chromedriver() {
  if [ -n "${CHROMEDRIVER:-}" ]; then command -v "$CHROMEDRIVER"; return; fi
  local chrome beside
  chrome="$(find_chrome)" || return 1
  beside="$(dirname "$(readlink -f "$chrome")")/chromedriver"
  if [ -x "$beside" ]; then echo "$beside"; else command -v chromedriver; fi
}
