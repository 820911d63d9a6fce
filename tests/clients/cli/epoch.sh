# SPDX-License-Identifier: Apache-2.0
# A hub that lost the end of its log and says so: what it acknowledged there is void, is sent again
# as the same bytes, and what a party holds of the hub goes on to prove.
#
#   epoch.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=acme/clinic/tcoc

# cost KIND VALUE: the payer states it
cost() {
    {
        echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes'
        echo "$contract,,$1,,2024-01-01,2024-12-31,,$2,"
    } >report.csv
    expect 0 -p acme perf publish report.csv
}

# The system chooses other ports each time.
start_again() {
    start_hub
    ACCORD_HUB=$(endpoint intake) ACCORD_SIGNALS=$(endpoint signals)
    export ACCORD_HUB ACCORD_SIGNALS
}

# The disk comes back as it was before.
put_back() {
    stop_hub
    rm -rf ledger
    mv older ledger
}

recovered() {
    "$daemon" -c "$work/accordd.conf" --recover --because 'the disk was put back' \
        >>daemon.log 2>&1 || wrong "it does not recover: $(tail -n 5 daemon.log)"
    start_again
}

make_hub
start_hub
let_in acme payer
let_in clinic network
halves ''
agreed acme clinic
cost benchmark 1000000.00
stop_hub
cp -r ledger older
start_again
cost expenditure 900000.00
cost head_count 1000
expect 0 -p acme verify
put_back
recovered

expect 0 -p clinic outbox flush
says err 'none of them was sent from here'
expect 0 -p acme outbox flush
says err '2 receipts are void' '2 submissions are sent again'
expect 0 -p acme perf list "$contract" -o csv
says out 1000000.00 900000.00 1000
expect 0 -p acme outbox flush
silent err
expect 0 -p acme verify
says out 'the hub lost their entries and said so' 'not proved: nothing'
expect 0 -p clinic verify

((failed == 0)) || tail -n 30 daemon.log >&2
summary
