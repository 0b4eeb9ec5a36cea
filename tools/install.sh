# shellcheck shell=bash
# Brings what is missing into .tools/. Sourced by ./dev, which defines ROOT and the pinned versions.
#
#   .tools/cargo/   trunk, wasm-bindgen (compiled by cargo install)
#   .tools/bin/     wasm-opt (from npm's binaryen)
#   .tools/node/    Playwright, axe, and the relays of the tests of rooms, linked as e2e/node_modules
#   .tools/layout/  Graphviz, ELK and Cytoscape, which ./dev bench layout compares with
#   .tools/load/    Excalidraw, which ./dev bench browser compares loading with
#   .tools/peers/   networkx and rustworkx, which benchmarks compare with (a Python venv)
#   .tools/pysd/    PySD, which ./dev bench simulate compares with (a Python venv)
#   .tools/events/  SimPy and Ciw, which ./dev bench events compares with (a Python venv)
#   .tools/build/   what cargo leaves while it compiles a tool; removed afterwards
#   .tools/logs/    what installing said

TOOLS="$ROOT/.tools"
WASM_TARGET=wasm32-unknown-unknown
export PATH="$TOOLS/bin:$TOOLS/cargo/bin:$PATH"

# Trunk takes NO_COLOR only as true or false; the rest of the world writes 1.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi

# The wasm-bindgen version that Cargo.lock settled on.
wasm_bindgen_version() {
  awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/"/, ""); print $3; exit }' Cargo.lock
}

# The oldest Rust that builds this, from Cargo.toml.
rust_version() { sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml; }

# Each of these prints the version found, or nothing.
found_rust() { rustc --version 2>/dev/null | awk '{ print $2 }'; }
found_node() { node --version 2>/dev/null | tr -d v; }
found_python() { python3 --version 2>/dev/null | awk '{ print $2 }'; }
found_trunk() { trunk --version 2>/dev/null | awk '{ print $2 }'; }
found_wasm_bindgen() { wasm-bindgen --version 2>/dev/null | awk '{ print $2 }'; }
found_wasm_opt() { wasm-opt --version 2>/dev/null | awk '{ print $3 }'; }

# True when the compiler has the standard library for the browser.
have_wasm_target() { [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]; }

need_rust() {
  have cargo rustc || die "Rust is missing." "Install it with rustup: https://rustup.rs" "Then run this again."
  at_least "$(found_rust)" "$(rust_version)" ||
    die "Rust $(found_rust) is too old: this needs $(rust_version) or newer." "Update it: rustup update stable"
}

need_node() {
  have node npm || die "Node.js is missing (with npm)." "Install version $NODE_MAJOR or newer: https://nodejs.org"
  at_least "$(found_node)" "$NODE_MAJOR.0.0" ||
    die "Node.js $(found_node) is too old: this needs $NODE_MAJOR or newer." "Get it from https://nodejs.org"
}

need_wasm_target() {
  have_wasm_target && return
  have rustup || die "Rust's $WASM_TARGET target is missing, and so is rustup, which would fetch it." \
    "Install Rust with rustup (https://rustup.rs), or the target by your system's packages."
  say "Adding Rust's $WASM_TARGET target"
  rustup target add "$WASM_TARGET" ||
    die "rustup could not add the target." "Is there a network? Try: rustup target add $WASM_TARGET"
}

need_rust_components() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  have rustup || die "rustfmt or clippy is missing." "Install them with your system's packages."
  say "Adding rustfmt and clippy"
  rustup component add rustfmt clippy ||
    die "rustup could not add them." "Try: rustup component add rustfmt clippy"
}

# cargo_install CRATE VERSION OPT-LEVEL [ARGS]: the publisher's own program where cargo-binstall is
# there and finds one, else compiles it, for speed of compiling and not of running.
cargo_install() {
  local crate="$1" version="$2" opt_level="$3"
  shift 3
  if have cargo-binstall && cargo binstall --no-confirm --disable-strategies quick-install,compile \
    --force --root "$TOOLS/cargo" "$crate@$version"; then
    return
  fi
  CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL="$opt_level" \
    CARGO_PROFILE_RELEASE_DEBUG=0 \
    CARGO_TARGET_DIR="$TOOLS/build/$crate" \
    cargo install "$crate" --version "=$version" --root "$TOOLS/cargo" --force --no-default-features "$@" ||
    die "$crate $version could not be compiled; what cargo said is above." \
      "Is there a network, and a C compiler (Debian: apt-get install build-essential)?" \
      "Then run this again: it goes on where it stopped."
  rm -rf "$TOOLS/build/$crate"
}

