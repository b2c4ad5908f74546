import assert from "node:assert/strict";
import { healthService } from "./health.ts";
import { type HealthCheckResponse, ServingStatus } from "./health_pb.ts";
import { RpcError } from "./status.ts";

const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = ServingStatus;

/** Calls a method with one request. */
function begin(
  { service }: ReturnType<typeof healthService>,
  name: "Check" | "Watch",
  about: string,
): { next(): Promise<number | null>; abort(): void; return(): void } {
  const controller = new AbortController();
  const { answer } = service.methods.find(({ method }) => method.name === name) ?? assert.fail();
  async function* requests() {
    yield await Promise.resolve({ service: about });
  }
  const answers = answer(requests(), {
    caller: "test",
    deadlineMs: Infinity,
    signal: controller.signal,
  });
  const iterator = answers[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done ? null : (value as HealthCheckResponse).status;
    },
    abort: () => controller.abort(new RpcError("CANCELLED", "the client is gone")),
    return: () => void iterator.return?.(),
  };
}

/** Lets everything run that can. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("a check tells the present status of the server and its services", async () => {
  const health = healthService(["maglev.Maglev"]);
  for (const [isServing, status] of [[false, NOT_SERVING], [true, SERVING]] as const) {
    health.setServing(isServing);
    for (const name of ["", "maglev.Maglev"]) {
      assert.equal(await begin(health, "Check", name).next(), status);
    }
  }
});

Deno.test("a server does not serve until it says so", async () => {
  assert.equal(await begin(healthService([]), "Check", "").next(), NOT_SERVING);
});

Deno.test("a check of a service that is not there is refused, and says which", async () => {
  for (const name of ["maglev.Other", "x".repeat(100_000), "__proto__"]) {
    await assert.rejects(
      begin(healthService(["maglev.Maglev"]), "Check", name).next(),
      (error) =>
        error instanceof RpcError && error.code === "NOT_FOUND" &&
        error.message.includes(name.slice(0, 40)) && error.message.length < 200,
    );
  }
});

Deno.test("a watch tells the present status, and then each change", async () => {
  const health = healthService(["maglev.Maglev"]);
  const watch = begin(health, "Watch", "maglev.Maglev");
  assert.equal(await watch.next(), NOT_SERVING);
  const seen: (number | null)[] = [];
  const second = watch.next().then((status) => void seen.push(status));
  health.setServing(false);
  await settle();
  assert.equal(seen.length, 0);
  health.setServing(true);
  await second;
  health.setServing(false);
  seen.push(await watch.next());
  assert.deepEqual(seen, [SERVING, NOT_SERVING]);
  watch.abort();
  assert.equal(await watch.next(), null);
});

Deno.test("one who reads slowly is told the newest status alone", async () => {
  const health = healthService([]);
  const watch = begin(health, "Watch", "");
  assert.equal(await watch.next(), NOT_SERVING);
  for (const isServing of [true, false, true]) health.setServing(isServing);
  assert.equal(await watch.next(), SERVING);
  for (const isServing of [false, true]) health.setServing(isServing);
  const next = watch.next();
  await settle();
  watch.abort();
  assert.equal(await next, null);
});

Deno.test("a watch of a service that is not there says so, and stays open", async () => {
  const health = healthService(["maglev.Maglev"]);
  const watch = begin(health, "Watch", "maglev.Other");
  assert.equal(await watch.next(), SERVICE_UNKNOWN);
  const next = watch.next();
  health.setServing(true);
  await settle();
  assert.equal(health.watches, 1);
  watch.abort();
  assert.equal(await next, null);
});

Deno.test("a watch that has ended leaves nothing behind, however it ended", async () => {
  const health = healthService([]);
  const watches = Array.from({ length: 5000 }, () => begin(health, "Watch", ""));
  for (const watch of watches) assert.equal(await watch.next(), NOT_SERVING);
  assert.equal(health.watches, 5000);
  const waiting = watches.slice(0, 2500).map((watch) => watch.next());
  await settle();
  for (const [i, watch] of watches.entries()) i % 2 === 0 ? watch.abort() : watch.return();
  for (const watch of watches.slice(0, 2500)) watch.abort();
  assert.deepEqual(new Set(await Promise.all(waiting)), new Set([null]));
  assert.equal(health.watches, 0);
});

Deno.test("a call that was aborted before it began is not watched", async () => {
  const health = healthService([]);
  const watch = begin(health, "Watch", "");
  watch.abort();
  assert.equal(await watch.next(), null);
  assert.equal(health.watches, 0);
});
