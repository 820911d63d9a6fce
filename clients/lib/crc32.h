/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LIB_CRC32_H
#define ACCORD_CLIENTS_LIB_CRC32_H

#include <stdint.h>

#include "core/bytes.h"

/*
 * CRC-32 as in zip and Ethernet, going on from @crc (0 at first): it tells a torn write from a
 * whole one, and guards against nobody.
 */
uint32_t crc32_of(uint32_t crc, struct bytes bytes);

#endif
