# SPDX-License-Identifier: Apache-2.0
# Copies of a ledger: made while the hub works, proved, put back, and what is not put back.
#
#   backup.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"

# Entries without end, until the file stop is there.
load() {
    local n
    for n in {1..500}; do
        [[ -e stop ]] && return
        "$program" hub participants add "late$n" --title 'Late' --role payer:2020-01-01 --absent \
            >/dev/null 2>&1
    done
}

# proves FILE LEAF: the tlog-proof leads from the leaf to the root of its checkpoint.
proves() {
    checked=$((checked + 1))
    "$python" - "$1" "$2" <<'END' || wrong "the proof in $1 does not prove"
import base64, hashlib, sys
head, note = open(sys.argv[1]).read().split('\n\n', 1)
lines = head.split('\n')
assert lines[0] == 'c2sp.org/tlog-proof@v1', lines[0]
index = int(lines[1].removeprefix('index '))
path = [base64.b64decode(line, validate=True) for line in lines[2:]]
origin, size, root = note.split('\n')[:3]
last, node = int(size) - 1, bytes.fromhex(sys.argv[2])

def join(a, b):
    return hashlib.sha256(b'\x01' + a + b).digest()

for sibling in path:
    if index & 1 or index == last:
        node = join(sibling, node)
        while not index & 1 and index:
            index >>= 1
            last >>= 1
    else:
        node = join(node, sibling)
    index >>= 1
    last >>= 1
assert last == 0 and node == base64.b64decode(root)
END
}

root_of() {
    "$python" -c 'import json; print(json.load(open("out"))["items"][0]["root"])'
}

leaf_of() {
    expect 0 ledger log --from "$1" --count 1 -o json
    leaf=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["leaf"])')
}

hot() {
    local worker
    load &
    worker=$!
    sleep 0.3
    expect 0 ledger backup first -o json
    json 'int(d["items"][0]["entries"]) > 2 and d["items"][0]["bytes"] > 8192'
    cp ledger/data.mdb live
    touch stop
    wait "$worker"
    expect 6 ledger backup first
    says err 'there already'
    expect 0 ledger verify --backup first -o json
    json '[i["check"] for i in d["items"]] ==
        ["log", "tree", "checkpoint", "state", "books", "blocks"]'
    json 'all(i["holds"] for i in d["items"])'
    [[ -s first.checkpoint ]] || wrong 'no checkpoint lies beside the copy'
    expect 6 ledger restore first --guard "$work/guard"
    says err 'open in a running hub'
    # A copy by cp of what is being written is a ledger by luck, and says so when it is none.
    accord ledger verify --backup live
    ((status == 0 || status == 9)) || wrong "a file copied while it is written: $status"
}

of_others() {
    expect 0 ledger tip
    expect 0 ledger tip -p aco -o json
    json 'int(d["items"][0]["size"]) > 2 and d["items"][0]["checkpoint"].startswith("hub.test\n")'
    expect 0 ledger tip -p aco -o raw
    cp out note
    expect 0 ledger proof 1 -p aco
    cp out proof
    tail -n +2 proof | grep -qxF 'hub.test' || wrong 'the proof has no checkpoint'
    expect 0 ledger proof --from 2 -p aco
    says out 'accord-log-growth@v1' 'from 2'
    expect 2 ledger proof
    expect 2 ledger proof 1 --from 2
    expect 3 ledger proof 100000 -p aco
    expect 0 ledger scrub
    says err 'looked through'
}

put_back() {
    local root
    leaf_of 1
    proves proof "$leaf"
    leaf_of 2
    expect 0 ledger proof 2 --offline
    cp out proof
    proves proof "$leaf"
    expect 0 ledger tip --offline -o json
    root=$(root_of)
    expect 0 ledger backup second
    formats ledger verify --backup second
    expect 6 ledger restore first --guard "$work/guard"
    says err 'older than what the hub has signed' '--older' 'accordd --recover'
    head -c 20000 second >short
    expect 9 ledger restore short --guard "$work/guard"
    expect 9 ledger verify --backup short
    expect 3 ledger restore none --guard "$work/guard"
    [[ ! -e ledger.restoring ]] || wrong 'a refused restore leaves its directory'
    rm -r ledger.replaced-* 2>/dev/null
    chmod 750 ledger
    expect 0 ledger restore second --guard "$work/guard"
    compgen -G 'ledger.replaced-*' >/dev/null || wrong 'the ledger was not moved aside'
    [[ $(stat -c %a ledger) == 750 ]] || wrong 'the mode of the directory is another'
    expect 0 ledger tip --offline -o json
    [[ $(root_of) == "$root" ]] || wrong 'another tip after the restore'
    start_hub
    expect 0 hub participants list
    stop_hub
    mv ledger aside
    expect 0 ledger restore second --guard "$work/guard"
    expect 6 ledger restore second --guard "$work/no-guard"
    says err 'there is no guard'
}

older() {
    expect 0 ledger restore first --guard "$work/guard" --older
    timeout 20 "$daemon" -c "$work/accordd.conf" --foreground >>daemon.log 2>&1
    (($? == 78)) || wrong 'the hub starts with what is older than it has signed'
}

make_hub
start_hub
let_in aco payer
hot
of_others
stop_hub
put_back
older
((failed == 0)) || tail -n 30 daemon.log >&2
summary