# Each of these says whether a tool is there, or installs it.
has_trunk() { [ "$(found_trunk)" = "$TRUNK" ]; }
has_wasm_bindgen() { [ "$(found_wasm_bindgen)" = "$(wasm_bindgen_version)" ]; }
has_wasm_opt() { [ "$(found_wasm_opt)" = "${BINARYEN%%.*}" ]; }

# Default features of both are for downloading (updates, tools, drivers), which they are not to do here.
install_trunk() { cargo_install trunk "$TRUNK" 0 --locked; }
# Not --locked: its lock file may name a crate release that a registry no longer serves. Nothing
# but its own version, which is exact, has to agree with ours.
install_wasm_bindgen() { cargo_install wasm-bindgen-cli "$(wasm_bindgen_version)" 1 --bin wasm-bindgen; }

need_wasm_bindgen() {
  has_wasm_bindgen && return
  side_by_side wasm_bindgen
}

# npm_install FOLDER PACKAGE@VERSION...: no manifest and no lock file; the versions are tools.env's.
npm_install() {
  local folder="$1"
  shift
  rm -rf "$folder"
  mkdir -p "$folder"
  echo '{ "private": true }' >"$folder/package.json"
  (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save --no-package-lock \
    --no-audit --no-fund --loglevel=error "$@") ||
    die "npm could not install $*." "Is there a network? What npm said is above."
}

install_wasm_opt() {
  npm_install "$TOOLS/unpacked" "binaryen@$BINARYEN"
  mkdir -p "$TOOLS/bin"
  # One tool of the package's nine (100 MB); its package.json says which kind of script it is.
  cp "$TOOLS/unpacked/node_modules/binaryen/bin/wasm-opt" \
    "$TOOLS/unpacked/node_modules/binaryen/bin/package.json" "$TOOLS/bin/"
  rm -rf "$TOOLS/unpacked"
  has_wasm_opt || die "wasm-opt was installed, but does not run." "Try: .tools/bin/wasm-opt --version"
}

# The crates of the page, as the next build wants them. What is wrong with them, that build says.
install_crates() {
  cargo build --locked --offline --target "$WASM_TARGET" --profile "$CRATES_PROFILE" --bin loopstream || true
}

# What is installed, in words, and how long it takes on two cores.
words_for() {
  case "$1" in
    trunk) echo "Trunk $TRUNK" ;;
    wasm_bindgen) echo "wasm-bindgen $(wasm_bindgen_version)" ;;
    wasm_opt) echo "wasm-opt $BINARYEN" ;;
    crates) echo "the page's crates" ;;
  esac
}
time_for() {
  case "$1" in
    trunk) echo "4 minutes where it is compiled" ;;
    wasm_bindgen) echo "2 minutes where it is compiled" ;;
    wasm_opt) echo "some seconds" ;;
    crates) echo "2 minutes" ;;
  esac
}

# side_by_side NAME...: runs install_NAME of each at the same time, since each has stretches in
# which only one core works, and says what is still waited for.
side_by_side() {
  local name job jobs="" running failed="" start=$SECONDS said=0
  mkdir -p "$TOOLS/logs"
  # What runs in the background does not hear Ctrl-C by itself.
  trap 'trap "" TERM; kill -TERM 0; exit 130' INT
  for name in "$@"; do
    say "$(words_for "$name"): about $(time_for "$name"), once"
    ("install_$name" >"$TOOLS/logs/$name" 2>&1) &
    jobs="$jobs $name:$!"
  done
  while [ -n "$jobs" ]; do
    sleep 1
    running=""
    for job in $jobs; do
      name="${job%:*}"
      if kill -0 "${job#*:}" 2>/dev/null; then
        running="$running $job"
      elif wait "${job#*:}"; then
        say "$(words_for "$name"): done after $((SECONDS - start)) s"
      else
        failed="$failed $name"
      fi
    done
    jobs="$running"
    if [ -n "$jobs" ] && [ $((SECONDS - start - said)) -ge 60 ]; then
      said=$((SECONDS - start))
      say "After $said s, still to come:$(for job in $jobs; do printf ' %s;' "$(words_for "${job%:*}")"; done)"
    fi
  done
  trap - INT
  for name in $failed; do
    tail -n 40 "$TOOLS/logs/$name" >&2
    die "$(words_for "$name") could not be installed; what it said is above." "All of it is in .tools/logs/$name"
  done
}

# The crates of Cargo.lock: Trunk builds offline. Quick when they are there.
need_crates() {
  cargo fetch --quiet --locked --target "$WASM_TARGET" --target "$(rustc -vV | sed -n 's/^host: //p')" ||
    die "cargo could not fetch the crates of Cargo.lock." \
      "If Cargo.toml has changed, bring the lock file along: cargo update --workspace" \
      "Otherwise: is there a network?"
}

