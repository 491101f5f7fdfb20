#!/usr/bin/env bash
# Make .venv hold what a lock file says: scripts/ensure_venv.sh site|dev
#
# dev is site plus the tools of `make test` and `make check`. What was installed is remembered as a key made of the
# lock file's content, Python's version and the folder, so that a second run takes milliseconds and a change of any
# of the three makes a fresh environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock=$1
venv=.venv

key_of() { echo "$(cksum <"requirements/$1.lock") $("$venv/bin/python" -V 2>&1) $PWD"; }
holds() { [ -x "$venv/bin/python" ] && [ "$(cat "$venv/$1.key" 2>/dev/null)" = "$(key_of "$1")" ]; }

# One line per package while pip works; its whole output only when it fails.
install() {
  local log=$venv/pip.log
  if ! "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
    --require-hashes --no-deps --only-binary :all: -r "requirements/$1.lock" 2>&1 |
    tee "$log" | { grep --line-buffered -oE '^(Collecting [^ ]+|Installing collected packages|ERROR:.*)' || true; }; then
    tail -n 25 "$log" >&2
    echo "pip could not install requirements/$1.lock; its whole output: $log" >&2
    exit 1
  fi
  "$venv/bin/python" -m pip check --disable-pip-version-check
}

! holds "$lock" || exit 0

# Two runs at once in the same tree take turns.
if command -v flock >/dev/null; then
  exec 9>.venv.flock
  flock 9
  ! holds "$lock" || exit 0
fi

scripts/ensure_system.sh venv
if [ "$lock" = site ] || ! holds site || [ -e "$venv/dev.key" ]; then
  echo "==> New Python environment in $venv"
  rm -rf "$venv"
  "${PYTHON:-python3}" -m venv "$venv"
fi
echo "==> Installing requirements/$lock.lock (a minute the first time)"
install "$lock"
if [ "$lock" = dev ]; then key_of dev >"$venv/dev.key"; fi
key_of site >"$venv/site.key"
