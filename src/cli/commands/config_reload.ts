/**
 * `maglev config reload`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking } from "../asking.ts";
import { configComplaints, configData, configExitCode } from "../config_answer.ts";

/** Has the daemon go over to its file as it is now, if nothing is wrong with it. */
export const runConfigReload = asking({
  ask: async (server) => {
    const answer = await server.call(methods.ReloadConfig, {}, server);
    return { ...configData(answer), reloadError: answer.reloadError || null };
  },
  show: ({ ok }, { style }) => ok ? [style.good("config reloaded")] : [],
  complaints: configComplaints,
  exitCode: configExitCode,
});
