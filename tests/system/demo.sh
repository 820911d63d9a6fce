#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The demo, run as a person runs it: what it prints must be what it ought to be, to the cent.
#
#   tests/system/demo.sh DEMO BUILD
#
# The two Medicare amounts are those that CMS published. The others were reckoned by hand from
# scripts/demo.d/figures.csv: savings or loss at its rate, times the quality score, plus the fee.
# Of the dispute: half of what 4,200,000.00 is above either side's figure, and above the agreed one.
set -euo pipefail
demo=$1 build=$2 status=0
directory=$(mktemp -d "${TMPDIR:-/tmp}/accord-test.XXXXXX")
trap 'rm -rf "$directory"' EXIT
kept=$directory/kept

wrong() {
    printf 'demo.sh: %s\n' "$*"
    status=1
}

# expect COUNT PATTERN: so many lines match.
expect() {
    local count
    count=$(grep -cE -- "$2" "$directory/output" || true)
    [[ $count == "$1" ]] || wrong "$count lines, not $1, match: $2"
}

"$demo" --build "$build" --keep "$kept" >"$directory/output" ||
    { cat "$directory/output"; exit 1; }

expect 1 '^medicare/harbor/mssp-2024 +\$ 14,370,885\.00 +\$ 14,370,885\.00  the same: A1051$'
expect 1 '^medicare/lakeside/mssp-2024 +\$ 10,662,952\.00 +\$ 10,662,952\.00  the same: A1059$'
expect 1 '^northstar/harbor/total-cost-2024 +\$ 1,706,482\.93 +\(illustration\)$'
expect 1 '^northstar/lakeside/total-cost-2024 +-\$ 1,560,831\.57 +\(illustration\)$'
expect 1 '^medicaid/harbor/aco-2024 +\$ 1,298,764\.13 +\(illustration\)$'
expect 1 '^medicaid/lakeside/aco-2024 +\$ 461,975\.00 +\(illustration\)$'
expect 1 '^RESULT +medicare pays harbor \$ 14,370,885\.00 on 2025-10-15\.$'
expect 6 ' statement_issued '
expect 2 '^(harbor|lakeside): 12 signals'
expect 1 '^[0-9]+ entries, [0-9]+ KiB on disk, root [0-9a-f]{64}$'
expect 1 '^proved: [0-9]+ checkpoints of one history .*, statement [0-9]+; not proved: nothing$'
expect 1 'the ledger is older than what the hub has signed: the ledger has [0-9]+ entries'
expect 1 '^accordd ended with status 78\.$'
expect 3 '^(log|rebuild|recompute) +yes '
expect 1 '^expenditure +\$ 4,061,250\.40 +\$ 3,998,730\.15 +\$ 62,520\.25 +disputed$'
expect 1 'Both agree on \$ 69,374\.80 at least: that much is payable'
expect 1 'The other \$ 31,260\.13, which northstar would pay if it is decided so, is held'
expect 1 '^harbor +proposes \$ 4,019,870\.00, in entry [0-9]+ of the log$'
expect 2 ' hold +voided '
expect 1 ' settlement +posted +harbor +receivable +\$ 90,065\.00 '
expect 1 '^wire-20251015-7 +northstar +matched +\$ 90,065\.00 '
expect 1 '^northstar/harbor/pharmacy-2024 .* accepted +\$ 90,065\.00 +\$ 0\.00 +\$ 0\.00 '
# A practice and its three payers. Nothing in common before; then two of them ask for the same. One
# point: 180,000 by 2 of 3 over 20 points; 90,000 over 20; and 12 % of 40 % of 49,600,000 less
# 31,480,000 by 12 of 8 months, by 3 of 4 over 20: 6,000 and 4,500 and 4,284.
expect 1 '^council +6 seats, all of them for the first charter: it took effect at once$'
expect 1 '^alignment index +0\.0 % +60\.0 % +-60\.0 points +no '
expect 1 '^alignment index +4\.0 % +60\.0 % +-56\.0 points +no '
expect 1 '^shared dollar ratio +23\.9 % '
expect 1 '^Blood pressure: 3 payers pay for it, medicaid, northstar and summit \(61\.9 % of your'
expect 1 'One point on all three panels, about 35 patients, is worth \$ 14,784 at today.s forecast'
expect 1 'summit excludes dialysis patients'
[[ $(grep -oE '^  at (harbor|medicare) +[0-9a-f]{64}' "$directory/output" | awk '{ print $3 }' |
    sort -u | wc -l) == 1 ]] || wrong 'the two sides do not show the same digest'

# What was edited is settled as edited, and told from what was published.
sed -i 's/,126387708,/,126000000,/' "$kept/input/published.csv"
"$demo" --build "$build" --keep "$kept" >"$directory/output" ||
    { cat "$directory/output"; exit 1; }
expect 1 '^medicare/harbor/mssp-2024 +\$ 14,085,920\.00 +\$ 14,370,885\.00  DIFFERENT$'
expect 1 'were edited, so they may well differ'

# Nothing that is not its own is ever touched.
mkdir "$directory/other" && touch "$directory/other/file"
if "$demo" --build "$build" --keep "$directory/other" >"$directory/output" 2>&1; then
    wrong 'a directory with other things in it was taken'
fi
expect 1 'holds other things'
[[ -e $directory/other/file ]] || wrong 'a file of somebody else was removed'
if "$demo" --build "$directory" >"$directory/output" 2>&1; then
    wrong 'it ran without programs'
fi
expect 1 'no programs in'

((status == 0)) || sed 's/^/  | /' "$directory/output"
exit "$status"
