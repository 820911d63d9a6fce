# SPDX-License-Identifier: Apache-2.0
# Settling from files, explaining what came of it, and holding two statements against each other.
#
#   explain.sh ACCORD
#   explain.sh ACCORD --accept      writes the golden files anew
. "$(dirname "$0")/lib.sh"
accept=${2:-}

# figures FILE KIND=VALUE...: a report in CSV of the contract in terms.json.
figures() {
    local file=$1 figure
    shift
    echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes' >"$file"
    for figure; do
        echo "medicare/aco/mssp-basic-e-2024,,${figure%%=*},,2024-01-01,2024-12-31,,${figure#*=},"
    done >>"$file"
}

# changed FROM TO CODE: a JSON file changed by a line of Python, d being the document.
changed() {
    "$python" -c 'import json, sys
d = json.load(open(sys.argv[1]))
exec(sys.argv[3])
json.dump(d, open(sys.argv[2], "w"))' "$@" || wrong "$*"
}

prepare() {
    expect 0 contract new --template mssp-basic-e --year 2024 --set bearer=medicare \
        --set earner=aco
    cp out terms.json
    rest=(benchmark=110000000.00 quality_score=0.9217 quality_standard_met=yes low_revenue=yes)
    figures facts.csv head_count=10274 expenditure=98000000.00 "${rest[@]}"
    figures near.csv head_count=10274 expenditure=106999999.99 "${rest[@]}"
    figures loss.csv head_count=10274 expenditure=119999999.77 "${rest[@]}" \
        participant_revenue=30000000.00
    run=(--period 2024 --payment 2025-10-15)
    here_=(--terms terms.json --facts facts.csv "${run[@]}")
}

previews() {
    formats settle preview "${here_[@]}"
    expect 0 settle preview "${here_[@]}" -o json
    json 'd["payable"]["amount"] == "5880000.00" and d["run"]["kind"] == "preview"'
    json 'd["lines"][0]["facts"] == [1] and d["facts"][0]["file"] == "facts.csv"'
    json 'd["facts"][1]["period"] == {"from": "2024-01-01", "through": "2024-12-31"}'
    cp out statement.json
    expect 0 settle preview "${here_[@]}"
    says out 'medicare, in facts.csv, row 3'
    expect 0 settle show statement.json
    says out 'medicare would pay aco $ 5,880,000.00 on 2025-10-15.' 'in facts.csv, row 3'
    expect 2 settle preview
    says err 'what is to be settled?'
    expect 2 settle preview medicare/aco/mssp-basic-e-2024
    says err '--period PERIOD is missing'
    expect 2 settle preview medicare/aco/mssp-basic-e-2024 --period 2024 --facts facts.csv
    says err 'go with --terms'
    expect 2 settle preview medicare/aco/mssp-basic-e-2024 --terms terms.json
    expect 5 settle preview --terms terms.json --facts facts.csv --period 2023
    says err '2023 is no period of these terms'
    figures twice.csv head_count=1 head_count=2
    expect 5 settle preview --terms terms.json --facts twice.csv --period 2024
    says err 'twice.csv:3:' 'says again what line 2 of this file says'
    expect 5 settle preview --terms terms.json --facts facts.csv --facts facts.csv --period 2024
    says err 'of another file'
    sed 's/mssp-basic-e-2024/other/' facts.csv >others.csv
    expect 5 settle preview --terms terms.json --facts others.csv --period 2024
    says err 'is about medicare/aco/other'
    sed 's/2024,,head_count/2024,west,head_count/' facts.csv >west.csv
    expect 5 settle preview --terms terms.json --facts west.csv --period 2024
    says err 'the terms have no segment west'
    figures few.csv head_count=10274
    expect 0 settle preview --terms terms.json --facts few.csv --period 2024
    says out 'Not calculable: no expenditure for 2024-01-01 to 2024-12-31: the bearer has to'
    expect 3 settle preview --terms terms.json --facts none.csv --period 2024
    printf '{"schema": "accord.report.v1", "side": "earner", "period": {"from": "2024-01-01",
        "through": "2024-12-31"}, "figures": [{"kind": "expenditure", "value": "1.00"}]}' \
        >earner.json
    expect 0 settle preview "${here_[@]}" --facts earner.json
    says out '$ 98,000,000.00  expenditure'
    sed -i 's/"earner"/"emperor"/' earner.json
    expect 5 settle preview "${here_[@]}" --facts earner.json
    says err '/side: must be bearer, earner or neither'
}

