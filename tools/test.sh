# shellcheck shell=bash
# ./dev test: every check, in the order in which they are cheap. Sourced by ./dev.

RESULTS=""
FAILED=0
# What the suites that failed said last.
LAST_WORDS=""
# The process that builds beside the checks of the host, if one does.
BUILDER=""
NOT_RUN=""
LEFT_OUT=0

# suite NAME WHAT-TO-DO-IF-IT-FAILS COMMAND...: runs it, remembers how it went, never ends the run.
# Must stand alone on its line: inside a condition bash would not stop the command at its first error.
suite() {
  local name="$1" hint="$2" start=$SECONDS code log
  shift 2
  say "$name"
  mkdir -p "$TOOLS/logs"
  log="$TOOLS/logs/suite"
  set +e
  (
    set -e
    "$@"
  ) 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  set -e
  if [ "$code" = 0 ]; then
    RESULTS="$RESULTS$(printf 'ok      %-28s %4d s' "$name" $((SECONDS - start)))"$'\n'
  else
    FAILED=$((FAILED + 1))
    RESULTS="$RESULTS$(printf 'FAILED  %-28s %4d s   %s' "$name" $((SECONDS - start)) "$hint")"$'\n'
    LAST_WORDS="$LAST_WORDS"$'\n'"What \"$name\" said last:"$'\n'"$(tail -n 40 "$log")"$'\n'
  fi
  return 0
}

# skip NAME WHY: a suite that cannot run counts as failed.
skip() {
  FAILED=$((FAILED + 1))
  RESULTS="$RESULTS$(printf 'FAILED  %-28s not run  %s' "$1" "$2")"$'\n'
}

# not_run NAME HOW: a suite that is not asked for here; what was left out is said last.
not_run() {
  NOT_RUN="$NOT_RUN$(printf "not run %-28s %s" "$1" "$2")"$'\n'
}

# leave_out NAME WHY: like skip in CI; for a person it is told at the end, and no more.
leave_out() {
  if [ -n "${CI:-}" ]; then
    skip "$@"
    return
  fi
  LEFT_OUT=$((LEFT_OUT + 1))
  RESULTS="$RESULTS$(printf "LEFT OUT %-27s not run  %s" "$1" "$2")"$'\n'
}

check_locks() {
  cargo metadata --locked --format-version 1 >/dev/null
  local stray
  for stray in package-lock.json e2e/package-lock.json; do
    [ ! -e "$stray" ] || die "npm versions are pinned in tools.env, not in $stray." "Remove that file."
  done
  ! grep -qi 'dependencies"' e2e/package.json ||
    die "npm versions are pinned in tools.env, not in e2e/package.json." "Move them."
}

check_wasm_bindgen() {
  need_wasm_bindgen
  [ "$(found_wasm_bindgen)" = "$(wasm_bindgen_version)" ] ||
    die "wasm-bindgen is $(found_wasm_bindgen), Cargo.lock has $(wasm_bindgen_version)." "Delete .tools/ and run this again."
  echo "wasm-bindgen $(found_wasm_bindgen): the command and Cargo.lock agree."
}

lint_wasm() {
  need_wasm_target
  cargo clippy --locked --target "$WASM_TARGET" --lib --bins -- -D warnings
}

# The host's documentation does not know the room `app`; the browser's does.
docs() {
  need_wasm_target
  RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
  RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib --target "$WASM_TARGET"
}

# The tests that read files by others. Those files are not in this repository.
test_files_by_others() {
  local folder="${LOOPSTREAM_SHARED_DATA:-../shared/data}"
  if [ -d "$folder" ]; then
    suite "tests, files by others" "cargo test --test it -- --ignored NAME runs one alone" cargo test --locked --test it -- --ignored
  else
    not_run "tests, files by others" "with a folder of them: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"
  fi
}

browser_tests() {
  need_browser_tools
  cd e2e
  LOOPSTREAM_BASE="$TEST_BASE" node node_modules/@playwright/test/cli.js test "$@"
}

# smoke ENGINE: one suite in each engine, on the build of the browser tests.
smoke() {
  local display=""
  need_browser_tools
  if [ "$1" = webkit ]; then display="xvfb-run -a"; fi
  # shellcheck disable=SC2086 # two words, or none
  LOOPSTREAM_ENGINE="$1" LOOPSTREAM_BASE="$TEST_BASE" \
    $display node --test --test-reporter=spec e2e/engines/smoke.test.mjs
}

