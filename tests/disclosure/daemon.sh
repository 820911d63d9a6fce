# SPDX-License-Identifier: Apache-2.0
# Canaries in a contract, through a real accordd: its journal, its statistics in every format, its
# figures in the runtime directory, and everything that another payer is answered, have none.
#
#   daemon.sh ACCORD ACCORDD
. "$(dirname "$0")/../clients/cli/lib.sh"
. "$here/hub.sh"
contract=payer/aco/vexillology
canaries=(vexillology quetzalcoatlus brobdingnagian 81234567891 812345678.91 812,345,678.91
    97531246813 975312468.13 975,312,468.13 41.7713 0.417713 417713)

agree_and_report() {
    halves "
d['title'] = 'Quetzalcoatlus'
d['steps'][4]['up'] = '41.7713%'"
    agreed payer aco
    {
        echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes'
        echo "$contract,,benchmark,,2024-01-01,2024-12-31,,975312468.13,"
        echo "$contract,,expenditure,,2024-01-01,2024-12-31,,812345678.91,"
    } >report.csv
    expect 0 -p payer perf publish report.csv
    expect 6 -p payer perf publish report.csv
    expect 0 -p payer settle run "$contract" --period 2024 --payment 2025-10-15 --wait
    expect 0 -p payer contract terminate "$contract" --effective 2030-01-01 \
        --reason 'brobdingnagian' --yes
}

# What is written of it is looked at once the hub has said all.
collect() {
    : >heard
    sleep 1.5
    cat daemon.log run/stat.json >>heard
    for format in table json csv prometheus; do
        accord ledger stat -o "$format"
        cat out err >>heard
    done
    accord hub status
    cat out err >>heard
    accord hub participants list -o json
    cat out err >>heard
}

ask() {
    local other=payer/aco/none
    for what in 'contract list' "contract show $other" 'contract public' 'perf list' \
        'settle list' "settle show $other" "settle preview $other --period 2024" 'signal list' \
        'signal show' 'align conflicts' 'align matrix' 'community show' 'community releases' \
        'council status' 'council charter' 'recon status' 'journal show' 'benefit list'; do
        # shellcheck disable=SC2086
        accord -p stranger $what -o json
        ((status < 100)) || wrong "$what ended with $status: $(cat err)"
        cat out err >>heard
    done
    for what in 'contract show' 'perf list' 'settle list' 'settle preview --period 2024'; do
        # shellcheck disable=SC2086
        accord -p stranger $what "$contract" -o json
        # What one has asked for oneself is not learnt.
        sed "s|$contract||g" out err >>heard
    done
}

looked() {
    local canary
    for canary in "${canaries[@]}"; do
        checked=$((checked + 1))
        ! grep -qiF -- "$canary" heard || wrong "$canary: $(grep -iF -- "$canary" heard | head -3)"
    done
    expect 0 -p aco settle list "$contract" -o json
    expect 0 -p aco contract show "$contract" --terms
    says out Quetzalcoatlus 41.7713
    expect 0 -p aco perf list "$contract" -o json
    says out 812345678.91 975312468.13
}

make_hub
start_hub
let_in payer payer
let_in aco network
let_in stranger payer
agree_and_report
collect
ask
looked
[[ -s heard ]] || wrong 'nothing was heard'
stop_hub
((failed == 0)) || tail -n 30 daemon.log >&2
summary