# What a year hands on, the next takes: an advance of two periods.
carries() {
    expect 0 contract new --template mssp-basic-e --year 2024 --set bearer=medicare \
        --set earner=aco --set advance=yes
    changed out two.json 'd["agreement"]["through"] = "2025-12-31"
d["periods"] = [{"from": f"{y}-01-01", "through": f"{y}-12-31"} for y in (2024, 2025)]'
    figures first.csv head_count=10274 expenditure=98000000.00 "${rest[@]}" \
        advance_balance=7000000.00
    sed 's/2024-01-01,2024-12-31/2025-01-01,2025-12-31/' facts.csv >second.csv
    expect 0 settle preview --terms two.json --facts first.csv "${run[@]}" -o json
    json 'd["payable"]["amount"] == "0.00" and d["earned"]["amount"] == "5880000.00"'
    cp out first.json
    second=(--terms two.json --facts second.csv --period 2025 --payment 2026-10-15)
    expect 0 settle explain "${second[@]}" --carried first.json
    says out 'advance_balance = $ 1,120,000.00' 'carried as advance_balance from the statement in' \
        'payable = $ 4,760,000.00'
    expect 0 settle explain "${second[@]}" --carried first.json -o json
    json 'd["carried"][0]["file"] == "first.json" and d["carried"][0]["exact"] == "112000000"'
    cp out second.json
    expect 0 settle explain second.json
    says out 'carried as advance_balance from the statement in first.json'
    expect 5 settle preview --terms two.json --facts first.csv "${run[@]}" --carried first.json
    says err 'does not end before this one begins'
    expect 5 settle preview "${here_[@]}" --carried second.json
    changed first.json other.json 'd["contract"] = "medicare/aco/other"'
    expect 5 settle preview "${second[@]}" --carried other.json
    says err 'is a statement of another contract'
    changed first.json other.json 'd["lines"][-3]["exact_cents"] = "111900000"
assert d["lines"][-3]["line"] == "advance_balance_left"'
    expect 0 settle diff second.json "${second[@]}" --carried other.json -o json
    json 'd["first"]["cause"] == "carried" and d["first"]["difference"] == "-100000"'
}

explains() {
    formats settle explain "${here_[@]}"
    golden explain settle explain "${here_[@]}"
    golden explain-share settle explain "${here_[@]}" --step share
    expect 0 settle explain "${here_[@]}" --step 9
    same "$here/golden/explain-share.txt" out
    expect 0 settle explain "${here_[@]}" --step share@1
    expect 2 settle explain "${here_[@]}" --step dance
    says err 'the terms have no step dance'
    expect 0 settle explain "${here_[@]}" -o wide
    says out 'not by amount + generated * loss_rate'
    expect 0 settle explain "${here_[@]}" -o json
    json 'd["schema"] == "accord.trace.v1"'
    json 'd["lines"][4]["line"] == "savings_rate" and d["lines"][4]["exact"] == "6/55"'
    json 'd["lines"][4]["formula"] == "savings / benchmark"'
    json '[o["line"] for o in d["lines"][3]["operands"]] == [3, 2]'
    json 'd["steps"][8]["parameters"]["down_floor"] == {"given": False, "value": "0",
        "says": "the least the inverse loss rate can be"}'
    json 'd["steps"][5]["not_read"] == "guardrail_applies" and d["steps"][5]["lines"] == []'
    json 'd["terms"]["document"]["schema"] == "accord.terms.v1"'
    cp out trace.json
    expect 0 settle explain trace.json
    same "$here/golden/explain.txt" out
    expect 3 settle explain statement.json
    says err 'give --terms FILE'
    expect 0 settle explain statement.json --terms terms.json
    same "$here/golden/explain.txt" out
    changed terms.json other.json 'd["steps"][8]["up"] = "49%"'
    expect 9 settle explain statement.json --terms other.json
    says err 'their digests differ'
    changed trace.json bad.json 'd["lines"][3]["line"] = "saved"'
    expect 5 settle show bad.json
    says err 'bad.json: /lines/3/line: is no line known here'
    changed trace.json bad.json 'd["lines"][0]["facts"] = [99]'
    expect 5 settle show bad.json
    changed trace.json bad.json 'd["lines"][4]["exact"] = "6/0"'
    expect 5 settle show bad.json
    says err '/lines/4/exact: must be a fraction'
    changed trace.json bad.json 'd["schema"] = "accord.terms.v1"'
    expect 5 settle explain bad.json
    expect 3 settle explain none.json
    # Why a branch was not taken, with exact values.
    expect 0 settle explain --terms terms.json --facts near.csv "${run[@]}"
    says out 'minimum_reached = no' 'savings, $ 3,000,000.01, is less than' \
        'low_revenue = yes' 'reduced_fraction = 50 %'
}

# width FILE: the widest row, in characters.
width() {
    "$python" -c 'import sys; print(max(len(row.rstrip("\n")) for row in open(sys.argv[1])))' "$1"
}

