# SPDX-License-Identifier: Apache-2.0
# A payer and a provider settle a contract through a hub: every verb, in every format, and what it
# says when something is wrong.
#
#   with-hub.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=medicare/aco/mssp-basic-e-2024

admit() {
    keyed medicare aco
    expect 4 -p aco profile test --timeout 1s
    add=(hub participants add medicare --title 'Medicare' --role payer:2020-01-01
        --node main --key medicare.key.pub --rights facts,terms,settlement,read)
    expect 0 "${add[@]}" --dry-run
    expect 0 hub participants list -o json
    json 'd["items"] == []'
    expect 0 "${add[@]}"
    says out medicare/main
    shown+=('hub participants add')
    expect 0 hub participants add aco --title 'Cascade ACO' --role network:2020-01-01
    expect 0 hub participants add aco --node main --key aco.key.pub \
        --rights facts,terms,settlement,read -o json
    json 'd["schema"] == "accord.admission-list.v1"'
    expect 0 hub participants add absent --title 'No node' --role provider --absent
    expect 2 hub participants add other --title 'Other' --role emperor
    says err 'is no role'
    expect 2 hub participants add other
    expect 2 hub participants add other --node main
    says err 'go together'
    formats hub participants list
    expect 0 hub participants list -o json
    json '[i["party"] for i in d["items"]] == ["medicare", "aco", "absent"]'
    json 'd["items"][2]["state"] == "absent" and d["items"][2]["node"] is None'
    formats -p medicare profile test
    expect 0 -p medicare profile test -o json
    json 'd["node"] == "medicare/main" and d["hub_name"] == "Test hub"'
    formats -p medicare contract list
}

agree() {
    "$program" contract new --template mssp-basic-e --year 2024 --set bearer=medicare \
        --set earner=aco >terms.json
    expect 4 -p aco contract publish terms.json --on-behalf-of medicare
    says err NOT_DELEGATED 'accord delegation publish'
    expect 0 -p medicare contract publish terms.json -o json
    json 'd["items"][0]["state"] == "received" and d["items"][0]["index"].isdigit()'
    shown+=('contract publish')
    expect 0 -p aco contract list -o json
    json 'd["items"][0]["awaited"] == "earner" and d["items"][0]["version_in_force"] is None'
    expect 6 -p aco contract accept "$contract" --digest "$(printf '%064d' 0)"
    says err 'another digest'
    expect 2 -p aco contract accept "$contract"
    says err 'give --yes'
    formats -p aco contract accept "$contract" --dry-run
    expect 0 -p aco contract show "$contract" -o json
    digest=$("$python" -c 'import json; print(json.load(open("out"))["terms_sha256"])')
    expect 0 -p aco contract accept "$contract" --digest "$digest"
    says err "digest $digest"
    formats -p aco contract list
    formats -p aco contract show "$contract"
    formats -p aco contract show "$contract" --terms
    expect 0 -p aco contract show "$contract" --terms -o raw
    [[ $(sha256sum <out | cut -d' ' -f1) == "$digest" ]] || wrong 'raw terms have another digest'
    expect 3 -p aco contract show medicare/aco/none
    expect 3 -p aco contract accept medicare/aco/none --yes
}

report() {
    formats -p medicare perf template "$contract" --period 2024
    expect 5 -p medicare perf template "$contract" --period 2023
    says err 'is no period of these terms'
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
    expect 0 -p medicare settle preview "$contract" --period 2024 --payment 2025-10-15
    says out 'Not calculable: no head_count' 'the bearer has to report'
    sed 's/,98000000.00,/,98000000.00,999/' report.csv >stale.csv
    expect 10 -p medicare perf publish stale.csv --rejects rejects.csv
    says rejects.csv line,code,field,reason,row 3, expenditure
    [[ $(wc -l <rejects.csv) == 2 ]] || wrong "rejects: $(cat rejects.csv)"
    sed -n '1p;3p' report.csv >rest.csv
    expect 0 -p medicare perf publish rest.csv
    shown+=('perf publish')
    expect 6 -p medicare perf publish rest.csv
    says err 'row 2' fact.supersedes NO_PREDECESSOR 'accord perf list'
    says err '--replace'
    expect 0 -p medicare perf publish rest.csv --replace -o json
    says err '1 figure stands already'
    json 'd["items"] == []'
    sed 's/98000000.00/98000000.01/' report.csv >corrected.csv
    expect 0 -p medicare perf publish corrected.csv --replace -o json
    json 'd["items"][0]["events"] == 1'
    expect 0 -p medicare perf publish report.csv --replace
    formats -p aco perf list "$contract" --history
    formats -p aco perf list "$contract"
    expect 0 -p aco perf list "$contract" -o json
    json '{"amount": "98000000.00", "currency": "USD"} in [i["value"] for i in d["items"]]'
    json 'all(isinstance(i["index"], str) for i in d["items"])'
    expect 4 -p aco perf publish rest.csv --on-behalf-of medicare
}

