# SPDX-License-Identifier: Apache-2.0
# Two witnesses of a hub's log, one of whom is killed; and a second hub with the same key and
# another log, which a witness catches.
#
#   witness.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=payer/network/tcoc

# A node more, with the right to read alone and a profile and directory of its own.
watcher() {
    local party=$1
    expect 0 key generate "$party-watch.key"
    expect 0 profile add "$party-watch" --hub "$(endpoint intake)" \
        --signals "$(endpoint signals)" --hub-key hub.key.pub --as "$party/watch" \
        --key-file "$party-watch.key"
    expect 0 hub participants add "$party" --node watch --key "$party-watch.key.pub" --rights read
}

state() {
    echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes' >said.csv
    for figure; do
        echo "$contract,,${figure%%=*},,2024-01-01,2024-12-31,,${figure#*=}," >>said.csv
    done
    expect 0 -p payer perf publish said.csv --replace
}

settle() {
    expect 0 -p payer settle run "$contract" --period 2024 --kind "$1" --payment 2025-10-01
    for _ in {1..30}; do
        "$program" -p payer settle list "$contract" -o json >out 2>err
        [[ $("$python" -c 'import json; print(len(json.load(open("out"))["items"]))') == "$2" ]] &&
            return
        sleep 0.1
    done
    wrong "no statement: $(cat err)"
}

final() {
    expect 0 -p "$1" settle list "$contract" -o json
    json "d['items'][-1]['final'] == \"$2\""
}

watchers=()
stop_watchers() {
    ((${#watchers[@]} == 0)) || kill "${watchers[@]}" 2>/dev/null
}
finish+=(stop_watchers)

# watch PARTY: its witness, in the background; its pid in $watcher.
watch() {
    "$program" -p "$1-watch" witness --every 1 2>>"$1.log" >/dev/null </dev/null &
    watcher=$!
    watchers+=("$watcher")
}

until_final() {
    for _ in {1..30}; do
        "$program" -p payer settle list "$contract" -o json >out 2>err
        grep -qF -- "$1" out && return
        sleep 0.1
    done
    wrong "it is not $1: $(cat out) $(cat ./*.log)"
}

both_see() {
    halves "d['reconciling'] = {'witness_days': 7}"
    says out 'a statement is final when a witness of each side has seen it, or after 7 days'
    agreed payer network
    state expenditure=98000000.00 benchmark=100000000.00
    settle final 1
    final payer 'final, awaiting witnesses'
    expect 0 -p payer-watch witness --once
    says err 'the first tree seen has'
    final network "final, awaiting witnesses (bearer's seen)"
    expect 0 -p payer settle show \
        "$("$program" -p payer settle list "$contract" -o raw | head -1 | cut -f 1)"
    says out "It is final, awaiting witnesses (bearer's seen)."
    expect 0 -p payer recon status "$contract" -o json
    json "d['items'][0]['due'] == 'witness_window_ends'"
    expect 0 -p payer recon show "$contract" 2024
    says out 'final, awaiting witnesses'
    watch network
    until_final 'final, witnessed'
    final payer 'final, witnessed'
    expect 0 -p network signal list
    says out 'statement_witnessed' 'witnesses of both sides have seen the statement'
}

# One memory is one witness's; what it sees again it says once.
one_memory() {
    expect 6 -p network-watch witness --once
    formats -p payer witness show
    expect 0 -p payer witness show -o json
    json "sorted(w['witness'] for w in d['items']) == ['network/watch', 'payer/watch']"
    json "[w['is_own'] for w in d['items'] if w['witness'] == 'payer/watch'] == [True]"
    expect 0 -p payer witness show -o wide
    says out 'hub.test' '/witness/network/watch'
    expect 2 -p payer-watch witness --every 0
    expect 4 -p payer-mute witness --once
}

one_is_killed() {
    local first=$watcher
    watch payer
    settle restated 2
    until_final 'final, witnessed'
    kill -KILL "$first"
    wait "$first" 2>/dev/null
    state expenditure=97000000.00
    settle restated 3
    until_final "bearer's seen"
    sleep 1
    final payer "final, awaiting witnesses (bearer's seen)"
    kill "$watcher"
    wait "$watcher"
    checked=$((checked + 1))
    [[ $? == 0 ]] || wrong "SIGTERM does not end a witness cleanly"
    watchers=()
    grep -q 'ended as it was asked to' payer.log || wrong "$(cat payer.log)"
    # The one that was killed goes on where it was.
    expect 0 -p network-watch witness --once
    says err 'the tree grew from' 'consistently: cosigned'
    final payer 'final, witnessed'
}

# The ledger as it was, by a hub with the same key: it goes on in another way, past the first.
fork() {
    stop_hub
    sed -e "s|$work/ledger|$work/fork|; s|$work/guard|$work/fork.guard|" accordd.conf >fork.conf
    mv accordd.conf honest.conf && cp fork.conf accordd.conf
    start_hub
    "$@"
    stop_hub
    cp honest.conf accordd.conf
    start_hub
}

lies() {
    local hub
    hub=$(endpoint intake)
    expect 9 -p payer-watch witness --once --hub "$hub"
    says err 'CRIT' 'its newest tree has'
    for number in {1..70}; do
        expect 0 hub participants add "party$number" --title "Party $number" \
            --role provider:2020-01-01
    done
    expect 9 -p network-watch witness --once --hub "$hub"
    says err 'CRIT' 'nothing is cosigned' 'does not continue the one of'
    expect 0 -p payer witness show --hub "$hub" -o json
    json "d['items'] == []"
}

is_remembered() {
    local hub
    hub=$(endpoint intake)
    expect 9 -p network-watch witness --once --hub "$hub"
    says err 'the hub contradicted itself, which is remembered (1)'
    expect 0 -p network-watch witness --once --despite 1 --hub "$hub"
    says err 'cosigned'
}

make_hub
export ACCORD_TIMEOUT=5s
start_hub
let_in payer payer
let_in network provider
watcher payer
watcher network
expect 0 key generate payer-mute.key
expect 0 profile add payer-mute --hub "$(endpoint intake)" --signals "$(endpoint signals)" \
    --hub-key hub.key.pub --as payer/mute --key-file payer-mute.key
expect 0 hub participants add payer --node mute --key payer-mute.key.pub --rights facts
stop_hub
cp -r ledger fork
[[ ! -d ledger.blocks ]] || cp -r ledger.blocks fork.blocks
cp guard fork.guard
start_hub
for name in payer network payer-watch network-watch payer-mute; do
    expect 0 profile rm "$name" --yes
    expect 0 profile add "$name" --hub "$(endpoint intake)" --signals "$(endpoint signals)" \
        --hub-key hub.key.pub --as "${name%%-*}/$([[ $name == *-* ]] && echo "${name#*-}" ||
        echo main)" --key-file "$name.key"
done
both_see
one_memory
one_is_killed
fork lies
is_remembered
summary
