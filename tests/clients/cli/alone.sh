# SPDX-License-Identifier: Apache-2.0
# What the command line does without a hub: help, wrong usage, keys, profiles, files that are wrong.
#
#   alone.sh ACCORD
#   alone.sh ACCORD --accept      writes the golden files anew
. "$(dirname "$0")/lib.sh"
accept=${2:-}

help_and_usage() {
    golden help help
    golden help-exit-codes help exit-codes
    golden help-files help files
    golden help-environment help environment
    golden help-units help units
    golden help-formats help formats
    golden help-formulas help formulas
    golden help-privacy help privacy
    golden help-reconciling help reconciling
    golden help-settle help settle
    golden help-perf-publish perf publish --help
    golden help-participants-add hub participants add -h
    expect 0 help perf publish
    same "$here/golden/help-perf-publish.txt" out
    expect 0 -q settle --help
    expect 2
    says err 'Usage: accord'
    silent out
    expect 2 settle
    says err 'settle preview'
    expect 2 frobnicate
    says err 'there is no verb frobnicate'
    expect 2 settle frobnicate
    expect 2 key show --frobnicate
    says err 'there is no option --frobnicate' 'accord key show --help'
    expect 2 key show -x
    expect 2 key show --kind=
    expect 2 key show one two
    says err 'two is one word too many'
    expect 2 contract validate
    says err 'something is missing'
    expect 2 contract new
    says err '--template NAME is missing'
    expect 2 key generate --kind
    says err 'needs a value'
    expect 2 key show --quiet=yes
    expect 2 version -o yaml
    says err 'output yaml'
    expect 2 version -o prometheus
    expect 2 version --timeout soon
    expect 2 version --color maybe
    expect 3 help frobnicate
    expect 0 version
    says out 0.1.0
    ACCORD_OUTPUT=json expect 0 version
    json 'd["schema"] == "accord.version.v1"'
    ACCORD_OUTPUT=json expect 0 version -o csv
    says out version,
    expect 0 --json version
    json 'd["version"]'
    expect 2 settle run a/b/c --period 2025Q7 --payment 2026-01-01
    says err 'is no period'
    expect 2 settle run a/b --period 2025 --payment 2026-01-01
    says err 'a/b is no contract: BEARER/EARNER/LABEL'
    expect 2 settle run a/b/c --period 2025 --payment soon
    says err '--payment soon is no day'
    expect 2 settle run a/b/c --period 2025 --payment 2026-01-01 --kind preview
    expect 2 delegation publish b --rights facts,everything --until 2030-01-01
    says err 'everything is no right'
    expect 2 relation publish b --kind owns --from 2025-01-01 --npi 1234567890
    says err 'is no NPI'
    expect 2 relation publish b --kind likes --from 2025-01-01
    expect 0 relation publish b --kind owns --from 2025-01-01 --npi 1234567893 --dry-run
    expect 2 contract terminate a/b/c --effective 2025-01-01 --no-input
    says err 'give --yes'
}

keys() {
    umask 022
    formats version
    expect 0 key generate my.key
    says err 'my.key.pub' 'stays here'
    [[ $(stat -c %a my.key) == 600 ]] || wrong "mode of a key file: $(stat -c %a my.key)"
    ! grep -q secret my.key.pub || wrong 'a secret in the public file'
    cp my.key before
    expect 6 key generate my.key
    says err 'is there already'
    same my.key before
    rm my.key.pub
    expect 6 key generate my.key
    same my.key before
    [[ ! -e my.key.pub ]] || wrong 'a public file without its own keys'
    expect 0 key show my.key -o raw
    cp out my.key.pub
    expect 0 key fingerprint my.key
    cp out one
    expect 0 key fingerprint my.key.pub
    same one out
    grep -qE '^([0-9a-f]{4}-){4}[0-9a-f]{4}$' out || wrong "fingerprint: $(cat out)"
    mkdir -p new/place
    expect 0 key generate new/place/deep/key -o json
    json 'd["schema"] == "accord.key.v1" and d["public_file"].endswith(".pub")'
    shown+=('key generate')
    formats key show my.key
    formats key fingerprint my.key.pub
    expect 2 key show
    says err 'key-file is not set' ACCORD_KEY_FILE
    ACCORD_KEY_FILE=my.key expect 0 key show
    expect 3 key show none.key
    chmod 644 my.key
    expect 1 key show my.key
    says err 'can be read by others'
    chmod 600 my.key
    echo nonsense >bad.key
    chmod 600 bad.key
    expect 5 key show bad.key
    says err 'is no key file'
    expect 2 key generate other.key --kind king
    [[ ! -e other.key ]] || wrong 'a key file was made all the same'
}

