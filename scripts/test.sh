#!/usr/bin/env bash
# Runs the checks and suites (all, or only lint) with the tools that setup.sh found.
set -euo pipefail
. "$(dirname "$0")/env.sh"
CHROME="$(find_chrome || true)"
export CHROME
exec node scripts/test.mjs "$@"
