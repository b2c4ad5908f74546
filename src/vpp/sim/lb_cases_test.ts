import { classicCases } from "./classic_cases.ts";
import type { CaseVpp, LbCase } from "./lb_case.ts";
import { runCase } from "./lb_case.ts";
import type { Profile } from "./lb_plugin.ts";
import { testedVpp } from "./testing.ts";
import { weightedCases } from "./weighted_cases.ts";

/** One simulated VPP for all cases of a list. It has been up for a second, as 0 means never. */
function caseVpp(profile: Profile): CaseVpp {
  const { vpp, wait } = testedVpp(profile);
  wait(1);
  return {
    call: (message, fields) => Promise.resolve(vpp.call(message, fields)),
    dump: (message, fields) => Promise.resolve(vpp.dump(message, fields)),
    wait: (seconds) => Promise.resolve(wait(seconds)),
  };
}

const lists: [Profile, readonly LbCase[]][] = [["weighted", weightedCases], [
  "classic",
  classicCases,
]];
for (const [profile, cases] of lists) {
  const vpp = caseVpp(profile);
  for (const each of cases) Deno.test(`${profile}: ${each.name}`, () => runCase(vpp, each));
}
