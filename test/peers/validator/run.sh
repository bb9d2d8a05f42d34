#!/usr/bin/env bash
# Runs one class of the validator peer: `run.sh ARGS…` is ValidateFhir, `run.sh ExportR4Core DIR` the R4 core export.
# Environment: M2 (Maven repository), FHIR_HOME (home that holds .fhir/packages, for --check-defs), HEAP (1g).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../../../scripts/peers/build.sh"
build_peer validator "$here"

main=ValidateFhir
if [ "${1:-}" = ExportR4Core ]; then
  main=ExportR4Core
  shift
fi
exec java ${FHIR_HOME:+"-Duser.home=$FHIR_HOME"} "-Xmx${HEAP:-1g}" -XX:+UseSerialGC -cp "$CLASSPATH" "$main" "$@"
