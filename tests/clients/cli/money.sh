# SPDX-License-Identifier: Apache-2.0
# What is owed is paid: instructions for a bank, payments of both sides, an advice that comes back,
# and what is overdue.
#
#   money.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=acme/clinic/tcoc

admit() {
    let_in acme payer
    let_in clinic network
}

# Three years.
agree() {
    halves "
d.update(title='Halves', effective='2022-01-01', signed_on='2021-12-01', runout_months=0,
         agreement={'from': '2022-01-01', 'through': '2024-12-31'},
         periods=[{'from': f'{y}-01-01', 'through': f'{y}-12-31'} for y in (2022, 2023, 2024)],
         rules=rules('expenditure', 'benchmark', 'head_count', other='none'),
         reconciling={'dispute_days': 30, 'payment_days': 10})
d['steps'].insert(0, {'step': 'attribute@1'})"
    agreed acme clinic
}

# settle YEAR COST: a final statement that both accept.
settle() {
    {
        echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes'
        echo "$contract,,benchmark,,$1-01-01,$1-12-31,,1000000.00,"
        echo "$contract,,expenditure,,$1-01-01,$1-12-31,,$2,"
        echo "$contract,,head_count,,$1-01-01,$1-12-31,,1000,"
    } >report.csv
    expect 0 -p acme perf publish report.csv
    expect 0 -p acme settle run "$contract" --period "$1" --payment "$3" --wait
    expect 0 -p acme settle list "$contract" -o json
    "$python" -c 'import json, sys
rows = [i for i in json.load(open("out"))["items"] if i["period_from"].startswith(sys.argv[1])]
print(max(int(i["run"]) for i in rows))' "$1" >"run.$1"
    expect 0 -p acme settle accept "$(<"run.$1")" --yes
    expect 0 -p clinic settle accept "$(<"run.$1")" --yes
}

state_of() {
    "$python" -c 'import json, sys
for i in json.load(open("out"))["items"]:
    if i["trace"] == sys.argv[1]:
        print(i["state"])' "$1"
}

# is TRACE STATE, as both see it
is() {
    local party state
    for party in acme clinic; do
        expect 0 -p "$party" payment list "$contract" -o json
        state=$(state_of "$1")
        [[ $state == "$2" ]] || wrong "$1 is ${state:-not there} to $party, not $2: $(cat out)"
    done
}

accounts() {
    cat >accounts.ini <<'END'
[acme]
name = Acme Health & Life
routing = 021000021
account = 1234567
iban = DE89 3704 0044 0532 0130 00
tin = 12-3456789
destination = First Bank
[clinic]
name = Cascade Clinic
routing = 011401533
account = 99-88-77
tin = 987654321
END
    chmod 600 accounts.ini
}

usage() {
    expect 2 -p acme payment sent "$contract" --day 2026-01-01 --amount 1 --for 1
    says err '--trace NUMBER is missing'
    expect 2 -p acme payment sent "$contract" --trace x --day 2026-01-01 --for 1
    says err 'how much is it?'
    expect 2 -p acme payment sent "$contract" --trace x --day 2026-01-01 --amount 1 --cents 1
    expect 2 -p acme payment sent "$contract" --trace x --day 2026-01-01 --amount 1
    says err 'name the run'
    expect 2 -p acme payment sent "$contract" --trace x --day 2026-01-01 --amount 1.005 --for 1
    says err 'parts of a cent'
    expect 2 -p acme payment sent "$contract" --trace x --day 2026-01-01 --amount 2 --for 1=1
    says err 'does not add up'
    expect 2 -p acme payment sent "$contract" --trace ' ' --day 2026-01-01 --amount 2 --for 1
    expect 2 -p acme payment list "$contract" --state lost
    expect 2 -p acme remit export "$contract" --format cheque -O file
    expect 2 -p acme remit export "$contract" --format nacha -O file
    says err 'needs --accounts'
    expect 2 -p acme remit export "$contract" "$contract" --format csv -O file
    expect 2 -p acme payment list "$contract" -O file
    says err 'no option -O here'
}