# need_build_tools [PROFILE]: what a build needs. Where a tool has to be compiled, the crates are
# compiled meanwhile, in that profile.
need_build_tools() {
  local tool missing=""
  need_rust
  need_node
  need_wasm_target
  need_crates
  for tool in wasm_opt wasm_bindgen trunk; do "has_$tool" || missing="$missing $tool"; done
  [ -n "$missing" ] || return 0
  CRATES_PROFILE="${1:-dev}"
  # shellcheck disable=SC2086 # one word for each tool
  side_by_side $missing crates
}

# The npm packages of the browser tests, as words.
browser_packages() {
  echo "@playwright/test@$PLAYWRIGHT @axe-core/playwright@$AXE axe-core@$AXE" \
    "@y/websocket-server@$Y_WEBSOCKET_SERVER y-websocket@$Y_WEBSOCKET yjs@$YJS y-protocols@$Y_PROTOCOLS lib0@$LIB0" \
    "@hocuspocus/server@$HOCUSPOCUS @hocuspocus/provider@$HOCUSPOCUS ws@$WS"
}

# What the browser tests and benchmarks need on top of a build. Sets LOOPSTREAM_CHROMIUM.
need_browser_tools() {
  need_node
  local stamp="$TOOLS/node/stamp"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$(browser_packages)" ]; then
    say "Installing Playwright $PLAYWRIGHT, axe $AXE and relays into .tools/"
    # shellcheck disable=SC2046 # one word for each package
    npm_install "$TOOLS/node" $(browser_packages)
    browser_packages >"$stamp"
  fi
  # A real folder here would hide the pinned packages.
  if [ "$(readlink e2e/node_modules 2>/dev/null)" != ../.tools/node/node_modules ]; then
    rm -rf e2e/node_modules
    ln -s ../.tools/node/node_modules e2e/node_modules
  fi
  need_chromium
}

# The npm packages that arranging is compared with, as words.
layout_packages() {
  echo "@viz-js/viz@$VIZ_JS elkjs@$ELKJS cytoscape@$CYTOSCAPE cytoscape-fcose@$CYTOSCAPE_FCOSE"
}

# What ./dev bench layout compares with.
need_layout_peers() {
  need_node
  local stamp="$TOOLS/layout/stamp"
  [ "$(cat "$stamp" 2>/dev/null)" = "$(layout_packages)" ] && return
  say "Installing Graphviz, ELK and Cytoscape into .tools/"
  # shellcheck disable=SC2046 # one word for each package
  npm_install "$TOOLS/layout" $(layout_packages)
  layout_packages >"$stamp"
}

# The npm packages that loading is compared with, as words.
load_packages() {
  echo "@excalidraw/excalidraw@$EXCALIDRAW react@$REACT react-dom@$REACT esbuild@$ESBUILD"
}

# The page that ./dev bench browser load compares with.
need_load_peers() {
  need_node
  local stamp="$TOOLS/load/stamp"
  [ "$(cat "$stamp" 2>/dev/null)" = "$(load_packages)" ] && return
  say "Installing Excalidraw into .tools/, to compare loading with"
  # shellcheck disable=SC2046 # one word for each package
  npm_install "$TOOLS/load" $(load_packages)
  node tools/load_peers.mjs --packages "$TOOLS/load"
  load_packages >"$stamp"
}

# The Python packages of ./dev bench peers, as words.
peer_packages() { echo "networkx==$NETWORKX rustworkx==$RUSTWORKX"; }

# What ./dev bench peers compares with.
# shellcheck disable=SC2046 # one word for each package
need_peers() { need_venv "$TOOLS/peers" $(peer_packages); }

# What ./dev bench simulate compares with.
need_pysd() { need_venv "$TOOLS/pysd" "pysd==$PYSD"; }

# What ./dev bench events compares with.
need_event_peers() { need_venv "$TOOLS/events" "simpy==$SIMPY" "ciw==$CIW"; }

# need_venv FOLDER PACKAGE==VERSION...: a Python venv with these.
need_venv() {
  local folder="$1" stamp="$1/stamp"
  shift
  [ "$(cat "$stamp" 2>/dev/null)" = "$*" ] && return
  have python3 || die "Python is missing." "Install version $PYTHON or newer, with venv: https://www.python.org"
  at_least "$(found_python)" "$PYTHON.0" ||
    die "Python $(found_python) is too old: this needs $PYTHON or newer." "Get it from https://www.python.org"
  say "Installing $* into .tools/"
  rm -rf "$folder"
  python3 -m venv "$folder" ||
    die "Python could not make a venv." "On Debian: apt-get install python3-venv"
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" ||
    die "pip could not install $*." "Is there a network? What pip said is above."
  echo "$*" >"$stamp"
}

