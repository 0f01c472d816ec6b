#!/bin/sh
# Make .venv as the lock file says, and see to the system libraries that Qt needs.
# Needs Python 3.11 to 3.14, or uv, and the package index. Done in a blink when nothing has changed.
set -eu
cd "$(dirname "$0")/.."

UV=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' deploy/uv.txt) # the version that wrote uv.lock
LIBRARIES=deploy/system-libraries.txt
STAMP=.venv/.setup

# Inside .venv/.setup: what it was made from, and whether for a window.
window=${DISPLAY:-}${WAYLAND_DISPLAY:-}
state=$(cat uv.lock pyproject.toml deploy/setup.sh deploy/uv.txt $LIBRARIES | cksum)${window:+ with window}
if [ "$(cat $STAMP 2>/dev/null)" = "$state" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

fail() {
    printf 'make setup: %s\n' "$*" >&2
    exit 1
}

# Debian's root can install what is missing; everyone else is told what to type.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install() {
    printf 'make setup: installing %s\n' "$*" >&2
    export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
    quietly="apt-get install --yes --quiet --no-install-recommends"
    $quietly "$@" </dev/null >/dev/null 2>&1 ||
        { apt-get update --quiet </dev/null >/dev/null && $quietly "$@" </dev/null >/dev/null; } ||
        fail "apt-get could not install $*"
}

find_python() {
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            "$python" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

# The uv on PATH will do when it is not older than the lock; else one is put into .venv.
find_uv() {
    found=$(uv --version 2>/dev/null | cut -d ' ' -f 2) || return 1
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' $UV "$found" | sort -V | head -n 1)" = $UV ] && echo uv
}

make_environment() {
    python=$(find_python) ||
        fail "Dala needs Python 3.11 to 3.14 (on Debian: apt-get install python3 python3-venv)"
    uv=$(find_uv) || uv=.venv/bin/uv
    if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
        printf 'make setup: making .venv with %s\n' "$python" >&2
        rm -rf .venv
        if [ "$uv" = uv ]; then
            uv venv --quiet --no-config --python "$python" .venv
        else
            "$python" -c 'import ensurepip, venv' 2>/dev/null || {
                package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
                if may_install; then install "$package"; else
                    fail "Python's venv is missing (on Debian: apt-get install $package)"; fi
            }
            "$python" -m venv .venv
        fi
    fi
    if [ "$uv" = .venv/bin/uv ] && [ "$($uv --version 2>/dev/null | cut -d ' ' -f 2)" != $UV ]; then
        .venv/bin/python -m ensurepip >/dev/null
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes --requirement deploy/uv.txt ||
            fail "pip could not install uv $UV: is the package index within reach?"
    fi
    printf 'make setup: installing what uv.lock names\n' >&2
    UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv \
        $uv sync --quiet --locked --all-extras --inexact --python .venv/bin/python ||
        fail "uv could not install what uv.lock names: see above"
}

# Asks the loader itself, so that nothing is installed where it is present.
missing_packages() {
    .venv/bin/python - "$LIBRARIES" "${window:+window}" <<'END'
import ctypes
import sys

lines, wanted = sys.argv[1], ("always", sys.argv[2])
for line in open(lines, encoding="utf-8"):
    if line.strip() and not line.startswith("#"):
        library, package, when = line.split()
        if when in wanted:
            try:
                ctypes.CDLL(library)
            except OSError:
                print(package)
END
}

see_to_libraries() {
    [ "$(uname)" = Linux ] || return 0
    missing=$(missing_packages | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    may_install || fail "Qt needs system libraries (on Debian: sudo apt-get install $missing)"
    # shellcheck disable=SC2086  # one word a package
    install $missing
}

make_environment
see_to_libraries
.venv/bin/python -c 'import PySide6.QtWidgets' || fail "Qt cannot be loaded: the line above says why"
printf '%s' "$state" >$STAMP