export_files() {
    local run=$(<run.2022) format
    expect 0 -p acme payment list "$contract" -o json
    json 'd["items"] == []'
    chmod 644 accounts.ini
    expect 1 -p acme remit export "$contract" --format nacha --accounts accounts.ini -O out.ach
    says err 'can be read by others'
    chmod 600 accounts.ini
    sed 's/011401533/011401534/; s/12-3456789/12-345678/' accounts.ini >wrong.ini
    chmod 600 wrong.ini
    expect 5 -p acme remit export "$contract" --format nacha --accounts wrong.ini -O out.ach
    says err 'wrong.ini:6: tin: is no TIN' 'wrong.ini:10: routing: is no routing number'
    ! grep -q '345678' err || wrong 'a TIN is shown in an error'
    sed '/^\[clinic/,$d' accounts.ini >few.ini
    chmod 600 few.ini
    expect 3 -p acme remit export "$contract" --format pain.001 --accounts few.ini -O out.xml
    says err 'no section [clinic]'
    formats -p acme remit export "$contract" --format csv -O out.csv --dry-run
    [[ ! -e out.csv ]] || wrong 'a dry run wrote a file'
    for format in csv json pain.001 nacha; do
        expect 0 -p acme remit export "$contract" --format "$format" --accounts accounts.ini \
            -O "pay.$format" --day 2026-03-02 -o json
        json "[(i['trace'], i['amount']['amount']) for i in d['items']] ==
            [('accord-$run', '50000.00')]"
        json '(d["items"][0]["account"], d["items"][0]["tin"]) == ("**8877", "*****4321")'
        [[ $(stat -c %a "pay.$format") == 600 ]] || wrong "mode of pay.$format"
    done
    expect 6 -p acme remit export "$contract" --format csv -O pay.csv
    says err 'is there already'
    "$python" "$here/../remit/check_nacha.py" pay.nacha 5000000 "accord-$run" ||
        wrong 'the ACH file is none'
    says pay.nacha SETTLEMENT 260302 'TRN*1*accord-'
    if command -v xmllint >/dev/null; then
        xmllint --noout --nonet --schema "$here/../remit/pain.001.xsd" pay.pain.001 2>why ||
            wrong "pain.001: $(cat why)"
    else
        echo 'skipped: no xmllint' >&2
    fi
    says pay.pain.001 '<IBAN>DE89370400440532013000</IBAN>' "<EndToEndId>accord-$run</EndToEndId>"
    says pay.csv "accord-$run,$contract,2022-01-01..2022-12-31,$run,acme," ',50000.00,USD'
    ! grep -q 998877 pay.csv || wrong 'an account number in a list'
    # The one who is owed has nothing to send, and the hub has heard nothing of accounts.
    expect 0 -p clinic remit export "$contract" --format csv -O none.csv -o json
    json 'd["items"] == []'
    says err '1 open amount is owed to us'
    ! grep -rqa -e 998877 -e 987654321 -e 0532013000 ledger "$XDG_STATE_HOME" ||
        wrong 'account data left this machine'
    expect 0 -p acme remit export "$contract" --format nacha --accounts accounts.ini -O other.ach \
        --description PAYOUT --day 2026-03-02
    says other.ach 'CCDPAYOUT    '
}

overdue() {
    formats -p clinic payment overdue
    expect 0 -p clinic payment overdue "$contract" --on 2025-07-11 -o json
    json 'd["items"] == []'
    expect 0 -p clinic payment overdue "$contract" --on 2025-07-12 -o json
    json "[(i['run'], i['open']['amount'], i['overdue_since'], i['days'], i['payer'])
        for i in d['items']] == [('$(<run.2022)', '50000.00', '2025-07-12', 1, 'acme')]"
}