pictures() {
    export COLUMNS=100
    golden waterfall settle explain "${here_[@]}" --waterfall
    golden waterfall-loss settle explain --terms terms.json --facts loss.csv "${run[@]}" --waterfall
    (($(width out) <= 100)) || wrong "a picture of $(width out) columns on a hundred"
    COLUMNS=60 golden waterfall-ascii settle explain "${here_[@]}" --waterfall --ascii
    ! LC_ALL=C grep -q '[^ -~]' <(tail -n 16 out) || wrong 'not all of it is ASCII'
    LC_ALL=C expect 0 settle explain "${here_[@]}" --waterfall
    says out '####'
    expect 0 settle explain "${here_[@]}" --waterfall --color always
    says out $'\x1b[32m'
    NO_COLOR=1 expect 0 settle explain "${here_[@]}" --waterfall
    ! grep -q $'\x1b' out || wrong 'colours that nobody asked for'
    unset COLUMNS
    expect 0 settle explain "${here_[@]}"
    ! grep -q '█' out || wrong 'a picture in a file, unasked'
    expect 0 settle explain "${here_[@]}" -o svg
    "$python" -c 'import xml.dom.minidom as m
d = m.parse("out").documentElement
assert d.tagName == "svg" and len(d.getElementsByTagName("rect")) >= 9
assert "5,880,000.00" in d.getElementsByTagName("desc")[0].firstChild.data' 2>why ||
        wrong "svg: $(tail -1 why)"
    expect 2 settle preview "${here_[@]}" -o svg
    says err 'for verbs with a picture'
    expect 0 settle explain "${here_[@]}" -o json
    json '[(b["name"], b["kind"]) for b in d["waterfall"][:3]] == [("benchmark", "level"),
        ("expenditure", "level"), ("savings", "rise")]'
    json 'd["waterfall"][-1]["to"]["amount"] == "5880000.00"'
    expect 0 settle explain --terms terms.json --facts few.csv "${run[@]}" --waterfall
    expect 0 settle explain --terms terms.json --facts few.csv "${run[@]}" -o svg
}

# cause CAUSE LINE ARGUMENT...: the first difference is of that line, for that cause.
cause() {
    local wanted=$1 line=$2
    shift 2
    expect 0 settle diff "$@" -o json
    json "d['first']['cause'] == '$wanted' and d['first']['line'] == '$line'"
}

differences() {
    expect 0 settle explain --terms terms.json --facts near.csv "${run[@]}" -o json
    cp out near.json
    expect 0 settle explain --terms terms.json --facts loss.csv "${run[@]}" -o json
    cp out loss.json
    formats settle diff trace.json near.json
    golden diff settle diff trace.json near.json
    expect 0 settle diff trace.json trace.json
    says out 'They agree in all 23 lines.'
    expect 0 settle diff trace.json "${here_[@]}"
    says out 'They agree in all 23 lines.'
    cause input expenditure trace.json near.json
    json 'd["first"]["difference"] == "899999999"'
    json '[x["cause"] for x in d["differences"]].count("input") == 1'
    json 'all(x["cause"] == "follows" for x in d["differences"][1:])'
    changed terms.json up.json 'd["steps"][8]["up"] = "49%"'
    cause terms sharing_rate trace.json --terms up.json --facts facts.csv "${run[@]}"
    says out 'terms.up: A 50 %, B 49 %'
    json 'd["terms"] == [{"step": 9, "kind": "share", "only": None,
        "parameters": [{"parameter": "up", "a": "50 %", "b": "49 %"}]}]'
    changed terms.json dollar.json 'd["steps"][-1]["unit"] = "dollar"'
    figures cents.csv head_count=10274 expenditure=98000000.77 "${rest[@]}"
    expect 0 settle explain --terms terms.json --facts cents.csv "${run[@]}" -o json
    cp out cents.json
    cause rounding earned cents.json --terms dollar.json --facts cents.csv "${run[@]}"
    says out 'terms.unit: A cent, B dollar'
    changed terms.json order.json 's = d["steps"]; s[9], s[10] = s[10], s[9]'
    figures large.csv head_count=10274 expenditure=77000000.00 "${rest[@]}"
    expect 0 settle explain --terms terms.json --facts large.csv "${run[@]}" -o json
    cp out large.json
    cause order sequestered large.json --terms order.json --facts large.csv "${run[@]}"
    says out 'A takes shared of step 9, B limited of step 10'
    changed terms.json less.json 'del d["steps"][9]'
    cause terms sequestration_applies trace.json --terms less.json --facts facts.csv "${run[@]}"
    says out 'only A has the step'
    cause run sequestration_rate trace.json --terms terms.json --facts facts.csv \
        --payment 2021-10-15
    says out 'paid on 2025-10-15; B of 2024, paid on 2021-10-15'
    cause missing expenditure trace.json --terms terms.json --facts few.csv "${run[@]}"
    says out 'B is not calculable: no expenditure for 2024'
    changed trace.json wrong.json 'd["lines"][3]["exact_cents"] = "1200000001"'
    cause unknown savings trace.json wrong.json
    says out "B's formula makes it \$ 12,000,000.00"
    figures same.csv head_count=10274 expenditure=98000000.00 "${rest[@]}" guardrail_applies=yes
    expect 0 settle diff trace.json --terms terms.json --facts same.csv "${run[@]}" -o json
    json 'd["first"]["line"] == "guardrail" and d["first"]["cause"] == "input"'
    json '[x["because"] for x in d["differences"] if x["line"] == "generated"] != []'
    expect 2 settle diff trace.json
    says err 'with what?'
    expect 2 settle diff trace.json near.json --preview
    expect 2 settle diff trace.json --preview --terms terms.json
    expect 3 settle diff trace.json none.json
    expect 3 settle diff statement.json trace.json
}

prepare
previews
carries
explains
pictures
differences
summary
