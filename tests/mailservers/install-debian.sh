#!/bin/sh
# Installs Dovecot, Postfix, tesseract and strace on Debian or Ubuntu for tests/servers and tests/faults, and a browser
# for tests/threats. Needs root.
# The packages start no daemon: our tests start their own, on loopback ports, with their own settings.
set -eu

policy=/usr/sbin/policy-rc.d
kept=""

restore() {
    rm -f "$policy"
    if [ -n "$kept" ]; then mv "$kept" "$policy"; fi
}

if [ -e "$policy" ]; then
    kept=$(mktemp "$policy.XXXXXX")
    mv "$policy" "$kept"
fi
trap restore EXIT
printf '#!/bin/sh\nexit 101\n' >"$policy"
chmod 0755 "$policy"

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
apt-get install -y -qq --no-install-recommends dovecot-core dovecot-imapd dovecot-lmtpd postfix openssl \
    tesseract-ocr strace
# 80 MB; Ubuntu has it under another name.
apt-get install -y -qq --no-install-recommends chromium || apt-get install -y -qq --no-install-recommends chromium-browser