# Sent by one, received by the other, all of it.
pay() {
    local run=$(<run.2022) sent
    expect 0 -p acme payment sent "$contract" --trace "ACCORD-$run" --day 2026-03-02 \
        --amount 50000.00 --for "$run" --method ACH --dry-run
    formats -p acme payment sent "$contract" --trace x --day 2026-03-02 --cents 1 --for "$run" \
        --dry-run
    formats -p clinic payment received "$contract" --trace x --day 2026-03-02 --cents 1 \
        --for "$run" --dry-run
    expect 0 -p acme payment sent "$contract" --trace "ACCORD-$run" --day 2026-03-02 \
        --amount 50000.00 --for "$run" --method ACH -o json
    sent=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["index"])')
    is "accord-$run" unmatched
    expect 0 -p acme remit export "$contract" --format csv -O again.csv -o json
    json 'd["items"] == []'
    says err 'stated as sent'
    # A cent less: for people.
    expect 0 -p clinic payment received "$contract" --trace "accord-$run" --day 2026-03-03 \
        --amount 49999.99 --for "$run" -o json
    is "accord-$run" needs_review
    got=$("$python" -c 'import json
print([i["received_index"] for i in json.load(open("out"))["items"]][0])')
    expect 0 -p clinic payment received "$contract" --trace "accord-$run" --day 2026-03-03 \
        --cents 5000000 --for "$run" --supersedes "$got"
    is "accord-$run" matched
    expect 0 -p clinic payment overdue "$contract" -o json
    json 'd["items"] == []'
    formats -p clinic payment list "$contract"
    formats -p clinic payment list "$contract" --state matched
    expect 0 -p clinic payment list "$contract" --as-of "$sent" -o json
    json '[i["state"] for i in d["items"]] == ["unmatched"]'
    expect 0 -p clinic payment list "$contract" --state unmatched -o json
    json 'd["items"] == []'
}

# many ROWS...: payments of a file.
many() {
    local run=$(<run.2023)
    printf '%s\n' 'direction,trace,day,amount,for,contract' \
        "sent,part-1,2026-04-01,20000.00,$run,$contract" \
        "sent,,2026-04-01,20000.00,$run,$contract" >payments.csv
    expect 5 -p acme payment publish payments.csv
    says err 'payments.csv:3: trace:' 'nothing was published'
    expect 10 -p acme payment publish payments.csv --rejects bad.csv
    says bad.csv '3,,"trace",'
    rm bad.csv
    sed -i 3d payments.csv
    formats -p acme payment publish payments.csv --dry-run
    sed 's/^sent/received/; s/,acme.*//; s/,contract//' payments.csv >theirs.csv
    expect 2 -p clinic payment publish theirs.csv
    says err 'of which contract?'
    expect 0 -p clinic payment publish theirs.csv --contract "$contract"
    is part-1 partial
}

era() {
    "$python" - "$@" <<'END'
import sys
trace, amount, *rest = sys.argv[1:]
segments = ['ST*835*0001', f'BPR*I*{amount}*C*ACH*CCP*01*021000021*DA*1*1123456789**01*011401533'
            '*DA*2*20260501', f'TRN*1*{trace}*1123456789', 'N1*PR*ACME', 'N1*PE*CLINIC'] + rest
segments.append(f'SE*{len(segments) + 1}*0001')
print('ISA*00*          *00*          *ZZ*ACME           *ZZ*CLINIC         *260501*1200*^*00501*'
      '000000001*0*P*:~GS*HP*A*C*20260501*1200*1*X*005010X221A1~', end='')
sys.stdout.write("~\n".join(segments) + "~GE*1*1~IEA*1*000000001~")
END
}

