/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a node's secret keys come from: the file of key-file; else what the program of key-command
 * prints; else the credential node.key that a service manager handed over. Never from an argument
 * of ours: those others can read.
 */
#ifndef ACCORD_CLIENTS_KEYSOURCE_H
#define ACCORD_CLIENTS_KEYSOURCE_H

#include "clients/reach.h"

/* Fills in key_file or keys of reach->profile. EXIT_USAGE, EXIT_FAILED having said why. */
enum exit_code keysource_take(const struct cli *cli, struct reach *reach);

/*
 * keysource_run() - the keys that a program prints
 * @command: its absolute path and its arguments, parted by blanks; no shell reads it
 * @timeout_ms: it is killed when it takes longer
 *
 * What it prints is a key file's text, and no more of it is read. Its standard input is empty, its
 * standard error ours. EXIT_FAILED, EXIT_REFUSED having said why.
 */
enum exit_code keysource_run(const char *command, int timeout_ms, struct keys *ret);

#endif
