#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Files of payment instructions, read by other means than those that wrote them.
#
#   remit.sh TEST-DATA-REMIT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-remit-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$1" -w "$work"

python3 "$here/check_nacha.py" "$work/nacha-1.ach" 123456789 accord-17
python3 "$here/check_nacha.py" "$work/nacha-3.ach" 123506790 accord-17 accord-18 accord-1234567890
python3 "$here/check_nacha.py" "$work/nacha-8.ach" 20000000004 accord-{1,2,3,4,5,6,7,8}

# The check itself must see what is wrong.
sees() {
    sed "$1" "$work/nacha-3.ach" >"$work/bad.ach"
    ! cmp -s "$work/nacha-3.ach" "$work/bad.ach" || { echo "$1 changes nothing"; exit 1; }
    ! python3 "$here/check_nacha.py" "$work/bad.ach" 123506790 accord-17 accord-18 \
        accord-1234567890 2>/dev/null || { echo "not seen: $1"; exit 1; }
}
sees 's/^622011401533/622011401534/'
sees 's/^632091000019/632091000010/'
sees 's/0123456789ACC/0123456788ACC/'
sees '$d'
sees 's/^822000000./82200000004/'
sees 's/^705TRN\*1\*accord-18/705TRN*1*accord-19/'

python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
assert d["schema"] == "accord.remittance.v1" and d["total"]["amount"] == "1235067.90", d
assert [p["trace"] for p in d["payments"]] == ["accord-17", "accord-18", "accord-1234567890"]
' "$work/list.json"

if ! command -v xmllint >/dev/null; then
    echo 'skipped: no xmllint (package libxml2-utils), so the XML was not checked'
    exit 77
fi
for file in "$work"/pain-*.xml; do
    xmllint --noout --nonet --schema "$here/pain.001.xsd" "$file"
done
[[ $(xmllint --xpath 'round(100 * sum(//*[local-name()="InstdAmt"])) = 100123506789' \
    "$work/pain-4.xml") == true ]]
[[ $(xmllint --xpath 'string(//*[local-name()="GrpHdr"]/*[local-name()="CtrlSum"])' \
    "$work/pain-4.xml") == 1001235067.89 ]]
[[ $(xmllint --xpath 'string(//*[local-name()="NbOfTxs"])' "$work/pain-4.xml") == 4 ]]
sed 's/<EndToEndId>/<EndToEndId>12345678901234567890123456789012345/' "$work/pain-1.xml" \
    >"$work/bad.xml"
! xmllint --noout --nonet --schema "$here/pain.001.xsd" "$work/bad.xml" 2>/dev/null