# Prints the path of a Chromium, or nothing: the one asked for, one on PATH, a Mac's, Playwright's own.
find_chromium() {
  local name
  if [ -n "${LOOPSTREAM_CHROMIUM:-}" ]; then
    echo "$LOOPSTREAM_CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if have "$name"; then
      command -v "$name"
      return
    fi
  done
  for name in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" "$(playwright_chromium)"; do
    if [ -n "$name" ] && [ -x "$name" ]; then
      echo "$name"
      return
    fi
  done
}

# Where Playwright would keep its own browser.
playwright_chromium() {
  [ -d e2e/node_modules/@playwright/test ] || return 0
  (cd e2e && node -e 'import("@playwright/test").then((p) => console.log(p.chromium.executablePath()))' 2>/dev/null) || true
}

is_debian() { grep -q '^ID=debian' /etc/os-release 2>/dev/null; }

# What runs apt-get as root without a password, as a word; nothing where that cannot be.
apt_as_root() {
  have apt-get || return 0
  if [ "$(id -u)" = 0 ]; then
    echo env
  elif have sudo && sudo -n true 2>/dev/null; then
    echo sudo
  fi
}

# apt_install PACKAGE...: fails where apt-get or the right to use it is missing.
apt_install() {
  local as_root
  as_root="$(apt_as_root)"
  [ -n "$as_root" ] || return 1
  say "Installing $* with apt-get"
  "$as_root" apt-get update -q && "$as_root" apt-get install -qy --no-install-recommends "$@"
}

need_chromium() {
  local found
  found="$(find_chromium)"
  if [ -z "$found" ]; then
    install_chromium
    found="$(find_chromium)"
  fi
  [ -n "$found" ] || die "There is no Chromium, and none could be installed." \
    "Install Chromium or Chrome, or say where it is: LOOPSTREAM_CHROMIUM=/path/to/chromium"
  [ -x "$found" ] || die "$found (LOOPSTREAM_CHROMIUM) cannot be run." "Give the path of a Chromium, or unset the variable."
  export LOOPSTREAM_CHROMIUM="$found"
}

# By Debian's packages when no password is needed, else by Playwright's download.
install_chromium() {
  # Elsewhere the package of this name is another thing, or there is none.
  if is_debian && apt_install chromium; then return; fi
  say "Downloading Playwright's Chromium"
  (cd e2e && node node_modules/@playwright/test/cli.js install chromium) ||
    say "Playwright could not download it (on Linux its libraries may be missing: npx playwright install-deps)"
}

# Prints the path of a Firefox, or nothing: the one asked for, one on PATH, a Mac's.
find_firefox() {
  local name
  if [ -n "${LOOPSTREAM_FIREFOX:-}" ]; then
    echo "$LOOPSTREAM_FIREFOX"
    return
  fi
  for name in firefox firefox-esr "/Applications/Firefox.app/Contents/MacOS/firefox"; do
    if have "$name"; then
      command -v "$name"
      return
    fi
  done
}

# Prints the path of the driver of WebKitGTK, or nothing: the one asked for, or one on PATH. It needs
# a display, for which xvfb-run stands in.
find_webkit() {
  have xvfb-run || return 0
  if [ -n "${LOOPSTREAM_WEBKIT:-}" ]; then
    echo "$LOOPSTREAM_WEBKIT"
  elif have WebKitWebDriver; then
    command -v WebKitWebDriver
  fi
}

# The engines beside Chromium. Sets LOOPSTREAM_FIREFOX and LOOPSTREAM_WEBKIT; what is not here and
# cannot be installed stays empty.
need_engines() {
  local missing=""
  # Ubuntu's package of Firefox brings another way of installing, and no Firefox.
  if [ -z "$(find_firefox)" ] && is_debian; then missing="firefox-esr"; fi
  if [ -z "$(find_webkit)" ]; then missing="$missing webkit2gtk-driver xvfb xauth"; fi
  # shellcheck disable=SC2086 # one word for each package
  if [ -n "$missing" ]; then apt_install $missing || say "They could not be installed: $missing"; fi
  LOOPSTREAM_FIREFOX="$(find_firefox)"
  LOOPSTREAM_WEBKIT="$(find_webkit)"
  export LOOPSTREAM_FIREFOX LOOPSTREAM_WEBKIT
}