profiles() {
    expect 0 profile list
    expect 0 profile list -o json
    json 'd["items"] == []'
    expect 0 profile list -o ndjson
    silent out
    expect 0 profile add one --hub tcp://127.0.0.1:9 --hub-key my.key.pub --as acme/main \
        --key-file my.key --timeout 3s
    says err 'one is in use from now on'
    file=$ACCORD_CONFIG_DIR/profiles/one.conf
    [[ $(stat -c %a "$file") == 600 ]] || wrong 'mode of a profile'
    says "$file" "key-file = $work/my.key" 'hub = tcp://127.0.0.1:9'
    expect 6 profile add one --hub tcp://127.0.0.1:10
    says err 'there is a profile one already'
    expect 2 profile add '../two' --hub tcp://127.0.0.1:9
    expect 2 profile add two --hub http://127.0.0.1
    expect 2 profile add two --as acme
    expect 0 profile add two --hub tcp://127.0.0.1:10
    formats profile list
    expect 0 profile list -o json
    json '[(i["name"], i["in_use"]) for i in d["items"]] == [("one", True), ("two", False)]'
    formats profile show one
    formats profile show
    expect 0 profile show -o json --hub tcp://127.0.0.1:11
    json '[i["origin"] for i in d["items"] if i["setting"] == "hub"] == ["option"]'
    json '[i["value"] for i in d["items"] if i["setting"] == "timeout"] == ["3s"]'
    ACCORD_HUB=tcp://127.0.0.1:12 expect 0 profile show -o json
    json '[i["origin"] for i in d["items"] if i["setting"] == "hub"] == ["environment"]'
    expect 3 profile use three
    expect 0 profile use two
    expect 0 profile show -o json
    json '[i["value"] for i in d["items"] if i["setting"] == "hub"] == ["tcp://127.0.0.1:10"]'
    expect 0 -p one profile show -o json
    json '[i["value"] for i in d["items"] if i["setting"] == "hub"] == ["tcp://127.0.0.1:9"]'
    expect 2 profile rm two
    says err 'give --yes'
    expect 0 profile rm two --yes
    expect 3 profile rm two --yes
    expect 3 -p two contract list
    says err 'there is no profile two'
    expect 2 contract list
    says err 'hub is not set'
    printf 'hub = tcp://127.0.0.1:9\ncolour = red\n' >"$ACCORD_CONFIG_DIR/profiles/bad.conf"
    expect 1 -p bad contract list
    says err 'bad.conf:2: there is no setting colour'
    printf '[hub]\nas = a/b\n' >"$ACCORD_CONFIG_DIR/profiles/bad.conf"
    expect 1 -p bad contract list
    says err 'bad.conf:2: [hub]: a profile has no sections'
    printf 'hub tcp\n' >"$ACCORD_CONFIG_DIR/profiles/bad.conf"
    expect 1 -p bad contract list
    says err 'bad.conf:1: a line is NAME = VALUE'
    printf 'hub = %5000s\n' x >"$ACCORD_CONFIG_DIR/profiles/bad.conf"
    expect 1 -p bad contract list
    says err 'bad.conf:1: the line is too long'
    expect 0 -p bad help
    rm "$ACCORD_CONFIG_DIR/profiles/bad.conf"
}