# What the contract rewards while its period is not settled: to the earner, not to the bearer.
rewards() {
    formats -p aco signal show
    formats -p aco signal explain
    formats -p aco signal explain --numbers
    formats -p aco signal margin --margin 38.5%
    expect 0 -p aco signal show -o json
    json 'd["contracts"][0]["contract"] == "medicare/aco/mssp-basic-e-2024"'
    json '[m["measure"] for m in d["measures"]] == ["quality-score", "total-cost"]'
    json 'd["contracts"][0]["earned"]["central"]["amount"] == "5880000.00"'
    json 'd["measures"][1]["steps"][0]["worth"]["central"]["amount"] != "0.00"'
    expect 0 -p aco signal explain
    says out 'Total cost of care: 1 payer pays for it, medicare' 'paid to you about'
    expect 0 -p aco signal explain --as-of 1
    says out 'No contract that pays this party is in force'
    expect 0 -p medicare signal explain
    says out 'No contract that pays this party is in force'
    expect 3 -p aco signal explain cbp
}

settle() {
    formats -p aco settle preview "$contract" --period 2024 --payment 2025-10-15
    run=(-p medicare settle run "$contract" --period 2024 --payment 2025-10-15)
    formats "${run[@]}" --dry-run
    expect 0 "${run[@]}" --wait
    says err 'accord settle explain'
    formats -p aco settle list
    expect 0 -p aco settle list "$contract" -o json
    json 'd["items"][0]["payable"] == {"amount": "5880000.00", "currency": "USD"}'
    number=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["run"])')
    formats -p aco settle show "$number"
    formats -p aco settle explain "$contract"
    for verb in show explain; do
        expect 0 -p aco settle "$verb" "$number"
        cp out theirs
        expect 0 -p medicare settle "$verb" "$contract"
        same theirs out
    done
    says out 'medicare pays aco $ 5,880,000.00 on 2025-10-15.' 'benchmark = $ 110,000,000.00' \
        'reported as benchmark by medicare, in log entry' '42 CFR 425.605(d)(1)' 'share@1' \
        "digest $digest" 'final run 1' '≈ 10.9091 % (exact 6/55)' 'recorded in entry'
    expect 0 -p aco settle explain "$number" -o json
    cp out trace.json
    expect 0 settle explain trace.json
    says out 'medicare pays aco $ 5,880,000.00 on 2025-10-15.' 'by benchmark - expenditure'
    formats -p aco settle diff "$number" --preview
    expect 0 -p aco settle diff "$number" --preview -o json
    json 'd["same"] and d["b"]["run"]["kind"] == "preview"'
    sed 's/98000000.00/98500000.00/' report.csv >restated.csv
    expect 0 -p medicare perf publish restated.csv --replace
    expect 0 -p aco settle diff trace.json --preview -o json
    json 'd["first"]["line"] == "expenditure" and d["first"]["cause"] == "input"'
    json 'd["first"]["difference"] == "50000000" and "log entry" in d["first"]["because"]'
    expect 0 -p medicare perf publish report.csv --replace
    expect 0 -p aco settle show "$number" -o wide
    says out '= 6/55'
    expect 0 -p aco settle show "$number" -o json
    json 'd["schema"] == "accord.statement.v1" and d["payable"]["amount"] == "5880000.00"'
    json '[l["exact"] for l in d["lines"] if l["line"] == "savings_rate"] == ["6/55"]'
    expect 3 -p aco settle show 999999
    expect 3 -p aco settle show medicare/aco/none
    formats -p aco risk exposure aco --trials 200
    expect 4 -p aco risk exposure medicare --trials 200
}

signals() {
    formats -p aco signal list
    expect 0 -p aco signal list -o json
    json '[i["number"] for i in d["items"]] == [str(n + 1) for n in range(len(d["items"]))]'
    json 'd["items"][0]["kind"] == "contract_offered"'
    expect 0 -p aco signal tail --count 2 -o ndjson
    [[ $(wc -l <out) == 2 ]] || wrong "tail: $(cat out)"
    expect 0 -p aco signal tail --for 500ms -o csv
    says out 3, statement_issued
    expect 0 -p aco signal tail --for 300ms -o ndjson
    silent out
    formats -p aco signal tail --since 0 --for 200ms
    expect 2 -p aco signal tail --since never
}

