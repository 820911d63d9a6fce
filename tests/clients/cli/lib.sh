# SPDX-License-Identifier: Apache-2.0
# What the tests of the command line share. Sourced by bash, with the program as first argument.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$1
# Not by way of a wrapper, which takes longer than what it wraps.
python=$(python3 -c 'import sys; print(sys.executable)')
export LC_ALL=C.UTF-8
unset "${!ACCORD_@}" XDG_CONFIG_HOME XDG_STATE_HOME NO_COLOR
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-cli-XXXXXX")
export HOME=$work/home ACCORD_CONFIG_DIR=$work/config XDG_STATE_HOME=$work/state
mkdir "$HOME"
cd "$work" || exit 1
failed=0 checked=0
finish=()

at_end() {
    local command
    for command in "${finish[@]}"; do eval "$command"; done
    cd / && rm -rf "$work"
}
trap at_end EXIT

wrong() {
    printf 'FAILED: %s\n' "$*" >&2
    failed=$((failed + 1))
}

# accord ARGUMENT...: runs it, its output in the files out and err, its status in $status.
accord() {
    status=0
    "$program" "$@" >out 2>err </dev/null || status=$?
}

# expect STATUS ARGUMENT...: runs it and wants this status.
expect() {
    local wanted=$1
    shift
    accord "$@"
    checked=$((checked + 1))
    ((status == wanted)) ||
        wrong "accord $*: ended with $status, not $wanted: $(head -c 2000 err out)"
}

# says FILE TEXT...: the file of the last run has each text.
says() {
    local file=$1 text
    shift
    for text; do
        checked=$((checked + 1))
        grep -qF -- "$text" "$file" || wrong "no \"$text\" in $file: $(head -c 2000 "$file")"
    done
}

silent() {
    checked=$((checked + 1))
    [[ ! -s $1 ]] || wrong "$1 is not empty: $(head -c 500 "$1")"
}

# same FILE FILE
same() {
    checked=$((checked + 1))
    cmp -s "$1" "$2" || wrong "$1 and $2 differ: $(diff "$1" "$2" | head -20)"
}

# golden NAME ARGUMENT...: the output is that of the golden file, which is made anew where
# the script that sources this has set accept.
golden() {
    local name=$1
    shift
    expect 0 "$@"
    [[ -z ${accept:-} ]] || cp out "$here/golden/$name.txt"
    same "$here/golden/$name.txt" out
}

# json EXPRESSION: of what the last run printed is true, d being the document.
json() {
    checked=$((checked + 1))
    "$python" -c 'import json, sys
d = json.load(open("out"))
sys.exit(0 if eval(f"({sys.argv[1]})") else 1)' "$1" 2>why ||
        wrong "not $1: $(head -c 600 out) $(tail -1 why)"
}

# formats ARGUMENT...: a verb that prints data does so in every format, as its table promises.
formats() {
    local format
    for format in table wide csv raw; do
        expect 0 "$@" -o "$format"
    done
    expect 0 "$@" -o json
    json 'd["schema"].startswith("accord.") and d["schema"].endswith(".v1")'
    json 'not d["schema"].endswith("-list.v1") or isinstance(d["items"], list)'
    expect 0 "$@" -o ndjson
    checked=$((checked + 1))
    "$python" -c 'import json, sys
for line in open("out"):
    assert json.loads(line)["schema"].startswith("accord."), line' 2>why ||
        wrong "$*: -o ndjson: $(tail -1 why)"
    shown+=("$*")
}

# Which printing verbs of the table were not among those that formats() was asked about.
not_shown() {
    local all
    all=$(printf '%s\n' "${shown[@]}")
    "$program" __verbs -o raw | awk -F'\t' '$5 == "yes" { print $1 ($2 ? " " $2 : "") }' |
        while read -r verb; do
            grep -q -- "^\(-p [a-z]* \)\?$verb\( \|$\)" <<<"$all" || printf '%s\n' "$verb"
        done
}
shown=()

summary() {
    ((failed == 0)) || exit 1
    printf '%d checks\n' "$checked"
}
