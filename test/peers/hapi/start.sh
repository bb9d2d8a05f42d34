#!/usr/bin/env bash
# Starts a HAPI FHIR R4 JPA server on http://127.0.0.1:${HAPI_PORT:-8080}/fhir.
#   start.sh               in the background: waits until it answers, then prints its pid (stop it: kill that pid)
#   start.sh --foreground  in the foreground: prints "HAPI READY {base}"
# Environment: HAPI_PORT, HAPI_VALIDATE=true, HAPI_DB_URL/USER/PASSWORD, HAPI_HEAP (1g), M2 (Maven repository).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../../../scripts/peers/build.sh"
build_peer hapi "$here"
# The test server's own logging configuration and no other: it goes before the jars.
java=(java "-Xmx${HAPI_HEAP:-1g}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  "-Dlogback.configurationFile=$here/logback.xml" -cp "$CLASSPATH" HapiServer)

if [ "${1:-}" = --foreground ]; then exec "${java[@]}"; fi

port="${HAPI_PORT:-8080}"
log="$BUILD_DIR/hapi-$port.log"
nohup "${java[@]}" > "$log" 2>&1 < /dev/null &
pid=$!
for _ in $(seq 180); do
  if curl -fsS -o /dev/null --max-time 10 "http://127.0.0.1:$port/fhir/metadata" 2> /dev/null; then
    echo "$pid"
    exit 0
  fi
  kill -0 "$pid" 2> /dev/null || { tail -30 "$log" >&2; exit 1; }
  sleep 1
done
echo "HAPI did not answer in time" >&2
kill "$pid"
exit 1
