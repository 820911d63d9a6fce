# SPDX-License-Identifier: Apache-2.0
# What accord align shows: every page against a golden file, and that programs can read the rest.
#
#   align.sh TEST-CLI-ALIGN
#   align.sh TEST-CLI-ALIGN --accept      writes the golden files anew
. "$(dirname "$0")/lib.sh"
accept=${2:-}

pages() {
    local verb
    for verb in matrix score gaps conflicts simulate; do
        golden "align-$verb" "$verb" table charter
    done
    golden align-keys matrix table keys
    golden align-worked score csv none
}

# The figures of the reference, section 8.3, as a program reads them.
worked() {
    expect 0 score json none
    json '{i["figure"]: i["exact"] for i in d["items"] if not i["item"]} == {
        "alignment_index": "899/2751", "alignment_by_concept": "46007/118293",
        "shared_dollar_ratio": "26/33", "conflict_share": "5/33",
        "aligned_dollars": "20/33", "kept_of_a_dollar": "0", "stake_share": "33/100",
        "payer_concentration": "69/200", "measure_concentration": "283/1089",
        "not_known": "1/5"}'
    json 'next(i["value"] for i in d["items"] if i["figure"] == "alignment_index") == "0.32679"'
    json '[i["value"] for i in d["items"] if i["item"] == "cbp"] == ["0.615385"]'
    json '[i["exact"] for i in d["items"] if i["figure"] == "credibility_single"
           and i["item"] == "apex"] == ["44317/100000"]'
    expect 0 matrix json none
    json 'len(d["items"]) == 5 * 3'
    json '[i["agrees"] for i in d["items"] if i["concept"] == "cbp"] ==
          ["same", "same", "other_target"]'
    expect 0 conflicts json none
    json '[(i["code"], i["severity"], i["dollars"]["amount"]) for i in d["items"]] == [
        ("C2", "high", "50000.00"), ("C3", "medium", "20000.00"), ("C2", "medium", "20000.00")]'
}

formats_of_all() {
    local verb format
    for verb in matrix score gaps conflicts simulate; do
        for format in wide csv raw ndjson; do
            expect 0 "$verb" "$format" charter
            silent err
        done
    done
}

# What is not there is not guessed, and what is another payer's stays away.
refusals() {
    expect 3 simulate table none
    says err 'no common measure set yet'
    expect 4 conflicts table keys
    says err 'told to the provider who is party to both'
    for verb in matrix score gaps simulate; do
        expect 0 "$verb" json keys
        checked=$((checked + 1))
        ! grep -q '"amount"' out || wrong "$verb shows a payer dollars: $(head -c 600 out)"
        json 'not any(i.get("target") for i in d["items"])'
    done
}

picture() {
    expect 0 svg table charter
    says out 'role="img"' '<title id="t">clinic: payers and measures</title>' '<desc id="d">' \
        'other target' '62 %; w 41.7 %' 'url(#stripes)' 'no dollars' 'absent'
    "$python" - <<'END' || wrong 'the picture is not well-formed, or a cell says nothing'
import xml.etree.ElementTree as tree
svg = tree.parse("out").getroot()
space = "{http://www.w3.org/2000/svg}"
cells = [r for r in svg.findall(space + "rect") if r.get("class")]
assert len(cells) == 7 * 4, len(cells)
assert all(r.find(space + "title").text.strip() for r in cells)
assert "http" not in open("out").read().replace("http://www.w3.org/2000/svg", "")
END
    checked=$((checked + 1))
}

pages
worked
formats_of_all
refusals
picture
summary
