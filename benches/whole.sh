#!/usr/bin/env bash
# How long whole runs take, beside other programs on the same folder: medians, in turn, in one run.
#
#     benches/whole.sh FOLDER [RUNS]
#
# Of the other programs those that are installed are measured: `rg -c '[0-9]{4}'` (near what reading costs), `wc -w`, and of those that read prose
# `typos` and `proselint`. A run that takes longer than 20 minutes is given up. Seconds are of the wall clock and of all processors; the ratio is of the wall clock, to
# `rg` where it is there, else to `wc`.
set -euo pipefail
folder=${1:?usage: benches/whole.sh FOLDER [RUNS]}
runs=${2:-5}
seedlint=${SEEDLINT:-target/release/seedlint}
bytes=$(find "$folder" -type f -print0 | du --files0-from=- -bc | tail -1 | cut -f1)
times=$(mktemp -d)
trap 'rm -rf "$times"' EXIT

names=() commands=()
add() { # NAME PROGRAM COMMAND
    if command -v "$2" >/dev/null; then
        names+=("$1") commands+=("$3")
    fi
}
lint="lint --isolated --as-of 2026-11-01 --output-format json"
add "rg -c '[0-9]{4}'" rg "rg --no-config -c '[0-9]{4}' '$folder'"
add "wc -w" wc "find '$folder' -type f -print0 | xargs -0 cat | wc -w"
add "seedlint" "$seedlint" "'$seedlint' $lint --no-cache '$folder'"
add "seedlint --jobs 1" "$seedlint" "'$seedlint' $lint --no-cache --jobs 1 '$folder'"
add "seedlint, all of it in the cache" "$seedlint" "'$seedlint' $lint --cache-dir '$times/cache' '$folder'"
add "typos" typos "typos --isolated '$folder'"
add "proselint" proselint "find '$folder' -type f -print0 | xargs -0 proselint check"

# Once for nothing: the files are then in memory, and the cache is filled.
TIMEFORMAT='%R %U %S'
for round in $(seq 0 "$runs"); do
    for i in "${!names[@]}"; do
        [ -e "$times/$i.given-up" ] && continue
        status=0
        { time timeout 1200 bash -c "${commands[$i]}" >/dev/null 2>&1 || status=$?; } 2>"$times/one"
        if [ "$status" = 124 ]; then
            touch "$times/$i.given-up"
        elif [ "$round" -gt 0 ]; then
            tail -1 "$times/one" >>"$times/$i"
        fi
    done
done

middle=$(((runs + 1) / 2))
echo "$bytes bytes in $(find "$folder" -type f | wc -l) files, medians of $runs runs"
echo
echo "| program | seconds | of all processors | MB/s | ratio |"
echo "| --- | --- | --- | --- | --- |"
base=
for i in "${!names[@]}"; do
    if [ -e "$times/$i.given-up" ]; then
        echo "| ${names[$i]} | more than 1200 | | | |"
        continue
    fi
    wall=$(sort -n "$times/$i" | sed -n "${middle}p" | cut -d' ' -f1)
    all=$(awk '{ print $2 + $3 }' "$times/$i" | sort -n | sed -n "${middle}p")
    base=${base:-$wall}
    awk -v name="${names[$i]}" -v wall="$wall" -v all="$all" -v base="$base" -v bytes="$bytes" 'BEGIN {
        printf "| %s | %.3f | %.3f | %.2f | %.1f |\n", name, wall, all, bytes / 1e6 / (wall > 0 ? wall : 0.001), wall / (base > 0 ? base : 0.001)
    }'
done
