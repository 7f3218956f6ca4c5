#!/usr/bin/env bash
# Measures the built site in the browser; prints each figure beside the baseline of the same run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
CHROME="$(find_chrome)" || fail "no browser found; run scripts/setup.sh, or set CHROME"
export CHROME
say "Making the bench registry: 10,000 invented charts, some 200,000 entries"
mkdir -p .build/bench
cargo run --quiet --locked --bin inspect -- generate --seed 7 --patients 10000 --months 3 >.build/bench/registry.json
say "Making the long registry: 12 invented charts over thirty years"
cargo run --quiet --locked --bin inspect -- generate --seed 9 --patients 12 --months 360 >.build/bench/long.json
exec node_modules/.bin/playwright test --config tests/bench/playwright.config.js "$@"
