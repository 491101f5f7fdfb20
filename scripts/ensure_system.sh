#!/usr/bin/env bash
# Make sure the system has what a Python lock file cannot bring.
#
#   scripts/ensure_system.sh [venv] [fonts] [node] [browser]   check, and install what is missing where we may
#   scripts/ensure_system.sh browser-path                      print the browser the tests use, or nothing
#
# Missing packages are installed with apt-get by root or where sudo asks no password; elsewhere one line each says
# what to do. Without `venv` nothing can go on (exit 1). Without `browser` or `node` the browser tests cannot run:
# exit 1 under CI. Without `fonts` the browser of the tests shows no Chinese; building a site needs none.
set -euo pipefail

python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# macOS and Windows bring Chinese fonts; on Linux the browser tests read pages in Noto Sans CJK.
has_fonts() {
  [ "$(uname -s)" = Linux ] || return 0
  local folders=() folder
  for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts"; do
    [ ! -d "$folder" ] || folders+=("$folder")
  done
  [ ${#folders[@]} -gt 0 ] || return 1
  [ -n "$(find -L "${folders[@]}" \( -iname 'NotoSansCJK*' -o -iname 'NotoSansSC*' \) -print -quit 2>/dev/null)" ]
}

# The Node.js that pyright and Playwright bring links to libatomic, which a bare Debian lacks.
has_node() {
  local libraries
  libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 0 # no ldconfig: not such a system
  [[ $libraries == *libatomic.so.1* ]]
}

find_browser() {
  local name
  if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM"
    return
  fi
  for name in chromium google-chrome-stable google-chrome chromium-browser \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if command -v "$name" 2>/dev/null; then return 0; fi
  done
  return 1
}

has_browser() { find_browser >/dev/null; }

package_for() {
  case $1 in
    venv) echo python3-venv ;;
    fonts) echo fonts-noto-cjk ;;
    node) echo libatomic1 ;;
    browser) echo chromium ;;
  esac
}

explain() {
  case $1 in
    venv) say "missing: Python's venv and ensurepip. Install them (Debian: apt-get install python3-venv)." ;;
    fonts) say "warning: no Noto Sans CJK font, so browser tests measure pages without Chinese letters." \
      "Install it (Debian: apt-get install fonts-noto-cjk)." ;;
    node) say "missing: libatomic, without which pyright and the browser tests cannot start." \
      "Install it (Debian: apt-get install libatomic1)." ;;
    browser) say "missing: Chromium or Chrome, for the browser tests. Install it (Debian: apt-get install" \
      "chromium), or name one in the environment variable CHROMIUM." ;;
  esac
}

# Runs a command as root, or fails where we may not.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

run_apt() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" </dev/null 2>&1
}

# What fails in `update` may be a source we need nothing from, so `install` decides.
# A line now and then while apt-get works; its whole output only when it fails.
install_packages() {
  command -v apt-get >/dev/null || return 1
  as_root true || return 1
  local log
  log=$(mktemp)
  say "Installing with apt-get: $* (once; a minute or two)"
  if { run_apt update || true; run_apt install -y --no-install-recommends "$@"; } | tee "$log" |
    awk '/^(Get:|Unpacking)/ && ++lines % 50 == 0 { print "    " lines " steps done"; fflush() }' >&2; then
    rm -f "$log"
  else
    tail -n 15 "$log" >&2
    say "apt-get failed; its whole output: $log"
    return 1
  fi
}

missing() {
  local need
  for need in "$@"; do "has_$need" || echo "$need"; done
}

require_python() {
  if ! command -v "$python" >/dev/null; then
    say "missing: $python. Install Python 3.11 or newer, or name one: make PYTHON=python3.12"
    exit 1
  fi
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$python" -V) is too old: Python 3.11 or newer is needed. Name one: make PYTHON=python3.12"
    exit 1
  fi
}

main() {
  local need packages=() absent still status=0
  for need in "$@"; do
    case $need in
      browser-path) find_browser || true; return 0 ;;
      venv) require_python ;;
      fonts | node | browser) ;;
      *) say "unknown need '$need'; known: venv fonts node browser browser-path"; exit 2 ;;
    esac
  done
  absent=$(missing "$@")
  [ -n "$absent" ] || return 0
  for need in $absent; do packages+=("$(package_for "$need")"); done
  install_packages "${packages[@]}" || true
  still=$(missing "$@")
  for need in $still; do
    explain "$need"
    case $need in
      venv) status=1 ;;
      node | browser) [ -z "${CI:-}" ] || status=1 ;;
    esac
  done
  return "$status"
}

main "$@"
