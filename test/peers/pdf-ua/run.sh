#!/usr/bin/env bash
# Judges PDF files by PDF/UA-1: `run.sh FILE…`; see CheckPdfUa.java for what it prints. Environment: M2 (Maven repository), HEAP (1g).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/../../../scripts/peers/build.sh"
build_peer pdf-ua "$here"
exec java "-Xmx${HEAP:-1g}" -XX:+UseSerialGC -cp "$CLASSPATH" CheckPdfUa "$@"