tables() {
    cat >tables.json <<'END'
{"schema": "accord.terms.v1", "contract": "plan/clinic/c1", "title": "Tables",
 "signed_on": "2023-12-01", "effective": "2024-01-01", "applies": "next_period",
 "standing": "shadow", "lookback_months": 0, "runout_months": 3,
 "agreement": {"from": "2024-01-01", "through": "2024-12-31"},
 "periods": [{"from": "2024-01-01", "through": "2024-12-31"}],
 "steps": [
  {"step": "measure@1", "measure": "cbp", "scale": "table", "most": "10", "bands": [
    {"from": "0%", "to": "12.5%", "rate": "0"},
    {"from": "0.125", "to": "33.3333333%", "at_from": "1", "at_to": "9.75"},
    {"from": "33.3333333%", "rate": "10"}]},
  {"step": "composite@1", "source": "measures"},
  {"step": "fee@1", "flat": "100.00", "at_risk": "100%"},
  {"step": "stop-loss@1", "to": "amount", "attach": "100000.00", "bands": [
    {"from": "100000.00", "to": "250000.50", "rate": "80%"},
    {"from": "250000.50", "rate": "100%"}]},
  {"step": "post@1"}]}
END
    expect 0 contract validate tables.json
    says out 'most = 10 ' ' 0 % .. 12.5 %      0' '12.5 % .. 33.3333333 %  1 to 9.75' \
        '33.3333333 % .. no end      10' '$ 100,000.00 .. $ 250,000.50  80 %' \
        '$ 250,000.50 .. no end      100 %'
    expect 0 contract validate tables.json -o json
    json '[band.get("to") for band in d["steps"][0]["bands"]] == ["12.5%", "33.3333333%", None]'
    json 'd["steps"][0]["bands"][1]["at_to"] == "9.75"'
    sed 's/"to": "12.5%"/"through": "12.5%"/' tables.json >bad.json
    expect 5 contract validate bad.json
    says err /steps/0/bands/0/through
}

