/**
 * `maglev config check`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking } from "../asking.ts";
import { configComplaints, configData, configExitCode } from "../config_answer.ts";

/** Has the daemon read its file and say what is wrong with it. */
export const runConfigCheck = asking({
  ask: async (server) => configData(await server.call(methods.CheckConfig, {}, server)),
  show: ({ ok }, { style }) => ok ? [style.good("config ok")] : [],
  complaints: configComplaints,
  exitCode: configExitCode,
});
