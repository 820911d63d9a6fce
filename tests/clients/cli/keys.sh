# SPDX-License-Identifier: Apache-2.0
# Keys that change, come from elsewhere or end; a party that is followed; a hub that signs with
# another key.
#
#   keys.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=payer/network/tcoc
related=(relation publish network --kind owns --from)

admit() {
    let_in payer payer
    let_in network network
    halves ''
    agreed payer network
}

rotation() {
    expect 2 -p payer key rotate
    expect 0 -p payer key rotate --dry-run
    [[ ! -e payer.key.next ]] || wrong 'a dry run made keys'
    cp payer.key first.key
    expect 0 -p payer key rotate --yes -o json
    json 'd["schema"] == "accord.key-rotation.v1" and int(d["index"]) > 0'
    kept=(payer.key.until-*Z)
    same first.key "${kept[0]}"
    [[ ! -e payer.key.next && $(stat -c %a payer.key) == 600 ]] || wrong 'the new key file'
    [[ -e ${kept[0]}.pub ]] || wrong 'the old public half is gone'
    expect 0 key fingerprint payer.key
    cp out fingerprint
    expect 0 key fingerprint payer.key.pub
    same fingerprint out
    expect 0 -p payer "${related[@]}" 2024-01-01
    expect 4 -p payer --key-file first.key --state-dir elsewhere "${related[@]}" 2024-01-02
    expect 0 -p payer signal list -o json
    json 'd["items"][-1]["kind"] == "key_rotated" and "payer/main" in d["items"][-1]["says"]'
}

# What a run that was cut short leaves at each step, and that the next one goes on from there.
cut_short() {
    # FILE.next was made, and nothing said.
    expect 0 key generate network.key.next
    rm network.key.next.pub
    cp network.key.next made
    expect 0 -p network key rotate --yes
    same made network.key
    # It was said and has its receipt; the files were not changed.
    old=$(ls network.key.until-*Z)
    mv network.key network.key.next
    mv "$old" network.key
    expect 0 -p network key rotate --yes -o json
    json 'd["index"] is None'
    same made network.key
    expect 0 -p network relation publish payer --kind owns --from 2024-01-01
}

# Without a hub it is durable; what is signed by the old keys meanwhile is signed anew.
without_hub() {
    stop_hub
    export ACCORD_TIMEOUT=500ms
    expect 7 -p payer key rotate --yes
    expect 7 -p payer "${related[@]}" 2024-02-01
    expect 7 -p payer "${related[@]}" 2024-02-02
    [[ -e payer.key.next ]] || wrong 'the new keys are gone'
    export ACCORD_TIMEOUT=20s
    start_hub
    renew_profiles
    cp payer.key second.key
    expect 0 -p payer key rotate --yes
    cmp -s payer.key second.key && wrong 'the keys are what they were'
    expect 0 -p payer outbox list --all -o json
    json '[i["state"] for i in d["items"][-4:]] == ["abandoned"] * 2 + ["received"] * 2'
    json 'd["items"][-1]["stream"] != d["items"][-3]["stream"]'
}

# The system chose other ports.
renew_profiles() {
    sed -i "s|^hub = .*|hub = $(endpoint intake)|; s|^signals = .*|signals = $(endpoint signals)|" \
        config/profiles/*.conf
}

elsewhere() {
    expect 0 profile add bare --hub "$(endpoint intake)" --signals "$(endpoint signals)" \
        --hub-key hub.key.pub --as payer/main --state-dir "$work/state/accord/payer"
    expect 2 -p bare profile test
    says err 'key-file is not set'
    expect 0 -p bare --key-command "/bin/cat $work/payer.key" "${related[@]}" 2024-03-01
    printf '#!/bin/sh\ncat %s\nexit 3\n' "$work/payer.key" >fails
    chmod +x fails
    for command in "$work/fails" /bin/false "/bin/cat $work/hub.key.pub" /bin/nothing \
        '/usr/bin/yes x' cat; do
        accord -p bare --key-command "$command" "${related[@]}" 2024-03-02
        ((status == 1 || status == 2)) || wrong "--key-command $command: $status"
        says err 'key-command'
    done
    mkdir -m 700 credentials
    cp payer.key credentials/node.key
    CREDENTIALS_DIRECTORY=$work/credentials expect 0 -p bare "${related[@]}" 2024-03-03
    chmod 640 credentials/node.key
    CREDENTIALS_DIRECTORY=$work/credentials expect 1 -p bare "${related[@]}" 2024-03-04
}

succession() {
    expect 0 key generate heir.key
    echo 'the court says who follows' >letter
    succeed=(hub participants succeed network/heir --key heir.key.pub --rights terms,read
             --document letter --says 'order of a court')
    expect 2 "${succeed[@]}"
    expect 0 "${succeed[@]}" --dry-run
    expect 0 "${succeed[@]}" --yes --days 1 -o json
    json 'd["schema"] == "accord.succession.v1" and d["node"] == "network/heir"'
    entry=$("$python" -c 'import json; print(json.load(open("out"))["index"])')
    expect 6 "${succeed[@]}" --yes
    expect 0 -p payer signal list -o json
    json 'd["items"][-1]["kind"] == "succession_announced"'
    expect 3 -p network party object 1
    expect 0 -p network party object "$entry"
    expect 0 -p payer signal list -o json
    json 'd["items"][-1]["kind"] == "succession_ended" and "objects" in d["items"][-1]["says"]'
}

# The hub signs with another key: who knew the old one learns it, with both signatures and without.
hub_key() {
    stop_hub
    "$daemon" -c "$work/accordd.conf" --rotate-key --because 'it is a year old' >rotated 2>&1 ||
        wrong "--rotate-key: $(cat rotated)"
    old=$(sed -n 's/^previous = //p' rotated)
    cp accordd.conf alone.conf
    sed -i "s|^file = $work/hub.key$|&\nprevious = $old|" accordd.conf
    start_hub
    renew_profiles
    expect 0 -p payer "${related[@]}" 2024-04-01
    stop_hub
    cp alone.conf accordd.conf
    start_hub
    renew_profiles
    expect 0 -p payer "${related[@]}" 2024-04-02
    expect 0 -p network outbox flush
    expect 0 -p payer settle list
    stop_hub
    expect 0 ledger verify --rebuild
    start_hub
    renew_profiles
}

revocation() {
    expect 0 hub participants revoke payer/main --reason 'it is over' --yes
    expect 4 -p payer "${related[@]}" 2024-05-01
    expect 4 -p payer key rotate --yes
}

make_hub
start_hub
admit
rotation
cut_short
without_hub
elsewhere
succession
hub_key
revocation
stop_hub
summary
