#!/usr/bin/env bash
# Shrinks one module: with names into .build/named, and as it is shipped into .build/pkg.
#   shrink.sh MODULE
# Quick rounds of passes: the optimiser behind the compiler has done the rest. All rounds (-Oz) take three times as long and
# leave what is sent, gzipped, 1 % larger (docs/decisions/0024).
set -euo pipefail
features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue)
name="${1##*/}"
node_modules/.bin/wasm-opt "${features[@]}" -O1 -g "$1" -o ".build/named/$name"
# What is shipped: without names, redundant sets or code that is there twice, and what a second quick round finds then. Nobody
# reads after this which tools made a module and which features it uses: 200 bytes in each of 140 files.
less=(--rse --vacuum --code-folding --duplicate-function-elimination -O1 --strip-producers --strip-target-features)
node_modules/.bin/wasm-opt "${features[@]}" "${less[@]}" ".build/named/$name" -o ".build/pkg/$name"
