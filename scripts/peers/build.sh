#!/usr/bin/env bash
# Sourced by the peers' start scripts. `build_peer NAME SOURCE_DIR` resolves the dependencies of SOURCE_DIR/pom.xml and
# compiles SOURCE_DIR/*.java, each only when a source is newer than the last build. Needs Java 17 and Maven.
# Sets BUILD_DIR (.cache/peers/NAME) and CLASSPATH. Environment: M2 = a local Maven repository other than Maven's default.
peers_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

need() {
  command -v "$1" > /dev/null && return
  echo "The peers need Java 17 and Maven beside npm ci: there is no $1 on the PATH." >&2
  exit 127
}

build_peer() {
  local name="$1" source_dir="$2" dependencies
  need java
  BUILD_DIR="$peers_root/.cache/peers/$name"
  mkdir -p "$BUILD_DIR"
  # One build at a time: two test files may start the same peer together.
  exec 9> "$BUILD_DIR/.lock"
  if command -v flock > /dev/null; then flock 9; fi

  if [ ! -s "$BUILD_DIR/classpath.txt" ] || [ "$source_dir/pom.xml" -nt "$BUILD_DIR/classpath.txt" ]; then
    need mvn
    mvn -B -q -f "$source_dir/pom.xml" ${M2:+"-Dmaven.repo.local=$M2"} \
      org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath \
      -Dmdep.outputFile="$BUILD_DIR/classpath.new" >&2
    mv "$BUILD_DIR/classpath.new" "$BUILD_DIR/classpath.txt"
    rm -rf "$BUILD_DIR/classes"
  fi
  dependencies="$(cat "$BUILD_DIR/classpath.txt")"

  if [ ! -d "$BUILD_DIR/classes" ] || [ -n "$(find "$source_dir" -name '*.java' -newer "$BUILD_DIR/classes")" ]; then
    need javac
    rm -rf "$BUILD_DIR/classes.new" "$BUILD_DIR/classes"
    mkdir -p "$BUILD_DIR/classes.new"
    javac -nowarn --release 17 -proc:none -cp "$dependencies" -d "$BUILD_DIR/classes.new" "$source_dir"/*.java >&2
    mv "$BUILD_DIR/classes.new" "$BUILD_DIR/classes"
    touch "$BUILD_DIR/classes"
  fi
  exec 9>&-
  CLASSPATH="$BUILD_DIR/classes:$dependencies"
}
