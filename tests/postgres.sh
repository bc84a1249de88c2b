# A throw-away PostgreSQL on a free port, for tests and benches: sourced, not run.
#
# Needs $work, a folder that others may enter, and the functions note and give_up. Sets $postgres_url.

cluster=
postgres_url=

is_root() { [ "$(id -u)" -eq 0 ]; }

postgres_bin() { find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1; }
has_postgres() { [ -x "$(postgres_bin)/initdb" ]; }

# PostgreSQL refuses to run as root, so root lends it to the system user its package made.
as_postgres() {
    if is_root; then
        (cd / && runuser -u postgres -- "$@")
    else
        (cd / && "$@")
    fi
}

port_is_free() { ! (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start_postgres options…: what a test does not need, such as syncing to the disk, is left out by options.
start_postgres() {
    local bin port try options
    bin=$(postgres_bin)
    install -d -m 700 "$work/postgres"
    if is_root; then chown postgres "$work/postgres"; fi
    as_postgres "$bin/initdb" --no-sync --locale=C --encoding=UTF8 --auth=trust --username=catchball \
        -D "$work/postgres/data" >"$work/initdb.txt" 2>&1 \
        || { cat "$work/initdb.txt"; give_up "initdb could not make a PostgreSQL cluster."; }
    for try in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000)) # Below the ports that outgoing connections take.
        port_is_free "$port" || continue
        options="-c listen_addresses=127.0.0.1 -p $port -k $work/postgres -c max_connections=200"
        options+=" $*"
        if as_postgres "$bin/pg_ctl" start -w -s -D "$work/postgres/data" -l "$work/postgres/server.txt" -o "$options"; then
            cluster="$work/postgres/data"
            as_postgres "$bin/createdb" -h 127.0.0.1 -p "$port" -U catchball catchball \
                || give_up "The throw-away PostgreSQL runs, but createdb could not make a database in it."
            postgres_url="postgres://catchball@127.0.0.1:$port/catchball"
            note "A throw-away PostgreSQL runs on 127.0.0.1:$port (try $try)."
            return
        fi
    done
    cat "$work/postgres/server.txt" 2>/dev/null || true
    give_up "PostgreSQL did not start in five tries."
}

# pg_ctl asks the process whose id is in the cluster's own folder, and no other.
stop_postgres() {
    [ -n "$cluster" ] || return 0
    as_postgres "$(postgres_bin)/pg_ctl" stop -s -m immediate -D "$cluster" || note "PostgreSQL in $cluster did not stop."
    cluster=
}
