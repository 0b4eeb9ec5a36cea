# shellcheck shell=bash
# ./dev doctor: what is there, what is missing, how to get it. Changes nothing. Sourced by ./dev.

# row NAME FOUND WANTED HOW-TO-GET-IT: FOUND empty means missing; a leading "!" marks the wrong version.
row() {
  local mark="ok" found="$2" hint=""
  case "$found" in
    "") mark="MISSING"; found="-"; hint="$4" ;;
    !*) mark="WRONG"; found="${found#!}"; hint="$4" ;;
  esac
  printf '%-8s %-15s %-12s %-18s %s\n' "$mark" "$1" "$found" "$3" "$hint"
}

# exactly FOUND WANTED, newer FOUND WANTED: print FOUND, marked when it will not do.
exactly() { if [ -z "$1" ] || [ "$1" = "$2" ]; then echo "$1"; else echo "!$1"; fi; }
newer() { if [ -z "$1" ] || at_least "$1" "$2"; then echo "$1"; else echo "!$1"; fi; }

doctor() {
  local ours="./dev gets it on first use" wasm="" fmt="" clippy="" packages="" browser
  local rust node bindgen
  rust="$(newer "$(have rustc && found_rust)" "$(rust_version)")"
  node="$(newer "$(have node && found_node)" "$NODE_MAJOR.0.0")"
  bindgen="$(wasm_bindgen_version)"
  if have rustc && have_wasm_target; then wasm="yes"; fi
  if have cargo; then
    fmt="$(cargo fmt --version 2>/dev/null | awk '{ print $2 }' || true)"
    clippy="$(cargo clippy --version 2>/dev/null | awk '{ print $2 }' || true)"
  fi
  if [ "$(cat "$TOOLS/node/stamp" 2>/dev/null)" = "$(browser_packages)" ]; then packages="yes"; fi
  browser="$(find_chromium)"

  printf '%-8s %-15s %-12s %-18s %s\n' "" "what" "found" "wanted" "how to get it"
  row "Rust" "$rust" "$(rust_version) or newer" "https://rustup.rs, then: rustup update stable"
  row "Node.js" "$node" "$NODE_MAJOR or newer" "https://nodejs.org"
  row "npm" "$(have npm && npm --version 2>/dev/null)" "any" "comes with Node.js"
  row "wasm target" "$wasm" "yes" "$ours: rustup target add $WASM_TARGET"
  row "rustfmt" "$fmt" "any" "$ours: rustup component add rustfmt"
  row "clippy" "$clippy" "any" "$ours: rustup component add clippy"
  row "trunk" "$(exactly "$(have trunk && found_trunk)" "$TRUNK")" "$TRUNK" "$ours (downloads or compiles it)"
  row "wasm-bindgen" "$(exactly "$(have wasm-bindgen && found_wasm_bindgen)" "$bindgen")" "$bindgen" "$ours (downloads or compiles it)"
  row "wasm-opt" "$(exactly "$(have wasm-opt && found_wasm_opt)" "${BINARYEN%%.*}")" "${BINARYEN%%.*}" "$ours (npm's binaryen)"
  row "test packages" "$packages" "yes" "$ours (npm: Playwright $PLAYWRIGHT, axe $AXE, relays)"
  row "Python" "$(newer "$(have python3 && found_python)" "$PYTHON.0")" "$PYTHON or newer" "https://www.python.org (only for ./dev bench events, peers, simulate)"
  row "Chromium" "${browser:+yes}" "yes" "$ours, or set LOOPSTREAM_CHROMIUM=/path/to/chromium"
  row "Firefox" "$(find_firefox | sed 's/.*/yes/')" "yes" "./dev test gets it on Debian, or set LOOPSTREAM_FIREFOX=/path/to/firefox"
  row "WebKit" "$(find_webkit | sed 's/.*/yes/')" "yes, on Linux" "./dev test gets it by apt-get, or set LOOPSTREAM_WEBKIT=/path/to/WebKitWebDriver"
  if [ -n "$browser" ]; then printf '\nThe browser of the tests: %s\n' "$browser"; fi

  if [ -z "$rust" ] || [ -z "$node" ]; then
    die "Rust and Node.js must be there first; ./dev cannot install them." "The last column says how."
  fi
  case "$rust$node" in
    *!*) die "Rust or Node.js must be brought up to date first; ./dev cannot do that." "The last column says how." ;;
  esac
}
