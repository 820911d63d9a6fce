# SPDX-License-Identifier: Apache-2.0
# A hub of its own for a test of the command line. Sourced behind lib.sh, by a script whose second
# argument is the daemon.
daemon=$2

make_hub() {
    expect 0 key generate hub.key --kind hub
    mkdir run
    printf '%s\n' '[ledger]' "directory = $work/ledger" 'map_size = 256M' \
        '[guard]' "file = $work/guard" '[keys]' "file = $work/hub.key" '[bus]' \
        'intake = tcp://127.0.0.1:*' 'signals = tcp://127.0.0.1:*' \
        '[runtime]' "directory = $work/run" '[log]' 'target = plain' >accordd.conf
    "$daemon" -c "$work/accordd.conf" --init --name 'Test hub' --origin hub.test >init 2>&1 ||
        { cat init >&2; exit 1; }
    export ACCORD_CONTROL=$work/run/control.sock ACCORD_RUNTIME_DIR=$work/run
    export ACCORD_LEDGER=$work/ledger ACCORD_TIMEOUT=20s
}

pid=
start_hub() {
    "$daemon" -c "$work/accordd.conf" --foreground >>daemon.log 2>&1 &
    pid=$!
    for _ in {1..300}; do
        [[ -s run/endpoints ]] && "$program" hub participants list >/dev/null 2>&1 && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 daemon.log >&2
    echo 'the hub does not start' >&2
    exit 1
}

stop_hub() {
    [[ -n $pid ]] || return 0
    kill "$pid" 2>/dev/null
    wait "$pid"
    pid=
}
finish+=(stop_hub)

endpoint() {
    sed -n "s/^$1=//p" run/endpoints
}

# keyed PARTY...: keys and a profile of each.
keyed() {
    local party
    for party; do
        expect 0 key generate "$party.key"
        expect 0 profile add "$party" --hub "$(endpoint intake)" --signals "$(endpoint signals)" \
            --hub-key hub.key.pub --as "$party/main" --key-file "$party.key"
    done
}

# let_in PARTY ROLE: a party with keys and a profile, whose node is let in with every right.
let_in() {
    keyed "$1"
    expect 0 hub participants add "$1" --title "The $1" --role "$2:2020-01-01" \
        --node main --key "$1.key.pub" --rights facts,terms,settlement,read
}

# halves PYTHON [WORD...]: in terms.json the terms of $contract for 2024, by which what costs less
# than the benchmark is shared by halves; changed by PYTHON: d is the document, rules(KIND...) the
# rules of figures that the bearer has to state, the words are sys.argv[3:].
halves() {
    "$python" - "$contract" "$@" >terms.json <<'END'
import json, sys

def rules(*kinds, other='may'):
    return [{'kind': k, 'of_record': 'bearer', 'other': other} for k in kinds]

year = {'from': '2024-01-01', 'through': '2024-12-31'}
d = {
    'schema': 'accord.terms.v1', 'contract': sys.argv[1], 'title': 'Shared by halves',
    'version': 1, 'effective': '2024-01-01', 'signed_on': '2024-01-01', 'agreement': year,
    'periods': [year], 'applies': 'next_period', 'standing': 'binding', 'lookback_months': 36,
    'runout_months': 3, 'segments': [{'name': 'all', 'business': 'commercial', 'insured': True}],
    'rules': rules('expenditure', 'benchmark'),
    'steps': [
        {'step': 'expenditure@1', 'unit': 'total'}, {'step': 'target@1', 'unit': 'total'},
        {'step': 'savings@1'}, {'step': 'corridor-gate@1', 'minimum': 'none'},
        {'step': 'share@1', 'up': '50%'},
        {'step': 'post@1', 'unit': 'cent', 'rounding': 'half_away'},
    ]}
exec(sys.argv[2])
json.dump(d, sys.stdout)
END
    expect 0 contract validate terms.json
}

# by_members KIND...: such terms by rows of members, with rules of these figures besides.
by_members() {
    halves "
d['title'] = 'By rows of members'
d['rules'] = rules('member_months', 'head_count', 'expenditure', 'benchmark', *sys.argv[3:])
d['steps'].insert(0, {'step': 'attribute@1'})
for step in d['steps'][:2]:
    step['source'] = 'members'" "$@"
}

# agreed BEARER EARNER: what terms.json says, in force.
agreed() {
    expect 0 -p "$1" contract publish terms.json
    expect 0 -p "$2" contract accept "$contract" --yes
}
