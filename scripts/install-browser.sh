#!/bin/sh
# The browser of the browser tests: Debian's Chromium, installed where it is absent and may be installed. The tests skip
# themselves, with a reason, where it is not there.
set -eu

for name in chromium chromium-browser google-chrome; do
	if command -v "$name" >/dev/null 2>&1; then
		echo "$name is installed: $(command -v "$name")"
		exit 0
	fi
done
if ! command -v apt-get >/dev/null 2>&1; then
	echo "no Chromium, and no apt-get to install it with; the browser tests will be skipped" >&2
	exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
	if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		as_root="sudo -n"
	else
		echo "no Chromium; install it as root: apt-get install chromium. The browser tests will be skipped" >&2
		exit 1
	fi
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium fonts-liberation
command -v chromium
