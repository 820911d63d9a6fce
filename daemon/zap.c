/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/zap.h"

#include <errno.h>
#include <string.h>
#include <zmq.h>

#include "core/bytes.h"
#include "daemon/bus_socket.h"
#include "daemon/hub.h"
#include "daemon/log.h"
#include "proof/hex.h"

#define TURN 64
#define PART_MAX 256

/* RFC 27, in this order. */
enum zap_part {
        ZAP_VERSION,
        ZAP_REQUEST,
        ZAP_DOMAIN,
        ZAP_ADDRESS,
        ZAP_IDENTITY,
        ZAP_MECHANISM,
        ZAP_KEY,
        ZAP_PART_COUNT,
};

struct zap_request {
        char data[ZAP_PART_COUNT][PART_MAX + 1];        /* NUL-terminated for the log */
        size_t size[ZAP_PART_COUNT];
        int count;              /* ZAP_PART_COUNT when it is whole */
};

/* Reads one request to its end, whatever it is. 0 or -errno. */
static int receive(void *socket, struct zap_request *ret)
{
        int more = 1;
        size_t size = sizeof(more);

        memset(ret, 0, sizeof(*ret));
        for (int i = 0; more; i++) {
                char part[PART_MAX];
                int got = zmq_recv(socket, part, sizeof(part), ZMQ_DONTWAIT);

                if (got < 0)
                        return -errno;
                if (i < ZAP_PART_COUNT && got <= PART_MAX) {
                        memcpy(ret->data[i], part, (size_t)got);
                        ret->size[i] = (size_t)got;
                        ret->count++;
                } else {
                        ret->count = -ZAP_PART_COUNT;   /* never comes out whole */
                }
                if (zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) < 0)
                        return -errno;
        }
        return 0;
}

static bool part_is(const struct zap_request *request, enum zap_part part, const char *text)
{
        return bytes_equal((struct bytes) { request->data[part], request->size[part] },
                           (struct bytes) { text, strlen(text) });
}

static bool let_in(const struct zap *zap, const struct zap_request *request)
{
        return request->count == ZAP_PART_COUNT && part_is(request, ZAP_VERSION, "1.0") &&
               (part_is(request, ZAP_DOMAIN, ZAP_DOMAIN_INTAKE) ||
                part_is(request, ZAP_DOMAIN, ZAP_DOMAIN_SIGNALS)) &&
               part_is(request, ZAP_MECHANISM, "CURVE") && request->size[ZAP_KEY] == 32 &&
               hub_knows(zap->hub, (const uint8_t *)request->data[ZAP_KEY], NULL);
}

static void answer(struct zap *zap, const struct zap_request *request, bool welcome,
                   const char *user)
{
        const struct bytes parts[] = {
                { "1.0", 3 },
                { request->data[ZAP_REQUEST], request->size[ZAP_REQUEST] },
                { welcome ? "200" : "400", 3 },
                { NULL, 0 },            /* why: nothing a stranger need know */
                { welcome ? user : NULL, welcome ? BUS_KEY_TEXT : 0 },
                { NULL, 0 },            /* metadata */
        };
        size_t count = sizeof(parts) / sizeof(parts[0]);

        /*
         * When the session is gone meanwhile the answer vanishes with it: nothing to do about it.
         */
        for (size_t i = 0; i < count; i++)
                zmq_send(zap->socket, parts[i].data, parts[i].size,
                         ZMQ_DONTWAIT | (i + 1 < count ? ZMQ_SNDMORE : 0));
}

static void judge(struct zap *zap, const struct zap_request *request)
{
        bool welcome = let_in(zap, request);
        char user[BUS_KEY_TEXT + 1] = "";

        if (request->size[ZAP_KEY] == 32)
                hex_print((struct bytes) { request->data[ZAP_KEY], 32 }, user);
        answer(zap, request, welcome, user);
        if (welcome) {
                zap->let_in++;
        } else {
                const struct log_about about = { .limit = request->data[ZAP_ADDRESS] };

                zap->refused++;
                log_say(zap->log, MESSAGE_KEY_REFUSED, &about, "%s, from %s, key %s",
                        request->data[ZAP_DOMAIN], request->data[ZAP_ADDRESS],
                        *user ? user : "none");
        }
}

static void look(void *zap_)
{
        struct zap *zap = zap_;
        struct zap_request request;

        for (int turn = 0; turn < TURN; turn++) {
                if (receive(zap->socket, &request) < 0)
                        return;
                judge(zap, &request);
        }
}

int zap_start(struct zap *zap, void *context, struct event_base *base, const struct hub *hub,
              struct log *log)
{
        int r;

        *zap = (struct zap) { .hub = hub, .log = log };
        zap->socket = zmq_socket(context, ZMQ_REP);
        if (!zap->socket)
                return -errno;
        r = bus_socket_set(zap->socket, ZMQ_LINGER, 0);
        if (!r && zmq_bind(zap->socket, BUS_ZAP_ADDRESS) < 0)
                r = -errno;
        if (!r)
                r = bus_watch_start(&zap->watch, base, zap->socket, look, zap);
        if (r)
                zap_stop(zap);
        return r;
}

void zap_stop(struct zap *zap)
{
        bus_watch_stop(&zap->watch);
        if (zap->socket)
                zmq_close(zap->socket);
        zap->socket = NULL;
}
