/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>

#include "proof/setup.h"

int proof_setup(void)
{
        return sodium_init() < 0 ? -EIO : 0;
}
