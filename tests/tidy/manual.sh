#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The pages of the manual are well formed and say something.
#
#   manual.sh MANDOC PAGE...
set -eu
export LC_ALL=C.UTF-8
mandoc=$1
shift

if ! command -v "$mandoc" >/dev/null; then
    echo 'skipped: there is no mandoc here'
    exit 77
fi
failed=0
for page; do
    "$mandoc" -T lint -W error "$page" || failed=1
    "$mandoc" -T utf8 "$page" | grep -q . || { echo "$page: is empty"; failed=1; }
done
echo "$# pages checked"
exit "$failed"