files() {
    formats template list
    formats template show mssp-basic-e
    expect 3 template show none
    expect 3 contract new --template none --year 2024
    expect 5 contract new --template mssp-basic-e --year 2024
    says err bearer 'accord template show mssp-basic-e'
    expect 2 contract new --template mssp-basic-e --year 2024 --set bearer
    says err 'is not KEY=VALUE'
    make=(contract new --template mssp-basic-e --year 2024 --set bearer=medicare --set earner=aco)
    formats "${make[@]}"
    expect 0 "${make[@]}"
    cp out terms.json
    formats contract validate terms.json
    expect 0 contract validate terms.json
    says out 'gaming exposure' '7 of 7 figures are an example' 'remove-member' '-$ 294.00'
    formats contract validate terms.json --exposure
    expect 0 contract validate terms.json --exposure -o json
    json 'd["schema"] == "accord.gaming-exposure-list.v1"'
    json '[row["exposure"] for row in d["items"]][1] == "remove-costly"'
    json 'd["items"][1]["to_earner"]["amount"] == "22050.00"'
    expect 0 contract validate terms.json --exposure --saving 0 -o json
    json 'd["items"][0]["to_earner"]["amount"] == "0.00"'
    printf '%s\n' 'contract,segment,kind,item,from,through,paid_through,value,supersedes' \
        'medicare/aco/mssp,,expenditure,,2024-01-01,2024-12-31,,108000000.00,' >costs.csv
    expect 0 contract validate terms.json --exposure --facts costs.csv -o json
    json 'd["items"][0]["figures"] == "in part assumed"'
    json 'd["items"][0]["to_earner"]["amount"] == "-588.00"'
    expect 3 contract validate terms.json --facts none.csv
    expect 2 contract validate terms.json --saving 2
    expect 0 contract validate terms.json -o json
    json 'd["schema"] == "accord.terms.v1" and d["version"] == 1'
    cp out again.json
    expect 0 contract validate again.json -o json
    same again.json out
    sed 's/"version": 1/"version": 0/' terms.json >bad.json
    expect 5 contract validate bad.json
    says err bad.json version
    head -c 300 terms.json >bad.json
    expect 5 contract validate bad.json
    says err bad.json:
    printf '{"schema": "accord.terms.v1",\n "title": 1.5}' >bad.json
    expect 5 contract validate bad.json
    says err bad.json:2:
    expect 3 contract validate none.json
    expect 5 contract publish bad.json --dry-run
    expect 0 contract publish terms.json --dry-run -q
    formats contract publish terms.json --dry-run
    expect 2 contract publish terms.json --dry-run --document terms.json
    says err 'go together'

    printf '%s\n' 'contract,segment,kind,item,from,through,paid_through,value,supersedes' \
        'medicare/aco/mssp,,head_count,,2024-01-01,2024-12-31,,1000,' \
        'medicare/aco/mssp,,expenditure,,2024-01-01,2024-12-31,,12.345,' \
        'medicare/aco/mssp,,benchmark,,2024-01-01,2024-13-31,,100,' >report.csv
    expect 5 perf validate report.csv
    says err report.csv:3: report.csv:4:
    says out 2
    expect 5 perf publish report.csv
    says err 'give --rejects FILE'
    expect 10 perf publish report.csv --rejects rejects.csv --dry-run
    [[ ! -e rejects.csv ]] || wrong 'a dry run wrote the rejects'
    echo 'not,a,report' >bad.csv
    expect 5 perf validate bad.csv
    sed -n '1,2p' report.csv >good.csv
    formats perf validate good.csv
    formats perf publish good.csv --dry-run
    "$program" perf publish - --dry-run <good.csv >out 2>err || wrong "standard input: $(cat err)"
    says out dry-run
}

# What is said of statements and of facts in dispute, as far as it needs no hub.
reconciling() {
    local said=(settle resolve a/b/c --because so --dry-run)
    expect 0 "${said[@]}" --fact 'expenditure/aged@hmo 2024=98000000.00' --dispute 57
    says err 'expenditure[aged] of hmo of 2024 is $ 98,000,000.00' 'the dispute of entry 57'
    expect 0 "${said[@]}" --fact expenditure:2024Q3=-0.05 --fact 'quality_score 2024=92.17%'
    says err 'expenditure of 2024Q3 is -$ 0.05' 'quality_score of 2024 is 92.17 %'
    expect 2 settle resolve a/b/c --because so
    says err 'what is decided?'
    expect 2 "${said[@]}" --fact 'spending 2024=1'
    says err 'there is no kind of fact spending'
    expect 2 "${said[@]}" --fact 'expenditure 2024'
    says err 'is not '
    expect 2 "${said[@]}" --fact 'expenditure 2024=1.234'
    says err 'the value has parts of a cent'
    expect 2 "${said[@]}" --fact 'expenditure sometimes=1'
    says err 'sometimes is no period'
    expect 2 "${said[@]}" --fact 'expenditure@No 2024=1'
    says err 'behind the @ is no segment'
    expect 2 "${said[@]}" --dispute many
    says err 'accord settle disputes'
    expect 2 settle determine a/b/c --because so --dispute 57 --no-input
    says err 'give --yes'

    echo '{"schema": "accord.plan.v1", "contract": "a/b/c", "kind": "final"}' >plan.json
    expect 5 settle run --plan plan.json --dry-run
    says err /period /payment /plan_sha256
    expect 2 settle run a/b/c --period 2024
    says err 'give a CONTRACT, --period and --payment, or --plan'
    cat >figure.json <<'END'
{"schema": "accord.figure.v1", "contract": "a/b/c", "earned": "5880000.00", "terms_version": 1,
 "period": {"from": "2024-01-01", "through": "2024-12-31"},
 "lines": [{"line": "savings", "value": "12000000.00"}, {"line": "sharing_rate", "value": "1/3"},
           {"line": "minimum_reached", "value": true}]}
END
    expect 0 settle figure publish figure.json --dry-run
    sed 's/"savings"/"saving"/; s/"5880000.00"/5880000/' figure.json >bad.json
    expect 5 settle figure publish bad.json --dry-run
    says err /lines/0/line 'is no line' /earned
    expect 2 settle figure publish a/b/c --earned 1.00 --dry-run
    says err '--period PERIOD is missing'
    expect 0 settle figure publish a/b/c --earned -1.00 --period 2024 --line savings=-2.00 --dry-run

    make=(contract new --template mssp-basic-e --year 2024 --set bearer=a --set earner=b)
    expect 0 "${make[@]}" --dispute-days 60 --payment-days 30 --arbiter board --witness-days 7
    json 'd["reconciling"] == {"dispute_days": 60, "payment_days": 30, "decides": "arbiter",
        "arbiter": "board", "witness_days": 7}'
    expect 0 "${make[@]}"
    json '"reconciling" not in d'
    expect 2 "${make[@]}" --dispute-days 3661
    expect 2 "${make[@]}" --arbiter 'The board'
}

