#!/usr/bin/env bash
# Serves an unoptimised build on this machine; every change to the Rust source builds it again and reloads the page.
set -euo pipefail
. "$(dirname "$0")/env.sh"
exec node scripts/dev.mjs
