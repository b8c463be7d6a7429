#!/usr/bin/env bash
# Tries the hooks as their users would: scratch repositories, the real pre-commit, a bad article that is
# stopped and a good one that passes. It uses the last commit of this checkout.
set -euo pipefail
checkout=$(cd "$(dirname "$0")/../.." && pwd)

if ! python3 -c 'import venv' 2>/dev/null; then
    echo "SKIPPED: python3 with venv is not here, so pre-commit cannot be installed" >&2
    exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check 'pre-commit==4.*'
export PATH="$scratch/venv/bin:$PATH" PRE_COMMIT_HOME="$scratch/cache" CARGO_TARGET_DIR="$checkout/target"
# Nothing of the user's own configuration of git has a say here.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.org GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.org

output=
fail() { printf 'FAILED: %s: %s\n%s\n' "$hook" "$1" "$output" >&2; exit 1; }

# repository HOOK: a scratch repository that uses the hook.
repository() {
    hook=$1
    mkdir -p "$scratch/$hook/seeds"
    cd "$scratch/$hook"
    git init --quiet
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $checkout
    rev: $(git -C "$checkout" rev-parse HEAD)
    hooks:
      - id: $hook
YAML
    printf '= Gozo =\n\nGozo is an island.\n' >seeds/gozo.txt
    git add .
    git commit --quiet -m 'First articles'
    pre-commit install >/dev/null
}

# stopped WHAT: the commit of all that is there is stopped.
stopped() {
    git add .
    if output=$(git commit --quiet -m "$1" 2>&1); then
        fail "$1 was let through"
    fi
}

# passes WHAT: the commit of all that is there passes, and the hook has run.
passes() {
    git add .
    output=$(git commit -m "$1" 2>&1) || fail "$1 was stopped"
    grep -q 'seedlint.*Passed' <<<"$output" || fail "it did not run on: $1"
}

says() { grep -q -- "$1" <<<"$output" || fail "the message does not say $2"; }

bad='= Valletta Bridge =\n\nThe bridge was opened on Tuesday 31 June 1921.\n'
good='= Valletta Bridge =\n\nThe bridge was opened on Thursday 30 June 1921.\n'

# Every hook stops a bad article and lets a good one pass.
tries() {
    repository "$1"
    printf '%b' "$bad" >seeds/bridge.txt
    stopped 'a bad article'
    says 'date/impossible' 'which rule it is'
    says 'June has 30 days' 'why'
    says 'seeds/bridge.txt:3' 'where'
    printf '%b' "$good" >seeds/bridge.txt
    passes 'a good article'
    echo "$hook: the bad article is stopped, and the message says where and why; the good article passes"
}

tries seedlint
# Other articles are known, and their own errors are not in the way, even when warnings stop a commit as well.
echo '        args: [--corpus, seeds, --fail-on=warning]' >>.pre-commit-config.yaml
printf '%b' "$bad" >seeds/bridge.txt
git add .
git commit --quiet --no-verify -m 'A bad article, past the hook'
printf '= Malta =\n\nMalta is an island.\n\n==See also==\n- Gozo\n- Valletta Bridge\n' >seeds/malta.txt
passes 'an article that refers to others'
printf '= Comino =\n\nComino is an island.\n\n==See also==\n- Atlantis\n' >seeds/comino.txt
stopped 'a reference that arrives nowhere'
says 'reference/unresolved' 'which rule it is'
grep -q 'bridge.txt' <<<"$output" && fail 'the error of another article is reported'
echo "$hook: references arrive at all articles, and only findings on those of the commit are reported"

tries seedlint-full
printf '%b' "$bad" >seeds/bridge.txt
git add .
git commit --quiet --no-verify -m 'A bad article, past the hook'
printf '= Malta =\n\nMalta is an island.\n' >seeds/malta.txt
stopped 'any article while another is bad'
says 'seeds/bridge.txt:3' 'where'
echo "$hook: all articles are checked"

# The twin takes the program from the PATH: that which the first hook has installed.
program=$(find "$scratch/cache" -path '*/bin/seedlint' -type f | head -1)
[ -n "$program" ] || fail 'the first hook installed no program'
PATH="$(dirname "$program"):$PATH" tries seedlint-system
