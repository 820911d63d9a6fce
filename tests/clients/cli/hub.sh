# SPDX-License-Identifier: Apache-2.0
# A hub of its own for a test of the command line. Sourced behind lib.sh, by a script whose second
# argument is the daemon.
daemon=$2

make_hub() {
    expect 0 key generate hub.key --kind hub
    mkdir run
    printf '%s\n' '[ledger]' "directory = $work/ledger" 'map_size = 256M' '[keys]' \
        "file = $work/hub.key" '[bus]' 'intake = tcp://127.0.0.1:*' 'signals = tcp://127.0.0.1:*' \
        '[runtime]' "directory = $work/run" '[log]' 'target = plain' >accordd.conf
    "$daemon" -c "$work/accordd.conf" --init --name 'Test hub' --origin hub.test >init 2>&1 ||
        { cat init >&2; exit 1; }
    export ACCORD_CONTROL=$work/run/control.sock ACCORD_RUNTIME_DIR=$work/run
    export ACCORD_LEDGER=$work/ledger ACCORD_TIMEOUT=20s
}

pid=
start_hub() {
    "$daemon" -c "$work/accordd.conf" --foreground >>daemon.log 2>&1 &
    pid=$!
    for _ in {1..300}; do
        [[ -s run/endpoints ]] && "$program" hub participants list >/dev/null 2>&1 && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 daemon.log >&2
    echo 'the hub does not start' >&2
    exit 1
}

stop_hub() {
    [[ -n $pid ]] || return 0
    kill "$pid" 2>/dev/null
    wait "$pid"
    pid=
}
finish+=(stop_hub)

endpoint() {
    sed -n "s/^$1=//p" run/endpoints
}
