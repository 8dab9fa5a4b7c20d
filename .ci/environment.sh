# Sourced by ./run and ./check: one virtual environment with the pinned libraries, made once and kept.
# shellcheck shell=bash

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "Python 3.11 or newer is needed and was not found. Install it and try again." >&2
  return 1
}

make_environment() { # make_environment REQUIREMENTS
  local python stamp
  python=$(find_python)
  if [ ! -x .venv/bin/python ]; then
    echo "Making a virtual environment in .venv (once) ..."
    if ! "$python" -m venv .venv 2>/dev/null; then
      rm -rf .venv
      if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        "$python" -m venv .venv
      else
        echo "Python cannot make a virtual environment: install its venv module (on Debian: python3-venv)." >&2
        return 1
      fi
    fi
  fi
  stamp=.venv/.has-$(cat requirements.txt "$1" | .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:12])')
  if [ ! -e "$stamp" ]; then
    echo "Installing the libraries of $1 (once; a few minutes on a slow line) ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"
    touch "$stamp"
  fi
}

find_browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

make_browser() {
  find_browser && return
  if command -v apt-get >/dev/null 2>&1; then
    local may=""
    if [ "$(id -u)" = 0 ]; then may="env"; elif sudo -n true 2>/dev/null; then may="sudo -n"; fi
    if [ -n "$may" ]; then
      echo "Installing Chromium (once) ..." >&2
      $may apt-get update -qq >&2 && $may apt-get install -y -qq chromium >&2
    fi
  fi
  find_browser && return
  echo "The browser tests need Chromium or Chrome, and none was found or could be installed: install one and try again." >&2
  return 1
}
