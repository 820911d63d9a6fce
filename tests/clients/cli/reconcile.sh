# SPDX-License-Identifier: Apache-2.0
# Two sides that do not agree: what each sees, a dispute, what both agree on in the end, the books.
#
#   reconcile.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=payer/network/tcoc

admit() {
    let_in payer payer
    let_in network provider
    let_in board provider
}

# Both sides must say what it cost.
agree() {
    halves "
d['rules'][0].update(other='must', window_days=30, tolerance='100.00')
d['lookback_months'] = 60
d['reconciling'] = {'dispute_days': 60, 'payment_days': 30, 'decides': 'arbiter',
                    'arbiter': 'board'}"
    says out 'expenditure: the bearer; the other side must report; differences up to 100' \
        '30 days to answer' 'a statement may be disputed for 60 days' 'board, the arbiter'
    agreed payer network
    expect 0 -p network contract show "$contract" --terms
    says out 'overdue    30 days after'
}

# state PARTY KIND=VALUE...: figures of the year.
state() {
    local party=$1 figure
    shift
    echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes' >said.csv
    for figure; do
        echo "$contract,,${figure%%=*},,2024-01-01,2024-12-31,,${figure#*=}," >>said.csv
    done
    expect 0 -p "$party" perf publish said.csv --replace
}

# field NAME: of the first item that the last run printed.
field() {
    "$python" -c 'import json, sys; print(json.load(open("out"))["items"][0][sys.argv[1]])' "$1"
}

both_say() {
    state payer expenditure=98000000.00 benchmark=100000000.00
    expect 0 -p network recon show "$contract" 2024
    says out 'bearer_only' 'network has to state its own by '
    formats -p network recon status
    expect 0 -p payer recon status "$contract" -o json
    json 'd["items"][0]["missing_earner"] == 1 and d["items"][0]["disputed"] == 0'
    before=$("$python" -c 'import datetime
print(datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))')
    state network expenditure=97400000.00
    formats -p network recon show "$contract" 2024
    for party in payer network; do
        expect 0 -p "$party" recon show "$contract" 2024
        cp out "$party.txt"
    done
    same payer.txt network.txt
    says out '98,000,000.00' '97,400,000.00' '600,000.00' disputed 'held until one of them'
    says out 'why: other' 'WHY, by what the figures show:' 'ask both sides for what the figure'
    expect 0 -p payer recon show "$contract" 2024 -o json
    json '[f["held"] for f in d["facts"] if f["kind"] == "expenditure"] == [True]'
    json '[f["causes"] for f in d["facts"] if f["kind"] == "expenditure"] == [["other"]] and
        [(c["cause"], c["facts"]) for c in d["causes"]] == [("other", 1)]'
    json '[f["difference"]["exact_cents"] for f in d["facts"] if f["kind"] == "expenditure"] ==
        ["60000000"]'
    expect 0 -p payer recon show "$contract" 2024 --as-of "$before" -o json
    json '[f["result"] for f in d["facts"] if f["kind"] == "expenditure"] == ["bearer_only"]'
    expect 2 -p payer recon show "$contract" 2024 --as-of yesterday
    says err 'neither the number of an entry nor a moment'
    expect 0 -p payer perf list "$contract" --as-of "$before" -o json
    json 'len(d["items"]) == 2'
    expect 3 -p board recon show "$contract" 2023 -o csv
}

# Twice: the plan of one that was changed in between is refused.
plan_and_run() {
    plan=(-p network settle plan "$contract" 2024 final --payment 2025-10-15)
    expect 0 "${plan[@]}" --plan old.json
    says out 'IN DISPUTE' 'expenditure of 2024: payer says $ 98,000,000.00' \
        'By the figures of payer, payer would pay network $ 1,000,000.00; by those of network,' \
        'Both agree on $ 1,000,000.00 at least: that much is payable.' \
        'The other $ 300,000.00, which payer would pay if it is decided so, is held until then.'
    state network expenditure=97300000.00
    expect 6 -p network settle run --plan old.json
    says err PLAN_STALE 'accord settle plan'
    expect 6 "${plan[@]}" --plan old.json
    says err 'is there already'
    formats "${plan[@]}"
    expect 0 "${plan[@]}" -o json
    cp out plan.json
    expect 2 -p network settle run "$contract" --plan plan.json
    says err 'give --plan alone'
    expect 0 -p network settle run --plan plan.json --wait
    expect 0 -p payer settle list "$contract" -o json
    run=$(field run)
    json 'd["items"][0]["payable"]["amount"] == "1000000.00"'
    json 'd["items"][0]["held"]["amount"] == "350000.00"'
    json 'd["items"][0]["life"] == "issued" and d["items"][0]["answer_until"]'
    expect 0 -p payer settle show "$run"
    says out 'Issued: pending until both sides accept it. It may be disputed until' \
        'Held:'
    expect 0 -p network settle explain "$run"
    says out 'IN DISPUTE' 'is held until then'
    expect 0 -p network settle explain "$run" -o json
    json 'd["by_earner"]["amount"] == "1350000.00" and d["disputed"][0]["kind"] == "expenditure"'
    cp out trace.json
    expect 0 settle explain trace.json
    says out 'network says $ 97,300,000.00'
}

