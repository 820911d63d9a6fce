# SPDX-License-Identifier: Apache-2.0
# why: what a contract pays for is made public by who is paid
# file: core/admit_community.c
# tests: 160-publications
s/else if \(view_side\(j->view\) != SIDE_BEARER\)/else if (view_side(j->view) == SIDE_NEITHER)/
