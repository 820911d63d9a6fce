# SPDX-License-Identifier: Apache-2.0
# What a party holds of the hub, checked without it: receipts, one history, a statement made again;
# and what was tampered with is found.
#
#   verify.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=acme/clinic/tcoc

agree() {
    halves "
d['rules'] = rules('expenditure', 'benchmark', 'head_count', other='none')
d['runout_months'] = 0
d['steps'].insert(0, {'step': 'attribute@1'})"
    agreed acme clinic
}

settled() {
    {
        echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes'
        echo "$contract,,benchmark,,2024-01-01,2024-12-31,,1000000.00,"
        echo "$contract,,expenditure,,2024-01-01,2024-12-31,,900000.00,"
        echo "$contract,,head_count,,2024-01-01,2024-12-31,,1000,"
    } >report.csv
    expect 0 -p acme perf publish report.csv
    expect 0 -p acme settle run "$contract" --period 2024 --payment 2025-04-01 --wait
    expect 0 -p acme settle list "$contract" -o json
    run=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["run"])')
}

nothing_yet() {
    expect 3 -p clinic verify
    says err 'there is no'
}

before_the_statement() {
    expect 0 -p acme verify
    says out 'each leads to a checkpoint' 'one tree that only grows' \
        'is what the receipts are for' 'proved: ' 'not proved: nothing'
    expect 0 -p acme verify --run "$run"
    says out "accord verify --fetch --run $run" "not proved: statement $run"
    expect 2 -p acme verify --run one
}

with_the_statement() {
    local party
    for party in acme clinic; do
        expect 0 -p "$party" verify --fetch --run "$run"
        says out 'by who signed them' 'signed by both sides' 'are those that were signed' \
            'line by line' "own figures are in it" "statement $run; not proved: nothing"
    done
    expect 0 -p acme verify --fetch
    says out "statement $run; not proved: nothing"
    expect 0 -p acme outbox flush
}

without_the_hub() {
    stop_hub
    expect 7 -p acme outbox flush --timeout 300ms
    formats -p acme verify
    expect 0 -p acme verify -o json
    "$python" -c 'import json
rows = json.load(open("out"))["items"]
assert rows[-1]["what"] == "verdict" and rows[-1]["holds"] == "yes", rows
assert {r["holds"] for r in rows} == {"yes"}, rows' || wrong "not all holds: $(cat out)"
}

# changed FILE TYPE FROM TO: in records of that type FROM is replaced, their checksums made anew.
changed() {
    "$python" - "$@" <<'END'
import struct, sys, zlib
path, kind, old, new = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode(), sys.argv[4].encode()
data, at, done = open(path, 'rb').read(), 8, 0
out = data[:8]
while at < len(data):
    length, _, type_ = struct.unpack_from('>III', data, at)
    content = data[at + 12:at + 12 + length]
    if type_ & 0xffff == kind and old in content:
        content, done = content.replace(old, new, 1), done + 1
    crc = zlib.crc32(struct.pack('>I', type_) + content)
    out += struct.pack('>III', len(content), crc, type_) + content
    at += 12 + length
open(path, 'wb').write(out)
sys.exit(not done)
END
}

# tampered WHAT FILE TYPE FROM TO TEXT: it is found, and the line says so
tampered() {
    cp "$2" kept
    changed "$2" "$3" "$4" "$5" || wrong "no $1 to change in $2"
    expect 9 -p acme verify
    says out "$6"
    cp kept "$2"
}

found() {
    local state
    state=$(dirname "$(find "$XDG_STATE_HOME" "$HOME" -name proofs -path '*acme*' | head -n 1)")
    tampered 'line of the statement' "$state/statements/$run" 65 50000 60000 'other bytes'
    tampered 'name of a party' "$state/statements/$run" 65 acme/main acme/mail 'other bytes'
    tampered 'origin' "$state/proofs" 33 hub.test hub.tess 'is not signed by the hub'
    printf 'x' | dd of="$state/statements/$run" bs=1 seek=100 conv=notrunc status=none
    expect 9 -p acme verify
    says out 'its file is damaged' "statement $run (it fails)"
    rm "$state/statements/$run"
    expect 0 -p acme verify

    cp "$state/proofs" kept
    printf 'x' | dd of="$state/proofs" bs=1 seek=400 conv=notrunc status=none
    expect 9 -p acme verify
    says out 'damaged at octet'
    expect 9 -p acme outbox flush
    says err 'is damaged' 'backup'
    head -c -3 kept >"$state/proofs"
    expect 0 -p acme verify
}

make_hub
start_hub
let_in acme payer
let_in clinic network
nothing_yet
agree
settled
before_the_statement
with_the_statement
without_the_hub
found
((failed == 0)) || tail -n 30 daemon.log >&2
summary