# The same without a hub, from the files of both: what the hub will come to.
by_files() {
    "$python" - "$contract" <<'END'
import json, sys
year = {'from': '2024-01-01', 'through': '2024-12-31'}
def write(side, **figures):
    json.dump({'schema': 'accord.report.v1', 'contract': sys.argv[1], 'side': side,
               'period': year, 'figures': [{'kind': kind, 'value': value}
                                           for kind, value in figures.items()]},
              open(side + '.json', 'w'))
write('bearer', expenditure='98000000.00', benchmark='100000000.00')
write('earner', expenditure='97300000.00')
END
    expect 0 settle preview --terms terms.json --facts bearer.json --facts earner.json \
        --payment 2025-10-15
    says out 'payer says $ 98,000,000.00 (bearer.json, row' '97,300,000.00' \
        'The other $ 350,000.00'
    expect 0 settle preview --terms terms.json --facts bearer.json --facts earner.json \
        --payment 2025-10-15 -o json
    json 'd["payable"]["amount"] == "1000000.00" and d["basis"] == "bearer"'
    json '[f["side"] for f in d["facts"]] == ["bearer", "bearer"]'
    expect 0 settle preview --terms terms.json --facts bearer.json --payment 2025-10-15 -o json
    json '"disputed" not in d and d["payable"]["amount"] == "1000000.00"'
}

dispute() {
    make=(-p network settle dispute "$run" --claims 1200000.00 --because 'May counted twice')
    expect 2 "${make[@]}" --line frobs=1
    says err 'there is no line frobs'
    expect 2 "${make[@]}" --line savings
    expect 2 -p network settle dispute "$run" --claims much --because so
    echo 'what we counted' >evidence.txt
    expect 0 "${make[@]}" --line expenditure=97600000.00 --evidence evidence.txt --dry-run
    says err 'the statement has $ 1,000,000.00, you claim $ 1,200,000.00; $ 1,000,000.00 of it'
    expect 0 "${make[@]}" --line expenditure=97600000.00 --evidence evidence.txt -o json
    first=$(field index)
    shown+=('settle dispute')
    expect 0 -p payer settle disputes "$contract" -o json
    json 'd["items"][0]["what"] == "dispute" and d["items"][0]["state"] == "open"'
    json 'd["items"][0]["says"] == "May counted twice"'
    json 'd["items"][0]["evidence"] == "evidence.txt"'
    json "d['items'][0]['evidence_sha256'] == '$(sha256sum <evidence.txt | cut -d' ' -f1)'"
    json 'd["items"][0]["lines"] == ["line 1 = 9760000000"]'
    expect 0 -p payer settle list "$contract" -o json
    json 'd["items"][0]["life"] == "disputed"'
    expect 6 -p payer settle accept "$run" --yes
    says err STATEMENT_CLOSED
    expect 3 -p network settle withdraw 1
    expect 0 -p network settle withdraw "$first"
    shown+=('settle withdraw')
    expect 6 -p network settle withdraw "$first"
    says err 'has ended already'
    expect 0 "${make[@]}" -o json
    second=$(field index)
    formats -p payer settle disputes "$contract"
}

# The figure in the middle; the run follows by itself.
resolve() {
    expect 2 -p payer settle resolve "$contract" --because middle
    expect 2 -p payer settle resolve "$contract" --because middle --fact expenditure=1
    expect 0 -p payer settle resolve "$contract" --because 'half way' -o json \
        --fact 'expenditure 2024=97800000.00' --dispute "$second"
    says err "the dispute of entry $second is closed" 'expenditure of 2024 is $ 97,800,000.00'
    proposal=$(field index)
    shown+=('settle resolve')
    expect 2 -p network settle agree "$proposal"
    says err 'give --yes' 'payer/main proposes: half way'
    formats -p network settle agree "$proposal" --dry-run
    expect 0 -p network settle agree "$proposal" --yes
    expect 6 -p network settle agree "$proposal" --yes
    says err 'agreed to already'
    for _ in {1..100}; do
        expect 0 -p network settle list "$contract" -o json
        (($(grep -c '"run"' out) > 1)) && break
        sleep 0.1
    done
    json '[(i["kind"], i["life"]) for i in d["items"]] ==
        [("final", "replaced"), ("restated", "issued")]'
    json 'd["items"][1]["payable"]["amount"] == "1100000.00"'
    again=$("$python" -c 'import json; print(json.load(open("out"))["items"][1]["run"])')
    expect 0 -p payer settle disputes "$contract" -o json
    json '[i["state"] for i in d["items"]] == ["ended", "ended", "in_force"]'
    expect 0 -p network settle explain "$again"
    says out 'agreed by both sides or determined, in log entry'
    expect 0 -p network recon show "$contract" 2024
    says out decided '97,800,000.00' 'holds until both sides, after it, say the same'
}

