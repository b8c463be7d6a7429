#!/usr/bin/env bash
# Has the SARIF report read by somebody else: the TypeScript compiler, against the types of SARIF 2.1.0 that `@types/sarif` keeps. A field that
# SARIF does not know, a missing one, and a value of another type are errors.
set -euo pipefail
cd "$(dirname "$0")/../.."
fail() { echo "FAILED: $1" >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! command -v npm >/dev/null ||
    ! npm install --silent --no-audit --no-fund --prefix "$scratch" typescript@5 @types/sarif@2.1 >/dev/null 2>&1; then
    echo "SKIPPED: npm, or its registry, is not here, so nobody else reads the SARIF report" >&2
    exit 0
fi

is_sarif() {
    { echo "import type { Log } from 'sarif'; export const log: Log ="; cat "$1"; echo ";"; } >"$scratch/log.ts"
    (cd "$scratch" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck log.ts)
}

cargo build --quiet --locked --release
for folder in seeds tests/rules; do
    target/release/seedlint lint --isolated --fail-on never --quiet --output-format sarif --output-file "$scratch/report.sarif" "$folder"
    is_sarif "$scratch/report.sarif" || fail "the report on $folder is no SARIF"
done
# The reader sees what is wrong.
sed 's/"level":"error"/"level":"bad"/' "$scratch/report.sarif" >"$scratch/bad.sarif"
if is_sarif "$scratch/bad.sarif" >/dev/null; then fail "a level that SARIF does not have is let through"; fi
echo "the SARIF reports on seeds and tests/rules are SARIF 2.1.0"
