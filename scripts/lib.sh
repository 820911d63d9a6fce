# SPDX-License-Identifier: Apache-2.0
# What the scripts share: a known environment, the packages, a build. Sourced by bash, in the
# root of the source.

set -euo pipefail

# The same words and the same order everywhere, whatever the caller's settings.
export LC_ALL=C.UTF-8 LANGUAGE=
unset CDPATH GREP_OPTIONS
umask 022

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
    say "$@"
    exit 1
}

# Runs quietly; shows what was said only when it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || status=$?
    ((status == 0)) || tail -n 40 "$log" >&2
    rm -f "$log"
    return "$status"
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

missing_packages() {
    local package
    sed 's/#.*//' scripts/packages.txt | while read -r package; do
        [[ -z $package ]] ||
            [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) == ?i* ]] ||
            printf '%s\n' "$package"
    done
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@"
}

# The lists have a lock that apt-get does not wait for.
apt_update() {
    local try
    for try in 1 2 3 4 5; do
        ! apt update || return 0
        sleep $((try * 3))
    done
    return 1
}

# Installs what packages.txt names and this machine lacks; touches nothing when it lacks nothing.
install_packages() {
    local packages
    if ! command -v dpkg-query >/dev/null; then
        say 'not Debian: expecting what scripts/packages.txt names to be there'
        return 0
    fi
    mapfile -t packages < <(missing_packages)
    ((${#packages[@]})) || return 0
    ((EUID == 0)) || command -v sudo >/dev/null ||
        die "neither root nor sudo; let root run: apt-get install ${packages[*]}"
    say "installing ${packages[*]}"
    quietly apt_update || die 'apt-get update failed; is the network there?'
    quietly apt install --no-install-recommends "${packages[@]}" || die 'apt-get install failed'
}

# configure DIRECTORY [OPTION...]: makes the build directory, or gives it these options.
configure() {
    local directory=$1
    shift
    if [[ ! -f $directory/build.ninja ]]; then
        say "configuring $directory"
        quietly meson setup "$directory" "$@"
    elif (($#)); then
        quietly meson configure "$directory" "$@" ||
            quietly meson setup --wipe "$directory" "$@"
    fi
}

# compile DIRECTORY [TARGET...]: progress on a terminal, otherwise only what is wrong.
compile() {
    local quiet=--quiet
    say "building $1"
    [[ ! -t 1 ]] || quiet=
    ninja -C "$1" $quiet "${@:2}"
}

# The programs of a build directory, as ninja calls them: the executables that get installed.
programs() {
    meson introspect --targets "$1" | python3 -c '
import json, os, sys
for target in json.load(sys.stdin):
    if target["type"] == "executable" and target["installed"]:
        print(os.path.relpath(target["filename"][0], os.path.realpath(sys.argv[1])))' "$1"
}
