# SPDX-License-Identifier: Apache-2.0
# why: a commit that failed is one that was dropped
# file: daemon/turn.c
# tests: torture-eio
/^static bool commit/,/^}/s/daemon_die\(daemon, strerrordesc_np\(-r\), DAEMON_COMMIT_FAILED\);/return false;/
