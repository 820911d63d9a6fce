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

make_hub
start_hub
nobody_is_named
named
agreed
reads
listed
((failed == 0)) || tail -n 30 daemon.log >&2
summary