# What was said while the hub is away is kept, and numbered once.
without_a_hub() {
    expect 0 key generate hub.key --kind hub
    expect 0 profile add away --use --hub tcp://127.0.0.1:1 --hub-key hub.key.pub --as aco/main \
        --key-file my.key --timeout 200ms
    formats outbox list
    expect 0 outbox list -o json
    json 'd["items"] == []'
    expect 7 perf publish good.csv
    says err 'kept in the outbox: 1 submission' 'accord outbox flush'
    expect 7 perf publish good.csv
    says err 'kept in the outbox: 2 submissions'
    expect 0 outbox list -o json
    json '[(i["state"], i["sequence"]) for i in d["items"]] == [("waiting", "1"), ("waiting", "2")]'
    expect 0 outbox flush --dry-run
    expect 7 outbox flush
    expect 7 contract list
    expect 7 profile test
    expect 0 relation publish medicare --kind participates-in --from 2024-01-01 --to said.sub
    says err '2 earlier submissions'
    [[ -s said.sub ]] || wrong '--to wrote nothing'
    expect 6 relation publish medicare --kind participates-in --from 2024-01-01 --to said.sub
    expect 0 outbox list -o json
    json 'len(d["items"]) == 3'
    expect 0 hub ingest said.sub --dry-run
    expect 7 hub ingest said.sub --control "$work/none.sock"
    expect 5 hub ingest good.csv
    expect 7 hub participants list --control "$work/none.sock"
    expect 3 ledger stat --runtime-dir "$work" --ledger "$work/none"
    expect 3 ledger verify --ledger "$work/none"
}

completion() {
    local shell
    for shell in bash zsh fish; do
        expect 0 completion "$shell"
        says out __complete
    done
    expect 2 completion csh
    expect 0 __complete -- se
    says out settle
    expect 0 __complete -- hub participants ''
    says out add list revoke
    expect 0 __complete -- -o json settle e
    says out explain
    expect 0 __complete -- settle run --kind ''
    says out interim final restated
    expect 0 __complete -- settle run --p
    says out --period --payment --profile
    expect 0 __complete -- version -o ''
    says out ndjson
    expect 0 __complete -- profile use ''
    says out one
    expect 0 __complete -- help ex
    says out exit-codes
    if command -v bash >/dev/null; then
        "$program" completion bash >shim
        PATH=${program%/*}:$PATH bash -c '. ./shim; COMP_WORDS=(accord contract val) COMP_CWORD=2
            _accord; printf "%s\n" "${COMPREPLY[@]}"' >out
        says out validate
    fi
}

help_and_usage
keys
profiles
tables
files
reconciling
without_a_hub
completion
summary
