/**
 * The functions that answer the calls of the service, by the names of its methods.
 *
 * @module
 */

import type { methods } from "../rpc/maglev_pb.ts";
import type { Handler } from "../rpc/service.ts";

/** The handlers of some methods. */
export type Handlers<Names extends keyof typeof methods> = {
  readonly [Name in Names]: Handler<typeof methods[Name]>;
};
