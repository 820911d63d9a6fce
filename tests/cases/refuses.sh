#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# refuses.sh RUN_CASE FILE: the case must fail, and say what its first line says it does.
set -u

said=$("$1" "$2" 2>&1)
status=$?
wanted=$(sed -n '1s/^# //p' "$2")

[ "$status" -eq 1 ] || { echo "status $status: $said"; exit 1; }
case $said in
*"$wanted"*) exit 0 ;;
esac
echo "says: $said"
echo "not:  $wanted"
exit 1
