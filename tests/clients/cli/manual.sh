# SPDX-License-Identifier: Apache-2.0
# The manual's part about verbs is what the table of verbs says.
#
#   manual.sh ACCORD docs/accord.1.scd
. "$(dirname "$0")/lib.sh"
manual=$2

"$program" __manual >table
sed -n '/^# VERBS$/,/^# FORMATS$/p' "$manual" | sed '1,2d;$d' >page
same page table
((failed == 0)) ||
    printf 'put the output of `accord __manual` between # VERBS and # FORMATS of %s\n' "$manual"
"$program" help exit-codes | sed -n 's/^ *\([0-9]\+\)  \([a-z].*\)/\1 \2/p' |
    while read -r number _; do
        grep -q "^|.*\*$number\*" "$manual" || printf 'exit code %s\n' "$number"
    done >missing
silent missing
summary