community() {
    expect 0 -p aco contract public -o json
    json 'd["items"] == []'
    expect 2 -p medicare contract open "$contract"
    expect 2 -p medicare contract open "$contract" --measures --close
    expect 4 -p aco contract open "$contract" --measures
    says err 'made public by who pays'
    formats -p medicare contract open "$contract" --methods --dry-run
    expect 0 -p medicare contract open "$contract" --measures --methods
    formats -p aco contract public
    expect 0 -p aco contract public -o json
    json 'd["items"] == []'         # the agreement is over
    expect 0 -p medicare contract open "$contract" --close
    expect 0 -p aco contract public -o json
    json 'd["items"] == []'
    formats -p aco community show
    expect 0 -p aco community show -o json
    json 'd["release"] is None and d["charter"] is None and d["figures"] == []'
    json 'd["rules"]["contributors"] == 5 and "floor, not a safe harbour" in " ".join(d["notes"])'
    expect 0 -p aco community show
    says out 'Nothing has been released here yet' 'a floor, not a safe harbour' '1 to 10'
    expect 3 -p aco community show --number 1
    formats -p aco community releases
    expect 2 -p medicare benefit publish aco --tier 4 --of 3 --from 2024-01-01
    expect 2 -p medicare benefit publish aco --tier 1 --of 3 --coinsurance 2 --from 2024-01-01
    expect 0 -p medicare benefit publish aco --tier 1 --of 3 --from 2024-01-01
    formats -p medicare benefit publish aco --tier 2 --of 3 --copayment 25.00 \
        --coinsurance 20% --from 2024-01-01 --dry-run
    expect 0 -p medicare benefit publish aco --tier 2 --of 3 --copayment 25.00 \
        --coinsurance 20% --from 2024-01-01
    formats -p medicare benefit list --history
    expect 0 -p medicare benefit list -o json
    json 'len(d["items"]) == 1 and d["items"][0]["tier"] == 2'
    expect 0 -p aco benefit list -o json
    json 'd["items"][0]["copayment"]["amount"] == "25.00"'
    json 'd["items"][0]["contradicts"] is None'
    expect 2 -p aco capability publish helicopters --from 2024-01-01
    expect 2 -p aco capability publish registry --count 2 --from 2024-01-01
    expect 2 -p aco capability publish care-managers --count 2 --none --from 2024-01-01
    formats -p aco capability publish care-managers --count 2 --from 2024-01-01 --dry-run
    expect 0 -p aco capability publish care-managers --count 2 --from 2024-01-01 \
        --says 'two nurses'
    expect 0 -p aco capability publish registry --none --from 2024-01-01
    formats -p aco capability list
    expect 0 -p aco capability list -o json
    json '[(i["kind"], i["has"], i["count"]) for i in d["items"]] == [
        ("care-managers", True, 2), ("registry", False, None)]'
    expect 4 -p medicare capability publish registry --from 2024-01-01
}

others() {
    expect 0 -p aco delegation publish medicare --rights facts --until 2090-01-01
    expect 0 -p medicare perf template "$contract" --period 2024 --side earner
    expect 0 -p aco delegation end medicare
    shown+=('delegation publish' 'delegation end')
    expect 0 -p aco relation publish medicare --kind participates-in --from 2024-01-01 \
        --to said.sub
    expect 0 hub ingest said.sub -o json
    json 'd["items"][0]["state"] == "received"'
    first=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["index"])')
    expect 0 hub ingest said.sub -o json
    json "d['items'][0]['index'] == '$first'"
    shown+=('hub ingest')
    expect 0 -p aco outbox flush -o json
    json "d['items'][0]['index'] == '$first'"
    formats -p aco outbox flush
    formats -p aco outbox list --all
    formats -p aco relation publish absent --kind owns --from 2024-01-01 --dry-run
    head -c 100 said.sub >torn.sub
    expect 5 hub ingest torn.sub
    expect 0 -p aco contract terminate "$contract" --effective 2025-01-01 --reason moved --yes
    expect 0 -p aco contract list -o json
    json 'd["items"][0]["ends"] == "2025-01-01"'
    shown+=('contract terminate')
    expect 2 hub participants revoke aco/main --reason lost
    expect 0 hub participants revoke aco/main --reason lost --yes
    shown+=('hub participants revoke')
    expect 4 -p aco contract list --timeout 2s
    formats ledger stat
    expect 0 ledger stat -o json
    json 'd["running"] and d["ledger"]["statements"] == 1'
    expect 0 ledger stat -o prometheus
    says out 'accord_up 1' '# TYPE accord_ledger_entries gauge'
    expect 6 ledger verify
    says err 'open in a running hub'
}

