/* SPDX-License-Identifier: Apache-2.0 */
/* Everything protobuf-c would take and we must not; each row is wrong in one thing only. */
#include <stdio.h>
#include <string.h>

#include "core/own.h"
#include "tests/proto/assemble.h"
#include "tests/proto/message.h"
#include "tests/proto/run.h"

#define HEAD "1:1 2*16=11 3\"a/b\" 6*16=22 7:1 8:9 "
#define KEY "1:1 2:4 5:0 6:2 "
#define FACT "4{" KEY "8:246}"
#define RELAYED "1\"medicare\" 2*32=dd"
#define WHOLE REFUSAL_WHOLE

#define WIRE MESSAGE_CLIENT_FRAME

struct row {
        const char *says;
        const char *source;
        int refusal;
        uint32_t event;
        const char *field;
};

/* ---- what stands in one event, the second of a submission */

static const struct row events[] = {
        { "a fact as it should be", FACT, 0, 0, NULL },
        { "fields in another order", "4{8:246 6:2 5:0 2:4 1:1}", 0, 0, NULL },
        { "a negative amount", "4{" KEY "8:-7}", 0, 0, NULL },
        { "no event at all", "", REFUSAL_MALFORMED, 1, "" },
        { "an event of a kind that is not known", "99{}", REFUSAL_MALFORMED, 1, "" },
        { "two events in one", FACT " 8{1\"x\"}", REFUSAL_MALFORMED, 1, "" },
        { "the same event twice", FACT FACT, REFUSAL_MALFORMED, 1, "fact" },
        { "a fact without a value", "4{" KEY "}", REFUSAL_MALFORMED, 1, "fact" },
        { "a fact with two values", "4{" KEY "8:2 9:2}", REFUSAL_MALFORMED, 1, "fact" },
        { "a value twice", "4{" KEY "8:2 8:2}", REFUSAL_MALFORMED, 1, "fact.cents" },
        { "a field that is not known", "4{" KEY "8:2 14:1}", REFUSAL_MALFORMED, 1, "fact" },
        { "a required field is missing", "4{1:1 2:4 5:0 8:2}", REFUSAL_MALFORMED, 1,
          "fact.period_until" },
        { "one is missing in a message within", "4{" KEY "10{1:2}}", REFUSAL_MALFORMED, 1,
          "fact.rate.den" },
        { "the last of many is missing", "4{" KEY "8:2 13{1\"m\"}}", REFUSAL_MALFORMED, 1,
          "fact.relayed.document_sha256" },
        { "an enum's number that is not known", "4{1:4 2:4 5:0 6:2 8:2}", REFUSAL_MALFORMED, 1,
          "fact.scope" },
        { "an enum's number that would be cut", "4{1:4294967297 2:4 5:0 6:2 8:2}",
          REFUSAL_MALFORMED, 1, "fact.scope" },
        { "a uint32 that would be cut", "4{1:1 2:4294967300 5:0 6:2 8:2}", REFUSAL_MALFORMED, 1,
          "fact.kind" },
        { "a uint32 of its largest value", "4{1:1 2:4294967295 5:0 6:2 8:2}", 0, 0, NULL },
        { "a sint32 that would be cut", "4{1:1 2:4 5:4294967296 6:2 8:2}", REFUSAL_MALFORMED, 1,
          "fact.period_from" },
        { "a sint32 of its largest value", "4{1:1 2:4 5:4294967295 6:2 8:2}", 0, 0, NULL },
        { "a varint longer than it need be", "4{" KEY "#40 82 00;}", REFUSAL_MALFORMED, 1, "fact" },
        { "zero in two octets", "4{" KEY "#40 80 00;}", REFUSAL_MALFORMED, 1, "fact" },
        { "a varint of ten octets", "4{" KEY "#40 ff ff ff ff ff ff ff ff ff 01;}", 0, 0, NULL },
        { "one bit more than 64", "4{" KEY "#40 ff ff ff ff ff ff ff ff ff 02;}",
          REFUSAL_MALFORMED, 1, "fact" },
        { "a varint of eleven octets", "4{" KEY "#40 ff ff ff ff ff ff ff ff ff ff 01;}",
          REFUSAL_MALFORMED, 1, "fact" },
        { "a tag longer than it need be", "4{" KEY "#c0 00 02;}", REFUSAL_MALFORMED, 1, "fact" },
        { "a length longer than it need be", "4{" KEY "8:2 #1a 81 00 61;}", REFUSAL_MALFORMED, 1,
          "fact" },
        { "a length beyond the end", "4{" KEY "8:2 #1a 02 61;}", REFUSAL_MALFORMED, 1, "fact" },
        { "a length of 64 bits", "4{" KEY "8:2 #1a ff ff ff ff ff ff ff ff ff 01;}",
          REFUSAL_MALFORMED, 1, "fact" },
        { "a field number of zero", "4{" KEY "8:2 #00 01;}", REFUSAL_MALFORMED, 1, "fact" },
        { "a field number beyond 29 bits", "4{" KEY "8:2 #80 80 80 80 10 01;}", REFUSAL_MALFORMED,
          1, "fact" },
        { "bytes where a number belongs", "4{" KEY "8\"a\"}", REFUSAL_MALFORMED, 1, "fact.cents" },
        { "a number where a message belongs", "4:5", REFUSAL_MALFORMED, 1, "fact" },
        { "64 fixed bits where a varint belongs", "4{" KEY "8/1}", REFUSAL_MALFORMED, 1,
          "fact.cents" },
        { "32 fixed bits where a varint belongs", "4{1:1 2/5 5:0 6:2 8:2}", REFUSAL_MALFORMED, 1,
          "fact.kind" },
        { "a group", "4{" KEY "8:2 3/3 3/4}", REFUSAL_MALFORMED, 1, "fact" },
        { "a bool of two", "4{" KEY "11:2}", REFUSAL_MALFORMED, 1, "fact.flag" },
        { "a name in capitals", "4{" KEY "3\"MA\" 8:2}", REFUSAL_MALFORMED, 1, "fact.segment" },
        { "an empty name", "4{" KEY "3\"\" 8:2}", REFUSAL_MALFORMED, 1, "fact.segment" },
        { "a NUL in a name", "4{" KEY "3\"a\\x00b\" 8:2}", REFUSAL_MALFORMED, 1, "fact.segment" },
        { "a NUL at the end of an item", "4{" KEY "4\"a\\x00\" 8:2}", REFUSAL_MALFORMED, 1,
          "fact.item" },
        { "a name of 31", "4{" KEY "3*31=61 8:2}", 0, 0, NULL },
        { "a name of 32", "4{" KEY "3*32=61 8:2}", REFUSAL_MALFORMED, 1, "fact.segment" },
        { "an item of 47", "4{" KEY "4*47=61 8:2}", 0, 0, NULL },
        { "an item of 48", "4{" KEY "4*48=61 8:2}", REFUSAL_MALFORMED, 1, "fact.item" },
        { "a digest of 31", "2{1:1 2*31=cc}", REFUSAL_MALFORMED, 1, "acceptance.terms_sha256" },
        { "a digest of 33", "2{1:1 2*33=cc}", REFUSAL_MALFORMED, 1, "acceptance.terms_sha256" },
        { "a digest of nothing", "2{1:1 2\"\"}", REFUSAL_MALFORMED, 1, "acceptance.terms_sha256" },
        { "a stream of 15", "9{1*15=ee}", REFUSAL_MALFORMED, 1, "stream_close.stream" },
        { "a text of 199", "3{1:2 2*199=61}", 0, 0, NULL },
        { "a text of 200", "3{1:2 2*200=61}", REFUSAL_MALFORMED, 1, "termination.reason" },
        { "a NUL in a text", "3{1:2 2\"pay\\x00load\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "a line end in a text", "3{1:2 2\"a\\x0a\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "an escape in a text", "3{1:2 2\"\\x1b[1m\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "a delete in a text", "3{1:2 2\"\\x7f\"}", REFUSAL_MALFORMED, 1, "termination.reason" },
        { "a control of Latin 1", "3{1:2 2\"\\xc2\\x9f\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "characters of 2, 3 and 4 octets",
          "3{1:2 2\"\\xc2\\xa0\\xe2\\x82\\xac\\xf0\\x9f\\x8f\\xa5\\xf4\\x8f\\xbf\\xbf\"}", 0, 0,
          NULL },
        { "UTF-8 that begins in the middle", "3{1:2 2\"\\x80\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "UTF-8 that is cut", "3{1:2 2\"\\xe2\\x82\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "UTF-8 in two octets for one", "3{1:2 2\"\\xc1\\xa1\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "UTF-8 in three octets for two", "3{1:2 2\"\\xe0\\x9f\\xbf\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "UTF-8 in four octets for three", "3{1:2 2\"\\xf0\\x8f\\xbf\\xbf\"}", REFUSAL_MALFORMED,
          1,
          "termination.reason" },
        { "a surrogate", "3{1:2 2\"\\xed\\xa0\\x80\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "beyond Unicode", "3{1:2 2\"\\xf4\\x90\\x80\\x80\"}", REFUSAL_MALFORMED, 1,
          "termination.reason" },
        { "terms of their largest size", "1{1*131072=00}", 0, 0, NULL },
        { "terms that are larger", "1{1*131073=00}", REFUSAL_OVERSIZE, 1, "offer.terms" },
        { "words of an absent party", "4{" KEY "8:2 13{" RELAYED " 3\"letter\"}}", 0, 0, NULL },
        { "its document named twice", "4{" KEY "8:2 13{" RELAYED " 3\"a\" 3\"b\"}}",
          REFUSAL_MALFORMED, 1, "fact.relayed.document" },
        { "its words twice", "4{" KEY "8:2 13{" RELAYED "} 13{" RELAYED "}}", REFUSAL_MALFORMED, 1,
          "fact.relayed" },
        { "a relation without an other", "6{1:1 3:2}", REFUSAL_MALFORMED, 1, "relation.other" },
        { "a dispute of a whole statement", "12{1:1 2:2 4\"s\"}", 0, 0, NULL },
        { "a dispute that says nothing", "12{1:1 2:2}", REFUSAL_MALFORMED, 1, "dispute.says" },
        { "line ends where reasons are told", "12{1:1 2:2 4\"a\\x0a\\x09b\"}", 0, 0, NULL },
        { "an escape in a reason", "12{1:1 2:2 4\"\\x1b[1m\"}", REFUSAL_MALFORMED, 1,
          "dispute.says" },
        { "half a figure in a disputed line", "12{1:1 2:2 3{1:1 2\"5/\"} 4\"s\"}",
          REFUSAL_MALFORMED, 1, "dispute.lines.exact" },
        { "a line of a figure whose code would be cut", "17{1:0 2:2 3:2 6{1:65536 3\"1\"}}",
          REFUSAL_MALFORMED, 1, "figure.lines.code" },
        { "a payment that goes neither way", "18{1:3 2\"t\" 3:0 4:2}", REFUSAL_MALFORMED, 1,
          "payment.direction" },
        { "a payment without a trace", "18{1:1 3:0 4:2}", REFUSAL_MALFORMED, 1, "payment.trace" },
        { "a plan of 31", "5{1:0 2:2 3:3 4:4 5*31=aa}", REFUSAL_MALFORMED, 1,
          "run_request.plan_sha256" },
        { "a vote on nothing", "22{2:1 3*32=c7}", REFUSAL_MALFORMED, 1, "vote.ballot" },
        { "a vote whose digest has 31 octets", "22{1:1 2:1 3*31=c7}", REFUSAL_MALFORMED, 1,
          "vote.charter_sha256" },
        { "a charter of its largest size", "21{1*131072=00 2:1 3:0 4\"w\"}", 0, 0, NULL },
        { "a charter that is larger", "21{1*131073=00 2:1 3:0 4\"w\"}", REFUSAL_OVERSIZE, 1,
          "proposal.charter" },
        { "a proposal that says nothing", "21{1\"c\" 2:1 3:0}", REFUSAL_MALFORMED, 1,
          "proposal.says" },
        { "what is public, in part", "23{1:1}", REFUSAL_MALFORMED, 1, "publication.methods" },
        { "a flag that is no flag", "23{1:2 2:0}", REFUSAL_MALFORMED, 1, "publication.measures" },
        { "a benefit of nobody", "24{3:1 4:1 7:0}", REFUSAL_MALFORMED, 1, "benefit.provider" },
        { "half a coinsurance", "24{1\"a\" 3:1 4:1 6{1:2} 7:0}", REFUSAL_MALFORMED, 1,
          "benefit.coinsurance.den" },
        { "a capability since never", "25{1:1 2:1}", REFUSAL_MALFORMED, 1, "capability.from" },
        { "a departure into two", "26{1:0 2\"a\" 2\"b\"}", REFUSAL_MALFORMED, 1,
          "departure.into" },
        { "an NPI of 17", "6{1:1 2\"a\" 3:2 5*17=31}", REFUSAL_MALFORMED, 1, "relation.npi" },
};

/* ---- what stands in a body */

static const struct row bodies[] = {
        { "a body as it should be", HEAD "9{" FACT "}", 0, 0, NULL },
        { "fields in another order", "9{" FACT "} 8:9 7:1 6*16=22 3\"a/b\" 2*16=11 1:1", 0, 0,
          NULL },
        { "events apart", "9{" FACT "}" HEAD "9{" FACT "}", 0, 0, NULL },
        { "an empty body", "", REFUSAL_MALFORMED, WHOLE, "format" },
        { "no events", HEAD, REFUSAL_MALFORMED, WHOLE, "" },
        { "an event that is a number", HEAD "9:1", REFUSAL_MALFORMED, 0, "" },
        { "the third of three is wrong", HEAD "9{" FACT "} 9{" FACT "} 9{4{1:1 2:4 5:0 6:2}}",
          REFUSAL_MALFORMED, 2, "fact" },
        { "after a bad event nothing is said of it", HEAD "9{" FACT "} 10:1", REFUSAL_MALFORMED,
          WHOLE, "" },
        { "a newer format", "1:2 99:1", REFUSAL_WRONG_FORMAT, WHOLE, "format" },
        { "format zero", "1:0 2*16=11 3\"a/b\" 6*16=22 7:1 8:9 9{" FACT "}", REFUSAL_WRONG_FORMAT,
          WHOLE, "format" },
        { "a format of 33 bits", "1:4294967297", REFUSAL_WRONG_FORMAT, WHOLE, "format" },
        { "a newer format that stands last", "99:1 1:2", REFUSAL_WRONG_FORMAT, WHOLE, "format" },
        { "a format that is text", "1\"1\"", REFUSAL_MALFORMED, WHOLE, "format" },
        { "a hub of 17", "1:1 2*17=11 3\"a/b\" 6*16=22 7:1 8:9 9{" FACT "}", REFUSAL_MALFORMED,
          WHOLE, "hub_id" },
        { "a sender that is a party", "1:1 2*16=11 3\"a\" 6*16=22 7:1 8:9 9{" FACT "}",
          REFUSAL_MALFORMED, WHOLE, "sender" },
        { "a sender of three names", "1:1 2*16=11 3\"a/b/c\" 6*16=22 7:1 8:9 9{" FACT "}",
          REFUSAL_MALFORMED, WHOLE, "sender" },
        { "a contract of two names", HEAD "5\"a/b\" 9{" FACT "}", REFUSAL_MALFORMED, WHOLE,
          "contract" },
        { "a contract of four names", HEAD "5\"a/b/c/d\" 9{" FACT "}", REFUSAL_MALFORMED, WHOLE,
          "contract" },
        { "an empty contract", HEAD "5\"\" 9{" FACT "}", REFUSAL_MALFORMED, WHOLE, "contract" },
        { "a sequence twice", HEAD "7:1 9{" FACT "}", REFUSAL_MALFORMED, WHOLE, "sequence" },
        { "a field that is not known", HEAD "9{" FACT "} 10:1", REFUSAL_MALFORMED, WHOLE, "" },
        { "something left over", HEAD "9{" FACT "} #00;", REFUSAL_MALFORMED, WHOLE, "" },
};

/* ---- what stands in any other message */

#define SIGNED(body) "1{" body "} 2*64=55"
#define PARTY "1\"a\" 2\"A\" 4:1 5:0 6:0"
#define DUE "13{1:1 2:3 3\"k\"}"
#define RECORD(rest) SIGNED("1:1 2*16=33 " rest)
#define SIGNAL(rest) RECORD("12{1\"a\" 2:1 3:1 4:1 " rest "}")
#define BEAT "2{1:1 2:2 3:3}"
#define RECEIPT(rest) "2{1*16=22 2:1 3:1 4:1 5:1 6:2 7*32=99 " rest "}"
#define TERMS(rest) \
        "1:1 2\"a/b/c\" 3:1 4\"t\" 8:0 9:0 10:1 11:1 12:0 13:0 14:0 15:2 " rest
#define CHARTER(rest) \
        "1:1 2:1 3\"t\" 4:14 5{1:2 2:4} 9{1:5 2{1:2 2:4} 3:2 4{1:2 2:4} 5{1:2 2:4} 6:11 7:90 " \
        "8:3 9:2 10:1000} 10{1:3 2:15} " rest
#define USED(kind) "18{1:1 2:0 3:" kind " 4:1 5:0 7:2 8:2}"
#define STATEMENT(rest)                                                                         \
        RECORD("10{1:1 2\"a/b/c\" 3:0 4:2 5:3 6:1 7:4 8:1 9:1 10*32=77 11:3 12:0 13:1 15:2 16:2 " \
               rest "}")

static const struct {
        enum message_kind kind;
        struct row row;
} others[] = {
        { WIRE, { "an empty frame", "", REFUSAL_MALFORMED, WHOLE, "" } },
        { WIRE, { "a hello", "1{1:1}", 0, 0, NULL } },
        { WIRE, { "a hello of a format to come", "1{1:9}", 0, 0, NULL } },
        { WIRE, { "a hello and a query", "1{1:1} 3{1:1 2{}}", REFUSAL_MALFORMED, WHOLE, "" } },
        { WIRE, { "two hellos", "1{1:1} 1{1:1}", REFUSAL_MALFORMED, WHOLE, "hello" } },
        { WIRE, { "a field that is not known", "1{1:1} 9:1", REFUSAL_MALFORMED, WHOLE, "" } },
        { WIRE, { "one within that is not known", "1{1:1 9:1}", REFUSAL_MALFORMED, WHOLE,
                  "hello" } },
        { WIRE, { "a query for nothing", "3{1:1}", REFUSAL_MALFORMED, WHOLE, "query" } },
        { WIRE, { "a query for two things", "3{1:1 2{} 3{}}", REFUSAL_MALFORMED, WHOLE, "query" } },
        { WIRE, { "something in a message that has no fields", "3{1:1 2{1:1}}", REFUSAL_MALFORMED,
                  WHOLE, "query.tip" } },
        { WIRE, { "a contract to go on after", "3{1:1 3{1\"a/b/c\"}}", 0, 0, NULL } },
        { WIRE, { "one that is none", "3{1:1 3{1\"a\"}}", REFUSAL_MALFORMED, WHOLE,
                  "query.contracts.after" } },
        { WIRE, { "a cursor too long", "3{1:1 5{1\"a/b/c\" 3*512=11}}", REFUSAL_OVERSIZE, WHOLE,
                  "query.facts.after" } },
        { WIRE, { "a signature of 63", "2{1{" HEAD "9{" FACT "}} 2*63=55}", REFUSAL_MALFORMED,
                  WHOLE, "submission.signature" } },
        { WIRE, { "a signature of 65", "2{1{" HEAD "9{" FACT "}} 2*65=55}", REFUSAL_MALFORMED,
                  WHOLE, "submission.signature" } },
        { WIRE, { "no signature", "2{1{" HEAD "9{" FACT "}}}", REFUSAL_MALFORMED, WHOLE,
                  "submission.signature" } },
        { WIRE, { "more than a signature", "2{" SIGNED(HEAD "9{" FACT "}") " 4:1}",
                  REFUSAL_MALFORMED, WHOLE, "submission" } },
        { MESSAGE_RECORD, { "a record", RECORD(DUE), 0, 0, NULL } },
        { MESSAGE_RECORD, { "fields of a hub to come", RECORD("13{1:1 2:3 3\"k\" 9:1 10\"x\" 11/1 "
                  "12/5} 99{1:1}"), 0, 0, NULL } },
        { MESSAGE_RECORD, { "a group of a hub to come", RECORD(DUE "99/3 99/4"), REFUSAL_MALFORMED,
                  WHOLE, "" } },
        { MESSAGE_RECORD, { "a record of a kind to come", RECORD("99{1:1}"), REFUSAL_MALFORMED,
                  WHOLE, "" } },
        { MESSAGE_RECORD, { "a record of two kinds", RECORD(DUE "8{1\"a/b\" 2\"r\" 3:0}"),
                  REFUSAL_MALFORMED, WHOLE, "" } },
        { MESSAGE_RECORD, { "a known field twice", RECORD("13{1:1 2:3 2:3 3\"k\"}"),
                  REFUSAL_MALFORMED, WHOLE, "due.at" } },
        { MESSAGE_RECORD, { "a kind of due moment to come", RECORD("13{1:99 2:3 3\"k\"}"),
                  REFUSAL_MALFORMED, WHOLE, "due.kind" } },
        { MESSAGE_RECORD, { "a record of a newer format", SIGNED("1:2 2*16=33 " DUE),
                  REFUSAL_WRONG_FORMAT, WHOLE, "format" } },
        { MESSAGE_RECORD, { "a signal with the least", SIGNAL(""), 0, 0, NULL } },
        { MESSAGE_RECORD, { "a signal with a part of a run", SIGNAL("7:1 8:2 9:3 10:4"),
                  REFUSAL_MALFORMED, WHOLE, "signal" } },
        { MESSAGE_RECORD, { "a signal with a part of a result", SIGNAL("11:1 12:2"),
                  REFUSAL_MALFORMED, WHOLE, "signal" } },
        { MESSAGE_RECORD, { "a statement", STATEMENT("17{1:0 2:1 3:1 4\"-5/7\"}" USED("4")), 0, 0,
                  NULL } },
        { MESSAGE_RECORD, { "a fact of a kind to come", STATEMENT(USED("9999")), REFUSAL_MALFORMED,
                  WHOLE, "statement.facts.kind" } },
        { MESSAGE_RECORD, { "a line beyond 16 bits", STATEMENT("17{1:65536 2:1 3:1 4\"1\"}"),
                  REFUSAL_MALFORMED, WHOLE, "statement.lines.step" } },
        { MESSAGE_RECORD, { "a figure that is none", STATEMENT("17{1:0 2:1 3:1 4\"1.5\"}"),
                  REFUSAL_MALFORMED, WHOLE, "statement.lines.exact" } },
        { MESSAGE_HUB_FRAME, { "a receipt", RECEIPT(""), 0, 0, NULL } },
        { MESSAGE_HUB_FRAME, { "fields of a hub to come", RECEIPT("20:1") "9:1", 0, 0, NULL } },
        { MESSAGE_HUB_FRAME, { "an answer to come", "99{}", REFUSAL_MALFORMED, WHOLE, "" } },
        { MESSAGE_HUB_FRAME, { "a proof without a tree", RECEIPT("10\"n\""), REFUSAL_MALFORMED,
                  WHOLE, "receipt" } },
        { MESSAGE_HUB_FRAME, { "a hash of 31 in a proof", RECEIPT("8:2 9*32=11 9*31=11 10\"n\""),
                  REFUSAL_MALFORMED, WHOLE, "receipt.proof" } },
        { MESSAGE_HUB_FRAME, { "an answer", "5{1:1 2:1}", 0, 0, NULL } },
        { MESSAGE_HUB_FRAME, { "nine acceptances",
                  "5{1:1 2:1 7{1:1 2:2 3:1 4\"t\" 5*32=77 6\"a/b\" "
                  "6\"a/b\" 6\"a/b\" 6\"a/b\" 6\"a/b\" 6\"a/b\" 6\"a/b\" 6\"a/b\" 6\"a/b\"}}",
                  REFUSAL_OVERSIZE, WHOLE, "answer.terms.accepted_by" } },
        { MESSAGE_HUB_FRAME, { "decisions of a newer format in an answer",
                  "5{1:1 2:1 20{1:2 2:1 3:1 4\"a/b\" 5:1 6:1 8{1:2 2\"a/b/c\"}}}",
                  REFUSAL_WRONG_FORMAT, WHOLE, "answer.disputes.decisions.format" } },
        { MESSAGE_SIGNAL_FRAME, { "a heartbeat", BEAT, 0, 0, NULL } },
        { MESSAGE_SIGNAL_FRAME, { "two signals", "1{1:1 2:2 3\"r\"}" BEAT, REFUSAL_MALFORMED,
                  WHOLE, "" } },
        { MESSAGE_TERMS, { "terms", TERMS(""), 0, 0, NULL } },
        { MESSAGE_TERMS, { "terms of a newer format", "1:2", REFUSAL_WRONG_FORMAT, WHOLE,
                  "format" } },
        { MESSAGE_TERMS, { "a field that is not known", TERMS("22:1"), REFUSAL_MALFORMED, WHOLE,
                  "" } },
        { MESSAGE_TERMS, { "a parameter without a value", TERMS("19{1\"s\" 2:1 3{1\"p\"}}"),
                  REFUSAL_MALFORMED, WHOLE, "steps.params" } },
        { MESSAGE_TERMS, { "a parameter with two", TERMS("19{1\"s\" 2:1 3{1\"p\" 2:1 5:1}}"),
                  REFUSAL_MALFORMED, WHOLE, "steps.params" } },
        { MESSAGE_TERMS, { "half a row of a table",
                  TERMS("19{1\"s\" 2:1 3{1\"p\" 7{1{1:0 2:0 3{1:0 2:2}}}}}"), REFUSAL_MALFORMED,
                  WHOLE, "steps.params.bands.rows.at_to" } },
        { MESSAGE_TERMS, { "something presupposed of no kind", TERMS("21{2:1}"),
                  REFUSAL_MALFORMED, WHOLE, "presupposes.kind" } },
        { MESSAGE_CHARTER, { "a charter", CHARTER(""), 0, 0, NULL } },
        { MESSAGE_CHARTER, { "a charter of a newer format", "1:2", REFUSAL_WRONG_FORMAT, WHOLE,
                  "format" } },
        { MESSAGE_CHARTER, { "a field that is not known", CHARTER("14:1"), REFUSAL_MALFORMED,
                  WHOLE, "" } },
        { MESSAGE_CHARTER, { "two titles", CHARTER("3\"u\""), REFUSAL_MALFORMED, WHOLE,
                  "title" } },
        { MESSAGE_CHARTER, { "thresholds in part", CHARTER("11{1{1:2 2:4}}"), REFUSAL_MALFORMED,
                  WHOLE, "thresholds.dominant" } },
        { MESSAGE_CHARTER, { "a seat of nobody", CHARTER("7{2:1}"), REFUSAL_MALFORMED, WHOLE,
                  "seats.party" } },
        { MESSAGE_CHARTER, { "a field of disclosure that is not known",
                  "1:1 2:1 3\"t\" 4:14 5{1:2 2:4} 9{1:5 2{1:2 2:4} 3:2 4{1:2 2:4} "
                  "5{1:2 2:4} 6:11 7:90 8:3 9:2 10:1000 11:1} 10{1:3 2:15}", REFUSAL_MALFORMED,
                  WHOLE, "disclosure" } },
        { MESSAGE_CHARTER, { "no calendar", "1:1 2:1 3\"t\" 4:14 5{1:2 2:4} 9{1:5 2{1:2 2:4} "
                  "3:2 4{1:2 2:4} 5{1:2 2:4} 6:11 7:90 8:3 9:2 10:1000}", REFUSAL_MALFORMED,
                  WHOLE, "calendar" } },
        { MESSAGE_SIGNAL_FRAME, { "half of two counts",
                  "3{1\"a\" 2:1 3:1 10:0 5{1:0 2:1 3\"c\" 6:1 9:1 12:0 13:0 14:0 16:0 21:0}}",
                  REFUSAL_MALFORMED, WHOLE, "incentive.rows" } },
        { MESSAGE_SIGNAL_FRAME, { "revenue of no period", "3{1\"a\" 2:1 3:1 6:2 10:0}",
                  REFUSAL_MALFORMED, WHOLE, "incentive" } },
        { MESSAGE_RECORD, { "half a figure of a release",
                  RECORD("22{1:1 2:1 3:0 4:0 5:1 6{1:1 3:2 5:1}}"), REFUSAL_MALFORMED, WHOLE,
                  "release.figures" } },
        { MESSAGE_RECORD, { "a conflict of one contract",
                  RECORD("23{1\"p\" 2:1 3\"a/p/c\" 6:1 7:0}"), REFUSAL_MALFORMED, WHOLE,
                  "conflict.against" } },
        { MESSAGE_DECISIONS, { "decisions", "1:1 2\"a/b/c\" 3{1:4 4:0 5:2 6:2}", 0, 0, NULL } },
        { MESSAGE_DECISIONS, { "decisions of a newer format", "1:2", REFUSAL_WRONG_FORMAT, WHOLE,
                  "format" } },
        { MESSAGE_DECISIONS, { "a figure of no unit", "1:1 2\"a/b/c\" 3{1:4 4:0 5:2}",
                  REFUSAL_MALFORMED, WHOLE, "facts" } },
        { MESSAGE_DECISIONS, { "a figure of two units", "1:1 2\"a/b/c\" 3{1:4 4:0 5:2 6:2 7:2}",
                  REFUSAL_MALFORMED, WHOLE, "facts" } },
        { MESSAGE_DECISIONS, { "a kind that is not known", "1:1 2\"a/b/c\" 3{1:9999 4:0 5:2 6:2}",
                  REFUSAL_MALFORMED, WHOLE, "facts.kind" } },
        { MESSAGE_DECISIONS, { "a field that is not known", "1:1 2\"a/b/c\" 5:1",
                  REFUSAL_MALFORMED, WHOLE, "" } },
        { WIRE, { "half a period", "3{1:1 11{1\"a/b/c\" 2:0}}", REFUSAL_MALFORMED, WHOLE,
                  "query.matches" } },
        { MESSAGE_RECORD, { "half of two versions", STATEMENT("22:2 23:2"), REFUSAL_MALFORMED,
                  WHOLE, "statement" } },
        { MESSAGE_RECORD, { "two versions", STATEMENT("22:2 23:2 24:1"), 0, 0, NULL } },
        { MESSAGE_CONTROL_REQUEST, { "a party", "1{" PARTY "}", 0, 0, NULL } },
        { MESSAGE_CONTROL_REQUEST, { "a field that is not known", "1{" PARTY " 7:1}",
                  REFUSAL_MALFORMED, WHOLE, "admit_party" } },
        { MESSAGE_CONTROL_REQUEST, { "nothing", "", REFUSAL_MALFORMED, WHOLE, "" } },
        { MESSAGE_CONTROL_ANSWER, { "nothing is an answer", "", 0, 0, NULL } },
        { MESSAGE_CONTROL_ANSWER, { "statistics on two lines", "7\"{\\x0a}\"", 0, 0, NULL } },
        { MESSAGE_CONTROL_ANSWER, { "a NUL in statistics", "7\"\\x00\"", REFUSAL_MALFORMED, WHOLE,
                  "stat" } },
};

/* ---- */

static void expect(enum message_kind kind, const char *source, const struct row *row)
{
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink sink = { 0 };
        union message *message = calloc(1, sizeof(*message));
        struct fault fault = { 0 };
        int r;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&sink, 64, 1 << 23), 0);
        assemble(source, &sink);
        r = message_read(kind, sink_bytes(&sink), &arena, message, &fault);
        ck_assert_msg(r == row->refusal, "%s: %d and not %d, at \"%s\": %s", row->says, r,
                      row->refusal, fault.field, fault.says);
        free(message);
        if (r == 0)
                return;
        ck_assert_msg(fault.code == (enum refusal)r && fault.says, "%s: half a fault", row->says);
        ck_assert_msg(fault.event == row->event, "%s: of event %u", row->says, fault.event);
        ck_assert_msg(strcmp(fault.field, row->field) == 0, "%s: at \"%s\"", row->says,
                      fault.field);
        ck_assert_msg(arena.used == 0, "%s: took memory before it was refused", row->says);
}

static void expect_body(const char *before, const char *body, const char *after,
                        const struct row *row)
{
        char source[1024];
        int size = snprintf(source, sizeof(source), "1{%s%s%s} 2*64=55", before, body, after);

        ck_assert_int_lt(size, (int)sizeof(source));
        expect(MESSAGE_SUBMISSION, source, row);
}

START_TEST(an_event)
{
        expect_body(HEAD "9{" FACT "} 9{", events[_i].source, "} 9{" FACT "}", &events[_i]);
}
END_TEST

START_TEST(a_body)
{
        expect_body("", bodies[_i].source, "", &bodies[_i]);
}
END_TEST

START_TEST(another_message)
{
        expect(others[_i].kind, others[_i].row.source, &others[_i].row);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("strict");

        tcase_add_loop_test(tests, an_event, 0, COUNT_OF(events));
        tcase_add_loop_test(tests, a_body, 0, COUNT_OF(bodies));
        tcase_add_loop_test(tests, another_message, 0, COUNT_OF(others));
        return run_case(tests, "proto-strict");
}