test_engines() {
  local hint="e2e/test-results/ has pictures"
  need_engines
  suite "tests, Chromium (smoke)" "$hint" smoke chromium
  if [ -n "$LOOPSTREAM_FIREFOX" ]; then
    suite "tests, Firefox" "$hint" smoke firefox
  else
    leave_out "tests, Firefox" "install Firefox, or set LOOPSTREAM_FIREFOX=/path/to/firefox"
  fi
  if [ -n "$LOOPSTREAM_WEBKIT" ]; then
    suite "tests, WebKit" "$hint" smoke webkit
  else
    leave_out "tests, WebKit" "install WebKitWebDriver (Debian: webkit2gtk-driver) and xvfb-run, on Linux"
  fi
}

# test_host [and_build]: with and_build the release build runs beside it.
test_host() {
  need_rust
  need_rust_components
  suite "lock files" "cargo update --workspace, and commit Cargo.lock" check_locks
  suite "formatting" "cargo fmt" cargo fmt --check
  suite "wasm-bindgen version" "what is above says what to do" check_wasm_bindgen
  if [ "${1:-}" = and_build ]; then start_build; fi
  suite "lints, host" "what clippy says is above" cargo clippy --locked --all-targets -- -D warnings
  suite "lints, browser" "what clippy says is above" lint_wasm
  suite "tests, host" "cargo test NAME runs one alone, cargo test --test it MODULE:: one module" cargo test --locked
  test_files_by_others
  suite "documentation" "what rustdoc says is above" docs
}

# Starts the release build beside the checks of the host: it spends minutes in which one core alone
# works, linking and optimising the programs.
start_build() {
  local log="$TOOLS/logs/release-build"
  mkdir -p "$TOOLS/logs"
  say "The release build begins beside the next checks; what it says comes after them"
  (build --public-url "$TEST_BASE") >"$log" 2>&1 &
  BUILDER=$!
  # What runs in the background does not hear Ctrl-C by itself.
  trap 'trap "" TERM; kill -TERM 0; exit 130' INT
}

# release_build [CODE]: makes the release build, or says how the one went that start_build began.
release_build() {
  if [ $# = 0 ]; then
    build --public-url "$TEST_BASE"
    return
  fi
  cat "$TOOLS/logs/release-build"
  return "$1"
}

# test_browser [ARGS for Playwright]
test_browser() {
  local failed_before=$FAILED code=0
  # Its exit code is asked of the process: a file for it could not be written on a full disk.
  if [ -n "$BUILDER" ]; then wait "$BUILDER" || code=$?; fi
  suite "release build and size" "what the build says is above" release_build ${BUILDER:+"$code"}
  if [ "$FAILED" = "$failed_before" ] || [ -f dist/index.html ]; then
    suite "tests, browser" "./dev test browser --grep NAME runs one; e2e/test-results/ has pictures" browser_tests "$@"
    # With arguments a person wants certain tests of Playwright.
    case "$*" in "" | --forbid-only) test_engines ;; esac
  else
    skip "tests, browser" "there is no build to test"
  fi
}

# What a run of all checks writes that begins with nothing, in GB; an estimate.
ROOM_GB=12

# Says at once that the disk is too small, in place of every suite by itself much later.
check_disk() {
  local free
  free=$(df -Pk "$ROOT" | awk 'NR == 2 { print int($4 / 1048576) }')
  [ -d target/debug ] || [ "$free" -ge "$ROOM_GB" ] ||
    die "The checks write about $ROOM_GB GB, and $free GB are free on this disk." "Make room, or run a part: ./dev help"
}

# run_tests [host | browser [ARGS] | engines]
run_tests() {
  # What is also written to a log is no terminal, and would lose its colours.
  if [ -t 1 ]; then export CARGO_TERM_COLOR=always FORCE_COLOR=1; fi
  case "${1:-all}" in
    all) check_disk; test_host and_build; test_browser --forbid-only ;;
    host) test_host ;;
    browser) shift; test_browser "$@" ;;
    engines) test_engines ;;
    *) die "./dev test does not know '$1'." "It is one of: ./dev test, and with host, browser or engines after it" ;;
  esac
  printf '%s\n%s' "$LAST_WORDS" "$RESULTS$NOT_RUN"
  [ "$FAILED" = 0 ] || die "$FAILED of the checks failed."
  [ -z "$NOT_RUN" ] || echo "What was not run is named above, with how to run it."
  if [ "$LEFT_OUT" = 0 ]; then
    echo "All checks passed."
  else
    echo "All checks passed that were run; $LEFT_OUT could not be, which CI does not let pass."
  fi
}
