# SPDX-License-Identifier: Apache-2.0
# Member-level rows: from a payer's file through a hub to a settlement, and erased again.
#
#   blocks.sh ACCORD ACCORDD
. "$(dirname "$0")/lib.sh"
. "$here/hub.sh"
contract=payer/network/tcoc
month=(--period 2024 --key member.key)

admit() {
    let_in payer payer
    let_in network network
}

agree() {
    by_members
    agreed payer network
    {
        echo 'contract,segment,kind,item,from,through,paid_through,value,supersedes'
        echo "$contract,,benchmark,,2024-01-01,2024-12-31,,3000000.00,"
    } >benchmark.csv
    expect 0 -p payer perf publish benchmark.csv
}

# rows FILE CENTS: two thousand members, of whom every tenth leaves in July: 22,800 rows, in three
# blocks, in no order.
rows() {
    "$python" - "$2" >"$1" <<'END'
import random, sys
lines = [f'M{m:06},2024-{k:02},{["aged", "disabled"][m % 7 == 0]},1.{m % 100:02},{sys.argv[1]}'
         for m in range(2000) for k in range(1, 13) if m % 10 or k < 7]
random.Random(1).shuffle(lines)
print('member,month,category,risk,allowed', *lines, sep='\n')
END
}

keys() {
    expect 2 key member new member.key
    expect 2 key member new member.key --contract payer
    expect 2 key member new member.key --contract "$contract" --generation 0
    expect 0 key member new member.key --contract "$contract" -o json
    json 'd["schema"] == "accord.member-key.v1" and d["generation"] == 1'
    says err 'give member.key to the other party'
    [[ $(stat -c %a member.key) == 600 ]] || wrong "mode of a member key: $(stat -c %a member.key)"
    expect 6 key member new member.key --contract "$contract"
    expect 0 key member new other.key --contract payer/network/other
    expect 0 key member new next.key --contract "$contract" --generation 2
    for format in table wide csv raw ndjson; do
        expect 0 key member new "key.$format" --contract "$contract" -o "$format"
    done
}

wrong_files() {
    local file
    rows rows.csv 100.00
    expect 3 -p payer block publish "$contract" none.csv "${month[@]}"
    expect 3 -p payer block publish "$contract" rows.csv --period 2024 --key none.key
    expect 6 -p payer block publish "$contract" rows.csv --period 2024 --key other.key
    says err 'is the member key of payer/network/other'
    expect 5 -p payer block publish "$contract" rows.csv --period 2024 --key hub.key
    cp member.key open.key && chmod 644 open.key
    expect 1 -p payer block publish "$contract" rows.csv --period 2024 --key open.key
    says err 'can be read by others'
    expect 5 -p payer block publish "$contract" rows.csv --period 2023 --key member.key
    says err 'rows.csv:2:' 'month: is not one of --period'
    printf '%s\n' 'member,month,risk' '1,2024-01,1' >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    says err 'allowed: is a column that the header lacks'
    printf '%s\n' 'member,month,allowed,sex' '1,2024-01,1,F' >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    says err 'column sex is not known here'
    printf '%s\n' 'member,month,allowed' '1,2024-01,1.00' '2,2024-01,2.00' '1,2024-01,3.00' >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    says err 'bad.csv:4:' 'line 2 already'
    printf '%s\n' 'member,month,allowed' '1,2024-13,1.00' ',2024-01,2.00' '1,2024-02,1.005' >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    says err 'bad.csv:2:' 'bad.csv:3:' 'bad.csv:4:'
    printf '%s\n' 'member,month,allowed' >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    says err 'has no row'
    : >bad.csv
    expect 5 -p payer block publish "$contract" bad.csv "${month[@]}"
    expect 3 -p payer block show "$contract" --period 2024
    says err 'no blocks are kept in'
}

