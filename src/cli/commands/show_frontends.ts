/**
 * `maglev show frontends`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { allOrOne } from "../all_or_one.ts";
import { asking, wordIn } from "../asking.ts";
import { askAboutEach } from "../at_a_time.ts";
import type { Run } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { frontendReport, frontendSummary } from "../frontend_report.ts";
import { frontendLines, frontendTable } from "../output/frontend_text.ts";

/** Shows all frontends, a line each, or everything about one. */
export const runShowFrontends: Run<typeof clientFlags> = allOrOne("frontend", {
  all: asking({
    ask: async (server) => {
      const { frontendNames } = await server.call(methods.ListFrontends, {}, server);
      return await askAboutEach(
        frontendNames,
        async (name) => frontendSummary(await server.call(methods.GetFrontend, { name }, server)),
      );
    },
    show: frontendTable,
  }),
  one: asking({
    ask: async (server, slots) => {
      const request = { name: wordIn(slots, "frontend") };
      return frontendReport(await server.call(methods.GetFrontend, request, server));
    },
    show: frontendLines,
  }),
});
