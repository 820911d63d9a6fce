/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/relayed.h"

#include <string.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/take.h"
#include "clients/terms-file.h"

#define DOCUMENT_MOST (64u << 20)

enum exit_code take_relayed(const struct call *call, struct relayed *ret)
{
        own(file) struct file file = { 0 };
        const char *path = call_value(call, "document"), *slash;
        struct digest digest;
        enum exit_code code;

        if (!call_has(call, "relayed-for") && !path)
                return EXIT_DONE;
        if (!call_has(call, "relayed-for") || !path)
                return call_misused(call, "--relayed-for and --document go together");
        code = take_name_option(call, "relayed-for", &ret->party);
        if (!code)
                code = file_read(path, DOCUMENT_MOST, &file);
        if (!code)
                code = terms_digest(file_bytes(&file), &digest);
        if (code)
                return code;
        ret->is = true;
        memcpy(ret->document_sha256.octets, digest.octets, sizeof(digest.octets));
        slash = strrchr(path, '/');
        path = slash ? slash + 1 : path;
        ret->document = (struct bytes) { path, strlen(path) };
        return EXIT_DONE;
}
