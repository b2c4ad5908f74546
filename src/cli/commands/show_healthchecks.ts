/**
 * `maglev show healthchecks`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { allOrOne } from "../all_or_one.ts";
import { asking, wordIn } from "../asking.ts";
import { askAboutEach } from "../at_a_time.ts";
import type { Run } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { healthCheckReport, healthCheckSummary } from "../health_check_report.ts";
import { healthCheckLines, healthCheckTable } from "../output/health_check_text.ts";

/** Shows all health checks, a line each, or every field of one. */
export const runShowHealthchecks: Run<typeof clientFlags> = allOrOne("healthcheck", {
  all: asking({
    ask: async (server) => {
      const { names } = await server.call(methods.ListHealthChecks, {}, server);
      return await askAboutEach(
        names,
        async (name) =>
          healthCheckSummary(await server.call(methods.GetHealthCheck, { name }, server)),
      );
    },
    show: healthCheckTable,
  }),
  one: asking({
    ask: async (server, slots) => {
      const request = { name: wordIn(slots, "healthcheck") };
      return healthCheckReport(await server.call(methods.GetHealthCheck, request, server));
    },
    show: healthCheckLines,
  }),
});
