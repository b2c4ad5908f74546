/**
 * `maglev set backend`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking, type Reader, type Slots, wordIn } from "../asking.ts";
import { type BackendReport, backendReport } from "../backend_report.ts";
import type { Run } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { ageWord, stateWord } from "../output/words.ts";

/** What an operator may do to a backend. */
const acts = {
  pause: methods.PauseBackend,
  resume: methods.ResumeBackend,
  disable: methods.DisableBackend,
  enable: methods.EnableBackend,
} as const;

/** What became of a backend. */
interface ChangedBackend extends BackendReport {
  readonly previousState: string;
}

/** Changes a backend, and says what became of it. */
export const runSetBackend: Run<typeof clientFlags> = asking({
  ask: async (server, slots): Promise<ChangedBackend> => {
    const name = wordIn(slots, "backend");
    const act = actIn(slots);
    const before = await server.call(methods.GetBackend, { name, withoutVpp: true }, server);
    const after = await server.call(acts[act], { name }, server);
    return { ...backendReport(after), previousState: before.state };
  },
  show: (backend, reader) => [changeLine(backend, reader)],
});

function actIn(slots: Slots): keyof typeof acts {
  const act = Object.keys(acts).find((each) => slots.has(each));
  if (act === undefined) throw new Error("there is no act");
  return act as keyof typeof acts;
}

const consequences: Readonly<Record<string, string>> = {
  paused: "; its flows drain",
  disabled: "; its flows are flushed",
  unknown: "; its next probe decides",
};

function changeLine(backend: ChangedBackend, reader: Reader): string {
  const { name, state, since, previousState, override } = backend;
  const now = `${name} is ${stateWord(state, reader.style)}`;
  if (state !== previousState) return `${now} (was ${previousState})${consequences[state] ?? ""}`;
  const who = override === null ? "" : ` (${override.act} by ${override.by})`;
  return `${now} already, for ${ageWord(since, reader)}${who}`;
}