say() {
    formats -p payer block publish "$contract" rows.csv "${month[@]}" --dry-run
    expect 3 -p payer block show "$contract" --period 2024
    expect 0 -p payer block publish "$contract" rows.csv "${month[@]}" -o json
    json '[(i["state"], i["events"]) for i in d["items"]] == [("received", 3)]'
    says err 'our copies are in'
    shown+=('block publish')
    formats -p network block list "$contract"
    expect 0 -p network block list "$contract" --period 2024 -o json
    json '[i["rows"] for i in d["items"]] == [8192, 8192, 6416]'
    json 'all(i["keeping"] == "kept" and i["year"] == "2024" for i in d["items"])'
    json 'all(i["categories"] == "aged,disabled" and i["side"] == "bearer" for i in d["items"])'
    "$python" -c 'import json; print(*[i["sha256"] for i in json.load(open("out"))["items"]])' >hub
    expect 0 -p network block list "$contract" --period 2023 -o json
    json 'd["items"] == []'
    formats -p payer block show "$contract" --period 2024
    expect 0 -p payer block show "$contract" --period 2024 -o json
    json 'all(i["state"] == "whole" for i in d["items"])'
    "$python" -c 'import json; print(*[i["sha256"] for i in json.load(open("out"))["items"]])' >own
    same hub own
    formats -p payer block show "$contract" --period 2024 --rows
    expect 0 -p payer block show "$contract" --period 2024 --rows -o csv
    [[ $(wc -l <out) == 22801 ]] || wrong "rows shown: $(wc -l <out)"
    tail -n +2 out | LC_ALL=C sort -c || wrong 'rows are not in order'
    says out ',2024-07,disabled,' ',100.00'
    ! grep -q 'M000' out || wrong 'a member number is in a block'
    ! grep -rqa 'M0000' ledger "$XDG_STATE_HOME" || wrong 'a member number left this machine'
}

# The other party has the same rows in another order, and the key.
other_party() {
    { head -n 1 rows.csv; tail -n +2 rows.csv | sort; } >theirs.csv
    formats -p network block keep "$contract" theirs.csv "${month[@]}"
    expect 0 -p network block show "$contract" --period 2024 -o json
    "$python" -c 'import json; print(*[i["sha256"] for i in json.load(open("out"))["items"]])' >own
    same hub own
    expect 0 block keep "$contract" theirs.csv "${month[@]}" --folder elsewhere -o json
    json 'd["blocks"] == 3 and d["rows"] == 22800 and d["allowed"]["amount"] == "2280000.00"'
    (cd elsewhere && for file in *.block; do
        [[ $(sha256sum <"$file" | cut -d' ' -f1) == "${file%.block}" ]] || exit 1
    done) || wrong 'a kept block is not named by its digest'
    expect 0 block show "$contract" --period 2024 --folder elsewhere
    expect 6 block show "$contract" --period 2023 --folder elsewhere
    file=$(find elsewhere -name '*.block' | head -n 1)
    printf x | dd of="$file" bs=1 seek=77 conv=notrunc 2>dd
    expect 9 block show "$contract" --period 2024 --folder elsewhere
    says out damaged whole
    expect 0 block keep "$contract" theirs.csv "${month[@]}" --folder elsewhere
    expect 0 block show "$contract" --period 2024 --folder elsewhere
    rm "$file"
    expect 9 block show "$contract" --period 2024 --folder elsewhere -o csv
    says out absent
    sed 's/"rows": 8192/"rows": 8191/' elsewhere/blocks.json >list && cp list elsewhere/blocks.json
    expect 9 block show "$contract" --period 2024 --folder elsewhere
    sed 's/accord.blocks.v1/accord.blocks.v2/' list >elsewhere/blocks.json
    expect 5 block show "$contract" --period 2024 --folder elsewhere
    says err 'blocks.json: /schema:'
}

