#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The unit says only what systemd understands, and is exposed no more than agreed.
#
#   unit-exposure.sh UNIT LIMIT DIRECTORY    LIMIT in tenths, as systemd-analyze counts; the
#                                            sockets of the unit are in DIRECTORY
set -eu
export LC_ALL=C.UTF-8
unit=$1 limit=$2 sockets=$3

if ! command -v systemd-analyze >/dev/null; then
    echo 'skipped: there is no systemd-analyze here'
    exit 77
fi
if ! systemd-analyze security --help | grep -q -e --offline; then
    echo 'skipped: systemd-analyze is older than 250, it cannot judge a file'
    exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# The program need not be installed to judge the rest.
sed 's|^ExecStart=.*|ExecStart=/bin/true|' "$unit" >"$work/accordd.service"
cp "$sockets"/*.socket "$work/"
if ! systemd-analyze verify --man=no --recursive-errors=no "$work/accordd.service" \
        "$work"/*.socket >"$work/verify" 2>&1 || [ -s "$work/verify" ]; then
    sed 's/^/systemd: /' "$work/verify"
    failed=1
fi

if ! systemd-analyze security --offline=true --no-pager --threshold="$limit" \
        "$work/accordd.service" >"$work/security" 2>&1; then
    echo "exposed more than $limit tenths"
    failed=1
fi
echo 'What it is exposed by:'
grep '✗' "$work/security" || true
tail -n 1 "$work/security"
exit "$failed"
