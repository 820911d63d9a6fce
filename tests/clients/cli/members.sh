# SPDX-License-Identifier: Apache-2.0
# A site's own extracts become member rows and figures, the key of pseudonyms is handed over, and
# what the two sides' rows differ in is found, by pseudonym and by name.
#
#   members.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=payer/network/tcoc
of=(--contract "$contract" --period 2024 --key member.key)

admit() {
    let_in payer payer
    let_in network network
    by_members measure_numerator measure_denominator
    agreed payer network
}

share_key() {
    expect 0 key member new member.key --contract "$contract"
    expect 3 -p payer key member share none.key --with network.key.pub -O sealed
    expect 5 -p payer key member share member.key --with member.key -O sealed
    expect 3 -p payer key member share member.key --with none.pub -O sealed
    expect 2 -p payer key member share member.key --with network.key.pub
    expect 0 -p payer key member share member.key --with network.key.pub -O sealed -o json
    json 'd["schema"] == "accord.shared-member-key.v1" and d["generation"] == 1'
    json 'd["contract"] == "payer/network/tcoc" and d["from"] != d["to"]'
    secret=$(sed -n 's/^secret //p' member.key)
    ! grep -qi "$secret" sealed || wrong 'the key stands in the sealed file'
    expect 6 -p payer key member share member.key --with network.key.pub -O sealed
    # To somebody else, from somebody else, changed on the way.
    expect 9 -p payer key member take sealed -O taken.key
    says err 'sealed to other keys'
    expect 9 -p network key member take sealed -O taken.key --from hub.key.pub
    says err 'not by the keys of hub.key.pub'
    sed 's/^sealed \(.\{60\}\)./sealed \1x/' sealed >broken
    expect 5 -p network key member take broken -O taken.key
    sed '/^sealed/y/0123456789/1234567890/' sealed >broken
    expect 9 -p network key member take broken -O taken.key
    expect 5 -p network key member take member.key -O taken.key
    [[ ! -e taken.key ]] || wrong 'a key was taken all the same'
    expect 0 -p network key member take sealed -O taken.key --from payer.key.pub
    same member.key taken.key
    [[ $(stat -c %a taken.key) == 600 ]] || wrong "mode of a key that was taken"
    expect 6 -p network key member take sealed -O taken.key
    for format in table wide csv raw ndjson; do
        expect 0 -p payer key member share member.key --with network.key.pub -O "s.$format" \
            -o "$format"
        expect 0 -p network key member take "s.$format" -O "t.$format" -o "$format"
    done
    says err 'is that the other party'
    shown+=('key member share' 'key member take')
}

enrolment() {
    cat >enrolment.map <<'END'
[file]
kind = enrolment
delimiter = semicolon
date = M/D/YYYY
month-rule = fifteenth
state = member_months, head_count
[columns]
member = Member ID
from = Start
through = End
category = Aid
[category]
Aged Non-Dual = aged
END
    # A stays, B leaves on the 14th of March, C came on the 16th of November, D is said twice, E of
    # another year, F with an end before its start, G without a day.
    printf '%s\n' 'Member ID;Start;End;Aid;Name' 'A;1/1/2023;;Aged Non-Dual;Ann' \
        'B;2/1/2024;3/14/2024;Disabled;Bob' 'C;11/16/2024;12/31/2024;Disabled;Cyd' \
        'D;1/1/2024;6/30/2024;Disabled;Dee' 'D;6/1/2024;12/31/2024;Disabled;Dee' \
        'E;1/1/2023;12/31/2023;Disabled;Eve' 'F;5/1/2024;4/1/2024;Disabled;Fay' \
        'G;;12/31/2024;Disabled;Gus' >enrolment.csv
    expect 2 import csv enrolment.csv --map enrolment.map --contract "$contract" --period 2024
    says err 'give --key FILE'
    expect 3 import csv none.csv --map enrolment.map "${of[@]}"
    expect 10 import csv enrolment.csv --map enrolment.map "${of[@]}" --dry-run --rejects bad.csv \
        -o json
    json '(d["rows"], d["rejected"], d["outside"]) == (8, 2, 1)'
    json '(d["members"], d["member_months"], d["merged"], d["duplicates"]) == (4, 12+1+1+12, 1, 0)'
    says bad.csv line,code,field,reason,row '8,,"End","is before its first day"' \
        '9,,"Start","is empty"' '""Fay""'
    expect 6 import csv enrolment.csv --map enrolment.map "${of[@]}" --rejects bad.csv
    sed -i '/^[FG];/d' enrolment.csv
    for rule in 'first 27' 'any 28'; do
        sed "s/= fifteenth/= ${rule% *}/" enrolment.map >other.map
        expect 0 import csv enrolment.csv --map other.map "${of[@]}" -o json
        json "d['member_months'] == ${rule#* }"
    done
    formats import csv enrolment.csv --map enrolment.map "${of[@]}"
    sed '/month-rule/d' enrolment.map >other.map
    expect 5 import csv enrolment.csv --map other.map "${of[@]}"
    says err 'must say what a member month is'
    sed 's/Member ID/Person/' enrolment.map >other.map
    expect 5 import csv enrolment.csv --map other.map "${of[@]}"
    says err 'Person: is a column that the header lacks'
    sed '/^member/d' enrolment.map >other.map
    expect 5 import csv enrolment.csv --map other.map "${of[@]}"
    says err 'member is needed'
    expect 0 -p payer import csv enrolment.csv --map enrolment.map "${of[@]}" --publish -o json
    json 'd["items"][0]["events"] == 2 and d["items"][0]["state"] == "received"'
    says err '4 members, 26 member months'
    expect 0 -p network perf list "$contract" -o json
    json '{i["kind"]: i["value"] for i in d["items"]} == {"member_months": 26, "head_count": 4}'
    ! grep -rqa -e 'Member ID' -e Gus ledger "$XDG_STATE_HOME" || wrong 'rows left this machine'
}

