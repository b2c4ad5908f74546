import assert from "node:assert/strict";
import { storyConfig } from "../checker/testing.ts";
import { testService } from "./testing.ts";

Deno.test("lists are in the order of the file", async () => {
  const { call } = await testService();
  assert.deepEqual(await call("ListFrontends", {}), { frontendNames: ["www", "api"] });
  assert.deepEqual(await call("ListBackends", {}), {
    backendNames: ["web1", "web2", "web3", "sorry"],
  });
  assert.deepEqual(await call("ListHealthChecks", {}), { names: ["web", "ping"] });
});

Deno.test("a frontend is shown with its state and its weights", async () => {
  const { call, checker } = await testService();
  checker.setWeight({ frontend: "www", pool: "primary", backend: "web2" }, 20, "somebody");
  const { name, state, pools, transitions } = await call("GetFrontend", { name: "www" });
  assert.deepEqual([name, state, transitions.at(-1)?.to], ["www", "up", "up"]);
  const [primary, lastResort] = pools;
  assert.deepEqual(
    primary?.backends.map(({ name, weight, effectiveWeight, override }) => [
      ...[name, weight, effectiveWeight],
      override?.by,
    ]),
    [["web1", 100, 100, undefined], ["web2", 20, 20, "somebody"]],
  );
  assert.deepEqual([primary?.active, lastResort?.active], [true, false]);
});

Deno.test("a health check is shown as the file has it", async () => {
  const { call } = await testService();
  const { type, port, intervalNs, http } = await call("GetHealthCheck", { name: "web" });
  assert.deepEqual([type, port, intervalNs, http?.responseCodeMin], [
    "http",
    80,
    2_000_000_000n,
    200,
  ]);
});

Deno.test("an operator's act changes the backend, and is known by who called", async () => {
  const { call } = await testService();
  for (
    const [method, state] of [
      ["PauseBackend", "paused"],
      ["ResumeBackend", "unknown"],
      ["DisableBackend", "disabled"],
      ["EnableBackend", "unknown"],
    ] as const
  ) {
    const info = await call(method, { name: "web1" });
    const last = info.transitions.at(-1);
    assert.deepEqual([info.state, last?.to, last?.cause], [state, state, "operator"], method);
    assert.match(last?.detail ?? "", /by tester$/);
  }
});

Deno.test("a weight is set, and shown with who set it", async () => {
  const { call } = await testService();
  const place = { frontend: "www", pool: "primary", backend: "web2" };
  const { pools } = await call("SetFrontendPoolBackendWeight", { ...place, weight: 0 });
  const member = pools[0]?.backends[1];
  assert.deepEqual([member?.weight, member?.effectiveWeight, member?.override?.by], [
    0,
    0,
    "tester",
  ]);
});

const place = { frontend: "www", pool: "primary", backend: "web1", weight: 1 };

Deno.test("what is not there, or does not go, is refused in words that say what to do", async () => {
  const noVpp = "UNAVAILABLE the daemon runs without VPP: --vpp-api-addr is empty";
  const { refusal, checker } = await testService();
  assert.equal(checker.act("web3", "disable", "somebody"), undefined);
  const is = async (refused: Promise<string>, expected: string) =>
    assert.equal(await refused, expected);
  await is(
    refusal("GetFrontend", { name: "wwww" }),
    'NOT_FOUND no frontend named "wwww" (did you mean "www"?)',
  );
  await is(refusal("GetFrontend", { name: "" }), 'NOT_FOUND no frontend named ""');
  await is(
    refusal("GetFrontend", { name: "__proto__" }),
    'NOT_FOUND no frontend named "__proto__"',
  );
  await is(
    refusal("GetHealthCheck", { name: "wep" }),
    'NOT_FOUND no health check named "wep" (did you mean "web"?)',
  );
  const missing = 'NOT_FOUND no backend named "wbe1" (did you mean "web1"?)';
  for (const method of ["GetBackend", "PauseBackend", "ResumeBackend"] as const) {
    await is(refusal(method, { name: "wbe1" }), missing);
  }
  await is(refusal("EnableBackend", { name: "wbe1" }), missing);
  await is(refusal("DisableBackend", { name: "wbe1" }), missing);
  await is(
    refusal("ResumeBackend", { name: "web1" }),
    'FAILED_PRECONDITION backend "web1" is up, not paused; there is nothing to resume',
  );
  await is(
    refusal("PauseBackend", { name: "web3" }),
    'FAILED_PRECONDITION backend "web3" is disabled; enable it first',
  );
  const setWeight = (change: Partial<typeof place>) =>
    refusal("SetFrontendPoolBackendWeight", { ...place, ...change });
  await is(
    setWeight({ frontend: "wwx" }),
    'NOT_FOUND no frontend named "wwx" (did you mean "www"?)',
  );
  await is(
    setWeight({ pool: "primry" }),
    'NOT_FOUND frontend "www" has no pool named "primry" (did you mean "primary"?)',
  );
  await is(
    setWeight({ backend: "web3" }),
    'NOT_FOUND pool "primary" of frontend "www" has no backend named "web3" (did you mean "web1"?)',
  );
  for (const weight of [-1, 101, 2 ** 31 - 1]) {
    await is(
      setWeight({ weight }),
      `INVALID_ARGUMENT a weight of ${weight} cannot be set; give a whole number from 0 to 100`,
    );
  }
  await is(
    refusal("WatchEvents", { logLevel: "trace" }),
    'INVALID_ARGUMENT no log level "trace"; give one of debug, info, warn, error',
  );
  await is(refusal("GetVPPInfo", {}), noVpp);
  await is(refusal("GetVPPLBState", {}), noVpp);
  await is(refusal("GetVPPLBCounters", {}), noVpp);
  await is(refusal("SyncVPPLBState", {}), noVpp);
  await is(refusal("PlanVPPLBState", {}), noVpp);
  const noFrontend = 'NOT_FOUND no frontend named "wwx" (did you mean "www"?)';
  await is(refusal("SyncVPPLBState", { frontendName: "wwx" }), noFrontend);
  await is(refusal("PlanVPPLBState", { frontendName: "wwx" }), noFrontend);
});

Deno.test("what a reload took away is not there any more", async () => {
  const { refusal, checker } = await testService();
  checker.reload(storyConfig(["ping:", "pong:"]));
  assert.equal(
    await refusal("GetHealthCheck", { name: "ping" }),
    'NOT_FOUND no health check named "ping" (did you mean "pong"?)',
  );
});
