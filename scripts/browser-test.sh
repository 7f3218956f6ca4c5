#!/usr/bin/env bash
# Runs one wasm test binary in a headless browser. Cargo calls it (.cargo/config.toml).
set -euo pipefail
test_binary="$(realpath "$1")"
shift
. "$(dirname "$0")/env.sh"
wasm_bindgen_fits || fail "wasm-bindgen is missing or of another version; run scripts/setup.sh"
chrome="$(find_chrome)" || fail "no browser found; run scripts/setup.sh, or set CHROME"
driver="$(find_chromedriver)" || fail "no chromedriver found; run scripts/setup.sh, or set CHROMEDRIVER"

# The runner reads webdriver.json from the folder that it runs in.
mkdir -p .build/browser
CHROME="$chrome" node -e '
  const config = JSON.parse(require("node:fs").readFileSync("tests/browser/webdriver.json", "utf8"));
  config["goog:chromeOptions"].binary = process.env.CHROME;
  require("node:fs").writeFileSync(".build/browser/webdriver.json", JSON.stringify(config));'
cd .build/browser
export CHROMEDRIVER="$driver" WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-300}"
exec wasm-bindgen-test-runner "$test_binary" "$@"