settle() {
    run=(-p payer settle run "$contract" --period 2024 --payment 2025-06-01)
    expect 0 "${run[@]}" --wait --kind interim
    expect 0 -p network settle show "$contract" -o json
    json 'd["payable"]["amount"] == "360000.00"'
    expect 6 -p payer block publish "$contract" rows.csv "${month[@]}"
    says err NO_PREDECESSOR '--replace'
    expect 0 -p payer block publish "$contract" rows.csv "${month[@]}" --replace -o json
    says err '3 blocks stand already'
    json 'd["items"] == []'
    # Fewer rows: the last block is emptied, and what was said before stays in the history.
    head -n 12001 rows.csv >fewer.csv
    expect 0 -p payer block publish "$contract" fewer.csv "${month[@]}" --replace -o json
    json 'd["items"][0]["events"] == 3'
    expect 0 -p payer block list "$contract" -o json
    json '[i["rows"] for i in d["items"]] == [8192, 3808, 0]'
    expect 0 -p payer block list "$contract" --history -o json
    json 'len(d["items"]) == 6 and sum(i["current"] for i in d["items"]) == 3'
    expect 0 -p payer block show "$contract" --period 2024 -o json
    json '[i["rows"] for i in d["items"]] == [8192, 3808]'
    expect 0 "${run[@]}" --wait --kind interim
    expect 0 -p network settle show "$contract" -o json
    json 'd["payable"]["amount"] == "900000.00"'
    # The same octets under other names are not the same.
    sed 's/disabled/esrd/' fewer.csv >renamed.csv
    expect 0 -p payer block publish "$contract" renamed.csv "${month[@]}" --replace -o json
    json 'd["items"][0]["events"] == 2'
    expect 0 -p payer block list "$contract" -o json
    json '[i["categories"] for i in d["items"]] == ["aged,esrd", "aged,esrd", None]'
    # Under another key they are other members, and the place of all is taken.
    expect 0 -p payer block publish "$contract" rows.csv --period 2024 --key next.key --replace \
        --paid-through 2025-03-31 --no-keep -o json
    json 'd["items"][0]["events"] == 3'
    expect 0 -p payer block list "$contract" -o json
    json '[(i["key_generation"], i["paid_through"]) for i in d["items"]] == [(2, "2025-03-31")] * 3'
    expect 0 -p payer block show "$contract" --period 2024 -o json
    json '[i["rows"] for i in d["items"]] == [8192, 3808]'
    expect 0 -p payer block publish "$contract" rows.csv "${month[@]}" --replace
    expect 0 "${run[@]}" --wait
    expect 0 -p network settle show "$contract" -o json
    json 'd["payable"]["amount"] == "360000.00"'
}

# By way of a file that somebody carries.
by_file() {
    sed 's/100.00$/101.00/' rows.csv >later.csv
    expect 0 -p payer block publish "$contract" later.csv "${month[@]}" --replace --to rows.sub
    expect 0 hub ingest rows.sub -o json
    json 'd["items"][0]["state"] == "received"'
    expect 0 -p payer outbox flush
    expect 0 -p network block list "$contract" -o json
    json 'all(i["keeping"] == "kept" and i["allowed"]["amount"] != "819200.00" for i in d["items"])'
}

erase() {
    expect 2 block erase "$contract" --year 2024
    expect 2 block erase "$contract" --year 2024 --reason over
    says err 'give --yes'
    expect 0 block erase "$contract" --year 2024 --reason over --dry-run
    expect 0 -p network block list "$contract" -o json
    json 'all(i["keeping"] == "kept" for i in d["items"])'
    expect 3 block erase payer/network/none --year 2024 --reason over --yes
    expect 0 block erase "$contract" --year 2024 --reason 'the agreement is over' --yes -o json
    json 'd["schema"] == "accord.block-erasure.v1" and d["index"].isdigit()'
    expect 0 -p network block list "$contract" -o json
    json 'all(i["keeping"] == "erased" for i in d["items"])'
    expect 0 -p payer block show "$contract" --period 2024
    expect 0 -p network signal list -o json
    json 'd["items"][-1]["kind"] == "blocks_erased"'
    formats block erase "$contract" --year 2024 --reason again --dry-run
    expect 0 -p network settle show "$contract" -o json
    json 'd["payable"]["amount"] == "360000.00"'
}

ledger() {
    expect 0 ledger verify --rebuild --recompute -o json
    json 'all(i["holds"] for i in d["items"])'
    json '[i["erased"] for i in d["items"] if i["check"] == "recompute"] == [3]'
    says err 'member-level rows are no longer here for runs'
    rm -r ledger.blocks
    expect 0 ledger verify --rebuild --recompute -o json
    json 'all(i["holds"] for i in d["items"])'
    json '[i["erased"] + i["missing"] for i in d["items"] if i["check"] == "recompute"] == [3]'
}

make_hub
start_hub
admit
agree
((failed == 0)) || exit 1
keys
wrong_files
say
other_party
settle
by_file
erase
stop_hub
ledger
((failed == 0)) || tail -n 30 daemon.log >&2
summary
