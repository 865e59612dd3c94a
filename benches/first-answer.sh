#!/usr/bin/env bash
# Measures how long a new user waits for the first output: README's first command in a fresh clone, compared with a
# fresh dev build of a small program that uses serde_json and mimalloc; then `cargo test`. Downloads are not included.
#
#     benches/first-answer.sh [--no-tests]
#
# It measures the commit that is checked out. The limits on two idle cores are 75 s wall-clock time, 130 s CPU time and
# 10.5 times the CPU time of the small program, and 180 s for the tests. Only the ratio is enforced (exit code 1).
set -euo pipefail
cd "$(dirname "$0")/.."

project=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset RUSTC_WRAPPER CARGO_BUILD_TARGET_DIR "${!CARGO_PROFILE_@}"

# measure FOLDER COMMAND: runs COMMAND in FOLDER with the target folder FOLDER-target; sets `wall` and `cpu` in
# milliseconds. The output of COMMAND is written to FOLDER.out and FOLDER.err.
measure() {
    local folder=$work/$1 text=$2 TIMEFORMAT='%3R %3U %3S' user system
    echo "$ $text" >&2
    export CARGO_TARGET_DIR=$folder-target
    if ! { time (cd "$folder" && bash -c "$text" >"$folder.out" 2>"$folder.err"); } 2>"$folder.time"; then
        cat "$folder.err" >&2
        echo "error: this command failed: $text" >&2
        exit 2
    fi
    read -r wall user system <"$folder.time"
    wall=$((10#${wall/[.,]/})) cpu=$((10#${user/[.,]/} + 10#${system/[.,]/}))
}

# figures TITLE: prints one line of results.
figures() {
    printf '%-42s %4d.%d s wall %4d.%d s CPU\n' \
        "$1" $((wall / 1000)) $((wall % 1000 / 100)) $((cpu / 1000)) $((cpu % 1000 / 100))
}

# The first command of README.md that runs cargo, and the line of Cargo.toml that names mimalloc.
command='' mimalloc=''
while IFS= read -r line; do
    [[ $line == 'cargo run '* ]] && command=$line && break
done <README.md
while IFS= read -r line; do
    [[ $line == 'mimalloc = '* ]] && mimalloc=${line/optional = true, /}
done <Cargo.toml
[[ -n $command && -n $mimalloc ]]

git clone --quiet --no-hardlinks "$project" "$work/clone"
mkdir -p "$work/small/src"
# The same versions as in this project; cargo removes unused packages from the copied lock file.
cp Cargo.lock "$work/small/"
cat >"$work/small/Cargo.toml" <<END
[package]
name = "small"
version = "0.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
$mimalloc

[workspace]
END
cat >"$work/small/src/main.rs" <<'END'
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    for line in std::io::stdin().lines() {
        let value: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        println!("{value}");
    }
}
END
for folder in clone small; do
    (cd "$work/$folder" && cargo fetch --quiet)
done

# The small program is measured before and after, because the machine may not be idle.
small="cargo run --quiet <'$project/examples/events.ndjson'"
measure small "$small"
figures 'small program (serde_json, mimalloc)'
before=$cpu
rm -rf "$work/small-target"
measure clone "$command"
figures "README's first command"
first=$cpu
if [[ $(<"$work/clone.out") != *'PUT https://'*'"email": "'* ]]; then
    echo "error: the command printed no request" >&2
    exit 2
fi
measure small "$small"
figures 'small program again'
ratio=$((200 * first / (before + cpu)))
printf '%-42s %4d.%02d times the CPU of the small program\n' 'ratio' $((ratio / 100)) $((ratio % 100))

if [[ ${1-} != --no-tests ]]; then
    measure clone 'cargo test'
    figures 'cargo test afterwards'
fi
((ratio <= 1050))
