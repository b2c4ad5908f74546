/**
 * All declared messages, to be found by name.
 *
 * @module
 */

import {
  apiVersions,
  cliInband,
  controlPing,
  getApiJson,
  getFirstMsgId,
  memclntKeepalive,
  showThreads,
  showVersion,
  showVpeSystemTime,
  sockclntCreate,
  sockclntDelete,
} from "./core_messages.ts";
import { ipRouteLookup, ipRouteLookupV2 } from "./ip_messages.ts";
import {
  lbAddDelAs,
  lbAddDelAsV2,
  lbAddDelVip,
  lbAddDelVipV2,
  lbAsDump,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbConfGet,
  lbFlushVip,
  lbVipDump,
} from "./lb_messages.ts";
import { type Message, withAnswer } from "./message.ts";

/** All declared messages, each followed by what answers it. */
export const messages: readonly Message<unknown>[] = [
  sockclntCreate,
  sockclntDelete,
  controlPing,
  memclntKeepalive,
  showVersion,
  showVpeSystemTime,
  showThreads,
  cliInband,
  apiVersions,
  getFirstMsgId,
  getApiJson,
  ipRouteLookup,
  ipRouteLookupV2,
  lbConf,
  lbConfGet,
  lbAddDelVip,
  lbAddDelVipV2,
  lbAddDelAs,
  lbAddDelAsV2,
  lbAsSetWeight,
  lbFlushVip,
  lbVipDump,
  lbAsDump,
  lbAsV2Dump,
].flatMap((message) => withAnswer(message));

/** The messages by name: `lb_conf`. */
export const messagesByName: ReadonlyMap<string, Message<unknown>> = new Map(
  messages.map((message) => [message.name, message]),
);

/** The messages by name and CRC, as VPP's message table has them: `lb_conf_56cd3261`. */
export const messagesByKey: ReadonlyMap<string, Message<unknown>> = new Map(
  messages.map((message) => [message.key, message]),
);
