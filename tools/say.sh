# shellcheck shell=bash
# Messages to people. Sourced by ./dev.

# say TEXT: one line about what is happening.
say() { printf '==> %s\n' "$*" >&2; }

# die WHAT [WHAT-TO-DO...]: says what failed and what to do next, and ends with failure.
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# have COMMAND...: true when all of them are on PATH.
have() {
  local name
  for name in "$@"; do command -v "$name" >/dev/null 2>&1 || return 1; done
}

# at_least HAVE WANT: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]; }
