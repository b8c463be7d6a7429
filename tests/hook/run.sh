#!/usr/bin/env bash
# Tries the hook as its users would: a scratch repository, the real pre-commit, a bad article that is
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

mkdir "$scratch/articles"
cd "$scratch/articles"
git init --quiet
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $checkout
    rev: $(git -C "$checkout" rev-parse HEAD)
    hooks:
      - id: seedlint
YAML
pre-commit install >/dev/null

fail() { printf 'FAILED: %s\n%s\n' "$1" "$output" >&2; exit 1; }

mkdir seeds
printf '= Valletta Bridge =\n\nThe bridge was opened on Tuesday 31 June 1921.\n' >seeds/bridge.txt
git add .
if output=$(git commit --quiet -m 'A bad article' 2>&1); then
    fail 'the bad article was let through'
fi
grep -q 'date/impossible' <<<"$output" || fail 'the message does not name the rule'
grep -q 'June has 30 days' <<<"$output" || fail 'the message does not say why'
grep -q 'seeds/bridge.txt:3' <<<"$output" || fail 'the message does not say where'
echo "the bad article is stopped, and the message says where and why"

printf '= Valletta Bridge =\n\nThe bridge was opened on Thursday 30 June 1921.\n' >seeds/bridge.txt
git add .
output=$(git commit -m 'A good article' 2>&1) || fail 'the good article was stopped'
grep -q 'seedlint.*Passed' <<<"$output" || fail 'the hook did not run'
echo "the good article passes"
