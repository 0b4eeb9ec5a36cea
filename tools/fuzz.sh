# Fuzzing: ./dev fuzz. Sourced by ./dev.

# fuzz READER [RUNS]: a million inputs for a reader, or so many.
#
# libFuzzer needs the program to count where it goes. That is an option of stable Rust's compiler,
# so this needs neither cargo-fuzz nor a nightly toolchain. cargo-fuzz can run the same package where
# it is installed: FUZZ_READER=csv cargo +nightly fuzz run read fuzz/corpus/csv
fuzz() {
  local reader="${1:-}" runs="${2:-1000000}" host
  need_rust
  host="$(rustc -vV | sed -n 's/^host: //p')"
  local -x CARGO_TARGET_DIR="$ROOT/fuzz/target"
  local -x FUZZ_READER="$reader"
  cargo run --quiet --release --manifest-path fuzz/Cargo.toml --bin seeds
  [ -n "$reader" ] && [ -d "fuzz/corpus/$reader" ] ||
    die "There is no reader '$reader'." "There is: $(ls fuzz/corpus | paste -s -d ' ' -)"
  # Only the package and its dependencies are told to count, not what builds them.
  RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1" \
    cargo build --quiet --release --manifest-path fuzz/Cargo.toml --bin read --target "$host"
  mkdir -p "fuzz/artifacts/$reader"
  say "$runs inputs for the reader $reader"
  "fuzz/target/$host/release/read" "fuzz/corpus/$reader" -runs="$runs" -max_len=8192 \
    -timeout=10 -rss_limit_mb=1024 -artifact_prefix="fuzz/artifacts/$reader/" -print_final_stats=1
}
