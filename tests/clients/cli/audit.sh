# SPDX-License-Identifier: Apache-2.0
# Who at the hub reads what parties said, and that they see it.
#
#   audit.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=medicare/aco/mssp-basic-e-2024

agreed() {
    let_in medicare payer
    let_in aco network
    let_in other network
    "$program" contract new --template mssp-basic-e --year 2024 --set bearer=medicare \
        --set earner=aco >terms.json
    expect 0 -p medicare contract publish terms.json
    expect 0 -p aco contract accept "$contract" --yes
}

# Root and our own user operate; they read nothing unless they are named.
nobody_is_named() {
    expect 4 hub read "$contract" --because 'curious'
    says err 'by those named as auditors'
    expect 2 hub read "$contract"
    says err '--because'
}

named() {
    stop_hub
    printf '[control]\nauditors = %s\n' "$(id -u)" >>accordd.conf
    start_hub
}

reads() {
    expect 0 -p aco reads list -o json
    json 'd["items"] == []'
    expect 0 hub read "$contract" --because 'complaint 7' -o json
    json '[i["kind"] for i in d["items"]].count("submission") == 2'
    json '[i["kind"] for i in d["items"]].count("node-admission") == 2'
    json 'all(i["bytes"] for i in d["items"])'
    expect 0 hub read other --because 'complaint 8'
    expect 0 hub read "$contract" --because 'complaint 9' --count 1 --from 3 -o json
    json 'len(d["items"]) == 1'
    expect 0 hub read "$contract" --because 'complaint 9' --from 3 -o raw
    expect 3 hub read medicare/aco/none --because 'complaint 7'
    expect 2 hub read 'Not a name' --because 'complaint 7'
    formats hub read "$contract" --because 'formats'
}

listed() {
    expect 0 -p aco reads list -o json
    json 'd["items"][0]["because"] == "complaint 7" and d["items"][0]["as"] == "auditor"'
    json 'd["items"][0]["entries"] == 4 and d["items"][0]["user"] == "'"$(id -u)"'"'
    cp out aco.reads
    expect 0 -p medicare reads list -o json
    same aco.reads out
    expect 0 -p other reads list -o json
    json '[i["because"] for i in d["items"]] == ["complaint 8"]'
    json 'd["items"][0]["party"] == "other" and d["items"][0]["contract"] is None'
    expect 0 -p aco signal list -o json
    json 'any("an auditor at the hub" in (i["says"] or "") for i in d["items"])'
    formats -p aco reads list
}

# A year reported and settled, for the auditor to make again.
settled() {
    expect 0 -p medicare perf template "$contract" --period 2024 -o csv
    "$python" - out >report.csv <<'END'
import sys
values = {'head_count': '10274', 'expenditure': '98000000.00', 'benchmark': '110000000.00',
          'quality_score': '0.9217', 'quality_standard_met': 'yes', 'low_revenue': 'yes',
          'participant_revenue': '20000000'}
for line in open(sys.argv[1]):
    fields = line.rstrip('\r\n').split(',')
    if fields[2] in values:
        fields[7] = values[fields[2]]
    if fields[2] in values or fields[2] == 'kind':
        print(','.join(fields))
END
    expect 0 -p medicare perf publish report.csv
    expect 0 -p medicare settle run "$contract" --period 2024 --payment 2025-10-15 --wait
}

audited() {
    expect 0 audit fetch early
    expect 0 audit fetch dir --contract "$contract" --party medicare --party aco \
        --because 'yearly audit' -o json
    json 'd["items"][0]["leaves"] > 10 and d["items"][0]["records"] >= 3'
    formats audit check dir
    expect 0 audit check dir --since early
    says out 'goes on from the one that was seen'
    ACCORD_CONFIG_DIR=$work/none expect 0 audit check dir
    says out 'proved: the hub signed this log' 'made again from terms and figures' 'hub.pub'
    expect 0 audit check dir --hub-key hub.key.pub
    ! grep -q 'hub.pub' out || wrong 'a key that was given is doubted'
    formats audit fetch again
    expect 2 audit fetch other --contract "$contract"
}

# What there is, judged: an honest hub is convicted of nothing.
judged() {
    local run
    formats -p medicare evidence list
    expect 0 -p medicare settle list -o json
    run=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["run"])')
    expect 0 evidence export statement "$run" statement.json --audit dir
    expect 5 evidence check statement.json --hub-key hub.key.pub
    says out 'not proved' 'comes to the same'
    expect 5 evidence check statement.json --hub-key hub.key.pub -o json
    json 'd["items"][0]["verdict"] == "not proved" and d["items"][0]["kind"] == "wrong-statement"'
    expect 5 evidence check statement.json --hub-key medicare.key.pub
    says out 'another hub'
    ACCORD_CONFIG_DIR=$work/none expect 2 evidence check statement.json
    says err 'by --hub-key'
    expect 0 -p medicare evidence export checkpoints early/checkpoint dir/checkpoint two.json
    expect 5 -p medicare evidence check two.json
    says out 'not proved' 'a log looks that grows'
    sed 's/"kind":"forked-checkpoint"/"kind":"gossip"/' two.json >bad.json
    expect 5 -p medicare evidence check bad.json
    says err '/kind'
    expect 6 -p medicare evidence export checkpoints early/checkpoint dir/checkpoint two.json
    expect 3 -p medicare evidence export 1 none.json
    expect 3 -p medicare evidence export receipt 99999 none.json
    expect 2 evidence export equivocation 3 none.json
    expect 3 evidence export equivocation 3 none.json --audit dir
    expect 2 evidence export gossip none.json
}

# Each thing altered is found.
altered() {
    local file
    cp -r dir bad
    for file in bad/leaves bad/entries/0 bad/entries/9; do
        cp "$file" saved
        printf '\x55' | dd of="$file" bs=1 seek=40 conv=notrunc status=none
        accord audit check bad
        checked=$((checked + 1))
        ((status == 9 || status == 5)) || wrong "$file altered, and audit check ended with $status"
        cp saved "$file"
    done
    expect 0 audit check bad
    sed -i 's/^[0-9][0-9]*$/1/' bad/checkpoint
    expect 9 audit check bad
    says out 'not signed by the hub'
    cp early/checkpoint bad/checkpoint
    expect 9 audit check bad
    cp early/leaves bad/leaves
    expect 5 audit check bad
    expect 9 audit check early --since dir
    printf '\x55' | dd of=early/leaves bs=1 seek=1000 conv=notrunc status=none
    expect 9 audit check early
    says out 'another root than the one that is signed'
}

make_hub
start_hub
nobody_is_named
named
agreed
reads
listed
settled
audited
judged
altered
((failed == 0)) || tail -n 30 daemon.log >&2
summary