claims() {
    cat >claims.map <<'END'
[file]
kind = claims
date = YYYYMMDD
money = 1,234.56
state = blocks, expenditure
[columns]
member = member
day = paid
amount = amt
END
    # rows FILE: 300 members, 3 claims a month, one claim given back; in any order.
    "$python" - >claims.csv <<'END'
import random
rows = [f'M{m:04},2024{k:02}{1 + i:02},"{1000 + i}.50"' for m in range(300) for k in range(1, 13)
        for i in range(3)]
rows.append('M0000,20240105,(1000.00)')
random.Random(7).shuffle(rows)
print('member,paid,amt', *rows, sep='\n')
END
    expect 0 import csv claims.csv --map claims.map "${of[@]}" -o json
    json '(d["rows"], d["members"], d["member_months"], d["blocks"]) == (10801, 300, 3600, 1)'
    json 'd["amount"]["amount"] == "10815200.00"'
    { head -n 1 claims.csv; tail -n +2 claims.csv | sort; } >sorted.csv
    expect 0 -p payer import csv claims.csv --map claims.map "${of[@]}" --publish -o json
    json 'd["items"][0]["events"] == 2'
    expect 0 -p payer block show "$contract" --period 2024 -o json
    cp out first
    expect 0 -p payer import csv sorted.csv --map claims.map "${of[@]}" --publish --replace -o json
    json 'd["items"] == []'
    expect 0 -p payer block show "$contract" --period 2024 -o json
    same first out
    expect 5 -p payer import csv <(printf '%s\n' member,paid,amt x,20240101,1.2.3) \
        --map claims.map "${of[@]}" --publish
    says err 'nothing was published'
    expect 10 import csv <(printf '%s\n' member,paid,amt x,20240101,1.2.3 x,20240101,5 \
        x,20240101,5 x,20230101,5) --map claims.map "${of[@]}" -o json
    json '(d["rejected"], d["duplicates"], d["outside"], d["member_months"]) == (1, 1, 1, 1)'
    json 'd["amount"]["amount"] == "10.00"'
    # A member is in one category in a month: who says another one is refused, with its line.
    sed 's/^amount.*/&\ncategory = cat/' claims.map >other.map
    printf '%s\n' member,paid,amt,cat x,20240101,5,Aged x,20240115,6,disabled x,20240102,7,aged \
        >two.csv
    rm -f two.bad
    expect 10 import csv two.csv --map other.map "${of[@]}" --rejects two.bad -o json
    json '(d["rejected"], d["merged"]) == (1, 1) and d["amount"]["amount"] == "12.00"'
    json 'd["rejected_amount"]["amount"] == "6.00"'
    says two.bad '3,,"member","has another category or risk in the same month"'
    ! grep -rqa M0123 ledger "$XDG_STATE_HOME" || wrong 'a member number left this machine'
}

