/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>

#include "proof/random.h"

void random_bytes(void *ret, size_t size)
{
        randombytes_buf(ret, size);
}

void random_stream_id(struct stream_id *ret)
{
        random_bytes(ret->octets, sizeof(ret->octets));
}

void random_hub_id(struct hub_id *ret)
{
        random_bytes(ret->octets, sizeof(ret->octets));
}
