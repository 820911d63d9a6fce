# SPDX-License-Identifier: Apache-2.0
# A council is founded, votes, and changes its charter; a party leaves.
#
#   council.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"

# seated PARTY ROLE: a party whose node may vote too.
seated() {
    keyed "$1"
    expect 0 hub participants add "$1" --title "The $1" --role "$2:2020-01-01" --node main \
        --key "$1.key.pub" --rights facts,terms,settlement,vote,read
}

# charter FILE VERSION [PYTHON]: the example with these parties in its seats, changed by PYTHON.
charter() {
    "$python" - "$@" >"$1" <<'END'
import json, sys
d = json.load(open('example.json'))
d['version'] = int(sys.argv[2])
d['title'] = 'The charter of a test'
seats = {'a-plan': 'plan', 'another-plan': 'county', 'a-clinic': 'clinic', 'a-practice': 'practice'}
for s in d['seats']:
    s['party'] = seats.get(s['party'], s['party'])
exec(sys.argv[3] if len(sys.argv) > 3 else '')
json.dump(d, sys.stdout)
END
}

# proposed PARTY FILE [OPTION...]: its ballot in $ballot.
proposed() {
    local party=$1 file=$2
    shift 2
    expect 0 -p "$party" council propose "$file" --because 'as a test' "$@" -o json
    json 'd["items"][0]["state"] == "received"'
    ballot=$("$python" -c 'import json; print(json.load(open("out"))["items"][0]["index"])')
}

# in_force VERSION: once the hub has passed the moment.
in_force() {
    local tries
    for tries in $(seq 20); do
        accord -p plan council charter -o json
        grep -qF "\"version\": $1" out || grep -qF "\"version\":$1" out && return
        sleep 0.1
    done
    wrong "charter $1 is not in force: $(cat out err)"
}

files() {
    expect 0 council charter --example --file example.json
    expect 6 council charter --example --file example.json
    expect 0 council charter --example
    same example.json out
    charter wrong.json 1 'd["approval"] = "0.4"; d["seats"][0]["role"] = "king"; d["oops"] = 1'
    expect 5 -p plan council propose wrong.json --because 'a mistake'
    says err /seats/0/role oops
    charter wrong.json 1 'd["approval"] = "0.4"; d["calendar"]["months"] = 5'
    expect 5 -p plan council propose wrong.json --because 'a mistake'
    says err 'approved by nobody' '1, 3, 6 or 12 months'
    charter first.json 1
    charter second.json 2 'd["disclosure"]["contributors"] = 4; d["specifications"].pop()'
}

founded() {
    expect 3 -p plan council charter
    says err 'there is no charter'
    expect 0 -p plan council status
    says out 'There is no charter yet' 'No ballot is open.'
    expect 5 -p stranger council propose first.json --because 'for me'
    says err 'seat in the council'
    expect 0 -p clinic council propose first.json --because 'as a test' --dry-run
    proposed clinic first.json --effective "$(date -u +%F)"
    says err 'every seat that it names must vote for it'
    expect 0 -p stranger council status
    says out "Ballot $ballot: clinic proposes charter 1" 'Because: as a test' \
        'It would be the first' 'It lowers no bar.' 'payer: 0 of 2 have voted' \
        'Have yet to vote: plan, county, clinic, practice, patients.'
    expect 0 -p plan council vote "$ballot" against
    says err 'clinic proposes charter 1: as a test'
    expect 3 -p plan council vote 999999 for
    expect 2 -p plan council vote "$ballot" perhaps
    expect 5 -p stranger council vote "$ballot" for
    expect 0 -p county council vote "$ballot" for
    expect 0 -p clinic council status -o json
    json 'd["items"][0]["outcome"] == "open" and d["items"][0]["against"] == 1'
    json 'd["items"][0]["awaited"] == "clinic, practice, patients"'
    for party in clinic practice patients plan; do
        expect 0 -p "$party" council vote "$ballot" for
    done
    in_force 1
    expect 5 -p plan council vote "$ballot" against
    says err 'counted already'
}

read_again() {
    expect 0 -p stranger council charter
    says out 'Charter 1: The charter of a test' 'payer, quorum 50 %: plan, county' \
        'bp is cmit.167, version 2026; more is better; of the common set' \
        'Settlement is not pooled over payers.'
    expect 0 -p stranger council charter --version 1 --file again.json
    "$python" -c 'import json
a, b = (json.load(open(f)) for f in ("first.json", "again.json"))
assert a == b, (a, b)' || wrong 'the charter is not what was proposed'
    expect 3 -p plan council charter --version 7
    expect 0 -p plan council history -o json
    json 'd["items"][0]["outcome"] == "passed" and d["items"][0]["for"] == 5'
    expect 0 -p plan council history
    expect 0 -p plan council history -o csv
    expect 0 -p patients signal list -o json
    json '[i["kind"] for i in d["items"]] == ["ballot_opened", "ballot_decided", "charter_changed"]'
}

lowered() {
    expect 5 -p clinic council propose second.json --because 'too soon' --closes 2026-01-01
    proposed plan second.json
    says err 'it lowers contributors 5 to 4; everybody is told so'
    expect 0 -p plan council vote "$ballot" for
    expect 0 -p plan council status
    says out 'Charter 1 is in force: The charter of a test' 'It lowers: contributors 5 to 4.' \
        'payer: 1 of 2 has voted, quorum is 50 %: met' 'provider: 0 of 2 have voted' \
        'So far: 1 for, 0 against, 0 abstained, of 5 seats.'
}

leaves() {
    expect 2 -p practice party leave --on 2026-01-01
    expect 5 -p practice party leave --on 2020-01-01 --yes
    expect 0 -p practice party leave --on "$(date -u +%F)" --because 'retires' --yes
    for _ in $(seq 50); do
        accord -p plan signal list -o csv
        grep -qF 'practice has left' out && break
        sleep 0.1
    done
    says out 'practice leaves on' 'practice has left; its contracts stay'
    expect 5 -p practice council vote "$ballot" for
    says err 'has left'
}

make_hub
start_hub
for party in plan county; do seated $party payer; done
for party in clinic practice stranger; do seated $party provider; done
seated patients community-organisation
files
founded
read_again
lowered
leaves
stop_hub
((failed == 0)) || tail -n 30 daemon.log >&2
summary
