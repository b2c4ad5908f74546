/**
 * `maglev show backends`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { allOrOne } from "../all_or_one.ts";
import { asking, wordIn } from "../asking.ts";
import { askAboutEach } from "../at_a_time.ts";
import { backendReport, backendSummary } from "../backend_report.ts";
import type { Run } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { backendLines, backendTable } from "../output/backend_text.ts";

/** Shows all backends, a line each, or everything about one. */
export const runShowBackends: Run<typeof clientFlags> = allOrOne("backend", {
  all: asking({
    ask: async (server) => {
      const { backendNames } = await server.call(methods.ListBackends, {}, server);
      return await askAboutEach(backendNames, async (name) => {
        const request = { name, withoutVpp: true };
        return backendSummary(await server.call(methods.GetBackend, request, server));
      });
    },
    show: backendTable,
  }),
  one: asking({
    ask: async (server, slots) => {
      const request = { name: wordIn(slots, "backend"), withoutVpp: false };
      return backendReport(await server.call(methods.GetBackend, request, server));
    },
    show: backendLines,
  }),
});
