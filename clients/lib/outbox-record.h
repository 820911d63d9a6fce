/* SPDX-License-Identifier: Apache-2.0 */
/* The records of an outbox file: what is in them, and their octets. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_OUTBOX_RECORD_H
#define ACCORD_CLIENTS_LIB_OUTBOX_RECORD_H

#include <stdbool.h>

#include "clients/lib/outbox.h"
#include "clients/lib/recfile.h"

#define OUTBOX_FORMAT 1u

/* Numbers are the file's format. */
enum outbox_record {
        RECORD_HEAD = 1,        /* first: whose outbox it is */
        RECORD_STREAM = 2,      /* from here on the file is this one, and seals under this stream */
        RECORD_SEALED = 3,      /* number, tags and the SignedSubmission */
        RECORD_RECEIVED = 4,    /* the HubFrame with the receipt */
        RECORD_REFUSED = 5,     /* the HubFrame with the refusal */
        RECORD_ABANDONED = 6,   /* nobody waits for the answer any more */
        RECORD_TAKEN_BACK = 7,  /* the answer is void: it waits again */
        RECORD_EPOCH = 8,       /* the hub's epoch that was looked at; none: the first */
};

struct head_record {
        struct hub_id hub;
        struct node_path node;
};

struct stream_record {
        struct stream_id stream;
        struct recfile_identity identity;
        uint64_t next_sequence;         /* of the stream, at this place */
        uint64_t log_size;              /* entries the hub's log must have: it said so */
        uint64_t received, refused, abandoned;  /* before this place */
        instant at;
};

struct sealed_record {
        struct stream_id stream;
        uint64_t sequence;
        instant at;
        uint32_t event_count;
        bool tagged;
        struct stream_id repack_of_stream;      /* the refused one whose rest it is; */
        uint64_t repack_of;                     /* 0: it is none */
        struct accord_about about;
        struct bytes tags;                      /* event_count numbers, big-endian */
        struct bytes submission;                /* empty: compacted away */
};

struct answer_record {
        struct stream_id stream;
        uint64_t sequence;
        instant at;
        struct stream_id repacked_stream;
        uint64_t repacked_as;                   /* 0: no rest */
        struct bytes frame;                     /* HubFrame as received */
};

struct taken_record {
        struct stream_id stream;
        uint64_t sequence;
        uint64_t sealed;                        /* where its sealed record begins */
        bool refused;                           /* what is void is a refusal */
        struct stream_id repacked_stream;
        uint64_t repacked_as;                   /* 0: no rest */
};

struct epoch_record {
        uint32_t epoch;
        uint64_t log_size;                      /* entries the hub's log must have, from here on */
};

int write_head(struct recfile *file, const struct head_record *head);
int write_stream(struct recfile *file, const struct stream_record *stream);
int write_sealed(struct recfile *file, const struct sealed_record *sealed, uint64_t *ret_at);
int write_answer(struct recfile *file, enum outbox_record type, const struct answer_record *answer);
int write_taken(struct recfile *file, const struct taken_record *taken);
int write_epoch(struct recfile *file, const struct epoch_record *epoch);

/* False when the content is not of that shape. Spans point into it. */
bool read_head(struct bytes content, struct head_record *ret);
bool read_stream(struct bytes content, struct stream_record *ret);
bool read_sealed(struct bytes content, struct sealed_record *ret);
bool read_answer(struct bytes content, struct answer_record *ret);
bool read_taken(struct bytes content, struct taken_record *ret);
bool read_epoch(struct bytes content, struct epoch_record *ret);

#endif