accept() {
    expect 2 -p payer settle accept "$again"
    says err 'give --yes' 'payer pays network $ 1,100,000.00 on 2025-10-15.'
    formats -p payer settle accept "$again" --dry-run
    expect 0 -p payer settle accept "$again" --yes
    expect 0 -p network settle show "$again"
    says out 'payer has accepted, network has not.'
    expect 0 -p network settle accept "$again" --yes
    expect 0 -p payer settle show "$again"
    says out 'Accepted by both sides: posted.'
    expect 6 -p payer settle accept "$again" --yes
}

books() {
    formats -p payer ledger balance
    expect 0 -p payer ledger balance "$contract" -o json
    cp out balance.json
    json 'sum(float(i["posted"]["amount"]) for i in d["items"]) == 0'
    json '[i["posted"]["amount"] for i in d["items"] if i["account"] == "receivable"] ==
        ["1100000.00"]'
    json 'all(i["pending"]["amount"] == "0.00" for i in d["items"])'
    formats -p network ledger journal "$contract"
    expect 0 -p network ledger journal "$contract" -o json
    cp out journal.json
    json '{i["state"] for i in d["items"]} == {"posted", "voided"}'
    expect 0 -p network ledger journal "$contract" --as-of "$run" -o json
    json 'd["items"] == []'
    expect 0 -p network ledger journal "$contract" --as-of "$first" -o json
    json '{i["state"] for i in d["items"]} == {"pending"}'
    formats -p network ledger export "$contract"
    expect 0 -p network ledger export "$contract" --format csv
    says out 'index,time,purpose,state'
    expect 0 -p network ledger export "$contract" --format json
    same out journal.json
    expect 0 -p network ledger export "$contract"
    cp out books.journal
    says out "payer:$contract:payable" 'voided by entry' ' * (' '$0.00 = $-1100000.00'
    check_by_hledger
}

# Another program adds the books up, and notices what does not add up.
check_by_hledger() {
    if ! command -v hledger >/dev/null; then
        echo 'skipped: hledger is not installed'
        return
    fi
    checked=$((checked + 3))
    hledger -f books.journal check -s 2>why || wrong "hledger check: $(cat why)"
    hledger -f books.journal balance -N --no-total >sums 2>why || wrong "hledger: $(cat why)"
    grep -q -- "\$1100000.00.*network:$contract:receivable" sums || wrong "hledger: $(cat sums)"
    sed 's/= \$1100000.00/= $1100000.01/' books.journal >wrong.journal
    ! hledger -f wrong.journal check 2>why || wrong 'hledger takes a balance that is none'
}

figure() {
    expect 3 -p network settle compare "$contract" 2024
    says err 'accord settle figure publish'
    expect 0 -p network settle figure publish "$contract" --period 2024 --earned 1200000.00 \
        --terms-version 1 --line expenditure=97600000.00 --line savings=2400000.00
    shown+=('settle figure publish')
    formats -p network settle compare "$contract" 2024
    expect 0 -p payer settle compare "$contract" 2024 --side earner -o json
    json 'd["differences"][0]["line"] == "expenditure"'
    json 'd["differences"][0]["cause"] == "input"'
    json 'd["earned"]["amount"] == "1200000.00" and d["hub_earned"]["amount"] == "1100000.00"'
    expect 0 -p network settle show "$again" -o json
    cp out theirs.json
    expect 0 -p network settle figure publish theirs.json --replace
    expect 0 -p network settle compare "$contract" 2024 -o json
    json 'd["differences"] == [] and d["lines_agreed"] > 3'
}

determine() {
    expect 4 -p payer settle determine "$contract" --because so --yes \
        --fact 'expenditure 2024=98000000.00'
    shown+=('settle determine')
    expect 0 -p network signal list -o json
    json '{"fact_disputed", "statement_disputed", "dispute_ended", "resolution_proposed",
        "decided", "statement_accepted"} <= {i["kind"] for i in d["items"]}'
    json '"unknown" not in {i["kind"] for i in d["items"]}'
}

offline() {
    stop_hub
    formats ledger balance "$contract" --offline
    expect 0 ledger balance "$contract" --offline -o json
    same out balance.json
    expect 0 ledger journal "$contract" --offline -o json
    same out journal.json
    expect 0 ledger verify
}

make_hub
start_hub
admit
agree
both_say
by_files
plan_and_run
dispute
resolve
accept
books
figure
determine
offline
summary
