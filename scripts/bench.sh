#!/usr/bin/env bash
# Measures the built site in the browser; prints each figure beside the baseline of the same run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
CHROME="$(find_chrome)" || fail "no browser found; run scripts/setup.sh, or set CHROME"
export CHROME
exec node_modules/.bin/playwright test --config tests/bench/playwright.config.js "$@"
