# SPDX-License-Identifier: Apache-2.0
# What a clinic sees of what its payers reward: in a table, in sentences, by contract, as a picture,
# as it comes; and that its own margin never leaves its machine. The hub is a scripted one.
#
#   signal.sh ACCORD SIGNAL-HUB [accept]
. "$(dirname "$0")/lib.sh"
scripted=$2
accept=${3:-}

hub=
# begin NAME [empty]: a hub of its own, and a profile of that name.
begin() {
    mkdir "$1"
    mkfifo "$1/input"
    "$scripted" "$1" ${2:-} <"$1/input" >"$1/log" 2>&1 &
    hub=$!
    exec 9>"$1/input"
    for _ in {1..200}; do
        [[ -s $1/endpoints ]] && break
        sleep 0.05
    done
    expect 0 profile add "$1" --hub "$(sed -n 's/^intake=//p' "$1/endpoints")" \
        --signals "$(sed -n 's/^signals=//p' "$1/endpoints")" --hub-key "$1/hub.pub" \
        --as cascade/office --key-file "$1/node.key"
    export ACCORD_TIMEOUT=20s
}

end() {
    exec 9>&-
    wait "$hub" || wrong "the scripted hub: $(cat */log)"
    hub=
}
finish+=('[[ -z $hub ]] || kill "$hub"')

look() {
    golden signal-show -p clinic signal show
    golden signal-explain -p clinic signal explain
    golden signal-explain-cbp -p clinic signal explain cbp
    golden signal-numbers -p clinic signal explain --numbers -o wide
    expect 0 -p clinic signal explain 'blood pressure'
    same "$here/golden/signal-explain-cbp.txt" out
    expect 0 -p clinic signal explain cbp --as-of 1234
    says out 'of 31 August 2026 ($ 0 to $ 15,000)'
    expect 3 -p clinic signal explain hbd
    says err 'no contract of this party pays for hbd' 'accord signal show'
    expect 2 -p clinic signal show --as-of never
    formats -p clinic signal show
    formats -p clinic signal explain
    formats -p clinic signal explain --numbers
}

document() {
    expect 0 -p clinic signal show -o json
    json 'd["schema"] == "accord.incentive.v1" and d["party"] == "cascade"'
    json 'd["as_of"] == "1234" and d["forecast"] is True and d["paid_through"] == "2026-08-31"'
    json '[m["measure"] for m in d["measures"]] == ["cbp", "bcs", "total-cost"]'
    json '[m["rank"] for m in d["measures"]] == [1, 2, None]'
    json 'd["measures"][0]["title"] == "Blood pressure"'
    json 'd["measures"][0]["steps"][0]["worth"]["central"]["amount"] == "11400.00"'
    json 'd["measures"][0]["steps"][0]["people"] == "41"'
    json 'd["measures"][0]["differs"] == ["target", "excluded"]'
    json 'd["measures"][0]["coverage"]["share_here"] == "0.32"'
    json 'd["measures"][0]["coverage"]["share_relayed"] == "0.3" and d["share_unknown"] == "0.2"'
    # Sums are those of the rows, for who adds them up.
    json 'all(sum(float(r["point"]["central"]["amount"]) for r in m["rows"]) ==
              sum(float(s["worth"]["central"]["amount"]) for s in m["steps"])
              for m in d["measures"])'
    json 'all(sum(float(r["stake"]["amount"]) for r in m["rows"]) == float(m["stake"]["amount"])
              for m in d["measures"])'
    json '{r["contract"] for m in d["measures"] for r in m["rows"]} <=
          {c["contract"] for c in d["contracts"]}'
    json 'd["contracts"][0]["relayed"] and d["contracts"][0]["share"] == "0.25"'
    json 'd["contracts"][0]["again"] == "accord settle preview medicare/cascade-aco/mssp-2026 "
          "--period 2026 --payment 2027-10-01 --as-of 1234"'
    json '[(n["capability"], n["presuppose"], n["pay"], n["has"]) for n in d["needs"]] ==
          [("care-managers", 2, 1, "no"), ("registry", 1, 1, "yes")]'
}

