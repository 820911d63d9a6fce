/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/reach.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "clients/keysource.h"
#include "clients/profile.h"

/* One set of numbers: what libaccord answers is how the program ends. */
static_assert((int)ACCORD_FAILED == EXIT_FAILED && (int)ACCORD_USAGE == EXIT_USAGE &&
              (int)ACCORD_NO_SUCH_THING == EXIT_ABSENT &&
              (int)ACCORD_NOT_PERMITTED == EXIT_RIGHTS &&
              (int)ACCORD_REFUSED == EXIT_REFUSED && (int)ACCORD_CONFLICT == EXIT_CONFLICT &&
              (int)ACCORD_UNREACHABLE == EXIT_UNREACHED && (int)ACCORD_IN_DOUBT == EXIT_IN_DOUBT &&
              (int)ACCORD_INTEGRITY == EXIT_INTEGRITY && (int)ACCORD_PARTIAL == EXIT_PARTIAL,
              "libaccord and the command line number outcomes alike");

void reach_cleanup(struct reach *reach)
{
        accord_session_close(reach->session);
        accord_outbox_close(reach->outbox);
        keys_wipe(&reach->keys);
        free(reach->key_file);
        free(reach->directory);
        free(reach->signals);
}

enum exit_code reach_failed(const struct accord_error *error)
{
        say_error("%s", error->text);
        return (enum exit_code)error->code;
}

/* "tcp://hub:7801" -> "tcp://hub:7802"; NULL when there is no port to count from. */
static char *next_port(const char *endpoint)
{
        const char *colon = strrchr(endpoint, ':');
        char *end, *ret = NULL;
        long port;

        if (!colon || colon[1] < '0' || colon[1] > '9')
                return NULL;
        port = strtol(colon + 1, &end, 10);
        if (*end || port < 1 || port > 65534 ||
            asprintf(&ret, "%.*s:%ld", (int)(colon - endpoint), endpoint, port + 1) < 0)
                return NULL;
        return ret;
}

static enum exit_code load_hub_keys(const char *path, struct accord_profile *profile)
{
        struct public_keys keys;
        int r = keyfile_load_public(path, &keys);

        if (r == -EBADMSG) {
                say_error("%s is no file of public keys; the hub's operator has one to give", path);
                return EXIT_FAILED;
        }
        if (r)
                return say_failure(r, "the hub's public keys: %s", path);
        memcpy(profile->hub_transport_key, keys.transport, sizeof(keys.transport));
        memcpy(profile->hub_signing_key, keys.signing, sizeof(keys.signing));
        memcpy(profile->hub_sealing_key, keys.sealing, sizeof(keys.sealing));
        return EXIT_DONE;
}

/* That of outbox and state: set, or of the profile in use. */
enum exit_code reach_directory(const struct cli *cli, struct reach *reach)
{
        own(profile_text) char *base = NULL;
        const char *given = cli_get(cli, SETTING_STATE_DIR);
        int r = 0;

        if (reach->directory)
                return EXIT_DONE;

        if (given) {
                reach->directory = strdup(given);
                r = reach->directory ? 0 : -ENOMEM;
        } else {
                r = profile_state_directory(&base);
                if (!r && asprintf(&reach->directory, "%s/%s", base,
                                   cli->profile ? cli->profile : "default") < 0)
                        r = -ENOMEM;
        }
        if (!r)
                r = profile_make_directory(reach->directory);
        if (r)
                return say_failure(r, "the state directory");
        reach->profile.directory = reach->directory;
        return EXIT_DONE;
}

enum exit_code reach_profile(const struct cli *cli, struct reach *reach)
{
        struct accord_profile *profile = &reach->profile;
        const char *sender, *hub_key;
        enum exit_code code;

        if (profile->program)
                return EXIT_DONE;
        profile->intake = cli_need(cli, SETTING_HUB);
        hub_key = profile->intake ? cli_need(cli, SETTING_HUB_KEY) : NULL;
        sender = hub_key ? cli_need(cli, SETTING_SENDER) : NULL;
        if (!sender)
                return EXIT_USAGE;
        code = keysource_take(cli, reach);
        if (code)
                return code;
        if (!node_path_parse((struct bytes) { sender, strlen(sender) }, &profile->node.party,
                             &profile->node.node)) {
                say_error("%s is no node: PARTY/NODE", sender);
                return EXIT_USAGE;
        }
        code = load_hub_keys(hub_key, profile);
        if (!code)
                code = reach_directory(cli, reach);
        if (code)
                return code;
        profile->signals = cli_get(cli, SETTING_SIGNALS);
        if (!profile->signals)
                profile->signals = reach->signals = next_port(profile->intake);
        profile->program = "accord " ACCORD_VERSION;
        return EXIT_DONE;
}

enum exit_code reach_outbox(const struct cli *cli, struct reach *reach)
{
        struct accord_error error = { 0 };
        enum exit_code code = reach_profile(cli, reach);

        if (code || reach->outbox)
                return code;
        if (accord_outbox_open(&reach->outbox, &reach->profile, &error))
                return reach_failed(&error);
        return EXIT_DONE;
}

enum exit_code reach_hub(const struct cli *cli, struct reach *reach)
{
        struct accord_error error = { 0 };
        enum exit_code code = reach_profile(cli, reach);

        if (code || reach->session)
                return code;
        if (accord_session_open(&reach->session, &reach->profile, &error))
                return reach_failed(&error);
        accord_query_timeout(reach->session, cli->timeout_ms);
        return EXIT_DONE;
}

const struct name *reach_party(const struct reach *reach, const struct accord_about *about)
{
        return name_empty(&about->on_behalf_of) ? &reach->profile.node.party : &about->on_behalf_of;
}
