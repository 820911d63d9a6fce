/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_PROOF_SETUP_H
#define ACCORD_PROOF_SETUP_H

/*
 * proof_setup() - once in every program, before anything else of proof/ and before threads
 *
 * Picks libsodium's fastest code for this processor and opens the source of randomness. Calling
 * it again is harmless.
 *
 * Returns: 0; -EIO when there is no randomness to be had.
 */
int proof_setup(void);

#endif