match() {
    local run=$(<run.2023) third=$(<run.2024)
    echo nonsense >bad.835
    expect 5 -p clinic remit match bad.835 --contract "$contract"
    says err 'is no X12'
    era EFT1 30000 >bad.835
    truncate -s 300 bad.835
    expect 5 -p clinic remit match bad.835 --contract "$contract"
    says err 'bad.835:'
    # 30,000 of 2023 are open; claims and the settlement in one transfer.
    era EFT-77 30500 'CLP*C1*1*900*500**12*1' "PLB*1*20261231*LS:accord-$run*-30000" >one.835
    formats -p clinic remit match one.835 --contract "$contract"
    expect 0 -p clinic remit match one.835 --contract "$contract" -o json
    json 'd["items"][0]["state"] == "matched" and d["items"][0]["amount"]["amount"] == "30000.00"'
    json "d['items'][0]['for'] == '$run'"
    json 'd["items"][0]["adjustments"] == "LS lump sum -30000.00"'
    json 'd["items"][0]["paid_in_all"]["amount"] == "30500.00" and d["items"][0]["claims"] == 1'
    says err 'nothing was stated'
    expect 0 -p clinic payment list "$contract" -o json
    json 'len(d["items"]) == 2'
    expect 0 -p clinic remit match one.835 --contract "$contract" --publish --dry-run
    expect 0 -p clinic remit match one.835 --contract "$contract" --publish -o json
    json 'd["items"][0]["state"] == "received"'
    is eft-77 unmatched
    expect 0 -p clinic remit match one.835 --contract "$contract" -o json
    json 'd["items"][0]["stated"] and d["items"][0]["state"] == "matched"'
    expect 0 -p clinic remit match one.835 --contract "$contract" --publish -o json
    json 'd["items"] == []'
    expect 0 -p acme payment sent "$contract" --trace eft-77 --day 2026-05-01 --amount 30000 \
        --for "$run"
    is eft-77 matched
    # What does not add up, what is too much, what fits nothing.
    era EFT-78 30000 'CLP*C1*1*900*500**12*1' "PLB*1*20261231*LS:accord-$third*-30000" >two.835
    expect 10 -p clinic remit match two.835 --contract "$contract" -o json
    json 'd["items"][0]["state"] == "needs_review" and "add up" in d["items"][0]["why"]'
    era EFT-79 60000 "PLB*1*20261231*LS:accord-$third*-60000" >two.835
    expect 10 -p clinic remit match two.835 --contract "$contract" --publish -o json
    json 'd["items"] == []'
    says err 'not stated: more than is open'
    era EFT-80 123 'PLB*1*20261231*BN:x*-123' >two.835
    expect 10 -p clinic remit match two.835 --contract "$contract" -o json
    json 'd["items"][0]["state"] == "unmatched"'
    # The other side is owed nothing.
    era EFT-81 50000 'PLB*1*20261231*BN:x*-50000' >two.835
    expect 10 -p acme remit match two.835 --contract "$contract" -o json
    json 'd["items"][0]["state"] == "unmatched"'
    expect 0 -p clinic remit match two.835 --contract "$contract" -o json
    json 'd["items"][0]["state"] == "matched" and "by its amount" in d["items"][0]["why"]'
}

bank() {
    local third=$(<run.2024)
    cat >bank.map <<'END'
[file]
kind = bank
delimiter = semicolon
date = DD.MM.YYYY
money = 1.234,56
[columns]
day = Booked
amount = Amount
memo = Text
END
    printf '%s\n' 'Booked;Amount;Text;Rest' \
        "01.06.2026;49.999,99;ACH CREDIT ACME ACCORD-$third CCD;x" >bank.csv
    expect 0 -p clinic remit match bank.csv --contract "$contract" --map bank.map -o json
    json '[(i["state"], i["day"]) for i in d["items"]] == [("partial", "2026-06-01")]'
    expect 0 -p clinic remit match bank.csv --contract "$contract" --map bank.map \
        --tolerance 0.01 -o json
    json '[i["state"] for i in d["items"]] == ["matched"]'
    sed -i 's/Text/Words/' bank.csv
    expect 5 -p clinic remit match bank.csv --contract "$contract" --map bank.map
    says err 'Text: is a column that the header lacks'
    sed -i 's/Words/Text/; s/49.999,99/49,99.9/' bank.csv
    expect 5 -p clinic remit match bank.csv --contract "$contract" --map bank.map
    says err 'bank.csv:2: Amount:'
    sed -i 's/^day/dya/' bank.map
    expect 5 -p clinic remit match bank.csv --contract "$contract" --map bank.map
    says err 'bank.map:7: dya: is no column that is known here'
}

make_hub
start_hub
admit
agree
usage
settle 2022 900000.00 2025-07-01
((failed == 0)) || { tail -n 30 daemon.log >&2; exit 1; }
accounts
overdue
export_files
pay
settle 2023 900000.00 2025-08-01
settle 2024 900000.00 2025-09-01
many
match
bank
stop_hub
((failed == 0)) || tail -n 30 daemon.log >&2
summary
