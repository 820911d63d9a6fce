/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/terms-file.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "proto/wire.h"
#include "clients/files.h"

void terms_cleanup(struct terms **terms)
{
        free(*terms);
}

void complaints_cleanup(struct complaints **complaints)
{
        free(*complaints);
}

enum exit_code terms_file_read(const char *path, struct terms **ret)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        enum exit_code code;
        int r;

        if (!complaints || !terms)
                return say_failure(-ENOMEM, "%s", path);
        code = file_read(path, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = terms_from_json(file_bytes(&file), terms, complaints);
        if (r < 0)
                return say_failure(r, "%s", path);
        if (r) {
                complaints_print(complaints, path, stderr);
                return EXIT_REFUSED;
        }
        *ret = give(terms);
        return EXIT_DONE;
}

enum exit_code terms_decode(struct bytes bytes, struct terms *ret)
{
        static struct faults faults;
        struct fault fault;
        int r = wire_read_terms(bytes, ret, &fault);

        if (r < 0)
                return say_failure(r, "the terms");
        faults_reset(&faults);
        if (!r)
                terms_check(ret, 0, &faults);
        if (!r && faults.count == 0)
                return EXIT_DONE;
        if (!r)
                fault = faults.list[0];
        say_error("this version of accord cannot carry out these terms: %s: %s", fault.field,
                  fault.says);
        return EXIT_INTEGRITY;
}

enum exit_code terms_digest(struct bytes bytes, struct digest *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        int r = hasher_new(&hasher);

        if (r)
                return say_failure(r, "SHA-256");
        hash_spans(hasher, &bytes, 1, ret);
        return EXIT_DONE;
}

enum exit_code terms_encode(const struct terms *terms, struct sink *ret, struct digest *ret_digest)
{
        int r = sink_new(ret, 4096, WIRE_TERMS_MAX);

        if (!r)
                r = wire_write_terms(ret, terms);
        if (r == -ENOBUFS) {
                say_error("the terms are larger than %u bytes on the wire", WIRE_TERMS_MAX);
                return EXIT_REFUSED;
        }
        if (r)
                return say_failure(r, "the terms");
        return terms_digest(sink_bytes(ret), ret_digest);
}
