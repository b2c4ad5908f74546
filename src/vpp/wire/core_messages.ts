/**
 * The messages of VPP itself: session, liveness, version, command line.
 *
 * @module
 */

import { answer, request, retvalOnly } from "./message.ts";
import { f64, i32, u16, u32 } from "./scalars.ts";
import { fixedString, string } from "./strings.ts";
import { count, list, struct } from "./struct.ts";
import { declaredAs } from "./wire_type.ts";

/** The ids of {@link sockclntCreate} and its reply, which no table can tell before the table is there. */
export const sockclntCreateIds = { request: 15, reply: 16 };

const create = request(
  "sockclnt_create",
  0x455fb9c4,
  { name: fixedString(64) },
  answer(0x35166268, {
    response: i32,
    index: u32,
    count: count(u16),
    messageTable: list(
      struct("vl_api_message_table_entry_t", { index: u16, name: fixedString(64) }),
      "count",
    ),
  }),
);

/**
 * Opens the session. `response` is negative where VPP refuses; `index` is the client index of all
 * that follows. The headers are the other way round than everywhere else: the request has no client
 * index, since only the reply brings it, and the reply has one, always 0.
 */
export const sockclntCreate: typeof create = {
  ...create,
  header: ["context"],
  reply: { ...create.reply, header: ["clientIndex", "context"] },
};

/** Ends the session. VPP answers with the response 1, where others answer 0, and hangs up. */
export const sockclntDelete = request(
  "sockclnt_delete",
  0x8ac76db6,
  { index: u32 },
  answer(0x8f38b1ee, { response: i32 }),
);

/** Does nothing: it tells that VPP lives, and that all that was sent before it has been answered. */
export const controlPing = request(
  "control_ping",
  0x51077d14,
  {},
  answer(0xf6b0b8ca, { retval: i32, clientIndex: u32, vpePid: u32 }),
);

/** Asked by VPP and answered by the client. VPP does not ask the clients of its socket. */
export const memclntKeepalive = request("memclnt_keepalive", 0x51077d14, {}, retvalOnly);

/** Which VPP it is. */
export const showVersion = request(
  "show_version",
  0x51077d14,
  {},
  answer(0xc919bde1, {
    retval: i32,
    program: fixedString(32),
    version: fixedString(32),
    buildDate: fixedString(32),
    buildDirectory: fixedString(256),
  }),
);

/** What VPP takes the time to be, in seconds since the epoch. */
export const showVpeSystemTime = request(
  "show_vpe_system_time",
  0x51077d14,
  {},
  answer(0x7ffd8193, { retval: i32, vpeSystemTime: declaredAs("vl_api_timestamp_t", f64) }),
);

/** VPP's threads, the main one first. */
export const showThreads = request(
  "show_threads",
  0x51077d14,
  {},
  answer(0xefd78e83, {
    retval: i32,
    count: count(u32),
    threadData: list(
      struct("vl_api_thread_data_t", {
        id: u32,
        name: fixedString(64),
        type: fixedString(64),
        pid: u32,
        cpuId: u32,
        core: u32,
        cpuSocket: u32,
      }),
      "count",
    ),
  }),
);

/**
 * Runs a line of VPP's own command language. The reply is what it prints; an unknown command has the
 * retval −1 and says so in the reply.
 */
export const cliInband = request(
  "cli_inband",
  0xf8377302,
  { cmd: string },
  answer(0x05879051, { retval: i32, reply: string }),
);

/** The versions of the API's modules, of which a VPP of 26.10 lists none: ask the message table. */
export const apiVersions = request(
  "api_versions",
  0x51077d14,
  {},
  answer(0x5f0d99d6, {
    retval: i32,
    count: count(u32),
    apiVersions: list(
      struct("vl_api_module_version_t", {
        major: u32,
        minor: u32,
        patch: u32,
        name: fixedString(64),
      }),
      "count",
    ),
  }),
);

/** The id of the first message of a module, by the module's name and CRC: `lb_487dee0a`. */
export const getFirstMsgId = request(
  "get_first_msg_id",
  0xebf79a66,
  { name: fixedString(64) },
  answer(0x7d337472, { retval: i32, firstMsgId: u16 }),
);

/** The definitions of all messages that this VPP has, as JSON. Since 24.06. */
export const getApiJson = request(
  "get_api_json",
  0x51077d14,
  {},
  answer(0xea715b59, { retval: i32, json: string }),
);