picture() {
    golden signal-svg -p clinic signal show -o svg
    expect 0 -p clinic signal show --svg picture.svg
    same "$here/golden/signal-svg.txt" picture.svg
    "$python" -c 'import xml.dom.minidom, sys; xml.dom.minidom.parse("picture.svg")' ||
        wrong 'the picture is no XML'
    ! grep -qi 'script\|href' picture.svg || wrong 'the picture asks for something outside'
    expect 1 -p clinic signal show --svg /nowhere/picture.svg
}

as_it_comes() {
    expect 0 -p clinic signal tail --count 2 --for 20s
    says out 'incentive' 'worth most next: Blood pressure, $ 11,400 a point'
    expect 0 -p clinic signal tail --live all --count 3 --for 20s -o ndjson
    "$python" -c 'import json
lines = [json.loads(line) for line in open("out")]
assert [l["schema"] for l in lines] == ["accord.incentive.v1"] * 3, lines
indices = [int(l["as_of"]) for l in lines]
assert indices == sorted(set(indices)) and indices[0] > 1234, indices
assert lines[0]["measures"][0]["measure"] == "cbp"' 2>why || wrong "tail: $(tail -1 why)"
    expect 0 -p clinic signal tail --live digest --count 2 --for 20s -o ndjson
    "$python" -c 'import json
lines = [json.loads(line) for line in open("out")]
assert len(lines) == 2 and all(l["digest"] for l in lines), lines' 2>why ||
        wrong "digest: $(tail -1 why)"
    expect 0 -p clinic signal tail --live none --count 1 --for 300ms
    ! grep -q incentive out || wrong 'an incentive signal nobody asked for'
    expect 2 -p clinic signal tail --live some
    says err 'digest, all or none'
    formats -p clinic signal tail --live all --count 1 --for 20s
}

margins() {
    golden signal-margin -p clinic signal margin --margin 38.5%
    printf '# of the last audit\n\n38.5%%\n' >margin
    expect 0 -p clinic signal margin --file margin
    same "$here/golden/signal-margin.txt" out
    formats -p clinic signal margin --file margin
    expect 0 -p clinic signal margin --margin 0.2 -o json
    json 'd["schema"] == "accord.margin.v1" and d["verdict"] == "depends"'
    json 'd["known"] == "0.8" and d["comes_back_at_least"] == "0.12"'
    json 'd["comes_back"] == "0.15" and d["payers"][0]["comes_back"] == "0.4"'
    expect 0 -p clinic signal margin --margin 0.12 -o json
    json 'd["verdict"] == "gains"'
    expect 2 -p clinic signal margin
    expect 2 -p clinic signal margin --margin 0.4 --file margin
    expect 2 -p clinic signal margin --margin 140%
    says err 'no part of a dollar'
    expect 2 -p clinic signal margin --margin much
    : >empty
    expect 2 -p clinic signal margin --file empty
    expect 1 -p clinic signal margin --file nowhere
}

# What is sent is the same, octet for octet, whatever the margin is. A question asked twice, as the
# machine was busy, is no answer to that.
stays_here() {
    local margin try
    for try in 1 2 3 4 5 6; do
        for margin in 0.731 0.264; do
            begin "m$margin-$try"
            expect 0 -p "m$margin-$try" signal margin --margin "$margin"
            says out 'it was used here and sent nowhere'
            end
        done
        cmp -s "m0.731-$try/heard" "m0.264-$try/heard" && break
    done
    [[ -s m0.731-$try/heard ]] || wrong 'nothing was heard'
    same "m0.731-$try/heard" "m0.264-$try/heard"
    ! grep -aq '0\.731\|73\.1' "m0.731-$try/heard" || wrong 'the margin was sent'
}

nothing() {
    begin bare empty
    expect 0 -p bare signal explain
    says out 'No contract that pays this party is in force'
    formats -p bare signal show
    expect 0 -p bare signal margin --margin 0.4
    says out 'It cannot be said what comes back'
    expect 0 -p bare signal show -o svg
    end
}

begin clinic
look
document
picture
as_it_comes
margins
end
nothing
stays_here
summary