ledger() {
    expect 0 ledger stat -o json
    json 'd["running"] is False'
    formats ledger log --from 0 --count 5
    expect 0 ledger log -o json
    json '[i["index"] for i in d["items"]] == [str(n) for n in range(len(d["items"]))]'
    json 'd["items"][0]["kind"] == "genesis"'
    expect 0 ledger log --kind statement -o json
    json 'len(d["items"]) == 1 and d["items"][0]["contract"] == "medicare/aco/mssp-basic-e-2024"'
    expect 2 ledger log --kind nonsense
    expect 2 ledger log -o raw
    formats ledger verify --rebuild --recompute
    expect 0 ledger verify --rebuild --recompute -o json
    json '[i["check"] for i in d["items"]][3:] ==
        ["state", "books", "blocks", "rebuild", "recompute"]'
    json 'all(i["holds"] for i in d["items"]) and d["items"][0]["events_a_second"] > 0'
    expect 0 ledger verify --progress always
    says err 'log [' 'tree ['
    formats ledger tip --offline
    formats ledger proof 1 --offline
    expect 0 ledger backup copy -o json
    expect 0 ledger restore copy --guard "$work/guard" -o json
    shown+=('ledger backup' 'ledger restore')
    "$python" - ledger/data.mdb <<'END'
import sys
data = bytearray(open(sys.argv[1], 'rb').read())
data = data.replace(b'mssp-basic-e-2024', b'mssp-basic-f-2024')
open(sys.argv[1], 'wb').write(data)
END
    accord ledger verify --rebuild --recompute
    ((status == 9)) || wrong "a damaged ledger: $status: $(cat out err)"
}

# With one payer there is little to align, and that is an answer.
alignment() {
    local verb
    for verb in matrix score gaps conflicts; do
        formats -p aco align "$verb"
        [[ $verb == conflicts ]] || formats -p medicare align "$verb"
    done
    expect 0 -p aco align matrix --svg align.svg
    grep -q '<title id="t">aco: payers and measures</title>' align.svg || wrong 'no picture'
    expect 0 -p aco align score -o json
    json '[(i["value"], i["says"]) for i in d["items"] if i["figure"] == "alignment_index"] ==
          [(None, "there is one payer only")]'
    expect 4 -p medicare align conflicts
    says err 'told to the provider who is party to both'
    expect 3 -p aco align simulate medicare
    says err 'no common measure set yet'
    expect 2 -p aco align simulate
    expect 2 -p aco align matrix --tolerance much
    expect 2 -p aco align matrix --owner medicare
    shown+=('align simulate')
}

make_hub
start_hub
admit
agree
report
rewards
alignment
settle
signals
community
others
stop_hub
ledger
formats version
formats template list
formats template show mssp-basic-e
formats contract new --template mssp-basic-e --year 2024 --set bearer=a --set earner=b
formats contract validate terms.json
formats perf validate report.csv
formats key show medicare.key
formats key fingerprint medicare.key
formats profile list
formats profile show
formats risk simulate terms.json --trials 200
printf '%s\n' 'case_id,risk_arrangement,final_benchmark,total_cost,quality_score_pct,net_savings' \
    'A,Global,100.00,90.00,80,9.80' >reach.csv
formats replay reach reach.csv
printf '%s,' case_id option unadjusted_benchmark expenditure quality_score_pct \
    esrd_discount >kcc.csv
printf '%s\n' 'quality_withhold,gross' 'A,Global,100.00,90.00,80,,5.00,9.00' >>kcc.csv
formats replay kcc kcc.csv
shown+=('key generate' 'replay mssp' 'key rotate' 'party object' 'hub participants succeed')
shown+=('key member new' 'block publish' 'block keep' 'block list' 'block show' 'block erase')
shown+=('hub read' 'reads list' 'verify' 'audit fetch' 'audit check' 'evidence list'
    'evidence check' 'witness show')
shown+=('recon status' 'recon show' 'settle accept' 'settle dispute' 'settle withdraw'
    'settle disputes' 'settle resolve' 'settle agree' 'settle determine' 'settle plan'
    'settle figure publish' 'settle compare' 'ledger balance' 'ledger journal' 'ledger export')
shown+=('key member share' 'key member take' 'import csv' 'roster diff' 'payment sent'
    'payment received' 'payment publish' 'payment list' 'payment overdue' 'remit export'
    'remit match')
shown+=('council propose' 'council vote' 'council status' 'council history' 'council charter'
    'party leave')
((failed == 0)) || tail -n 30 daemon.log >&2
not_shown >left
[[ ! -s left ]] || wrong "no test prints $(tr '\n' ',' <left)"
summary