measures() {
    printf '%s\n' '[file]' 'kind = measures' '[columns]' 'measure = m' 'numerator = n' \
        'denominator = d' '[measure]' 'HbA1c poor control = cmit:204' >measures.map
    printf '%s\n' m,n,d 'HbA1c poor control,10,100' 'HbA1c poor control,5,50' 'COL,3,4' >m.csv
    expect 0 -p payer import csv m.csv --map measures.map --contract "$contract" --period 2024 \
        -o json
    json '(d["figures"], d["merged"], d["rejected"]) == (4, 1, 0)'
    expect 0 -p payer import csv m.csv --map measures.map --contract "$contract" --period 2024 \
        --publish
    expect 0 -p network perf list "$contract" -o json
    json '{(i["kind"][8:], i["item"]): i["value"] for i in d["items"] if i["item"]} ==
        {("numerator", "cmit:204"): 15, ("denominator", "cmit:204"): 150,
         ("numerator", "col"): 3, ("denominator", "col"): 4}'
    echo 'COL,5,4' >>m.csv
    expect 10 -p payer import csv m.csv --map measures.map --contract "$contract" --period 2024 \
        --rejects worse.csv
    says worse.csv 'is more than its denominator'
}

# The other side lacks a member, has another, and another amount.
differ() {
    sed '/^M0007,/d; s/^M0009,20240301,.*/M0009,20240301,"1.00"/' claims.csv >theirs.csv
    echo 'M9999,20240501,7.00' >>theirs.csv
    expect 0 -p network import csv theirs.csv --map claims.map --contract "$contract" \
        --period 2024 --key taken.key --publish
    formats -p network roster diff "$contract" 2024
    formats -p network roster diff "$contract" 2024 --totals
    expect 0 -p network roster diff "$contract" 2024 --totals -o json
    json '(d["bearer_only"], d["earner_only"], d["differ"], d["both"]) == (12, 1, 1, 3587)'
    json '(d["members_bearer_only"], d["members_earner_only"], d["members_both"]) == (1, 1, 299)'
    expect 0 -p network roster diff "$contract" 2024 -o json
    json 'len(d["items"]) == 14 and all(i["member"] == i["pseudonym"] for i in d["items"])'
    { echo member; for i in 0001 0007 0009 9999; do echo "M$i"; done; } >ours.csv
    expect 0 -p network roster diff "$contract" 2024 --reveal ours.csv --key taken.key -o json
    json 'sorted({i["member"] for i in d["items"]}) == ["M0007", "M0009", "M9999"]'
    json '[i["what"] for i in d["items"] if i["member"] == "M0009"] == ["allowed"]'
    json '[i["earner_allowed"]["amount"] for i in d["items"] if i["member"] == "M9999"] == ["7.00"]'
    "$python" -c 'import json
rows = {i["pseudonym"]: i["member"] for i in json.load(open("out"))["items"]}
print("member,pseudonym", *[f"{m},{p}" for p, m in rows.items()], sep="\n")' >pairs.csv
    expect 0 -p payer roster diff "$contract" 2024 --reveal pairs.csv -o csv
    says out M0007,2024-01,bearer_only M9999,2024-05,earner_only
    expect 5 -p payer roster diff "$contract" 2024 --reveal ours.csv
    says err 'without it give --key'
    expect 0 -p payer roster diff "$contract" 2024 --most 2 -o json
    json 'len(d["items"]) == 2'
    says err 'there may be more'
    expect 2 -p payer roster diff "$contract" 2024Q9
    expect 3 -p payer roster diff payer/network/none 2024
    # It is asked before the list of members is opened: nothing of it can be told.
    expect 1 -p payer roster diff "$contract" 2024 --reveal none.csv
    ! grep -rqa -e M0007 -e M9999 ledger "$XDG_STATE_HOME" || wrong 'a member left this machine'
}

# The list of members is read when nobody is there any more who could be told of it: the hub has
# ended before a word of the list is written.
nothing_leaves() {
    local child
    mkfifo list
    "$program" -p payer roster diff "$contract" 2024 --reveal list --key member.key -o json \
        >out 2>err </dev/null &
    child=$!
    "$python" - list ours.csv "$pid" <<'END' || wrong 'the list was never asked for'
import os, sys, time
for _ in range(200):
    try:
        pipe = os.open(sys.argv[1], os.O_WRONLY | os.O_NONBLOCK)
        break
    except OSError:
        time.sleep(0.1)
os.kill(int(sys.argv[3]), 15)
for _ in range(200):
    try:
        if open(f'/proc/{sys.argv[3]}/stat').read().rpartition(')')[2].split()[0] == 'Z':
            break
    except OSError:
        break
    time.sleep(0.1)
else:
    sys.exit('the hub does not end')
os.write(pipe, open(sys.argv[2], 'rb').read())
END
    wait "$child" || wrong "roster diff without a hub: $(cat err)"
    json 'sorted({i["member"] for i in d["items"]}) == ["M0007", "M0009", "M9999"]'
}

make_hub
start_hub
admit
((failed == 0)) || exit 1
share_key
enrolment
claims
measures
differ
nothing_leaves
stop_hub
((failed == 0)) || tail -n 30 daemon.log >&2
summary
