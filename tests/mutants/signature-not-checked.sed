# SPDX-License-Identifier: Apache-2.0
# why: whoever names a node speaks for it
# file: daemon/pipeline.c
# tests: hub-strangers hub-ahead
/^static int check_signature/,/^}/s/return sign_verify\(DOMAIN_SUBMISSION,/return 0 \&\& sign_verify(DOMAIN_SUBMISSION,/
