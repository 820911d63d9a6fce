# SPDX-License-Identifier: Apache-2.0
# What `accord settle explain` prints is enough to make every figure again, for a statement of every
# template and for drawn terms over two periods.
#
#   recompute.sh ACCORD DRAWN-CASES RECOMPUTE.PY [HOW-MANY]
. "$(dirname "$0")/lib.sh"
cases=$2 recompute=$3 drawn=${4:-60}

"$cases" "$work" "$drawn" >list || wrong 'the cases were not made'
calculable=0
while read -r name period payment earlier; do
    here=(--terms "$name.terms.json" --payment "$payment")
    before=()
    if [[ -n $earlier ]]; then
        expect 0 settle preview "${here[@]}" --facts "$name.earlier.csv" --period "$earlier" -o json
        cp out "$name.before.json"
        before=(--carried "$name.before.json")
    fi
    expect 0 settle explain "${here[@]}" --facts "$name.facts.csv" --period "$period" "${before[@]}"
    cp out "$name.txt"
    grep -q '^Not calculable' out || calculable=$((calculable + 1))
done <list
checked=$((checked + 1))
"$python" "$recompute" ./*.txt >made || wrong "lines that differ: $(head -c 3000 made)"
tail -1 made
((calculable * 2 > $(wc -l <list))) || wrong "only $calculable of $(wc -l <list) are calculable"

# What is wrong is found, whatever it is.
spoilt() {
    checked=$((checked + 1))
    sed "$2" "$1" >spoilt.txt
    ! cmp -s "$1" spoilt.txt || wrong "$2 spoils nothing"
    ! "$python" "$recompute" spoilt.txt >made 2>&1 || wrong "$2 is not noticed"
}
page=mssp-enhanced.txt
spoilt $page 's/^\( *[0-9]*  savings = .*\)0$/\11/; s/^\( *[0-9]*  savings = .*\)[1-9]$/\10/'
spoilt $page 's/by benchmark - expenditure/by benchmark + expenditure/'
spoilt $page 's/terms.up = 75 %/terms.up = 74 %/'
spoilt $page 's/\(fact 2  expenditure = .*\)\.[0-9][0-9], of/\1.777, of/'
spoilt $page '/it is the amount from here on/d'
spoilt $page '/^          by /d'
spoilt $page 's/ = / is /'
summary
